"""Dragging a region: the window that fits its values, or a closer look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from viewer.core.measurement import Measurement, MeasurementKind
from viewer.session import shaping
from viewer.session.hand import Gesture, Hand, Pointer
from viewer.session.look import Look

SKETCH = "region"
"""The id of a region that is being dragged; it is never kept."""
_LEAST_PX = 4.0
_MOST_ZOOM, _LEAST_ZOOM = 64.0, 0.05


def window_region(hand: Hand, press: Pointer) -> Gesture:
    """Drag a rectangle, with Shift an ellipse; the window then fits the values inside."""
    pointer, region = press, None
    while pointer.pressed:
        region = _region(hand, press, pointer, round_=pointer.shift) or region
        pointer = yield region
    region = _region(hand, press, pointer, round_=pointer.shift) or region
    if region is not None and _is_drawn(press, pointer):
        hand.verbs.fit_window(hand.cell, region)


def zoom_region(hand: Hand, press: Pointer) -> Gesture:
    """Drag a rectangle; the view then shows no more than it, in its middle."""
    pointer, region = press, None
    while pointer.pressed:
        region = _region(hand, press, pointer, round_=False) or region
        pointer = yield region
    if not _is_drawn(press, pointer):
        return
    width, height = press.size
    wide, high = abs(pointer.x - press.x), abs(pointer.y - press.y)
    factor = min(width / max(wide, 1.0), height / max(high, 1.0))
    middle = replace(press, x=(press.x + pointer.x) / 2, y=(press.y + pointer.y) / 2)
    hand.change(_closer(factor, middle.from_centre_mm))


def magnify(_: Hand, press: Pointer) -> Gesture:
    """Hold the magnifier over the picture; the view draws it while the button is down."""
    pointer = press
    while pointer.pressed:
        pointer = yield None


def _closer(factor: float, centre_mm: tuple[float, float]) -> Callable[[Look], Look]:
    """Enlarge a look, the point so far right of and below its middle coming into the middle."""

    def closer(look: Look) -> Look:
        pan = (look.pan_mm[0] - centre_mm[0], look.pan_mm[1] - centre_mm[1])
        return replace(look, zoom=min(max(look.zoom * factor, _LEAST_ZOOM), _MOST_ZOOM), pan_mm=pan)

    return closer


def _is_drawn(press: Pointer, pointer: Pointer) -> bool:
    return min(abs(pointer.x - press.x), abs(pointer.y - press.y)) >= _LEAST_PX


def _region(hand: Hand, press: Pointer, now: Pointer, *, round_: bool) -> Measurement | None:
    """Return the region between two points of a picture, as a figure that is never kept."""
    if press.spot is None or now.spot is None or press.anchor is None:
        return None
    kind = MeasurementKind.ELLIPSE if round_ else MeasurementKind.RECTANGLE
    span = shaping.ellipse if round_ else shaping.rectangle
    points = span(press.spot, now.spot, press.right, press.down)
    return Measurement(SKETCH, kind, points, press.anchor, hand.session.reader)
