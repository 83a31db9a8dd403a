"""Graph cut: the border between two sets of marks that cuts the least (Boykov and Jolly 2001).

Neighbours cling together the more alike their values are and the larger the face between
them; each voxel is drawn to the marks whose values are like its own. The cheapest cut is found
by pushing flow (Goldberg and Tarjan 1988) in whole numbers, so that the result is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.imaging.compiled import compiled
from viewer.imaging.enhance.field import Values
from viewer.imaging.segment.distance import Mask, Spacing

Links = NDArray[np.int32]
_STRONG = 1000
_BINS = 64
_PER_ROUND = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """What binds voxels: `to_next` (axis, slice, row, column) to the next one along each axis.

    `pull` is how strongly a voxel is drawn inside (positive) or outside (negative).
    """

    to_next: Links
    pull: Links


def cut(
    values: Values,
    inside: Mask,
    outside: Mask,
    spacing_mm: Spacing,
    progress: Progress,
    *,
    stiffness: float = 1.0,
    edge: float | None = None,
) -> Mask:
    """Return the voxels on the side of the marks inside.

    `edge` is the difference of values that counts as an edge; the noise between neighbours
    unless given. `stiffness` weighs the border against likeness to the marks; above 100 the
    border alone counts.

    Raises:
        Declined: if one of the two is not marked.
        Cancelled: if the work is no longer wanted.
    """
    if not inside.any() or not outside.any():
        raise Declined(
            "A graph cut needs marks inside and outside: mark a second segment too.",
            code="no_seeds",
        )
    bound = network(values, inside, outside, spacing_mm, stiffness=stiffness, edge=edge)
    return least_cut(bound, progress)


def least_cut(bound: Network, progress: Progress) -> Mask:
    """Return the source side of a minimum cut: what flow can still reach the sink from is out."""
    shape = bound.pull.shape
    links = np.zeros((*shape, 6), np.int32)
    for axis in range(3):
        first = tuple(slice(0, -1) if a == axis else slice(None) for a in range(3))
        second = tuple(slice(1, None) if a == axis else slice(None) for a in range(3))
        links[(*second, 2 * axis)] = links[(*first, 2 * axis + 1)] = bound.to_next[axis][first]
    extra = np.maximum(bound.pull, 0).astype(np.int64)
    sink = np.maximum(-bound.pull, 0).astype(np.int64)
    height = np.zeros(shape, np.int32)
    count = bound.pull.size
    queue = np.empty(count + 1, np.int64)
    waiting = np.empty(count + 1, np.int64)
    rounds = 0
    while True:
        reached = _heights(links, sink, height, queue)
        rounds += 1
        progress.report(1 - 0.95**rounds, "pushing flow")
        if not _pushed(links, extra, sink, height, waiting, max(count // 2, _PER_ROUND)):
            break
    del reached
    _heights(links, sink, height, queue)
    progress.report(1.0)
    return np.asarray(height > count)


def network(
    values: Values,
    inside: Mask,
    outside: Mask,
    spacing_mm: Spacing,
    *,
    stiffness: float = 1.0,
    edge: float | None = None,
) -> Network:
    """Return what binds the voxels of an image, and what marks draw them to."""
    known = np.nan_to_num(values).astype(np.float32)
    gaps = [np.diff(known, axis=axis) for axis in range(3)]
    edge = edge or max(_noise(gaps), 1e-6)
    volume, finest = float(np.prod(spacing_mm)), min(spacing_mm)
    to_next = np.zeros((3, *values.shape), np.int32)
    for axis, gap in enumerate(gaps):
        face = volume / spacing_mm[axis] ** 2 / finest
        cling = np.exp(-0.5 * np.square(gap / np.float32(edge))) * np.float32(_STRONG * face)
        where = tuple(slice(0, -1) if a == axis else slice(None) for a in range(3))
        to_next[axis][where] = np.maximum(cling, 1)
    pull = _drawn(known, inside, outside) * np.float32(_STRONG * 0.1 / max(stiffness, 1e-3))
    firm = np.float32(2 * int(to_next.max()) * 6 + 1)
    pull = np.where(inside, firm, np.where(outside, -firm, pull if stiffness <= 100 else 0))
    return Network(to_next, pull.astype(np.int32))


def _noise(gaps: list[Values]) -> float:
    """Return the usual difference between neighbours, robustly, with the steps at edges."""
    flat = np.concatenate([np.abs(gap).ravel()[:: max(gap.size // 100_000, 1)] for gap in gaps])
    return float(2 * np.median(flat) + 0.5 * flat.mean()) if flat.size else 1.0


def _drawn(values: Values, inside: Mask, outside: Mask) -> Values:
    """Return how much more a value is like those marked inside: the logarithm of the ratio."""
    low, high = (float(x) for x in np.percentile(values, (0.5, 99.5)))
    scale = _BINS / max(high - low, 1e-9)
    bins = ((values - np.float32(low)) * np.float32(scale)).clip(0, _BINS - 1).astype(np.int64)
    odds = np.log(_shares(bins[inside])) - np.log(_shares(bins[outside]))
    return np.asarray(odds[bins], np.float32)


def _shares(bins: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how frequent each bin is among marks, smoothed, none of them never."""
    from scipy.ndimage import gaussian_filter1d

    counts = np.bincount(bins, minlength=_BINS).astype(np.float64)
    soft = np.asarray(gaussian_filter1d(counts, 2.0)) + 1e-3 * counts.sum() / _BINS
    return np.asarray(soft / soft.sum())


