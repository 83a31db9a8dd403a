"""What a recipe makes of the voxels that a plane goes through, however it lies in the grid.

Only blocks of voxels that the plane meets are filtered, each with as many neighbours as the
steps look at, so that the plane cuts the very values that the whole volume would have.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from viewer.core.crossing import Slice, Where
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry, Shape
from viewer.core.memory import available_bytes
from viewer.core.progress import Part, Progress
from viewer.core.recipe import Recipe
from viewer.core.volume import Volume
from viewer.imaging.enhance.apply import check, margin_of, on_part, reach_of
from viewer.imaging.enhance.catalogue import filter_of
from viewer.imaging.enhance.derive import field_of, made_of
from viewer.imaging.enhance.field import Values

_NEIGHBOURS = 1.5
"""Voxels to each side of a plane that interpolation may look at, and a little more."""
_BLOCK = 32
_THIN = 8
_SHARE = 0.25
"""Of the memory that is free, how much a preview may take."""
MOST_SECONDS = 12.0
_SURE_AFTER = 0.6
"""Seconds after which the pace of the first blocks is believed."""


@dataclass(frozen=True, slots=True, eq=False)
class _Band:
    """The voxels within `half` of a plane, in the words of the grid: |index . steps + at| <= half.

    `box` is the least box that holds them all, from start to stop.
    """

    steps: NDArray[np.float64] = field(repr=False)
    at: float
    half: float
    box: tuple[Shape, Shape]

    def meets(self, start: Shape, stop: Shape) -> bool:
        """Tell whether a block from start to stop holds any of them."""
        middle = (np.asarray(start) + np.asarray(stop) - 1) / 2
        reach = (np.asarray(stop) - np.asarray(start) - 1) / 2
        away = abs(float(middle @ self.steps) + self.at)
        return away <= self.half + float(np.abs(self.steps) @ reach)


def enhanced_through(
    volume: Volume,
    recipe: Recipe,
    where: Where,
    sample: Values,
    progress: Progress,
    *,
    most_seconds: float = MOST_SECONDS,
) -> Volume:
    """Return the part of a volume about a plane or slice as the recipe makes it.

    Voxels that the plane does not need are 0. `sample` is that of `sample_of`.

    Raises:
        Declined: if a step cannot be taken, or all of it would take too long or too much memory.
        Cancelled: if the work is no longer wanted.
    """
    check(recipe)
    band = _band(volume.geometry, where)
    start, stop = band.box
    size = [b - a for a, b in zip(start, stop, strict=True)]
    if 4 * float(np.prod(size)) > available_bytes() * _SHARE:
        raise Declined("The memory is too small for a preview in this plane.", code="no_preview")
    values = np.zeros(size, np.float32)
    reach = _reach(volume, recipe)
    blocks = [one for one in _blocks(band, _sides(volume, recipe, reach, size)) if band.meets(*one)]
    clock = _Clock(most_seconds)
    for number, (low, high) in enumerate(blocks):
        share = Part(progress, number / len(blocks), (number + 1) / len(blocks))
        inner = tuple(slice(a - s, b - s) for a, b, s in zip(low, high, start, strict=True))
        values[inner] = block_of(volume, recipe, (low, high), sample, share)
        clock.check(number + 1, len(blocks))
        share.report(1.0)
    return made_of(volume, recipe, values, volume.geometry.crop(start, stop))


def is_exact(recipe: Recipe) -> bool:
    """Tell whether a part shows the very values that the whole would have.

    Not where a step needs all of the image, or where one goes by the range or the distribution
    of values that an earlier step has changed from neighbour to neighbour.
    """
    changed = False
    for step in recipe.steps:
        found = filter_of(step)
        if found.reach is None or (changed and found.by_distribution):
            return False
        changed = changed or found.sliced or found.reach(found.settings(step)) != (0.0, 0.0)
    return True


class _Clock:
    """Gives up as soon as it is known that all blocks would take too long."""

    def __init__(self, most_seconds: float) -> None:
        self._most, self._began = most_seconds, time.monotonic()

    def check(self, done: int, count: int) -> None:
        passed = time.monotonic() - self._began
        expected = passed / done * count
        if passed >= min(_SURE_AFTER, self._most) and done < count and expected > self._most:
            raise Declined(
                f"A preview in this plane would take about {expected:.0f} s; "
                "stored slices are quicker.",
                code="no_preview",
            )


def _band(geometry: Geometry, where: Where) -> _Band:
    shape = np.asarray(geometry.shape)
    if isinstance(where, Slice):
        steps = np.zeros(3)
        steps[where.axis] = 1.0
        at, half = -float(where.index), 0.25
    else:
        normal = np.asarray(where.normal)
        steps = geometry.affine[:3, :3].T @ normal
        at = float(geometry.affine[:3, 3] @ normal) - where.along_mm
        half = where.thickness_mm / 2 + _NEIGHBOURS * float(np.abs(steps).sum())
    low, high = np.zeros(3), shape - 1.0
    for axis in range(3):
        if abs(steps[axis]) < 1e-9:
            continue
        others = [k for k in range(3) if k != axis]
        ends = [steps[k] * np.array([0, shape[k] - 1]) for k in others]
        least = -half - at - sum(float(end.max()) for end in ends)
        most = half - at - sum(float(end.min()) for end in ends)
        first, last = sorted((least / steps[axis], most / steps[axis]))
        low[axis] = np.clip(np.ceil(first), 0, shape[axis] - 1)
        high[axis] = np.clip(np.floor(last), low[axis], shape[axis] - 1)
    return _Band(steps, at, half, (_shape(low), _shape(high + 1)))


def _shape(numbers: NDArray[np.float64]) -> Shape:
    return int(numbers[0]), int(numbers[1]), int(numbers[2])


def _reach(volume: Volume, recipe: Recipe) -> Shape:
    """Return how many neighbours along each axis all steps together look at."""
    spacing = volume.geometry.spacing_mm
    a, b, c = (sum(margin_of(step, spacing, axis) for step in recipe.steps) for axis in range(3))
    return a, b, c


def _sides(volume: Volume, recipe: Recipe, reach: Shape, size: list[int]) -> Shape:
    """Return how large blocks are: large beside what they need of their neighbours."""
    spacing = volume.geometry.spacing_mm
    if any(reach_of(step, spacing) is None for step in recipe.steps):
        return size[0], size[1], size[2]
    if any(filter_of(step).whole_slice for step in recipe.steps):
        return max(_THIN, 2 * reach[0]), size[1], size[2]
    a, b, c = (max(_BLOCK, 2 * one) for one in reach)
    return (a if reach[0] else _THIN), b, c


def _blocks(band: _Band, sides: Shape) -> Iterator[tuple[Shape, Shape]]:
    start, stop = band.box
    ranges = [range(a, b, side) for a, b, side in zip(start, stop, sides, strict=True)]
    for z, y, x in product(*ranges):
        yield (
            (z, y, x),
            (
                min(z + sides[0], stop[0]),
                min(y + sides[1], stop[1]),
                min(x + sides[2], stop[2]),
            ),
        )


def block_of(
    volume: Volume,
    recipe: Recipe,
    block: tuple[Shape, Shape],
    sample: Values,
    progress: Progress,
) -> Values:
    """Return one block of voxels, from start to stop, as it would be in the whole volume."""
    reach = _reach(volume, recipe)
    whole_slice = any(filter_of(step).whole_slice for step in recipe.steps)
    start, stop = [0, 0, 0], list(volume.geometry.shape)
    for axis in range(1 if whole_slice else 3):
        start[axis] = max(block[0][axis] - reach[axis], 0)
        stop[axis] = min(block[1][axis] + reach[axis], stop[axis])
    box = tuple(slice(a, b) for a, b in zip(start, stop, strict=True))
    grid = volume.geometry.crop((start[0], start[1], start[2]), (stop[0], stop[1], stop[2]))
    part = replace(volume, voxels=volume.voxels[box], geometry=grid, origins=())
    done = on_part(replace(field_of(part), whole=sample), recipe, progress)
    low, high = block
    inner = tuple(slice(a - s, b - s) for a, b, s in zip(low, high, start, strict=True))
    return np.asarray(done[inner])
