"""Recipes applied to a part of a volume: some slices, or a region; the rest stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.geometry import Array, Geometry, Shape
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.core.progress import Part, Progress
from viewer.core.recipe import Recipe
from viewer.core.volume import Volume
from viewer.imaging import figures
from viewer.imaging.enhance.apply import check, enhanced
from viewer.imaging.enhance.derive import (
    budget_for_tiles,
    changes_range,
    field_of,
    lines,
    padding_of,
    sample_of,
    unit_after,
    ways_after,
)
from viewer.imaging.enhance.field import Values
from viewer.imaging.enhance.through import block_of, is_exact
from viewer.imaging.measuring import inside_line

Test: TypeAlias = Callable[[Array], NDArray[np.bool_]]
"""Tells which positions (..., 3) in LPS mm are meant."""

_DEEP = 32
"""Slices that are filtered at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """A box of a grid from start to stop, and which of its voxels are meant; None for all.

    `words` say what it is: "slices 3 to 9", "the region 2".
    """

    words: str
    start: Shape
    stop: Shape
    inside: NDArray[np.bool_] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        size = tuple(b - a for a, b in zip(self.start, self.stop, strict=True))
        if min(size) <= 0 or (self.inside is not None and self.inside.shape != size):
            raise ValueError("a part of a volume is a box of voxels")

    @property
    def box(self) -> tuple[slice, slice, slice]:
        """The box as indices of an array."""
        z, y, x = (slice(a, b) for a, b in zip(self.start, self.stop, strict=True))
        return z, y, x


def enhanced_within(volume: Volume, recipe: Recipe, within: Within, progress: Progress) -> Volume:
    """Return a new volume that is enhanced in a part of it, and the original everywhere else.

    Raises:
        Declined: if the result would have another unit than the rest, or a step cannot be taken.
        Cancelled: if the work is no longer wanted.
    """
    check(recipe)
    if changes_range(recipe):
        raise Declined(
            "This recipe changes the unit; apply it to the whole series.", code="changes_unit"
        )
    progress.report(0.0, "values")
    field = field_of(volume)
    values = field.values.copy()
    if is_exact(recipe):
        _by_blocks(volume, recipe, within, values, progress)
    else:
        made = enhanced(field, recipe, progress, budget_bytes=budget_for_tiles())
        _put(made[within.box], values, within)
    progress.report(1.0)
    told = lines(recipe)
    only = f"Applied to {within.words} only; everything else is the original."
    return replace(
        volume,
        voxels=values,
        slope=1.0,
        intercept=0.0,
        unit=unit_after(volume.unit, recipe),
        ways=ways_after(volume.ways, recipe),
        padding=padding_of(volume),
        provenance=(*volume.provenance, told[0], only, *told[1:]),
        recipes=(*volume.recipes, recipe),
    )


def _by_blocks(
    volume: Volume, recipe: Recipe, within: Within, values: Values, progress: Progress
) -> None:
    """Filter no more than is needed: some slices of the box at a time, with their margins."""
    sample = sample_of(volume)
    start, stop = within.start, within.stop
    made = np.empty(tuple(b - a for a, b in zip(start, stop, strict=True)), np.float32)
    firsts = range(start[0], stop[0], _DEEP)
    for number, first in enumerate(firsts):
        last = min(first + _DEEP, stop[0])
        share = Part(progress, number / len(firsts), (number + 1) / len(firsts))
        block = ((first, start[1], start[2]), (last, stop[1], stop[2]))
        made[first - start[0] : last - start[0]] = block_of(volume, recipe, block, sample, share)
    _put(made, values, within)


def _put(made: Values, values: Values, within: Within) -> None:
    np.copyto(values[within.box], made, where=True if within.inside is None else within.inside)


def slices_of(geometry: Geometry, first: int, last: int, words: str) -> Within:
    """Return stored slices, from 0, the last included.

    Raises:
        Declined: if the series has no such slices.
    """
    count = geometry.shape[0]
    if not 0 <= first <= last < count:
        raise Declined(f"The series has the slices 1 to {count}.", code="no_slices")
    return Within(words, (first, 0, 0), (last + 1, *geometry.shape[1:]))


def segment_of(labels: NDArray[np.generic], grid: Geometry, label: int, volume: Volume,
               words: str) -> Within:  # fmt: skip
    """Return the voxels of a volume whose centres are in a segment, also of another grid.

    Raises:
        Declined: if there are none.
    """
    mask = labels == label
    if grid != volume.geometry:
        mask = _on_grid(mask, grid, volume.geometry)
    return _tight(mask, words)


def region_of(figure: Measurement, geometry: Geometry, words: str) -> Within:
    """Return the voxels inside a closed or solid figure that lies in the patient.

    A flat figure has the voxels whose centres are within half a slice of its plane.

    Raises:
        Declined: if it encloses nothing, or lies elsewhere.
    """
    space = figure.anchor.frame_of_reference_uid
    closed = figure.kind.closed or figure.kind.solid
    if not closed or not space or space != geometry.frame_of_reference_uid:
        raise Declined("This measurement encloses no part of the series.", code="no_region")
    points = np.asarray(figure.points, dtype=float)
    if figure.kind is MeasurementKind.SPHERE:
        radius = float(np.linalg.norm(points[1] - points[0]))
        return _solid(geometry, words, points[0] - radius, points[0] + radius,
                      lambda at: ((at - points[0]) ** 2).sum(axis=-1) <= radius**2)  # fmt: skip
    if figure.kind is MeasurementKind.BOX:
        edges = figures.box_edges(points)
        back = np.linalg.pinv(edges)
        choices = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1]), axis=-1).reshape(-1, 3)
        corners = points[0] + choices @ edges

        def in_box(at: Array) -> NDArray[np.bool_]:
            along = (at - points[0]) @ back
            return np.asarray(((along >= 0) & (along <= 1)).all(axis=-1))

        return _solid(geometry, words, corners.min(axis=0), corners.max(axis=0), in_box)
    return _flat(figures.outline(figure.kind, points), figure, geometry, words)


