"""One slice on the screen: its picture, and the marks over it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from viewer.commands.desk import Desk
from viewer.commands.technique import want_technique
from viewer.core.geometry import Array, Position, position_of
from viewer.core.measurement import Measurement
from viewer.render.anchoring import anchor_of, to_anchor
from viewer.render.annotations import annotation_of
from viewer.render.curved import to_patient
from viewer.render.describe import cut_of
from viewer.render.probe import Probe, probe
from viewer.render.scene import Box, Point, Scene
from viewer.session.fusion import looks_otherwise
from viewer.session.gestures import Extent, Pointer
from viewer.session.linking import Linking
from viewer.session.look import Hanging
from viewer.session.session import Tool
from viewer.session.swiping import is_on_divider
from viewer.session.whereabouts import go
from viewer.ui.aside import draw_aside
from viewer.ui.badges import Placed, badge_under
from viewer.ui.brush import draw_brush
from viewer.ui.careful import careful
from viewer.ui.colour_bar import draw_colour_bar
from viewer.ui.crossing import cuts_otherwise, draw_grips, grip_under
from viewer.ui.divider import draw_divider
from viewer.ui.figures import draw_annotations
from viewer.ui.fusion_bar import FusionBar
from viewer.ui.glass import glass_of
from viewer.ui.hits import annotation_under, box_under, corner_under
from viewer.ui.magnifier import Magnifier
from viewer.ui.marks import Pen, draw_extent, draw_marks, draw_sentence
from viewer.ui.occupied import occupied
from viewer.ui.shutters import draw_shutters
from viewer.ui.sketch import Sketch
from viewer.ui.slice_bar import SliceBar
from viewer.ui.theme import over_picture as colour
from viewer.ui.turns import turns_of
from viewer.ui.view import View

_NO_KEYS = Qt.KeyboardModifier.NoModifier
_SETTLE_MS = 160
_FEW = 4
"""So many views are always drawn at once."""
_REST_MS = 250
"""How long a view must be at rest before more is read of its picture."""
_REACH = 7.0
"""How near the corner of a box the pointer must come to take it, in Qt's pixels."""
_CURSORS = {
    Tool.CROSSHAIR: Qt.CursorShape.CrossCursor,
    Tool.PAN: Qt.CursorShape.OpenHandCursor,
    Tool.SCROLL: Qt.CursorShape.SizeVerCursor,
}


