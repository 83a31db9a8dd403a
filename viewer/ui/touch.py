"""Fingers on a view: two of them enlarge, move and turn the picture; a short right click asks.

One finger on a screen is the mouse with the chosen tool, and two fingers on a
touchpad are its wheel: Qt says both by itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QNativeGestureEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from viewer.commands.desk import Desk
from viewer.session.gestures import Hand, Pointer, activate, zoom_about
from viewer.session.look import Look, Viewing

_QUARTER_DEGREES = 60.0
"""So far must two fingers turn before the picture turns by a quarter."""
_STILL_PX = 4.0
"""A right button that moved less was clicked, not dragged."""


class Touched(Protocol):
    """What fingers do to a view."""

    desk: Desk
    cell: int
    hand: Hand

    @property
    def is_dragged(self) -> bool:
        """Tell whether a gesture is under way."""

    def pointer(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> Pointer:
        """Return where a finger is."""

    def give_up(self) -> None:
        """Forget the figure that is being drawn."""

    def touched(self) -> None:
        """Note that something has moved."""


class Touch:
    """Understands fingers and right clicks for one view, which is a widget too."""

    def __init__(self, view: Touched, widget: QWidget) -> None:
        self._view, self._widget = view, widget
        self._turned = 0.0
        self._pressed: QPointF | None = None
        widget.grabGesture(Qt.GestureType.PinchGesture)

    def handles(self, event: QEvent) -> bool:
        """Act on a gesture of fingers; tell whether it was one."""
        if isinstance(event, QNativeGestureEvent):
            return self._of_touchpad(event)
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinched(pinch)
                event.accept()
                return True
        return False

    # -- two fingers -----------------------------------------------------------------

    def _of_touchpad(self, event: QNativeGestureEvent) -> bool:
        match event.gestureType():
            case Qt.NativeGestureType.BeginNativeGesture:
                self._begin()
            case Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom(event.position(), 1.0 + event.value())
            case Qt.NativeGestureType.RotateNativeGesture:
                self._turn(event.value())
            case _:
                return False
        event.accept()
        return True

    def _pinched(self, pinch: QPinchGesture) -> None:
        if pinch.state() is Qt.GestureState.GestureStarted:
            self._begin()
            return
        centre = QPointF(self._widget.mapFromGlobal(pinch.centerPoint().toPoint()))
        before = QPointF(self._widget.mapFromGlobal(pinch.lastCenterPoint().toPoint()))
        self._zoom(centre, pinch.scaleFactor())
        self._pan(centre - before, centre)
        self._turn(pinch.rotationAngle() - pinch.lastRotationAngle())

    def _begin(self) -> None:
        """Forget what one finger had begun before the second came."""
        self._turned = 0.0
        self._view.give_up()
        activate(self._view.desk.session, self._view.cell)

    def _zoom(self, place: QPointF, factor: float) -> None:
        if self._there and factor > 0:
            keys = Qt.KeyboardModifier.NoModifier
            zoom_about(self._view.hand, self._view.pointer(place, keys), factor)
            self._view.touched()

    def _pan(self, way: QPointF, place: QPointF) -> None:
        view = self._view
        if not self._there or view.hand.look.viewing is Viewing.SPACE or way.isNull():
            return
        mm = view.pointer(place, Qt.KeyboardModifier.NoModifier).mm_per_pixel
        right, down = way.x() * mm, way.y() * mm

        def panned(look: Look) -> Look:
            return replace(look, pan_mm=(look.pan_mm[0] + right, look.pan_mm[1] + down))

        view.hand.change(panned, linked=view.desk.session.links.value.pan)

    def _turn(self, degrees: float) -> None:
        """Turn by a quarter once two fingers have turned far enough, to the right or left."""
        self._turned += degrees
        if not self._there or abs(self._turned) < _QUARTER_DEGREES:
            return
        quarters = 1 if self._turned > 0 else -1
        self._turned = 0.0
        self._view.hand.change(
            lambda look: replace(look, quarter_turns=(look.quarter_turns + quarters) % 4)
        )

    @property
    def _there(self) -> bool:
        return self._view.desk.session.image_in(self._view.cell) is not None

    # -- a short right click -----------------------------------------------------------

    def pressed(self, event: QMouseEvent) -> None:
        """Note where the right button went down."""
        right = event.button() == Qt.MouseButton.RightButton
        self._pressed = event.position() if right and not self._view.is_dragged else None

    def released(self, event: QMouseEvent) -> None:
        """Ask for the menu of the place, if the right button was only clicked."""
        if self._pressed is None or event.button() != Qt.MouseButton.RightButton:
            return
        still = (event.position() - self._pressed).manhattanLength() < _STILL_PX
        self._pressed = None
        if still:
            at, everywhere = event.position().toPoint(), event.globalPosition().toPoint()
            reason = QContextMenuEvent.Reason.Other
            QApplication.sendEvent(self._widget, QContextMenuEvent(reason, at, everywhere))
