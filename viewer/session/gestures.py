"""What a drag means, told from press to release.

A gesture is a generator: it is begun with the pointer that pressed, is sent
every later one, and yields what should be drawn meanwhile (an `Extent`) or
None. It ends with the pointer that no longer presses. No Qt: the view says
where the pointer is on the screen and in the patient.

The mapping is the usual one of the trade: left does the chosen tool, right
the window, middle (or Shift with left) pans, Ctrl with left is the window for
who has one button. What drags mean in 3D is told in `space_gestures`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import exp, pi

import numpy as np

from viewer.core.finding import Finding
from viewer.core.geometry import Position, position_of
from viewer.core.measurement import MeasurementKind
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.session import painting, space_gestures, swiping, turning
from viewer.session.click_gestures import click
from viewer.session.drawing import change, draw
from viewer.session.hand import (
    Button,
    Extent,
    Gesture,
    Hand,
    Pointer,
    Verbs,
    while_same_space,
)
from viewer.session.look import Hanging, Look, Viewing
from viewer.session.paths import draw_path, undrawn
from viewer.session.region_gestures import magnify, window_region, zoom_region
from viewer.session.session import Session, Tool
from viewer.session.stepping import steps
from viewer.session.whereabouts import go

__all__ = [
    "Button", "Extent", "Gesture", "Hand", "Pointer", "Verbs",
    "activate", "begin", "maximise", "wheel", "zoom_about",
]  # fmt: skip


def begin(hand: Hand, button: Button, press: Pointer) -> Gesture | None:
    """Return the gesture that a press begins, not yet started; None if it means nothing here."""
    if hand.session.image_in(hand.cell) is None:
        return None
    if hand.look.viewing is Viewing.SPACE:
        return space_gestures.begin(hand, button, press)
    if button is not Button.LEFT:
        buttons = hand.session.buttons.value
        chosen = buttons.right if button is Button.RIGHT else buttons.middle
        return _TOOLS.get(Tool(chosen), window)(hand, press)
    return _left(hand, press)


def _left(hand: Hand, press: Pointer) -> Gesture:
    if hand.session.tool.value.segments and not press.shift:
        return _segment(hand, press)
    if hand.session.tool.value is Tool.CLICK:
        return click(hand, press)
    if press.ctrl:
        return window(hand, press)
    if press.shift:
        return pan(hand, press)
    if swiping.is_on_divider(hand.session, hand.cell, press):
        return swiping.swipe(hand, press)
    if press.corner is not None and press.position is not None:
        return resize(hand, press)
    tool = hand.session.tool.value
    kind = _kind(tool)
    if hand.look.viewing is Viewing.CURVED and (kind is not None or tool is Tool.PATH):
        return undrawn(hand)
    if tool is Tool.PATH and press.handle is None:
        return draw_path(hand, press)
    if press.hold is not None and tool is Tool.CROSSHAIR:
        return turning.grasp(hand, press)
    takes = tool in (Tool.CROSSHAIR, Tool.PATH) or (kind is not None and press.words_at is None)
    if press.measurement_id and takes:
        return change(hand, press)
    if kind is not None:
        return while_same_space(hand, draw(kind, hand, press))
    if press.finding_id:
        hand.session.selected.set(press.finding_id)
    return _TOOLS.get(tool, crosshair)(hand, press)


def _segment(hand: Hand, press: Pointer) -> Gesture:
    if hand.look.viewing is Viewing.CURVED:
        return undrawn(hand)
    return painting.GESTURES[hand.session.tool.value](hand, press)


def _kind(tool: Tool) -> MeasurementKind | None:
    """Return what a tool draws, if it draws."""
    return MeasurementKind(tool.value) if tool.draws else None


def crosshair(hand: Hand, press: Pointer) -> Gesture:
    """Bring all views to the point below the pointer."""
    opened = hand.session.image_in(hand.cell)
    pointer = press
    while pointer.pressed:
        if pointer.position is not None and opened is not None:
            go(hand.session, hand.cell, pointer.position)
        pointer = yield None


def window(hand: Hand, press: Pointer) -> Gesture:
    """Drag right for a wider window, down for a higher centre: a darker picture."""
    start = hand.session.window_of(hand.look)
    pointer = press
    while pointer.pressed:
        pointer = yield None
        across = (pointer.x - press.x) / press.size[0]
        down = (pointer.y - press.y) / press.size[1]
        if across or down:
            chosen = _dragged(start, across, down)
            linked = hand.session.links.value.window
            hand.change(_with_window(chosen), linked=linked, values=True)


def pan(hand: Hand, press: Pointer) -> Gesture:
    """Move the picture along with the pointer."""
    pointer, before = press, press
    while pointer.pressed:
        pointer = yield None
        right = (pointer.x - before.x) * before.mm_per_pixel
        down = (pointer.y - before.y) * before.mm_per_pixel
        if right or down:
            hand.change(_panned(right, down), linked=hand.session.links.value.pan)
        before = pointer


def zoom(hand: Hand, press: Pointer) -> Gesture:
    """Drag up to enlarge what is below the pressed point, down to shrink it."""
    pointer, before = press, press
    while pointer.pressed:
        pointer = yield None
        if pointer.y != before.y:
            zoom_about(hand, press_now(press, pointer), exp(_up(before, pointer) * 2.5))
        before = pointer


def scroll(hand: Hand, press: Pointer) -> Gesture:
    """Drag down to go on through the slices, up to go back; all of them in a view's height."""
    per_slice = press.size[1] / max(_count(hand), 1)
    pointer, gone = press, 0
    while pointer.pressed:
        pointer = yield None
        goal = round((pointer.y - press.y) / per_slice)
        if goal != gone:
            hand.verbs.scroll(hand.cell, goal - gone)
            gone = goal


