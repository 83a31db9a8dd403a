"""How far every voxel lies from a mask, in mm: exact, whatever the spacing.

Separable lower envelopes of parabolas (Felzenszwalb and Huttenlocher, Theory of Computing 8,
2012), the first axis by two sweeps, several slices at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled

Mask = NDArray[np.bool_]
Squares = NDArray[np.float32]
Spacing = tuple[float, float, float]
_THREADS = 2
_FAR = 1e30


def squared_distance(mask: Mask, spacing_mm: Spacing) -> Squares:
    """Return the square of the distance in mm of each voxel to the nearest one in the mask.

    It is 0 inside, and over 1e29 everywhere if the mask is empty.
    """
    source = np.ascontiguousarray(mask).view(np.uint8)
    squares = np.empty(mask.shape, np.float32)
    deep, down, across = spacing_mm
    slices, rows = mask.shape[0], mask.shape[1]
    _shared(slices, lambda a, b: _swept(source, squares, across, down, a, b))
    if slices > 1:
        _shared(rows, lambda a, b: _along_slices(squares, deep, a, b))
    return squares


def away(mask: Mask, spacing_mm: Spacing) -> Squares:
    """Return the distance in mm of each voxel to the nearest one in the mask, 0 inside."""
    squares = squared_distance(mask, spacing_mm)
    return np.asarray(np.sqrt(squares, out=squares))


def _shared(count: int, work: Callable[[int, int], None]) -> None:
    """Do work on ranges of indices in a few threads at once."""
    if count < 2 * _THREADS:
        work(0, count)
        return
    ends = [round(count * number / _THREADS) for number in range(_THREADS + 1)]
    with ThreadPoolExecutor(_THREADS, "distance") as pool:
        list(pool.map(work, ends[:-1], ends[1:]))


@compiled
def _swept(
    source: NDArray[np.uint8], squares: Squares, across: float, down: float, first: int, last: int
) -> None:
    """Write the distances within each slice: along its rows by sweeps, then down the columns."""
    _, rows, columns = source.shape
    feet = np.empty(rows, np.int64)
    starts = np.empty(rows + 1, np.float64)
    heights = np.empty(rows, np.float64)
    for z in range(first, last):
        for y in range(rows):
            steps = -1
            for x in range(columns):
                if source[z, y, x]:
                    steps = 0
                elif steps >= 0:
                    steps += 1
                squares[z, y, x] = (steps * across) ** 2 if steps >= 0 else _FAR
            steps = -1
            for x in range(columns - 1, -1, -1):
                if source[z, y, x]:
                    steps = 0
                elif steps >= 0:
                    steps += 1
                    near = (steps * across) ** 2
                    if near < squares[z, y, x]:
                        squares[z, y, x] = near
        for x in range(columns):
            _envelope(squares[z, :, x], down, feet, starts, heights)


@compiled
def _along_slices(squares: Squares, deep: float, first: int, last: int) -> None:
    slices, _, columns = squares.shape
    feet = np.empty(slices, np.int64)
    starts = np.empty(slices + 1, np.float64)
    heights = np.empty(slices, np.float64)
    for y in range(first, last):
        for x in range(columns):
            _envelope(squares[:, y, x], deep, feet, starts, heights)


@compiled
def _envelope(
    line: Squares,
    step: float,
    feet: NDArray[np.int64],
    starts: NDArray[np.float64],
    heights: NDArray[np.float64],
) -> None:
    """Replace a line by the lower envelope of the parabolas that stand on it."""
    last = -1
    square = step * step
    for k in range(line.shape[0]):
        if line[k] >= 1e29:
            continue
        heights[k] = line[k] / square
        meet = -1e30
        while last >= 0:
            foot = feet[last]
            meet = (heights[k] + k * k - heights[foot] - foot * foot) / (2.0 * (k - foot))
            if meet > starts[last]:
                break
            last -= 1
            meet = -1e30
        last += 1
        feet[last] = k
        starts[last] = meet
        starts[last + 1] = 1e30
    if last < 0:
        return
    part = 0
    for k in range(line.shape[0]):
        while starts[part + 1] < k:
            part += 1
        gap = k - feet[part]
        line[k] = (gap * gap + heights[feet[part]]) * square
