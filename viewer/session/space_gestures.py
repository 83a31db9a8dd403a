"""What a drag in a 3D view means: turn, move, zoom, cut.

Left turns (Shift: moves), middle moves, right zooms. With the scalpel left draws a line
round what is to be cut away. A handle of the crop box moves its side.
"""

from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np

from viewer.core.geometry import position_of
from viewer.session.crop_box import Face, cropped, moved
from viewer.session.hand import Button, Gesture, Hand, Lasso, Pointer
from viewer.session.look import Look
from viewer.session.session import Tool
from viewer.session.space_look import MOST_POINTS, Crop, Cut

_NEAR = 2.0
"""Pixels between two points of a line."""


def begin(hand: Hand, button: Button, press: Pointer) -> Gesture:
    """Return the gesture that a press in a 3D view begins."""
    if button is Button.MIDDLE or (button is Button.LEFT and press.shift):
        return pan(hand, press)
    if button is not Button.LEFT or press.ctrl:
        return zoom(hand, press)
    if press.face is not None:
        return crop(hand, press, press.face)
    taken = press.finding_id or press.measurement_id
    if taken:
        hand.session.selected.set(taken)
    tool = hand.session.tool.value
    if tool in (Tool.SCALPEL, Tool.TRIM):
        return cut(hand, press, keeps=tool is Tool.TRIM)
    if tool is Tool.SCISSORS:
        return cut(hand, press, keeps=press.alt, segment=True)
    return turn(hand, press)


def turn(hand: Hand, press: Pointer) -> Gesture:
    """Turn the eye about what it looks at: half a turn for the width of the view."""
    pointer, before = press, press
    while pointer.pressed:
        pointer = yield None
        across = (pointer.x - before.x) / press.size[0]
        along = (pointer.y - before.y) / press.size[1]
        if across or along:
            _turn(hand, -180 * across, 180 * along)
        before = pointer


def _turn(hand: Hand, azimuth: float, elevation: float) -> None:
    hand.change(lambda look: replace(look, camera=look.camera.turned(azimuth, elevation)))


def zoom(hand: Hand, press: Pointer) -> Gesture:
    """Drag up to come nearer, down to go away."""
    pointer, before = press, press
    while pointer.pressed:
        pointer = yield None
        up = (before.y - pointer.y) / press.size[1]
        if up:
            _zoom(hand, exp(2.5 * up))
        before = pointer


def _zoom(hand: Hand, factor: float) -> None:
    hand.change(lambda look: replace(look, camera=look.camera.zoomed(factor)))


def pan(hand: Hand, press: Pointer) -> Gesture:
    """Move the picture along with the pointer: the eye looks at another middle."""
    pointer = press
    while pointer.pressed:
        pointer = yield None
        if press.spot is None:
            continue
        right = np.asarray(press.right) * (pointer.x - press.x)
        down = np.asarray(press.down) * (pointer.y - press.y)
        middle = position_of(np.asarray(press.spot) - (right + down) * press.mm_per_pixel)
        hand.change(lambda look, to=middle: _looking_at(look, to))  # type: ignore[misc]


def _looking_at(look: Look, middle: tuple[float, float, float]) -> Look:
    return replace(look, camera=replace(look.camera, middle=middle))


def crop(hand: Hand, press: Pointer, face: Face) -> Gesture:
    """Move one side of the crop box along with the pointer, in all views of the series."""
    opened, box, pointer = hand.session.image_in(hand.cell), hand.look.space.crop, press
    if opened is None or opened.geometry is None or box is None:
        return
    ends = opened.geometry.corners()
    whole = Crop(position_of(ends.min(axis=0)), position_of(ends.max(axis=0)))
    while pointer.pressed:
        pointer = yield None
        by = (pointer.x - press.x) * face.mm_right + (pointer.y - press.y) * face.mm_down
        made = moved(box, whole, face, by)
        key = hand.look.series_key
        hanging = hand.session.hanging.value.all_changed(lambda look: _cropped(look, key, made))  # noqa: B023
        hand.session.hanging.set(hanging)


def _cropped(look: Look, key: str, made: Crop) -> Look:
    return replace(look, space=cropped(look.space, made)) if look.series_key == key else look


def cut(hand: Hand, press: Pointer, *, keeps: bool, segment: bool = False) -> Gesture:
    """Draw a closed line; what lies behind it is cut away, or all that does not.

    It is cut out of the picture, or out of the segment that is worked on.
    """
    camera, pointer = hand.look.camera, press
    line = [(press.x - 0.5, press.y - 0.5)]
    while pointer.pressed:
        pointer = yield Lasso(tuple(line))
        x, y = pointer.x - 0.5, pointer.y - 0.5
        if abs(x - line[-1][0]) + abs(y - line[-1][1]) >= _NEAR and len(line) < MOST_POINTS:
            line.append((x, y))
    if len(line) >= 3:
        made = Cut(tuple(line), camera, press.size, keeps)
        if segment:
            hand.verbs.scissors(hand.cell, made)
            return
        hand.change(lambda look: replace(look, space=look.space.with_cut(made)), linked=True)
