"""Painting segments by hand: brushes, filled lines, scissors in 3D, told from press to release.

While a stroke is under way the session shows what it would leave (`Session.stroke`); it is
kept as one step when the button is let go. No Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Position
from viewer.core.label_map import Box
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume, padded
from viewer.imaging.brush import Touched, filled, swept
from viewer.imaging.figures import outline
from viewer.imaging.segment.brush import adaptive
from viewer.session.drawing import draw
from viewer.session.hand import Gesture, Hand, Pointer, is_over, while_same_space
from viewer.session.segmenting import Brush, Stroke, Target, erased, kept_labels, painted
from viewer.session.session import Session
from viewer.session.tools import Tool

_SAME_PLANE_MM: Final = 1e-3


def paint(hand: Hand, press: Pointer, *, erasing: bool = False) -> Gesture:
    """Paint with the brush while the button is down; with Ctrl, erase (and the other way round).

    Escape gives the stroke up.
    """
    target = hand.verbs.segment_to_paint(hand.cell)
    if target is None or press.position is None:
        return
    erasing ^= press.ctrl
    now, here, fresh = target.segmentation, is_over(hand), _group(hand, target) is None
    pointer, last = press, press.position
    try:
        while pointer.pressed and here():
            if pointer.position is not None:
                now = stroked(hand, replace(target, segmentation=now), last, pointer, erasing)
                last = pointer.position
                hand.session.stroke.set(Stroke(now))
            pointer = yield None
        kept = _on_what_is_now(hand, target, now, fresh=fresh)
        if kept is not None:
            hand.verbs.keep_segments("Erase" if erasing else "Paint", kept)
    finally:
        hand.session.stroke.set(None)


def _group(hand: Hand, target: Target) -> Segmentation | None:
    """Return what the group that is painted is by now; None if there is none of that name."""
    said = hand.session.record.value.segmentations
    return next((one for one in said if one.id == target.segmentation.id), None)


def _present(hand: Hand, target: Target, *, fresh: bool) -> Segmentation | None:
    """Return what the painted group is by now; None, and say so, if the segment is gone.

    A group that is `fresh` is not kept yet.
    """
    if hand.session.images.value.get(target.segmentation.series_key) is None:
        return None
    now = target.segmentation if fresh else _group(hand, target)
    if now is None or now.segment(target.label) is None:
        hand.session.say("The segment was removed meanwhile; nothing was painted.", serious=True)
        return None
    return now


def _on_what_is_now(
    hand: Hand, target: Target, made: Segmentation, *, fresh: bool
) -> Segmentation | None:
    """Return what a stroke changed, put into what the group is by now; None if that is nothing."""
    before = target.segmentation.label_map
    box = made.label_map.changed_since(before)
    now = _present(hand, target, fresh=fresh) if box is not None else None
    if now is None or box is None or now.label_map is before:
        return None if now is None else replace(now, label_map=made.label_map)
    new, block = made.label_map.box(box), now.label_map.box(box)
    kept = list(kept_labels(hand.session.segmenting.value, now))
    drawn = (new != before.box(box)) & ~np.isin(block, kept)
    block[drawn] = new[drawn]
    start = (box[0].start, box[1].start, box[2].start)
    return replace(now, label_map=now.label_map.with_box(start, block))


def erase(hand: Hand, press: Pointer) -> Gesture:
    """Take voxels out of the segment with the brush; with Ctrl, paint."""
    return paint(hand, press, erasing=True)


def stroked(
    hand: Hand,
    target: Target,
    last: Position,
    pointer: Pointer,
    erasing: bool,  # noqa: FBT001
) -> Segmentation:
    """Return the group after the brush came from one place to where the pointer is."""
    segmenting, grid = hand.session.segmenting.value, target.segmentation.geometry
    brush = segmenting.brush
    if pointer.position is None:
        return target.segmentation
    normal = None if brush.ball else _facing(pointer)
    if normal is not None and abs(np.subtract(pointer.position, last) @ normal) > _SAME_PLANE_MM:
        last = pointer.position  # the wheel has brought another slice below the brush
    touched = swept(grid, last, pointer.position, brush.radius_mm, normal)
    if touched is None:
        return target.segmentation
    if brush.looks_at_values:
        touched = _within(target, touched, pointer.position, brush)
    return changed(hand.session, target, touched, erasing=erasing)


def changed(
    session: Session, target: Target, touched: Touched, *, erasing: bool = False
) -> Segmentation:
    """Return the group with the touched voxels in the segment, or out of it."""
    segmenting, group = session.segmenting.value, target.segmentation
    kept = kept_labels(segmenting, group)
    block = group.label_map.box(touched.box)
    if erasing:
        new = erased(block, touched.mask, target.label, kept=kept)
    else:
        new = painted(block, touched.mask, target.label, kept=kept, overwrite=segmenting.overwrite)
    labels = group.label_map.with_box(touched.start, new)
    return group if labels is group.label_map else replace(group, label_map=labels)


def _within(target: Target, touched: Touched, place: Position, brush: Brush) -> Touched:
    """Return of what a brush touches the part whose values it takes."""
    if target.volume is None:
        return replace(touched, mask=np.zeros_like(touched.mask))
    values = _values(target.volume, target.segmentation.geometry, touched.box)
    mask = touched.mask & brush.takes(values)
    grid = target.segmentation.geometry
    middle = np.rint(grid.to_index(place)).astype(int) - np.asarray(touched.start)
    if brush.adaptive:
        inside = ((middle >= 0) & (middle < mask.shape)).all()
        at = (int(middle[0]), int(middle[1]), int(middle[2]))
        mask = adaptive(values, mask, at) if inside else np.zeros_like(mask)
    return replace(touched, mask=mask)


def _values(volume: Volume, grid: Geometry, box: Box) -> NDArray[np.float32]:
    """Return what an image says at the voxels of a box of a grid, in its unit.

    On another grid it is the nearest voxel of the image that counts. NaN where there is none,
    or one that stands for nothing.
    """
    inside: NDArray[np.bool_] = np.ones([side.stop - side.start for side in box], np.bool_)
    if volume.geometry == grid:
        stored = volume.voxels[box]
    else:
        index = np.argwhere(inside) + [side.start for side in box]
        found = np.rint(volume.geometry.to_index(grid.to_patient(index))).astype(int)
        ends = np.asarray(volume.geometry.shape) - 1
        z, y, x = np.clip(found, 0, ends).T.reshape(3, *inside.shape)
        stored = volume.voxels[z, y, x]
        inside &= np.all((found >= 0) & (found <= ends), axis=1).reshape(inside.shape)
    values = stored.astype(np.float32) * np.float32(volume.slope) + np.float32(volume.intercept)
    nothing = padded(stored, volume.padding)
    known = inside if nothing is None else inside & ~nothing
    return np.where(known, values, np.float32(np.nan))


def _facing(pointer: Pointer) -> NDArray[np.float64]:
    return np.cross(np.asarray(pointer.right), np.asarray(pointer.down))


# -- closed lines --------------------------------------------------------------------------


def fill(kind: MeasurementKind, hand: Hand, press: Pointer) -> Gesture:
    """Draw a closed line; what the plane cuts inside it becomes the segment. Ctrl erases."""
    target = hand.verbs.segment_to_paint(hand.cell)
    if target is None or press.anchor is None or not press.anchor.in_patient:
        return _nothing()
    fresh = _group(hand, target) is None

    def keep(line: Measurement) -> None:
        points = outline(line.kind, np.asarray(line.points))
        touched = filled(target.segmentation.geometry, points, press.right, press.down)
        touched = _in_range(hand, target, touched)
        now = _present(hand, target, fresh=fresh) if touched is not None else None
        if touched is not None and now is not None:
            there = replace(target, segmentation=now)
            group = changed(hand.session, there, touched, erasing=press.ctrl)
            if group is not now:
                hand.verbs.keep_segments("Erase inside" if press.ctrl else "Fill", group)

    drawing = draw(kind, replace(hand, keeps=keep), replace(press, ctrl=False))
    return while_same_space(hand, drawing)


def _in_range(hand: Hand, target: Target, touched: Touched | None) -> Touched | None:
    brush = replace(hand.session.segmenting.value.brush, adaptive=False)
    if touched is None or not brush.looks_at_values:
        return touched
    return _within(target, touched, (0.0, 0.0, 0.0), brush)


def _nothing() -> Gesture:
    yield from ()


def lasso(hand: Hand, press: Pointer) -> Gesture:
    """Draw round what is to be filled with the button held."""
    return fill(MeasurementKind.FREEHAND, hand, press)


def polygon(hand: Hand, press: Pointer) -> Gesture:
    """Click the corners of what is to be filled."""
    return fill(MeasurementKind.POLYGON, hand, press)


def livewire(hand: Hand, press: Pointer) -> Gesture:
    """Click along the edge of what is to be filled; the line follows it between."""
    return fill(MeasurementKind.LIVEWIRE, hand, press)


def click(hand: Hand, press: Pointer) -> Gesture:
    """Let a tool work from the voxel that is clicked."""
    tool, pointer = hand.session.tool.value, press
    while pointer.pressed:
        pointer = yield None
    if pointer.position is not None:
        hand.verbs.segment_from(hand.cell, tool, pointer)


def resize_brush(session: Session, factor: float) -> None:
    """Make the brush larger or smaller."""
    now = session.segmenting.value
    session.segmenting.set(replace(now, brush=now.brush.sized(now.brush.radius_mm * factor)))


def cut_off(hand: Hand, press: Pointer) -> Gesture:
    """Draw round what is to be taken out of the segment on this slice; with Ctrl, fill it."""
    return fill(MeasurementKind.FREEHAND, hand, replace(press, ctrl=not press.ctrl))


GESTURES: Final[dict[Tool, Callable[[Hand, Pointer], Gesture]]] = {
    Tool.PAINT: paint,
    Tool.ERASE: erase,
    Tool.FILL_LASSO: lasso,
    Tool.FILL_POLYGON: polygon,
    Tool.FILL_LIVEWIRE: livewire,
    Tool.SCISSORS: cut_off,
    Tool.GROW: click,
    Tool.LEVEL: click,
    Tool.ISLAND: click,
}