def _count(hand: Hand) -> int:
    """Return how many slices or frames the height of a view is shared among."""
    opened = hand.session.image_in(hand.cell)
    if opened is None or not isinstance(opened.image, Volume):
        return opened.count if opened is not None else 1
    return steps(opened.image.geometry, hand.look.viewing, hand.session.planes.value).count


def resize(hand: Hand, press: Pointer) -> Gesture:
    """Drag a corner of a finding's box; its depth stays."""
    finding = hand.session.record.value.finding(press.finding_id)
    hand.session.selected.set(press.finding_id)
    pointer = press
    while pointer.pressed and finding and press.corner and pointer.position:
        pointer = yield Extent(press.corner, pointer.position)
    if finding and press.corner and pointer.position and pointer.position != press.position:
        hand.verbs.resize(_resized(finding, press.corner, pointer.position))


_TOOLS: dict[Tool, Callable[[Hand, Pointer], Gesture]] = {
    Tool.CROSSHAIR: crosshair,
    Tool.WINDOW: window,
    Tool.PAN: pan,
    Tool.ZOOM: zoom,
    Tool.SCROLL: scroll,
    Tool.WINDOW_REGION: window_region,
    Tool.ZOOM_REGION: zoom_region,
    Tool.MAGNIFIER: magnify,
}


def activate(session: Session, cell: int) -> None:
    """Make a view the active one."""
    session.hanging.update(active=cell)


def maximise(session: Session, cell: int) -> None:
    """Show a view alone, or all of them again."""
    hanging: Hanging = session.hanging.value
    alone = None if hanging.maximised is not None else cell
    session.hanging.set(replace(hanging, maximised=alone, active=cell))


def wheel(hand: Hand, pointer: Pointer, notches: int) -> None:
    """Scroll by notches (down is on); ten at a time with Shift; zoom at the pointer with Ctrl."""
    if pointer.ctrl or hand.look.viewing is Viewing.SPACE:
        zoom_about(hand, pointer, 1.15**-notches)
    elif pointer.shift and hand.session.tool.value.brushes:
        painting.resize_brush(hand.session, 1.15**-notches)
    else:
        hand.verbs.scroll(hand.cell, notches * (10 if pointer.shift else 1))


def zoom_about(hand: Hand, pointer: Pointer, factor: float) -> None:
    """Enlarge a view; the point below the pointer stays. Linked views grow about their middle."""
    look = hand.look
    if look.viewing is Viewing.SPACE:
        hand.change(_camera_zoomed(factor))
        return
    grown = _zoom_of(look, factor)
    right, down = (part * (look.zoom / grown - 1) for part in pointer.from_centre_mm)
    if hand.session.links.value.zoom:
        hand.change(_zoomed(factor), linked=True)
    else:
        hand.change(_zoomed(factor))
    hand.change(_panned(right, down))


def press_now(press: Pointer, now: Pointer) -> Pointer:
    """Return the pressed point as it is on a picture that has been zoomed since."""
    return replace(press, mm_per_pixel=now.mm_per_pixel)


def _up(before: Pointer, now: Pointer) -> float:
    return (before.y - now.y) / before.size[1]


def _dragged(start: Window, across: float, down: float) -> Window:
    width = start.width * exp(2 * across)
    centre = start.centre + start.width * down
    digits = 0 if start.width > 50 else 2
    return start.moved(round(centre, digits), max(round(width, digits), 10.0**-digits))


def _with_window(chosen: Window) -> Callable[[Look], Look]:
    return lambda look: replace(look, window=chosen)


def _panned(right: float, down: float) -> Callable[[Look], Look]:
    return lambda look: replace(look, pan_mm=(look.pan_mm[0] + right, look.pan_mm[1] + down))


def _zoomed(factor: float) -> Callable[[Look], Look]:
    return lambda look: replace(look, zoom=_zoom_of(look, factor))


def _zoom_of(look: Look, factor: float) -> float:
    return min(max(look.zoom * factor, 0.05), 64.0)


def _camera_zoomed(factor: float) -> Callable[[Look], Look]:
    return lambda look: replace(look, camera=look.camera.zoomed(factor))


def _resized(finding: Finding, corner: Position, end: Position) -> Finding:
    """Return a finding with a box from corner to end; along the line of sight it stays.

    Its volume becomes that of the ellipsoid in the box, since its mask no longer fits;
    the mean was that of the mask, so there is none any more.
    """
    low, high = np.asarray(finding.low), np.asarray(finding.high)
    flat = np.abs(np.subtract(corner, end)) < 1e-3
    low = np.where(flat, low, np.minimum(corner, end))
    high = np.where(flat, high, np.maximum(corner, end))
    return replace(
        finding,
        low=position_of(low),
        high=position_of(high),
        position=position_of((low + high) / 2),
        diameter_mm=float((high - low)[:2].max()),
        volume_mm3=float(np.prod(high - low) * pi / 6),
        mean_value=None,
        mask=None,
    )
