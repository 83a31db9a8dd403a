"""How paths are drawn: a click for each point, in any view and on any slice.

The first two points are one gesture; every later click adds a point to the chosen path, so
that one may go to another slice or view between them. Points are dragged like others.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from viewer.core.geometry import Position
from viewer.core.identity import new_uid
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.session.curves import is_path
from viewer.session.hand import Gesture, Hand, Pointer

_STILL_PX = 4.0


def draw_path(hand: Hand, press: Pointer) -> Gesture:
    """Add a point to the chosen path, or begin a new one where none is chosen."""
    anchor = press.anchor
    if press.position is None or anchor is None or not anchor.in_patient:
        hand.session.say("A path can only be drawn where the image lies in the patient.")
        return
    path = _chosen(hand, anchor.frame_of_reference_uid)
    if path is None:
        yield from _begin(hand, press)
        return
    pointer, last = press, press.position
    while pointer.pressed:
        pointer = yield hand.verbs.measured(replace(path, points=(*path.points, last)))
        last = pointer.position or last
    if last != path.points[-1]:
        hand.verbs.redraw(replace(path, points=(*path.points, last)))


def undrawn(hand: Hand) -> Gesture:
    """Say why nothing is drawn on a straightened picture."""
    hand.session.say(
        "Nothing can be measured on a straightened picture: its lengths are true only along the "
        "path and straight across it. Measure in the cross-section or in the plain views."
    )
    yield None


def _begin(hand: Hand, press: Pointer) -> Gesture:
    """Set the first two points, by two clicks or by one drag."""
    start = press.position
    if start is None or press.anchor is None:
        return
    figure = _path(hand, press.anchor, start)
    pointer, last, waiting = press, start, False
    while True:
        pointer = yield hand.verbs.measured(replace(figure, points=(start, last)))
        last = pointer.position or last
        if pointer.finish:
            return
        if waiting and pointer.pressed:
            break
        if not waiting and not pointer.pressed:
            if abs(pointer.x - press.x) + abs(pointer.y - press.y) > _STILL_PX:
                break
            waiting = True
    if last != start:
        hand.verbs.draw(replace(figure, points=(start, last)))


def _path(hand: Hand, anchor: Anchor, start: Position) -> Measurement:
    at = datetime.now(UTC).replace(microsecond=0).isoformat()
    free = Anchor(anchor.series_key, anchor.frame_of_reference_uid)
    points = (start, start)
    kind = MeasurementKind.POLYLINE
    return Measurement(new_uid(), kind, points, free, hand.session.reader, made_at=at)


def _chosen(hand: Hand, space: str) -> Measurement | None:
    """Return the chosen path, if it lies in this patient space."""
    session = hand.session
    for figure in session.record.value.measurements:
        if figure.id == session.selected.value and is_path(figure):
            return figure if figure.anchor.frame_of_reference_uid == space else None
    return None
