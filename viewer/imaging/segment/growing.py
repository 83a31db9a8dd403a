"""Regions that grow from a voxel: while values stay in a range, or alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.progress import Progress
from viewer.imaging.enhance.field import Values
from viewer.imaging.segment.thresholds import Mask, in_range

Index = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Grown:
    """A region, the range of values in it, and whether it reached the border of its block."""

    mask: Mask
    low: float
    high: float
    at_border: bool


def connected(values: NDArray[np.generic], seed: Index, low: float, high: float) -> Grown:
    """Return what is connected with a voxel (6 neighbours) and has values in a range.

    It is empty if the voxel itself is out of range.
    """
    start = np.zeros(values.shape, np.bool_)
    if not bool(in_range(values[seed], low, high)):
        return Grown(start, low, high, at_border=False)
    start[seed] = True
    return _grown(reached(values, start, low, high), low, high)


def confident(
    values: Values, seed: Index, *, spread: float = 2.5, rounds: int = 4, radius: int = 1
) -> Grown:
    """Grow over values within `spread` standard deviations of those inside, again and again.

    It begins with the cube of a radius round the voxel (ITK's ConfidenceConnected).
    """
    z, y, x = seed
    cube = values[
        max(z - radius, 0) : z + radius + 1,
        max(y - radius, 0) : y + radius + 1,
        max(x - radius, 0) : x + radius + 1,
    ]
    inside = cube[np.isfinite(cube)].astype(np.float64)
    grown = Grown(np.zeros(values.shape, np.bool_), 0.0, 0.0, at_border=False)
    for _ in range(rounds + 1):
        if inside.size == 0:
            break
        reach = spread * float(inside.std(ddof=1)) if inside.size > 1 else 0.0
        middle = float(inside.mean())
        low = min(middle - reach, float(values[seed]))
        high = max(middle + reach, float(values[seed]))
        bigger = connected(values, seed, low, high)
        if np.array_equal(bigger.mask, grown.mask):
            return bigger
        grown = bigger
        inside = values[grown.mask].astype(np.float64)
    return grown


def tolerant(values: Values, seed: Index, tolerance: float) -> Grown:
    """Grow over values that differ from that of the voxel by no more than a tolerance."""
    middle = float(values[seed])
    return connected(values, seed, middle - tolerance, middle + tolerance)


def reached(values: NDArray[np.generic], seeds: Mask, low: float, high: float) -> Mask:
    """Return seeds and what is connected with them (6 neighbours) and in a range."""
    import cc3d

    labels = cc3d.connected_components(in_range(values, low, high) | seeds, connectivity=6)
    names = np.unique(labels[seeds])
    if len(names) == 1:
        return np.asarray(labels == names[0])
    kept = np.zeros(int(labels.max()) + 1, np.bool_)
    kept[names] = True
    return np.asarray(kept[labels])


def reached_alike(
    values: Values, seeds: Mask, spread: float, rounds: int, progress: Progress
) -> Mask:
    """Return seeds and what is connected and within `spread` deviations, again and again."""
    grown = seeds
    for number in range(rounds + 1):
        progress.report(number / (rounds + 1), f"round {number + 1} of {rounds + 1}")
        inside = values[grown & np.isfinite(values)].astype(np.float64)
        if inside.size == 0:
            break
        middle, reach = float(inside.mean()), spread * float(inside.std())
        bigger = reached(values, seeds, middle - reach, middle + reach)
        if np.array_equal(bigger, grown):
            break
        grown = bigger
    progress.report(1.0)
    return grown


def _grown(mask: Mask, low: float, high: float) -> Grown:
    faces = [mask.take(index, axis=axis) for axis in range(3) for index in (0, -1)]
    return Grown(mask, low, high, at_border=any(bool(face.any()) for face in faces))
