"""What a brush paints: all of its window, what lies in a range, or what is alike and connected.

The window round the pointer is a small block of values; `shape` tells which of its voxels the
brush covers. All is quick enough to run while the brush is dragged.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled
from viewer.imaging.enhance.field import Values
from viewer.imaging.segment.distance import Mask, Spacing
from viewer.imaging.segment.thresholds import in_range

Index = tuple[int, int, int]
_BINS = 64
_MOST_CLASSES = 4
_APART = 2.2
"""How many standard deviations two classes lie apart to be two."""
_GAIN = 0.12
"""How much shorter two classes describe a value than one does, to be two (in nats)."""


def round_brush(size: Index, radius_mm: float, spacing_mm: Spacing) -> Mask:
    """Return the disc or ball of a brush in a window of a size, about its middle voxel."""
    lines = [
        ((np.arange(count) - count // 2) * step) ** 2
        for count, step in zip(size, spacing_mm, strict=True)
    ]
    squares = lines[0][:, None, None] + lines[1][:, None] + lines[2]
    return np.asarray(squares <= (radius_mm + 1e-6) ** 2)


def within_range(values: Values, shape: Mask, low: float, high: float) -> Mask:
    """Return the part of a brush whose values lie in a range."""
    return shape & in_range(values, low, high)


def adaptive(values: Values, shape: Mask, centre: Index, *, tolerance: float | None = None) -> Mask:
    """Return the part of a brush that is like what is below its centre and connected with it.

    Without a tolerance (in values) the range is found in the brush: where values below and
    above that of the centre form another class, the threshold between them parts it off. Holes
    of single voxels are closed.
    """
    if not shape[centre]:
        return np.zeros(values.shape, np.bool_)
    known = np.ascontiguousarray(values, np.float32)
    covered = np.ascontiguousarray(shape).view(np.uint8)
    middle = _middle(known, covered, *centre)
    if not np.isfinite(middle):
        return np.zeros(values.shape, np.bool_)
    if tolerance is None:
        low, high = range_about(known[shape], middle)
    else:
        low, high = middle - tolerance, middle + tolerance
    low, high = min(low, float(known[centre])), max(high, float(known[centre]))
    found = np.zeros(values.shape, np.uint8)
    _flood(known, covered, found, *centre, low, high)
    _close(known, covered, found)
    return found.view(np.bool_)


def range_about(values: Values, middle: float) -> tuple[float, float]:
    """Return the range of the class of values that one of them belongs to."""
    known = values[np.isfinite(values)]
    below, above = known[known <= middle], known[known >= middle]
    return -_nearest(-below, -middle), _nearest(above, middle)


def _nearest(values: Values, start: float) -> float:
    """Return the threshold to the nearest class above a start, of however many there are."""
    found = np.inf
    for number in range(_MOST_CLASSES):
        level = _parting(values, start, soft=number == 0)
        if level >= found:
            break
        found = level
        values = values[values <= np.float32(level)]
    return found


def _parting(values: Values, start: float, *, soft: bool) -> float:
    """Return the threshold beyond which values above a start are another class; else infinity.

    Two classes must describe them better than one does (minimum error: Kittler and Illingworth
    1986); the near class is the upper half of one whose middle is the start. A soft edge smears
    the best parting: with `soft` the next best that lies far enough apart will do.
    """
    if values.size < 4:
        return np.inf
    last = values.size - 1 - values.size // 200
    top = float(np.partition(values, last)[last])
    if top <= start:
        return np.inf
    scale = _BINS / (top - start)
    bins = np.minimum((values - start) * np.float32(scale), _BINS - 1).astype(np.int64)
    counts = np.bincount(bins, minlength=_BINS).astype(np.float64)
    middles = np.arange(_BINS) + 0.5
    first = np.maximum(np.cumsum(counts), 1e-9)
    rest = np.maximum(counts.sum() - first, 1e-9)
    sums, squares = np.cumsum(counts * middles), np.cumsum(counts * middles**2)
    far = (sums[-1] - sums) / rest
    near_spread = np.sqrt(squares / first) + 0.5
    far_spread = np.sqrt(np.maximum((squares[-1] - squares) / rest - far**2, 0)) + 0.5
    share, other = first / values.size, rest / values.size
    words = share * np.log(near_spread / share / 2) + other * np.log(far_spread / other)
    words[(first < 1) | (rest < 1)] = np.inf
    good = far / np.hypot(near_spread, far_spread) > _APART
    good &= np.log(near_spread[-1] / 2) - words > _GAIN
    at = int(words.argmin())
    if soft and not good[at]:
        at = int(np.where(good, words, np.inf).argmin())
    return start + (at + 1) / scale if good[at] else np.inf


@compiled
def _middle(values: Values, shape: NDArray[np.uint8], z: int, y: int, x: int) -> float:
    """Return the median of the 3x3x3 voxels about the centre that the brush covers."""
    found = np.empty(27, np.float64)
    count = 0
    for a in range(max(z - 1, 0), min(z + 2, values.shape[0])):
        for b in range(max(y - 1, 0), min(y + 2, values.shape[1])):
            for c in range(max(x - 1, 0), min(x + 2, values.shape[2])):
                if shape[a, b, c] and np.isfinite(values[a, b, c]):
                    found[count] = values[a, b, c]
                    count += 1
    return np.median(found[:count]) if count else np.nan


@compiled
def _flood(
    values: Values,
    shape: NDArray[np.uint8],
    found: NDArray[np.uint8],
    z: int,
    y: int,
    x: int,
    low: float,
    high: float,
) -> None:
    """Mark what is connected with a voxel (6 neighbours), covered and in a range."""
    depth, rows, columns = values.shape
    stack = np.empty(values.size, np.int64)
    stack[0] = (z * rows + y) * columns + x
    found[z, y, x] = 1
    size = 1
    while size > 0:
        size -= 1
        here = stack[size]
        for way in range(6):
            side = 2 * (way % 2) - 1
            a = here // (rows * columns) + (side if way < 2 else 0)
            b = (here // columns) % rows + (side if 2 <= way < 4 else 0)
            c = here % columns + (side if way >= 4 else 0)
            if a < 0 or b < 0 or c < 0 or a >= depth or b >= rows or c >= columns:
                continue
            if found[a, b, c] or not shape[a, b, c] or not low <= values[a, b, c] <= high:
                continue
            found[a, b, c] = 1
            stack[size] = (a * rows + b) * columns + c
            size += 1


@compiled
def _close(values: Values, shape: NDArray[np.uint8], found: NDArray[np.uint8]) -> None:
    """Fill covered voxels whose neighbours in the slice are all but one in: noise."""
    depth, rows, columns = values.shape
    for z in range(depth):
        for y in range(1, rows - 1):
            for x in range(1, columns - 1):
                if shape[z, y, x] and not found[z, y, x]:
                    count = 0
                    for b in range(y - 1, y + 2):
                        for c in range(x - 1, x + 2):
                            count += found[z, b, c] & 1
                    if count >= 7:
                        found[z, y, x] = 3
        for y in range(rows):
            for x in range(columns):
                if found[z, y, x]:
                    found[z, y, x] = 1
