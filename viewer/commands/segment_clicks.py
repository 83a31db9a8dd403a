"""Tools that make or change a segment from one click, and scissors on a 3D picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewer.commands import segment_jobs
from viewer.commands.desk import Behind, Desk
from viewer.commands.segment_edits import require_arrived, to_paint
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry, Position, Shape, position_of
from viewer.core.label_map import Box
from viewer.core.plane import Plane
from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume
from viewer.imaging.brush import Touched, filled
from viewer.imaging.reslice import reslice
from viewer.imaging.segment import growing
from viewer.imaging.segment.shape import touching
from viewer.imaging.segment.tracing import traced
from viewer.imaging.values import numeric
from viewer.session.hand import Pointer
from viewer.session.segmenting import (
    Brush,
    Overwrite,
    Segmenting,
    Target,
    erased,
    kept_labels,
    painted,
)
from viewer.session.space_look import Cut
from viewer.session.tools import Tool

GROWS_MM = 60.0
"""How far a region grows from the click, unless a range of values is set."""


@dataclass(frozen=True, slots=True, eq=False)
class _Rules:
    """What a change must keep: which label it makes, which it must not touch."""

    label: int
    kept: frozenset[int]
    overwrite: Overwrite

    @classmethod
    def of(cls, target: Target, segmenting: Segmenting) -> _Rules:
        kept = kept_labels(segmenting, target.segmentation)
        return cls(target.label, kept, segmenting.overwrite)

    def put(self, group: Segmentation, touched: Touched) -> Segmentation:
        block = group.label_map.box(touched.box)
        new = painted(block, touched.mask, self.label, kept=self.kept, overwrite=self.overwrite)
        return replace(group, label_map=group.label_map.with_box(touched.start, new))

    def take(self, group: Segmentation, touched: Touched) -> Segmentation:
        block = group.label_map.box(touched.box)
        new = erased(block, touched.mask, self.label, kept=self.kept)
        return replace(group, label_map=group.label_map.with_box(touched.start, new))


def from_click(desk: Desk, cell: int, tool: Tool, pointer: Pointer) -> None:
    """Let a tool work from the place of a click, in a job."""
    target = to_paint(desk, cell)
    if target is None or pointer.position is None:
        return
    segmenting = desk.session.segmenting.value
    rules = _Rules.of(target, segmenting)
    group = target.segmentation
    if not group.geometry.contains(pointer.position):
        desk.session.say("That is outside the grid of the segments.", serious=True)
        return
    if tool is Tool.ISLAND:
        work = partial(_island, rules, pointer.position)
        segment_jobs.change(desk, "Keep island", group, work, label=target.label)
        return
    require_arrived(desk.session.image_in(cell))
    volume = _ground(target)
    if tool is Tool.GROW:
        work = partial(_grow, rules, volume, pointer.position, segmenting.brush)
        segment_jobs.change(desk, "Grow", group, work, label=target.label)
    else:
        view = (pointer.right, pointer.down)
        work = partial(_level, rules, volume, pointer.position, view)
        segment_jobs.change(desk, "Trace level", group, work, label=target.label)


def _ground(target: Target) -> Volume:
    volume = target.volume
    if volume is None or volume.geometry != target.segmentation.geometry:
        raise Declined(
            "These segments lie on another grid than this image; values cannot be followed. "
            "Click on the series that they were drawn on, or add a group here.",
            code="other_grid",
        )
    return volume


def _values(volume: Volume, box: Box) -> NDArray[np.float32]:
    """Return the values of a box in the unit of the image; NaN for what stands for nothing."""
    stored = numeric(volume.voxels[box])
    values = stored.astype(np.float32) * np.float32(volume.slope) + np.float32(volume.intercept)
    if volume.padding is not None:
        values[(stored >= volume.padding[0]) & (stored <= volume.padding[1])] = np.nan
    return values


def _grow(
    rules: _Rules,
    volume: Volume,
    place: Position,
    brush: Brush,
    group: Segmentation,
    progress: Progress,
) -> Segmentation:
    progress.report(0.0, "growing")
    grid = volume.geometry
    seed = grid.nearest(place)
    ranged = brush.low is not None or brush.high is not None
    box = _about(grid, seed, np.inf if ranged else GROWS_MM)
    at = (seed[0] - box[0].start, seed[1] - box[1].start, seed[2] - box[2].start)
    values = _values(volume, box)
    progress.report(0.3, "growing")
    if ranged:
        low = -np.inf if brush.low is None else brush.low
        high = np.inf if brush.high is None else brush.high
        grown = growing.connected(values, at, low, high)
    else:
        grown = growing.confident(values, at)
    progress.report(0.9, "growing")
    if not grown.mask.any():
        raise Declined(
            "The value that was clicked lies outside the range of the brush.", code="out_of_range"
        )
    start = (box[0].start, box[1].start, box[2].start)
    return rules.put(group, Touched(start, grown.mask))


def _about(grid: Geometry, seed: Shape, reach_mm: float) -> Box:
    """Return the box of a grid so many mm round a voxel."""
    sides = []
    for at, count, step_mm in zip(seed, grid.shape, grid.spacing_mm, strict=True):
        reach = count if np.isinf(reach_mm) else int(np.ceil(reach_mm / step_mm))
        sides.append(slice(max(at - reach, 0), min(at + reach + 1, count)))
    return sides[0], sides[1], sides[2]


def _level(
    rules: _Rules,
    volume: Volume,
    place: Position,
    view: tuple[Position, Position],
    group: Segmentation,
    progress: Progress,
) -> Segmentation:
    progress.report(0.0, "tracing")
    right, down = (np.asarray(way) for way in view)
    grid = volume.geometry
    step = min(grid.spacing_mm)
    corners = grid.corners() - np.asarray(place)
    x, y = corners @ right, corners @ down
    columns, rows = int(np.ptp(x) / step) + 1, int(np.ptp(y) / step) + 1
    column, row = round(float(-x.min() / step)), round(float(-y.min() / step))
    origin = np.asarray(place) - right * column * step - down * row * step
    plane = Plane(position_of(origin), view[0], view[1], (step, step))
    picture = reslice(volume.voxels, grid, plane, (rows, columns), padding=volume.padding)
    values = picture.astype(np.float32) * np.float32(volume.slope) + np.float32(volume.intercept)
    progress.report(0.5, "tracing")
    outside = np.float32(np.nanmin(values))
    found = traced(np.where(np.isfinite(values), values, outside), row, column)
    if found is None:
        raise Declined(
            "No closed outline runs at this value; click nearer to an edge.", code="not_closed"
        )
    touched = filled(group.geometry, plane.to_patient(found.line), right, down)
    return group if touched is None else rules.put(group, touched)


def _island(
    rules: _Rules, place: Position, group: Segmentation, progress: Progress
) -> Segmentation:
    progress.report(0.0, "looking for islands")
    seed, box = group.geometry.nearest(place), group.label_map.extent(rules.label)
    inside = box is not None and all(
        side.start <= at < side.stop for side, at in zip(box, seed, strict=True)
    )
    if box is None or not inside:
        raise Declined("Click on the island that is to stay.", code="not_on_segment")
    mask = np.asarray(group.label_map.box(box) == rules.label)
    at = (seed[0] - box[0].start, seed[1] - box[1].start, seed[2] - box[2].start)
    if not mask[at]:
        raise Declined("Click on the island that is to stay.", code="not_on_segment")
    start = (box[0].start, box[1].start, box[2].start)
    return rules.take(group, Touched(start, mask & ~touching(mask, at)))


def scissors(desk: Desk, cell: int, cut: Cut) -> None:
    """Take away what of the segment lies behind a line on a 3D picture, or all beside it."""
    target, opened = to_paint(desk, cell), desk.session.image_in(cell)
    if target is None or opened is None or opened.geometry is None:
        return
    rules = _Rules.of(target, desk.session.segmenting.value)
    work = partial(_scissors, rules, desk.behind, opened.geometry, cut)
    segment_jobs.change(
        desk, "Scissors", target.segmentation, work, label=target.label, by_hand=True
    )


def _scissors(
    rules: _Rules,
    behind: Behind,
    whole: Geometry,
    cut: Cut,
    group: Segmentation,
    progress: Progress,
) -> Segmentation:
    progress.report(0.0, "cutting")
    box = group.label_map.extent(rules.label)
    if box is None:
        raise Declined("The segment is empty; there is nothing to cut.", code="empty")
    start = (box[0].start, box[1].start, box[2].start)
    stop = (box[0].stop, box[1].stop, box[2].stop)
    gone = behind(group.geometry.crop(start, stop), whole, cut)
    return rules.take(group, Touched(start, gone))
