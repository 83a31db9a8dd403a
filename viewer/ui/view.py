"""What slice views and 3D views share: mouse and wheel become gestures, news a repaint."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.commands.desk import Desk
from viewer.commands.jumping import row_in
from viewer.commands.moments import step
from viewer.core.measurement import Measurement
from viewer.render.probe import Probe
from viewer.session.finding_list import Listing
from viewer.session.gestures import (
    Button,
    Extent,
    Gesture,
    Hand,
    Pointer,
    activate,
    begin,
    maximise,
    wheel,
)
from viewer.session.hand import Lasso
from viewer.session.images import Images
from viewer.session.look import Hanging
from viewer.session.session import Place
from viewer.ui.careful import careful
from viewer.ui.pointing import end_path, pointing_key
from viewer.ui.theme import over_picture as colour
from viewer.ui.touch import Touch
from viewer.ui.verbs import DeskVerbs
from viewer.ui.wheel import Turning

_BUTTONS = {
    Qt.MouseButton.LeftButton: Button.LEFT,
    Qt.MouseButton.MiddleButton: Button.MIDDLE,
    Qt.MouseButton.RightButton: Button.RIGHT,
}
_OF_GESTURES = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NOTCH = 120
"""What Qt calls one step of a wheel, in eighths of a degree."""


class View(QWidget):
    """One view of the grid. It holds no more than the gesture that is under way."""

    probed = Signal(object)
    """What is under the cursor, as a `Probe`."""

    def __init__(self, desk: Desk, cell: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.cell = desk, cell
        self.hand = Hand(desk.session, cell, DeskVerbs(desk))
        self.extent: Extent | Lasso | Measurement | None = None
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._turned = 0
        self._wheel = Turning()
        self._touch = Touch(self, self)
        self.taken = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(80, 80)
        session = desk.session
        session.hanging.changed.connect(self._hung)
        session.images.changed.connect(self._images)
        for news in (
            session.record.changed,
            session.hidden.changed,
            session.points.changed,
            *(session.shown.changed, session.threshold.changed, session.selected.changed),
        ):
            news.connect(self._news)
        session.listing.changed.connect(self._relisted)
        session.place.changed.connect(self._placed)

    # -- for the two kinds of views -------------------------------------------

    def refresh(self) -> None:
        """Show soon what the session says now."""
        self.update()

    def pointer(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> Pointer:
        """Return where the mouse is, in the words of gestures."""
        return Pointer(
            place.x(),
            place.y(),
            size=(max(self.width(), 1), max(self.height(), 1)),
            ctrl=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
            shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
            alt=bool(modifiers & Qt.KeyboardModifier.AltModifier),
        )

    def hovered(self, place: QPointF) -> None:
        """Say what is under the cursor."""

    def touched(self) -> None:
        """Note that a gesture has moved something."""

    @property
    def ready(self) -> bool:
        """Tell whether what is on screen is what the session asks for."""
        return True

    @property
    def is_dragged(self) -> bool:
        """Tell whether a gesture is under way."""
        return self._gesture is not None

    def frame(self, painter: QPainter) -> None:
        """Draw the thin line round the active view, if there are others."""
        hanging = self.desk.session.hanging.value
        if hanging.active == self.cell and len(hanging.shown) > 1:
            painter.setPen(QPen(colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75))

    @property
    def device_size(self) -> tuple[int, int]:
        """Width and height in device pixels."""
        ratio = self.devicePixelRatioF()
        return max(round(self.width() * ratio), 1), max(round(self.height() * ratio), 1)

    # -- news --------------------------------------------------------------------

    def _hung(self, new: Hanging, old: Hanging) -> None:
        same = new.look(self.cell) == old.look(self.cell)
        if not same:
            self.refresh()
        elif (new.active, new.shown) != (old.active, old.shown):
            self.update()

    def _images(self, new: Images, old: Images) -> None:
        """Show what has landed, unless it is another moment of which nothing was said."""
        key = self.desk.session.hanging.value.look(self.cell).series_key
        changed = [one for one in (*new, *old) if new.get(one.key) is not old.get(one.key)]
        said = self.desk.session.record.value.of(frozenset(one.key for one in changed))
        moments = all(one.group and one.key != key for one in changed)
        if not moments or said.findings or said.segmentations or said.measurements:
            self.refresh()

    def _placed(self, new: Place, old: Place) -> None:
        """Follow the place that all views go through, where it is in the same patient space."""
        opened = self.desk.session.image_in(self.cell)
        space = opened.frame_of_reference_uid if opened is not None else ""
        if not space or space in (new.frame_of_reference_uid, old.frame_of_reference_uid):
            self.refresh()

    def _relisted(self, new: Listing, old: Listing) -> None:
        """Show findings as a model had them, or not; order and filters are the list's own."""
        if new.as_model is not old.as_model:
            self.refresh()

    def _news(self, *_: object) -> None:
        self.refresh()

    # -- from Qt -----------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for a square."""
        return QSize(400, 400)

    @careful
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin a gesture."""
        activate(self.desk.session, self.cell)
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            back = event.button() is Qt.MouseButton.BackButton
            (self.desk.sights.back if back else self.desk.sights.forward)()
            return
        self._touch.pressed(event)
        button = _BUTTONS.get(event.button())
        if self._gesture is not None:
            self._pressed_again(event)
            return
        if button is None:
            return
        press = self.pointer(event.position(), event.modifiers())
        self._button = event.button()
        self._gesture = begin(self.hand, button, press)
        self._advance(None)

    @careful
    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go on with the gesture, and say what is under the cursor."""
        if self._gesture is not None:
            pointer = self.pointer(event.position(), event.modifiers())
            self._advance(replace(pointer, pressed=self._held(event.buttons())))
        self.hovered(event.position())

    @careful
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go of what is dragged; a figure of several clicks goes on."""
        if self._gesture is not None and event.button() == self._button:
            last = self.pointer(event.position(), event.modifiers())
            self._advance(replace(last, pressed=False))
        self._touch.released(event)

    @careful
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Choose what lies there and leave the menu to the window; the right drag is ours."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            event.accept()
            return
        there = self.pointer(QPointF(event.pos()), Qt.KeyboardModifier.NoModifier)
        chosen = there.measurement_id or there.finding_id
        self.taken = "measurement" if there.measurement_id else "finding" if chosen else ""
        if chosen:
            self.desk.session.selected.set(chosen)
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Understand fingers; keep the keys that end a figure from commands that want them, too."""
        drawn = self._gesture is not None and event.type() == QEvent.Type.ShortcutOverride
        if drawn and isinstance(event, QKeyEvent) and event.key() in _OF_GESTURES:
            event.accept()
            return True
        return self._touch.handles(event) or super().event(event)

    @careful
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End a figure of several clicks, or show this view alone, or all of them again."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._gesture is not None:
            last = self.pointer(event.position(), event.modifiers())
            self._advance(replace(last, double=True))
        elif self.desk.session.tool.value.segments:
            self.mousePressEvent(event)  # two quick dabs
        elif not self.desk.session.tool.value.draws:
            maximise(self.desk.session, self.cell)

    @careful
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """End a figure with Enter, give it up with Escape."""
        if self._gesture is None and pointing_key(event):
            self.desk.session.pointing.set(True)
        elif self._gesture is None and not end_path(self.desk.session, event):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish(self.mapFromGlobal(self.cursor().pos()).toPointF())
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()

    @careful
    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let the 3D cursor stay where it is."""
        if pointing_key(event):
            self.desk.session.pointing.set(False)
        else:
            super().keyReleaseEvent(event)

    @careful
    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Forget a key whose release will not be heard here."""
        self.desk.session.pointing.set(False)
        super().focusOutEvent(event)

    @careful
    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll or zoom by whole notches, however finely the wheel turns."""
        event.accept()
        if self.desk.session.image_in(self.cell) is None and not self._has_moments:
            return
        delta = event.angleDelta()
        self._turned -= delta.y() or delta.x()
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        if notches:
            activate(self.desk.session, self.cell)
            if _asks_for_moments(event.modifiers()):
                step(self.desk, self.cell, notches)
                return
            pointer = self.pointer(event.position(), event.modifiers())
            scrolls = not (pointer.ctrl or pointer.shift)
            if scrolls and self.desk.settings.viewing.fast_wheel:
                row = row_in(self.desk, self.cell)
                count = row.count if row is not None else 1
                notches = self._wheel.slices(notches, event.timestamp() / 1000, count)
            wheel(self.hand, pointer, notches)
            self.touched()

    @careful
    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Say that nothing is under the cursor."""
        self.probed.emit(Probe())
        super().leaveEvent(event)

    @property
    def _has_moments(self) -> bool:
        return self.desk.session.group_in(self.cell) is not None

    # -- gestures ------------------------------------------------------------------

    def _advance(self, pointer: Pointer | None) -> None:
        if self._gesture is None:
            return
        try:
            self.extent = self._gesture.send(pointer) if pointer else next(self._gesture)
        except StopIteration:
            self._end()
        except Exception:
            self._end()  # what was declined is over: the next press begins anew
            raise
        self.touched()

    def give_up(self) -> None:
        """Forget the figure that is being drawn."""
        if self._gesture is not None:
            self._gesture.close()
        self._end()

    def _pressed_again(self, event: QMouseEvent) -> None:
        """Set the next point of a figure; the right button ends it."""
        if event.button() == self._button:
            self._advance(self.pointer(event.position(), event.modifiers()))
        elif event.button() == Qt.MouseButton.RightButton:
            self._finish(event.position())

    def _finish(self, place: QPointF) -> None:
        last = self.pointer(place, Qt.KeyboardModifier.NoModifier)
        self._advance(replace(last, finish=True, pressed=False))

    def _held(self, buttons: Qt.MouseButton) -> bool:
        return bool(buttons & self._button)

    def _end(self) -> None:
        self._gesture, self.extent = None, None
        self._button = Qt.MouseButton.NoButton
        self.update()


def _asks_for_moments(keys: Qt.KeyboardModifier) -> bool:
    """Tell whether the wheel is to go through moments; some desktops keep Alt for themselves."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    return bool(keys & Qt.KeyboardModifier.AltModifier) or keys & both == both
