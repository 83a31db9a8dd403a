"""Clicks that no outline agrees with change it near them; then it can grow and shrink."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, label

from viewer.imaging.click.family import Ground, Seeds, by_edges
from viewer.imaging.click.spreading import UNREACHED

NEVER = 100
STEP = 1.15
"""The factor of volume from one size to the next."""
SMALLEST, LARGEST = -16, 16
_FURTHER = 1.25
"""An error reaches a little further to the other side of a click than to the nearer one."""
Inside = NDArray[np.bool_]


def corrected(inside: Inside, ground: Ground, adds: Seeds, cuts: Seeds) -> Inside:
    """Return a region that holds all added clicks and none of the cut ones.

    A click lies in the middle of an error: it changes as much round it as lies between it and
    the nearest voxel that is right, by ways that edges make longer.
    """
    made = inside.copy()
    for cut in cuts:
        if made[tuple(cut)]:
            made &= ~_near(ground, cut[None], ~made, adds)
            made[tuple(cut)] = False
    for add in adds:
        if not made[tuple(add)] and made.any():
            made |= _near(ground, add[None], made, cuts)
        made[tuple(add)] = True
    return _with_clicks(made, adds) if len(cuts) else made


def _near(ground: Ground, click: Seeds, right: Inside, others: Seeds) -> Inside:
    """Return the voxels about as near to a click as the nearest that is right."""
    away = by_edges(ground, click)
    reach = float(away[right].min()) * _FURTHER if right.any() else 0.0
    near = away <= reach
    if len(others):
        near &= away < by_edges(ground, others)
    return np.asarray(near)


def _with_clicks(inside: Inside, adds: Seeds) -> Inside:
    """Drop pieces that a cut has left without a click."""
    pieces, count = label(inside)
    if count < 2:
        return inside
    return np.isin(pieces, [int(pieces[tuple(add)]) for add in adds])


def graded(inside: Inside, ground: Ground, adds: Seeds, cuts: Seeds) -> NDArray[np.int8]:
    """Return from which size on each voxel belongs to a region that grows and shrinks.

    Size 0 is the region. Larger ones take in what is nearest by ways that edges make longer,
    smaller ones lose what is nearest to the surface; each by about a factor of `STEP`.
    """
    sizes = np.full(inside.shape, NEVER, np.int8)
    count = int(np.count_nonzero(inside))
    if not count:
        return sizes
    mean = np.array([ground.smooth[inside].mean()], np.float32)
    away = by_edges(ground, np.argwhere(inside), mean)
    free = ~inside & (away != UNREACHED)
    sizes[free] = _ranks(away[free], count, STEP, LARGEST)
    depth = distance_transform_edt(np.pad(inside, 1), sampling=ground.block.spacing_mm)
    depth = depth[1:-1, 1:-1, 1:-1]
    sizes[inside] = -_left(depth[inside], count)
    for add in adds:
        sizes[tuple(add)] = -NEVER
    for cut in cuts:
        sizes[tuple(cut)] = NEVER
    return sizes


def _ranks(away: NDArray[np.uint16], count: int, step: float, most: int) -> NDArray[np.int8]:
    """Return with which size voxels outside come in, the nearest first."""
    ends = count * (step ** np.arange(1, most + 1) - 1)
    order = np.argsort(away, kind="stable")
    ranks = np.empty(len(away), np.int64)
    ranks[order] = np.arange(len(away))
    number = np.searchsorted(ends, ranks, side="right") + 1
    return np.where(number > most, NEVER, number).astype(np.int8)


def _left(depth: NDArray[np.float64], count: int) -> NDArray[np.int8]:
    """Return by how many sizes a region may shrink until a voxel inside leaves it."""
    kept = count * STEP ** -np.arange(1.0, -SMALLEST + 1)
    order = np.argsort(-depth, kind="stable")
    ranks = np.empty(count, np.int64)
    ranks[order] = np.arange(count)
    return np.asarray((ranks[:, None] < kept).sum(axis=1), np.int8)
