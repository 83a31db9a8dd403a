"""How measurements are drawn: each kind of figure as a gesture.

A point is set by a click, or by pressing and letting go elsewhere, whichever the hand
prefers. Figures of many points end with a double click, Enter or the right button. While
it lasts a gesture yields the figure so far. No Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeAlias

import numpy as np

from viewer.core.geometry import Position, position_of
from viewer.core.identity import new_uid
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.imaging.figures import area, outline
from viewer.session import shaping
from viewer.session.hand import Gesture, Hand, Pointer, Points

Figure: TypeAlias = Measurement | None
Step: TypeAlias = Generator[Figure, Pointer, Pointer]
Shape: TypeAlias = Callable[[Pointer], tuple[Position, ...]]

_STILL_PX = 4.0
_CLOSE_PX = 8.0
_NO_AREA = 1e-6


def draw(kind: MeasurementKind, hand: Hand, press: Pointer) -> Gesture:
    """Return the gesture that draws a figure of this kind, from its first press."""
    return _WAYS[kind](kind, hand, _snapped(hand, press))


def change(hand: Hand, press: Pointer) -> Gesture:
    """Drag a handle, the words or the whole of a figure; a click alone only chooses it."""
    figure = _named(hand, press.measurement_id)
    hand.session.selected.set(press.measurement_id)
    pointer, changed = press, figure
    while pointer.pressed and figure is not None:
        pointer = yield changed if changed is not figure else None
        free = press.words_at is not None or not figure.locked
        if pointer.spot is not None and press.spot is not None and free and _far(press, pointer):
            changed = _changed(hand, figure, press, pointer)
    if figure is not None and changed is not None and changed != figure:
        hand.verbs.redraw(changed)


def _changed(hand: Hand, figure: Measurement, press: Pointer, now: Pointer) -> Measurement:
    """Return a figure as it would be if it were let go now."""
    if press.words_at is not None:
        by = np.subtract(_spot(now), _spot(press))
        return replace(figure, caption_at=position_of(np.add(press.words_at, by)))
    if press.handle is not None and not figure.kind.solid:
        now = _snapped(hand, now)
    way = position_of(np.subtract(_spot(now), _spot(press)))
    changed = replace(figure, points=_dragged(figure, press, now, way))
    if press.handle is None and figure.caption_at is not None:
        changed = replace(changed, caption_at=position_of(np.add(figure.caption_at, way)))
    return hand.verbs.measured(changed)


def _dragged(figure: Measurement, press: Pointer, now: Pointer, by: Position) -> Points:
    """Return the points of a figure whose handle, or which itself, was dragged."""
    if press.handle is None:
        return shaping.moved(figure, by)
    middle = figure.kind is MeasurementKind.SPHERE and press.handle == 0
    if figure.kind.solid and not middle:
        return shaping.with_handle(figure, press.handle, _spot(now))
    held = _spot(now) if now.snapped else np.add(shaping.handles(figure)[press.handle], by)
    return shaping.with_handle(figure, press.handle, position_of(held))


def _snapped(hand: Hand, pointer: Pointer) -> Pointer:
    return pointer if pointer.spot is None else hand.verbs.snap(pointer)


def _named(hand: Hand, id_: str) -> Figure:
    found = (one for one in hand.session.record.value.measurements if one.id == id_)
    return next(found, None)


# -- the parts of every gesture ---------------------------------------------------------


def _begun(kind: MeasurementKind, hand: Hand, press: Pointer) -> Measurement | None:
    """Return a figure of which all points lie at the press, if one can be drawn there."""
    if press.spot is None or press.anchor is None:
        return None
    anchor = _solid_anchor(press.anchor) if kind.solid else press.anchor
    at = datetime.now(UTC).replace(microsecond=0).isoformat()
    points = (press.spot,) * kind.counts[0]
    return Measurement(new_uid(), kind, points, anchor, hand.session.reader, made_at=at)


def _solid_anchor(anchor: Anchor) -> Anchor:
    return Anchor(anchor.series_key, anchor.frame_of_reference_uid)


def _far(one: Pointer, other: Pointer) -> bool:
    return abs(one.x - other.x) + abs(one.y - other.y) > _STILL_PX


def _point(hand: Hand, figure: Measurement, start: Pointer, shape: Shape) -> Step:
    """Follow the pointer until the next point is set; return where."""
    pointer, last, moved = start, start, False
    waiting = not start.pressed
    while True:
        points = shape(last)
        shown = figure if len(points) < figure.kind.counts[0] else replace(figure, points=points)
        pointer = yield hand.verbs.measured(shown)
        if pointer.spot is not None:
            last = pointer if figure.kind is MeasurementKind.LIVEWIRE else _snapped(hand, pointer)
        if pointer.finish or pointer.double:
            return replace(last, finish=pointer.finish, double=pointer.double)
        if waiting and pointer.pressed:
            waiting, moved = False, True
        elif not waiting and not pointer.pressed:
            if moved or _far(start, last):
                return last
            waiting = True


def _spot(pointer: Pointer) -> Position:
    if pointer.spot is None:
        raise ValueError("a pointer over no picture has no place on one")
    return pointer.spot


def _settled(hand: Hand, figure: Measurement, points: tuple[Position, ...]) -> None:
    """Keep a figure, unless it has no extent at all."""
    spread = np.ptp(np.array(points), axis=0).max() if len(points) > 1 else 1.0
    flat = figure.kind.closed and area(outline(figure.kind, np.array(points))) < _NO_AREA
    if spread > 0 and not flat:
        hand.keep(replace(figure, points=points))


# -- figures of a fixed number of points --------------------------------------------------


def _fixed(kind: MeasurementKind, hand: Hand, press: Pointer) -> Gesture:
    """Set the points one after the other: length, arrow, angle, Cobb, sphere."""
    figure = _begun(kind, hand, press)
    if figure is None:
        return
    count = kind.counts[0]
    spots = [_spot(press)]
    pointer = press
    while len(spots) < count:

        def so_far(
            now: Pointer, spots: tuple[Position, ...] = tuple(spots)
        ) -> tuple[Position, ...]:
            return (*spots, *(_spot(now),) * (count - len(spots)))

        pointer = yield from _point(hand, figure, pointer, so_far)
        if pointer.finish:
            return
        spots.append(_spot(pointer))
    _settled(hand, figure, tuple(spots))


def _single(kind: MeasurementKind, hand: Hand, press: Pointer) -> Gesture:
    """Set one point where the button is let go: probe, text."""
    figure = _begun(kind, hand, press)
    pointer = last = press
    while figure is not None and pointer.pressed:
        pointer = yield hand.verbs.measured(replace(figure, points=(_spot(last),)))
        last = pointer if pointer.spot is not None else last
    if figure is not None:
        hand.keep(replace(figure, points=(_spot(last),)))


def _spanned(kind: MeasurementKind, hand: Hand, press: Pointer) -> Gesture:
    """Drag from one corner to the other: rectangle, ellipse, box."""
    figure = _begun(kind, hand, press)
    if figure is None:
        return
    span = {
        MeasurementKind.RECTANGLE: shaping.rectangle,
        MeasurementKind.ELLIPSE: shaping.ellipse,
        MeasurementKind.BOX: shaping.box,
    }[kind]

    def spread(now: Pointer) -> tuple[Position, ...]:
        return span(_spot(press), _spot(now), press.right, press.down)

    pointer = yield from _point(hand, figure, press, spread)
    if not pointer.finish and _far(press, pointer):
        _settled(hand, figure, spread(pointer))


def _bidirectional(kind: MeasurementKind, hand: Hand, press: Pointer) -> Gesture:
    """Set the long axis, then how far the short one reaches across it."""
    figure = _begun(kind, hand, press)
    if figure is None:
        return
    start = _spot(press)
    normal = position_of(np.cross(press.right, press.down))

    def long(now: Pointer) -> tuple[Position, ...]:
        middle = position_of((np.asarray(start) + _spot(now)) / 2)
        return (start, _spot(now), middle, middle)

    pointer = yield from _point(hand, figure, press, long)
    end = _spot(pointer)
    if pointer.finish or end == start:
        return

    def both(now: Pointer) -> tuple[Position, ...]:
        return (start, end, *shaping.short_axis(start, end, _spot(now), normal))

    pointer = yield from _point(hand, figure, replace(pointer, pressed=False), both)
    if not pointer.finish:
        _settled(hand, figure, both(pointer))


# -- figures of many points ---------------------------------------------------------------


def _many(kind: MeasurementKind, hand: Hand, press: Pointer) -> Gesture:
    """Set points until a double click, Enter or the first point again."""
    figure = _begun(kind, hand, press)
    if figure is None:
        return
    fewest = kind.counts[0]
    spots, pointer = [_spot(press)], press
    while True:
        pointer = yield from _point(hand, figure, pointer, partial(_open, tuple(spots), fewest))
        back = kind.closed and len(spots) >= fewest and not _far_by(press, pointer, _CLOSE_PX)
        if pointer.finish or back:
            break
        if _spot(pointer) != spots[-1]:
            spots.append(_spot(pointer))
        if pointer.double:
            break
        pointer = replace(pointer, pressed=False)
    if len(spots) >= fewest:
        _settled(hand, figure, tuple(spots))


def _livewire(kind: MeasurementKind, hand: Hand, press: Pointer) -> Gesture:
    """Set points, between which the line runs along edges, until it is closed."""
    figure = _begun(kind, hand, press)
    if figure is None:
        return
    line: Points = (_spot(press),)
    clicks, pointer = 1, press
    while True:
        so_far = partial(_traced, hand, figure, line)
        pointer = yield from _point(hand, figure, pointer, so_far)
        back = clicks > 1 and not _far_by(press, pointer, _CLOSE_PX)
        if pointer.finish or back:
            break
        if _spot(pointer) != line[-1]:
            line, clicks = so_far(pointer), clicks + 1
        if pointer.double:
            break
        pointer = replace(pointer, pressed=False)
    closed = hand.verbs.trace(figure, press, line[-1])
    if clicks > 1 and len(line) + len(closed) > kind.counts[0] + 1:
        _settled(hand, figure, (*line, *closed[1:-1]))


def _traced(hand: Hand, figure: Measurement, line: Points, now: Pointer) -> Points:
    return (*line, *hand.verbs.trace(figure, now, line[-1])[1:])


def _open(spots: tuple[Position, ...], fewest: int, now: Pointer) -> tuple[Position, ...]:
    there = (*spots, _spot(now))
    return (*there, *(_spot(now),) * (fewest - len(there)))


def _far_by(one: Pointer, other: Pointer, pixels: float) -> bool:
    return abs(one.x - other.x) > pixels or abs(one.y - other.y) > pixels


def _freehand(kind: MeasurementKind, hand: Hand, press: Pointer) -> Gesture:
    """Draw round it with the button held."""
    figure = _begun(kind, hand, press)
    spots: list[Position] = [] if figure is None else [_spot(press)]
    pointer, before = press, press
    while figure is not None and pointer.pressed:
        points = (*spots, *(spots[-1],) * (kind.counts[0] - len(spots)))
        pointer = yield hand.verbs.measured(replace(figure, points=points))
        if pointer.spot is not None and (pointer.x, pointer.y) != (before.x, before.y):
            spots.append(pointer.spot)
            before = pointer
    if figure is not None and len(spots) >= kind.counts[0]:
        _settled(hand, figure, tuple(spots))


_Way: TypeAlias = Callable[[MeasurementKind, Hand, Pointer], Gesture]
_WAYS: dict[MeasurementKind, _Way] = {
    MeasurementKind.LENGTH: _fixed,
    MeasurementKind.ARROW: _fixed,
    MeasurementKind.CALIBRATION: _fixed,
    MeasurementKind.ANGLE: _fixed,
    MeasurementKind.COBB: _fixed,
    MeasurementKind.SPHERE: _fixed,
    MeasurementKind.BIDIRECTIONAL: _bidirectional,
    MeasurementKind.RECTANGLE: _spanned,
    MeasurementKind.ELLIPSE: _spanned,
    MeasurementKind.BOX: _spanned,
    MeasurementKind.PROBE: _single,
    MeasurementKind.TEXT: _single,
    MeasurementKind.POLYLINE: _many,
    MeasurementKind.POLYGON: _many,
    MeasurementKind.SPLINE: _many,
    MeasurementKind.LIVEWIRE: _livewire,
    MeasurementKind.FREEHAND: _freehand,
}
