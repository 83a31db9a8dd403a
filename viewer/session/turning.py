"""How planes are turned about the crosshair, and made thick, by their lines in other views.

Turning goes about the line of sight of the view in which it is done. The point of the
crosshair stays where it is on every screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atan2

import numpy as np

from viewer.core.geometry import Array, Position, position_of
from viewer.session.hand import Gesture, Hand, Pointer
from viewer.session.hold import Grasp, Hold
from viewer.session.look import Look, Viewing
from viewer.session.oblique import STANDARD, Planes, rotation
from viewer.session.session import Session
from viewer.session.whereabouts import place_in

__all__ = ["Grasp", "Hold", "grasp", "screen_axes", "set_planes", "thicken", "turn"]

_STEP_MM = 0.5
_THICKEST_MM = 500.0


def screen_axes(right: Position, down: Position, look: Look) -> tuple[Position, Position]:
    """Return screen right and screen down after the flips and quarter turns of a look."""
    across, along = np.asarray(right), np.asarray(down)
    if look.flipped_sideways:
        across = -across
    if look.flipped_upside_down:
        along = -along
    for _ in range(look.quarter_turns % 4):
        across, along = -along, across
    return position_of(across), position_of(along)


def grasp(hand: Hand, press: Pointer) -> Gesture:
    """Return the gesture that the handle below the pointer stands for."""
    hold = press.hold
    if hold is not None and hold.grasp is Grasp.THICKNESS:
        return thicken(hand, press)
    return turn(hand, press)


def turn(hand: Hand, press: Pointer) -> Gesture:
    """Turn a plane, and with it the one at right angles, about the crosshair."""
    session, hold, own = hand.session, press.hold, hand.look.viewing
    opened, begun = session.image_in(hand.cell), session.planes.value
    if opened is None or hold is None or press.position is None or own not in STANDARD:
        return
    space, centre = opened.frame_of_reference_uid, place_in(session, hand.cell).position
    axes = begun.of(space, own)
    pointer = press
    while pointer.pressed and axes is not None:
        pointer = yield None
        if pointer.position is None:
            continue
        angle = _angle(np.asarray(axes.normal), centre, press.position, pointer.position)
        together = begun.together is not pointer.alt
        chosen = [one for one in STANDARD if one is not own] if together else [hold.viewing]
        set_planes(session, begun.with_turn(space, chosen, rotation(axes.normal, angle)))


def thicken(hand: Hand, press: Pointer) -> Gesture:
    """Drag the edge of a slab away from its plane, or back onto it for single slices."""
    session, hold = hand.session, press.hold
    opened, pointer = session.image_in(hand.cell), press
    while pointer.pressed and opened is not None and hold is not None:
        pointer = yield None
        axes = session.planes.value.of(opened.frame_of_reference_uid, hold.viewing)
        if pointer.position is None or axes is None:
            continue
        away = np.subtract(pointer.position, place_in(session, hand.cell).position)
        half = abs(float(away @ np.asarray(axes.normal)))
        slab_mm = min(round(2 * half / _STEP_MM) * _STEP_MM, _THICKEST_MM)
        _set_slab(session, hand.cell, hold.viewing, slab_mm)


def set_planes(session: Session, planes: Planes) -> None:
    """Turn planes; in each view the place of the reader stays where it is on the screen."""
    before, hanging = session.planes.value, session.hanging.value
    for cell, look in enumerate(hanging.cells):
        opened = session.image_in(cell)
        if opened is None or opened.geometry is None:
            continue
        space = opened.frame_of_reference_uid
        old, new = before.of(space, look.viewing), planes.of(space, look.viewing)
        if old is None or new is None or old == new:
            continue
        off = np.subtract(place_in(session, cell).position, opened.geometry.centre)
        was, is_ = (np.array(screen_axes(one.right, one.down, look)) for one in (old, new))
        pan = np.asarray(look.pan_mm) + (was - is_) @ off
        hanging = hanging.changed(cell, _Panned((float(pan[0]), float(pan[1]))))
    session.planes.set(planes)
    session.hanging.set(hanging)


@dataclass(frozen=True, slots=True)
class _Panned:
    """Gives a look another pan."""

    pan_mm: tuple[float, float]

    def __call__(self, look: Look) -> Look:
        return replace(look, pan_mm=self.pan_mm)


def thick_cells(session: Session, cell: int, viewing: Viewing) -> tuple[int, ...]:
    """Return the views on screen that show a plane of the space of a view."""
    opened, hanging = session.image_in(cell), session.hanging.value
    if opened is None:
        return ()
    found = []
    for number in hanging.shown:
        other = session.image_in(number)
        if other is not None and hanging.cells[number].viewing is viewing:
            same = other.frame_of_reference_uid == opened.frame_of_reference_uid
            if same and other.geometry is not None:
                found.append(number)
    return tuple(found)


def _set_slab(session: Session, cell: int, viewing: Viewing, slab_mm: float) -> None:
    hanging = session.hanging.value

    def thick(look: Look) -> Look:
        return replace(look, slab_mm=slab_mm)

    for number in thick_cells(session, cell, viewing):
        hanging = hanging.changed(number, thick)
    session.hanging.set(hanging)


def _angle(normal: Array, centre: Position, start: Position, end: Position) -> float:
    """Return the angle about a normal from one place to another, seen from a centre."""
    one, other = np.subtract(start, centre), np.subtract(end, centre)
    sine = float(np.cross(one, other) @ normal)
    one, other = (part - (part @ normal) * normal for part in (one, other))
    return atan2(sine, float(one @ other))