class _Inside:
    """Tells which positions are over a closed flat line, within a distance of its plane."""

    def __init__(self, line: Array, normal: Array, geometry: Geometry) -> None:
        self.half_mm = 0.5 * float(np.abs(geometry.affine[:3, :3].T @ normal).max())
        right = np.cross(normal, np.eye(3)[int(np.argmin(np.abs(normal)))])
        right /= np.linalg.norm(right)
        self._axes = np.stack([np.cross(normal, right), right])
        self._normal, self._origin = normal, line[0]
        flat = (line - line[0]) @ self._axes.T
        self._step = min(geometry.spacing_mm) / 4
        self._low = flat.min(axis=0) - self._step
        size = np.ceil((np.ptp(flat, axis=0)) / self._step).astype(int) + 4
        if size.max() > _WIDEST:
            self._step *= float(size.max()) / _WIDEST
            size = np.ceil((np.ptp(flat, axis=0)) / self._step).astype(int) + 4
        self._mask = np.zeros((int(size[0]), int(size[1])), np.bool_)
        inside, (row, column) = inside_line((flat - self._low) / self._step, self._mask.shape)
        self._mask[row : row + inside.shape[0], column : column + inside.shape[1]] = inside

    def __call__(self, at: Array) -> NDArray[np.bool_]:
        away = (at - self._origin) @ self._normal
        flat = ((at - self._origin) @ self._axes.T - self._low) / self._step
        place = np.rint(flat).astype(int)
        size = np.asarray(self._mask.shape)
        there = ((place >= 0) & (place < size)).all(axis=-1)
        place = np.clip(place, 0, size - 1)
        near = (away > -self.half_mm - _HAIR) & (away <= self.half_mm - _HAIR)
        return np.asarray(there & near & self._mask[place[..., 0], place[..., 1]])


_WIDEST = 4096
_HAIR = 1e-6


def _flat(line: Array, figure: Measurement, geometry: Geometry, words: str) -> Within:
    normal = figure.anchor.normal
    upright = _normal_of(line) if normal is None else np.asarray(normal, dtype=float)
    inside = _Inside(line, upright, geometry)
    reach = inside.half_mm + max(geometry.spacing_mm)
    return _solid(geometry, words, line.min(axis=0) - reach, line.max(axis=0) + reach, inside)


def _normal_of(line: Array) -> Array:
    around = line - line.mean(axis=0)
    normal = np.cross(around, np.roll(around, -1, axis=0)).sum(axis=0)
    size = float(np.linalg.norm(normal))
    return np.asarray(normal / size if size > 0 else (0.0, 0.0, 1.0))


def _solid(geometry: Geometry, words: str, low: Array, high: Array, inside: Test) -> Within:
    """Return the voxels between two corners of a box in the patient that a test lets in."""
    ends = np.stack([low, high])
    choices = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1]), axis=-1).reshape(-1, 3)
    corners = np.stack([ends[choices[:, k], k] for k in range(3)], axis=-1)
    index = geometry.to_index(corners)
    start = np.clip(np.floor(index.min(axis=0)).astype(int), 0, geometry.shape)
    stop = np.clip(np.ceil(index.max(axis=0)).astype(int) + 1, start, geometry.shape)
    mask = np.zeros(tuple(stop - start), np.bool_)
    down, across = np.arange(start[1], stop[1]), np.arange(start[2], stop[2])
    rows = np.stack(np.meshgrid(down, across, indexing="ij"), axis=-1)
    for number in range(len(mask)):
        places = np.concatenate([np.full((*rows.shape[:2], 1), start[0] + number), rows], axis=-1)
        mask[number] = inside(geometry.to_patient(places))
    return _tight(mask, words, (int(start[0]), int(start[1]), int(start[2])))


def _tight(mask: NDArray[np.bool_], words: str, offset: Shape = (0, 0, 0)) -> Within:
    if not mask.any():
        raise Declined("There is no voxel of the series in this region.", code="no_region")
    start, stop = [], []
    for axis in range(3):
        found = np.flatnonzero(mask.any(axis=tuple(k for k in range(3) if k != axis)))
        start.append(int(found[0]))
        stop.append(int(found[-1]) + 1)
    box = tuple(slice(a, b) for a, b in zip(start, stop, strict=True))
    low = (start[0] + offset[0], start[1] + offset[1], start[2] + offset[2])
    high = (stop[0] + offset[0], stop[1] + offset[1], stop[2] + offset[2])
    return Within(words, low, high, np.ascontiguousarray(mask[box]))


def _on_grid(mask: NDArray[np.bool_], grid: Geometry, goal: Geometry) -> NDArray[np.bool_]:
    """Return which voxel centres of another grid are in a mask, slice by slice."""
    result = np.zeros(goal.shape, np.bool_)
    size = np.asarray(grid.shape)
    rows = np.stack(np.meshgrid(*map(np.arange, goal.shape[1:]), indexing="ij"), axis=-1)
    for number in range(goal.shape[0]):
        places = np.concatenate([np.full((*rows.shape[:2], 1), number), rows], axis=-1)
        index = np.rint(grid.to_index(goal.to_patient(places))).astype(int)
        there = ((index >= 0) & (index < size)).all(axis=-1)
        index = np.clip(index, 0, size - 1)
        result[number] = there & mask[index[..., 0], index[..., 1], index[..., 2]]
    return result