@compiled
def _heights(
    links: Links, sink: NDArray[np.int64], height: NDArray[np.int32], queue: NDArray[np.int64]
) -> int:
    """Set the height of each voxel to the number of steps over which flow can reach the sink."""
    depth, rows, columns, _ = links.shape
    count = depth * rows * columns
    away = height.reshape(count)
    left = links.reshape(count * 6)
    drain = sink.reshape(count)
    steps = np.array([-rows * columns, rows * columns, -columns, columns, -1, 1], np.int64)
    first, last = 0, 0
    for index in range(count):
        if drain[index] > 0:
            away[index] = 1
            queue[last] = index
            last += 1
        else:
            away[index] = count + 1
    while first < last:
        here = queue[first]
        first += 1
        x = here % columns
        y = (here // columns) % rows
        z = here // (columns * rows)
        for way in range(6):
            if (
                (way == 0 and z == 0)
                or (way == 1 and z == depth - 1)
                or (way == 2 and y == 0)
                or (way == 3 and y == rows - 1)
                or (way == 4 and x == 0)
                or (way == 5 and x == columns - 1)
            ):
                continue
            there = here + steps[way]
            if away[there] > count and left[there * 6 + (way ^ 1)] > 0:
                away[there] = away[here] + 1
                queue[last] = there
                last += 1
    return last


@compiled
def _pushed(
    links: Links,
    extra: NDArray[np.int64],
    sink: NDArray[np.int64],
    height: NDArray[np.int32],
    queue: NDArray[np.int64],
    most: int,
) -> bool:
    """Push flow down towards the sink for so many lifts; tell whether any is left to push."""
    depth, rows, columns, _ = links.shape
    count = depth * rows * columns
    away = height.reshape(count)
    left = links.reshape(count * 6)
    full = extra.reshape(count)
    drain = sink.reshape(count)
    steps = np.array([-rows * columns, rows * columns, -columns, columns, -1, 1], np.int64)
    room = queue.shape[0]
    first, waiting = 0, 0
    for index in range(count):
        if full[index] > 0 and away[index] <= count:
            queue[waiting] = index
            waiting += 1
    lifts = 0
    while waiting > 0 and lifts < most:
        here = queue[first]
        first = (first + 1) % room
        waiting -= 1
        while full[here] > 0 and away[here] <= count:
            if away[here] == 1 and drain[here] > 0:
                flow = min(full[here], drain[here])
                full[here] -= flow
                drain[here] -= flow
                if full[here] == 0:
                    break
            lowest = count
            for way in range(6):
                free = left[here * 6 + way]
                if free <= 0:
                    continue
                there = here + steps[way]
                if away[there] + 1 == away[here]:
                    flow = min(full[here], np.int64(free))
                    left[here * 6 + way] -= flow
                    left[there * 6 + (way ^ 1)] += flow
                    if full[there] == 0:
                        queue[(first + waiting) % room] = there
                        waiting += 1
                    full[there] += flow
                    full[here] -= flow
                    if full[here] == 0:
                        break
                    if left[here * 6 + way] > 0:
                        lowest = min(lowest, away[there])
                else:
                    lowest = min(lowest, away[there])
            if full[here] == 0:
                break
            if drain[here] > 0:
                lowest = 0
            away[here] = lowest + 1 if lowest < count else count + 1
            lifts += 1
    return waiting > 0
