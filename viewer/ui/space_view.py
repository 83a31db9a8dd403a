"""The volume in space: turned by the mouse, coarse while it moves, fine at rest."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from viewer.commands.desk import Desk
from viewer.commands.files import tell
from viewer.core.geometry import Position, position_of
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume
from viewer.render.bodies import Body
from viewer.render.caveats import sides_known
from viewer.render.crop_handles import CropHandle, crop_handles
from viewer.render.describe import describe
from viewer.render.eye import Sight, Stand
from viewer.render.over_space import Frames, over
from viewer.render.parts import half_spaces
from viewer.render.pick import picked
from viewer.render.scene import Point, Scene
from viewer.render.shrink import shrink
from viewer.session.gestures import Pointer
from viewer.session.hand import Lasso
from viewer.session.images import OpenImage
from viewer.session.session import Place, Tool
from viewer.session.space_look import SpaceLook
from viewer.ui.careful import careful
from viewer.ui.carvings import Carvings
from viewer.ui.crop_handles import crop_handle_under, draw_crop_handles, words_for
from viewer.ui.figures import draw_annotations
from viewer.ui.finished import Finished, still_coming
from viewer.ui.hits import annotation_under, box_under
from viewer.ui.lasso import draw_lasso
from viewer.ui.marks import Pen, draw_marks, draw_sentence
from viewer.ui.pilot import Pilot
from viewer.ui.skins import Skins
from viewer.ui.smalls import Smalls
from viewer.ui.studio import Sitting, Studio
from viewer.ui.theme import over_picture as colour
from viewer.ui.view import View

_REST_MS = 250
_REACH = 7.0
"""Pixels within which a figure is taken."""


class SpaceView(View):
    """Shows what its studio draws of the volume in its cell."""

    def __init__(self, desk: Desk, cell: int, parent: QWidget) -> None:
        super().__init__(desk, cell, parent)
        self._studio = Studio(self)
        self._studio.drawn.connect(self._drawn)
        self._studio.failed.connect(self._failed)
        self._skins = Skins(desk, cell, self.refresh)
        self._carvings = Carvings(desk, cell, self.refresh)
        self._small: Volume | None = None
        self._small_of: Volume | None = None
        self._pixels: NDArray[np.uint8] | None = None
        self._picture = QImage()
        self._finished: Finished | None = None
        self._frames = Frames()
        self._smalls = Smalls()
        self._pilot = Pilot(self, lambda: self.caught_up)
        self._turning = False
        self._was: tuple[SpaceLook, Position | None] | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._rested)
        desk.session.cine.changed.connect(self._news)

    @property
    def ready(self) -> bool:
        """Tell whether the picture on screen is the one that the session asks for."""
        if self._volume is None:
            return True
        finished = self._finished
        return finished is not None and finished.volume is self._volume

    @property
    def caught_up(self) -> bool:
        """Tell whether the picture on screen is seen from where the eye stands now."""
        camera = self.desk.session.hanging.value.look(self.cell).camera
        return self._finished is not None and self._finished.sitting.camera == camera

    def close_studio(self) -> None:
        """Give the thread and its OpenGL context back; nothing is drawn after that."""
        self._soon.stop()
        self._rest.stop()
        self._skins.close()
        self._studio.close()

    def refresh(self) -> None:
        """Have the picture drawn that the session asks for now."""
        self._soon.start()
        self.update()

    def _placed(self, *_: object) -> None:
        """Draw again where the picture is cut at the place; else it is the same picture."""
        if self.desk.session.hanging.value.look(self.cell).space.clips:
            self.refresh()

    def touched(self) -> None:
        """Draw coarsely until the reader rests; a line that is drawn moves nothing."""
        if isinstance(self.extent, Lasso):
            self.update()
            return
        self._turning = True
        self._rest.start()
        self._soon.start()

    # -- what is under the pointer ---------------------------------------------------

    def pointer(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> Pointer:
        """Return where the mouse is, and what lies over the picture there."""
        plain, sight = super().pointer(place, modifiers), self._sight()
        if sight is None:
            return plain
        scene, point = self._covered(self._scene()), self._point(place)
        box = box_under(scene, point)
        figure = annotation_under(scene, point, _REACH * self.devicePixelRatioF())
        down = position_of(-np.asarray(sight.eye.up))
        return replace(
            plain,
            mm_per_pixel=sight.pixel_mm * self.devicePixelRatioF(),
            spot=sight.middle,
            right=sight.eye.right,
            down=down,
            face=None if (taken := self._crop_handle(point)) is None else taken.face,
            finding_id=box.finding_id if box else "",
            measurement_id=figure[0].measurement_id if figure else "",
        )

    def picked(self, place: QPointF) -> Position | None:
        """Return the place in the patient that is seen under the mouse."""
        volume, sight = self._small, self._sight()
        if volume is None or sight is None:
            return None
        sitting = self._sitting(volume, self._small_of or volume)
        shown = sitting.volume, sitting.transfer, sitting.window, sitting.planes
        return picked(*shown, sight, self._point(place))

    def hovered(self, place: QPointF) -> None:
        """Show where something can be taken, or that a line can be drawn."""
        if self.is_dragged:
            return
        scene, point = self._covered(self._scene()), self._point(place)
        cuts = self.desk.session.tool.value in (Tool.SCALPEL, Tool.TRIM)
        free = Qt.CursorShape.CrossCursor if cuts else Qt.CursorShape.ArrowCursor
        handle = self._crop_handle(point)
        takes = handle is not None or box_under(scene, point) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if takes else free)
        self.setToolTip(words_for(handle))

    def _crop_handle(self, point: Point) -> CropHandle | None:
        """Return the handle of the crop box under the pointer; the scalpel takes none."""
        if self.desk.session.tool.value in (Tool.SCALPEL, Tool.TRIM):
            return None
        return crop_handle_under(self._handles(), point, _REACH * self.devicePixelRatioF())

    def _handles(self) -> tuple[CropHandle, ...]:
        finished, look = self._finished, self.desk.session.hanging.value.look(self.cell).space
        if finished is None or not self.ready:
            return ()
        return crop_handles(look, finished.sight(self.device_size), self.devicePixelRatioF())

    def _sight(self) -> Sight | None:
        volume = self._volume
        if volume is None:
            return None
        camera = self.desk.session.hanging.value.look(self.cell).camera
        return Sight.of(camera, Stand.of_grid(volume.geometry), self.device_size)

    def _point(self, place: QPointF) -> Point:
        ratio = self.devicePixelRatioF()
        return place.x() * ratio - 0.5, place.y() * ratio - 0.5

    # -- from Qt -----------------------------------------------------------------

    @careful
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin a gesture; a flight stops for it."""
        self._pilot.land()
        super().mousePressEvent(event)

    @careful
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Look at what is seen there and bring the crosshair to it; beside it, maximise."""
        hit = self.picked(event.position())
        left = event.button() == Qt.MouseButton.LeftButton
        opened = self._opened
        if hit is None or not left or opened is None:
            super().mouseDoubleClickEvent(event)
            return
        session = self.desk.session
        session.place.set(Place(hit, opened.frame_of_reference_uid))
        self.hand.change(lambda look: replace(look, camera=replace(look.camera, middle=hit)))

    @careful
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Show the picture, or say why there is none."""
        scene = self._scene()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour("picture"))
            self._show(painter, scene)
            self.frame(painter)

    def _show(self, painter: QPainter, scene: Scene) -> None:
        pen = Pen(painter, self.width(), self.height(), self.width() / scene.size[0])
        sentence = scene.empty or self._waiting_for()
        if sentence:
            draw_sentence(pen, sentence)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=True)
            painter.drawImage(QRectF(self.rect()), self._picture)
        if not scene.empty:
            scene = self._covered(scene)
            draw_marks(pen, scene)
            draw_annotations(pen, scene.annotations)
            draw_crop_handles(pen, self._handles())
        if isinstance(self.extent, Lasso):
            draw_lasso(pen, self.extent)

    def _covered(self, scene: Scene) -> Scene:
        """Add what lies over the picture, as that was seen when it was drawn."""
        finished, opened = self._finished, self._opened
        if finished is None or opened is None or not self.ready:
            return scene
        look = self.desk.session.hanging.value.look(self.cell).space
        sight = finished.sight(scene.size)
        return over(self.desk.session, opened, look, scene, sight, self._frames)

    def _scene(self) -> Scene:
        """Return the words for the picture: of a moment that is not drawn yet, those before."""
        scene = describe(self.desk.session, self.cell, self.device_size)
        opened, finished = self._opened, self._finished
        if self.ready or finished is None or opened is None or scene.empty:
            return scene
        return finished.scene if finished.group and finished.group == opened.group else scene

    @careful
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw for the new size."""
        super().resizeEvent(event)
        self._soon.start()

    # -- asking for a picture --------------------------------------------------------

    @property
    def _opened(self) -> OpenImage | None:
        return self.desk.session.image_in(self.cell)

    @property
    def _volume(self) -> Volume | None:
        """The volume to be shown, once all of it is there."""
        opened = self._opened
        if opened is None or not isinstance(opened.image, Volume) or still_coming(opened):
            return None
        return opened.image

    def _waiting_for(self) -> str:
        """Return what to say while there is no picture."""
        opened = self._opened
        if opened is not None and still_coming(opened):
            return self.tr("3D follows when all slices are there.")
        finished = self._finished
        lags = bool(finished and opened and opened.group and finished.group == opened.group)
        if lags:
            return ""
        return self.tr("Preparing 3D…") if self._pixels is None or not self.ready else ""

    def _ask(self) -> None:
        volume = self._volume
        self._smalls.keep_only(self.desk.session.images.value)
        if self._opened is None:
            self._small = self._small_of = self._finished = None
            self._frames = Frames()
            self._carvings.forget()
        if volume is None or not self.isVisible():
            return
        self._hurry()
        known = self._smalls.get(volume)
        if known is not None:
            self._small, self._small_of = known, volume
            self._studio.want(self._sitting(known, volume))
        elif self._small_of is not volume and not self._holds_still:
            self._prepare(volume)

    def _hurry(self) -> None:
        """Draw coarsely at first when what is shown of the volume changes, as under a slider."""
        space = self.desk.session.hanging.value.look(self.cell).space
        place = self.desk.session.place.value.position if space.clips else None
        if self._was not in (None, (space, place)):
            self._turning = True
            self._rest.start()
        self._was = (space, place)

    @property
    def _holds_still(self) -> bool:
        """Tell whether moments are played in another view: this one follows when that ends."""
        cine, opened = self.desk.session.cine.value, self._opened
        return cine not in (None, self.cell) and opened is not None and bool(opened.group)

    def _prepare(self, volume: Volume) -> None:
        """Have the volume made small enough to turn, in the background."""
        opened = self._opened
        if opened is None:
            return
        self._small, self._small_of = None, volume
        self.desk.runner.start(
            self.tr("Prepare 3D"),
            partial(shrink, volume),
            partial(self._prepared, volume),
            failed=partial(tell, self.desk),
            instead_of=f"3d {self.cell}",
            belongs_to=opened.study.uid,
        )

    def _prepared(self, volume: Volume, small: Volume) -> None:
        if self._small_of is volume:
            self._smalls.put(volume, small)
            self.refresh()

    def _sitting(self, small: Volume, volume: Volume) -> Sitting:
        session = self.desk.session
        look = session.hanging.value.look(self.cell)
        findings = session.visible_findings() if session.shown.value.findings else ()
        return Sitting(
            volume=self._carved(small),
            transfer=look.space.transfer,
            window=session.window_of(look),
            camera=look.camera,
            size=self.device_size,
            stand=Stand.of_grid(volume.geometry),
            planes=half_spaces(look.space, session.place.value.position),
            bodies=self._bodies(),
            findings=tuple(item for item in findings if item.series_key == look.series_key),
            selected=session.selected.value,
            turning=self._turning,
            sides_known=self._opened is None or sides_known(self._opened),
        )

    def _carved(self, small: Volume) -> Volume:
        opened = self._opened
        if opened is None:
            return small
        look = self.desk.session.hanging.value.look(self.cell)
        return self._carvings.of(small, opened, look.space, self._segmentations())

    def _segmentations(self) -> tuple[Segmentation, ...]:
        opened = self._opened
        if opened is None:
            return ()
        return tuple(
            item
            for item in self.desk.session.record.value.segmentations
            if item.series_key == opened.key and item.status != "rejected"
        )

    def _bodies(self) -> tuple[Body, ...]:
        """Return the surfaces of the segments that are switched on."""
        session, opened = self.desk.session, self._opened
        if opened is None or not session.shown.value.segments:
            return ()
        look, hidden = session.hanging.value.look(self.cell).space, session.hidden.value
        found = self._skins.of(self._segmentations(), opened.study.uid)
        return tuple(
            self._skins.at(body, look.opacity_of(body.key, body.opacity))
            for body in found
            if body.key not in hidden
        )

    def _drawn(self, pixels: NDArray[np.uint8], sitting: Sitting) -> None:
        volume, opened = self._volume, self._opened
        if self._small is None or volume is not self._small_of or opened is None:
            return
        scene = describe(self.desk.session, self.cell, self.device_size)
        self._finished = Finished(self._small_of, scene, opened.group, sitting)
        height, width = pixels.shape[:2]
        self._pixels = pixels
        self._picture = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)
        self.update()

    def _rested(self) -> None:
        self._turning = False
        self._soon.start()

    def _failed(self, why: str) -> None:
        self.desk.session.say(
            self.tr("The 3D view does not work on this computer: {why}").format(why=why),
            serious=True,
        )