class SliceView(View):
    """Shows what `describe` says of its cell."""

    def __init__(self, desk: Desk, cell: int, parent: QWidget) -> None:
        super().__init__(desk, cell, parent)
        self.sketch = Sketch(desk.session, cell)
        self._stale = True
        self._words: dict[str, QRectF] = {}
        self._turns = turns_of(self)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self.update)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._settled)
        self.slice_bar = SliceBar(desk, cell, self)
        self.fusion_bar = FusionBar(desk, cell, self)
        self._magnifier = Magnifier()
        self._lens_at: QPointF | None = None
        self._badges: tuple[Placed, ...] = ()
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(partial(want_technique, desk, cell))
        desk.session.segmenting.changed.connect(self._brush_changed)
        desk.session.tool.changed.connect(self._tool_chosen)
        desk.session.hanging.changed.connect(self._others_hung)
        session = desk.session
        session.linking.changed.connect(self._relinked)
        drawing = (session.stroke.changed, session.preview.changed)
        texts = (session.corner_texts, session.techniques, session.lens_factor, session.maps)
        over = (session.presentations, session.planes, session.curves, session.enhancing)
        for news in (*drawing, *(one.changed for one in (*texts, *over))):
            news.connect(self._news)
        self._tool_chosen()

    @property
    def scene(self) -> Scene | None:
        """What was last painted."""
        return self.sketch.scene

    def refresh(self) -> None:
        """Show soon what the session says now."""
        self._stale = True
        self.update()

    def pointer(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> Pointer:
        """Return where the mouse is, on the screen and in the patient."""
        plain = super().pointer(place, modifiers)
        scene = self.scene
        if scene is None or scene.plane is None:
            return plain
        point = self._point(place, scene)
        pointer = replace(plain, mm_per_pixel=scene.plane.spacing_mm[0] / self._fineness(scene))
        pointer = self._anchored(pointer, point, scene)
        if not scene.in_patient:
            return replace(pointer, position=to_patient(self.desk.session, self.cell, point, scene))
        box, taken = box_under(scene, point), self._corner(place, scene)
        if taken is not None:
            box = taken[0]
        grip = grip_under(scene, point, _REACH / self._fineness(scene))
        return replace(
            pointer,
            hold=grip.hold if grip else None,
            position=scene.to_patient(point),
            finding_id=box.finding_id if box else "",
            corner=taken[1] if taken else None,
        )

    def _anchored(self, pointer: Pointer, point: Point, scene: Scene) -> Pointer:
        """Add where a figure would be drawn, and which one is taken there."""
        opened, cut = self.desk.session.image_in(self.cell), cut_of(self.desk.session, self.cell)
        if opened is None or cut is None or scene.plane is None:
            return pointer
        anchor = anchor_of(opened, cut)
        plane = scene.plane
        start = np.asarray(plane.origin)
        taken = annotation_under(scene, point, _REACH / self._fineness(scene))
        words = "" if taken else self._words_under(QPointF(pointer.x, pointer.y))
        corner = self._point(self._words[words].topLeft(), scene) if words else point
        ends = np.array([start, start + plane.right, start + plane.down])
        ends = np.vstack([ends, scene.to_patient(point), scene.to_patient(corner)])
        origin, across, along, spot, words_at = to_anchor(anchor, cut.geometry, ends)
        unit = float(np.linalg.norm(across - origin)) * pointer.mm_per_pixel
        return replace(
            pointer,
            spot=position_of(spot),
            spot_per_pixel=unit,
            anchor=anchor,
            right=_direction(across - origin),
            down=_direction(along - origin),
            measurement_id=taken[0].measurement_id if taken else words,
            handle=taken[1] if taken else None,
            words_at=position_of(words_at) if words else None,
        )

    def _words_under(self, place: QPointF) -> str:
        """Return the figure whose words stand under a place."""
        return next((id_ for id_, area in self._words.items() if area.contains(place)), "")

    def hovered(self, place: QPointF) -> None:
        """Say what is under the cursor, and show where a box can be taken."""
        self._lens_at = place
        if self._magnifies or self.desk.session.tool.value.brushes:
            self.update()
        opened, scene = self.desk.session.image_in(self.cell), self.scene
        if opened is None or scene is None or scene.plane is None:
            self.probed.emit(Probe())
            return
        session = self.desk.session
        if session.pointing.value and not self.is_dragged:
            self._point_all(place)
        look = session.hanging.value.cells[self.cell]
        self.probed.emit(probe(opened, look, scene, self._point(place, scene)))
        if not self.is_dragged:
            reach = _REACH / self._fineness(scene)
            figure = annotation_under(scene, self._point(place, scene), reach) is not None
            figure = figure or bool(self._words_under(place))
            figure = figure or grip_under(scene, self._point(place, scene), reach) is not None
            corner = self._corner(place, scene) is not None or (figure and self._takes_figures)
            self.setCursor(Qt.CursorShape.PointingHandCursor if corner else self._cursor())
            if is_on_divider(session, self.cell, View.pointer(self, place, _NO_KEYS)):
                self.setCursor(Qt.CursorShape.SplitHCursor)

    def _point_all(self, place: QPointF) -> None:
        """Bring all views that move with this one to what is under the pointer."""
        position = self.pointer(place, _NO_KEYS).position
        if position is not None:
            go(self.desk.session, self.cell, position)

    def _hung(self, new: Hanging, old: Hanging) -> None:
        """Repaint nothing for what only a 3D view shows."""
        look, before = new.look(self.cell), old.look(self.cell)
        same = (new.active, new.shown) == (old.active, old.shown)
        if not (same and look != before and look.flat == before.flat):
            super()._hung(new, old)

    def touched(self) -> None:
        """Show the box that is being dragged."""
        if self.extent is not None or self._lens_at is not None:
            self.update()

    # -- from Qt -----------------------------------------------------------------

    @careful
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Show picture and marks."""
        if self._stale and not self._waits():
            began = perf_counter()
            self._draw(hurried=True)
            self._turns.used(began)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour("picture"))
            scene = self.scene
            if scene is not None:
                self._show(painter, scene)
            self.frame(painter)

    @careful
    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Show the handles of other planes."""
        self.update()
        super().enterEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell what a badge means when the pointer rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            one = badge_under(self._badges, QPointF(event.pos()))
            if one is not None:
                QToolTip.showText(event.globalPos(), one.badge.meaning, self, one.area.toRect())
                return True
            QToolTip.hideText()
        return super().event(event)

    @careful
    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Put the magnifier and the handles of other planes away with the pointer."""
        self._lens_at = None
        self.update()
        super().leaveEvent(event)

    @careful
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the picture to the new size."""
        self._stale = True
        super().resizeEvent(event)

    # -- drawing -------------------------------------------------------------------

    def _waits(self) -> bool:
        """Let others go first where many views are to be drawn; come back at the next turn."""
        hanging = self.desk.session.hanging.value
        if len(hanging.shown) <= _FEW or hanging.active == self.cell:
            return False
        if not self._turns.waits(self.cell):
            return False
        self._again.start()
        return True

    def _draw(self, *, hurried: bool) -> None:
        self._stale = False
        glass = glass_of(self, self.desk.settings)
        self.sketch.draw(self.device_size, glass, hurried=hurried)
        if self.sketch.coarse:
            self._settle.start(_SETTLE_MS)
        self._rest.start()
        self.slice_bar.follow()
        self.fusion_bar.follow()
        if self.underMouse():
            QTimer.singleShot(0, self, self._hover_again)

    def _show(self, painter: QPainter, scene: Scene) -> None:
        pen = Pen(painter, self.width(), self.height(), self._fineness(scene))
        if scene.empty:
            draw_sentence(pen, scene.empty)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=self.sketch.coarse)
        painter.drawImage(QRectF(self.rect()), self.sketch.picture)
        draw_shutters(pen, scene.shutters)
        draw_annotations(pen, scene.drawings)
        self._badges = draw_marks(pen, scene)
        draw_grips(pen, scene, near=self.underMouse() or self.is_dragged)
        under_way = self.extent.id if isinstance(self.extent, Measurement) else ""
        there = [one for one in scene.annotations if one.measurement_id != under_way]
        self._words = draw_annotations(pen, there, occupied(pen, scene))
        draw_colour_bar(pen, scene)
        draw_divider(pen, scene)
        self._show_brush(pen, scene)
        self._show_sketch(pen, scene)
        self._show_lens(pen, scene)

    def _show_lens(self, pen: Pen, scene: Scene) -> None:
        """Draw the magnifier at the pointer, while it is wanted."""
        place, opened = self._lens_at, self.desk.session.image_in(self.cell)
        if place is None or opened is None or not self._magnifies:
            return
        look = self.desk.session.hanging.value.cells[self.cell]
        value = probe(opened, look, scene, self._point(place, scene)).value
        factor = self.desk.session.lens_factor.value
        self._magnifier.draw(pen, scene, place, factor, value)

    def _show_brush(self, pen: Pen, scene: Scene) -> None:
        """Draw how far the brush reaches round the pointer."""
        session = self.desk.session
        if self._lens_at is not None and session.tool.value.brushes and scene.in_patient:
            draw_brush(pen, scene, self._lens_at, session.segmenting.value.brush)

    @property
    def _magnifies(self) -> bool:
        """Tell whether the magnifier is on, or its tool is held down."""
        session = self.desk.session
        held = self.is_dragged and session.tool.value is Tool.MAGNIFIER
        return session.shown.value.magnifier or held

    def _show_sketch(self, pen: Pen, scene: Scene) -> None:
        """Draw what the gesture under way would leave."""
        if isinstance(self.extent, Measurement):
            cut = cut_of(self.desk.session, self.cell)
            if cut is not None and scene.plane is not None:
                drawn = annotation_of(self.extent, cut, scene.plane)
                draw_annotations(pen, (drawn,) if drawn else ())
        elif isinstance(self.extent, Extent):
            ends = (self.extent.start, self.extent.end)
            draw_extent(pen, *(scene.to_screen(position) for position in ends))

    def _settled(self) -> None:
        """Draw finely now that nothing moves; one view at a time, the window in between."""
        if not self.isVisible():
            self._stale = True
        elif self._turns.waits(self.cell):
            self._settle.start(0)
        else:
            self._draw_finely()

    def _draw_finely(self) -> None:
        """Draw as fine as the picture stays; where that takes long, not on this thread."""
        glass = glass_of(self, self.desk.settings)
        if not self.sketch.is_slow(self.device_size):
            began = perf_counter()
            self._draw(hurried=False)
            self._turns.used(began)
            self.update()
            return
        draw_aside(self.desk, self.sketch, self.cell, self.device_size, glass, self.update)

    def _hover_again(self) -> None:
        if self.underMouse():
            self.hovered(QPointF(self.mapFromGlobal(self.cursor().pos())))

    # -- places --------------------------------------------------------------------

    def _fineness(self, scene: Scene) -> float:
        """Return how many of Qt's pixels one pixel of the scene is wide."""
        return self.width() / scene.size[0]

    def _point(self, place: QPointF, scene: Scene) -> Point:
        scale = self._fineness(scene)
        return place.x() / scale - 0.5, place.y() / scale - 0.5

    def _corner(self, place: QPointF, scene: Scene) -> tuple[Box, Position] | None:
        return corner_under(scene, self._point(place, scene), _REACH / self._fineness(scene))

    @property
    def _takes_figures(self) -> bool:
        tool = self.desk.session.tool.value
        return tool.draws or tool is Tool.CROSSHAIR

    def _cursor(self) -> Qt.CursorShape:
        tool = self.desk.session.tool.value
        if tool.draws or tool.segments:
            return Qt.CursorShape.CrossCursor
        return _CURSORS.get(self.desk.session.tool.value, Qt.CursorShape.ArrowCursor)

    def _others_hung(self, new: Hanging, old: Hanging) -> None:
        lines = self.desk.session.shown.value.reference_lines
        if (lines and cuts_otherwise(new, old, self.cell)) or looks_otherwise(new, old, self.cell):
            self.refresh()

    def _relinked(self, new: Linking, old: Linking) -> None:
        """Follow groups and pairs, and places in the patient space of this view."""
        opened = self.desk.session.image_in(self.cell)
        space = opened.frame_of_reference_uid if opened is not None else ""
        if not space or new.seen_from(space) != old.seen_from(space):
            self.refresh()

    def _brush_changed(self, *_: object) -> None:
        if self._lens_at is not None:
            self.update()

    def _tool_chosen(self, *_: object) -> None:
        self.give_up()
        self.refresh()
        self.setCursor(self._cursor())


def _direction(way: Array) -> Position:
    """Return the unit vector along a way."""
    return position_of(way / max(float(np.linalg.norm(way)), 1e-12))
