"""Sample a grid of voxels along any walk: the loops for slanted planes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array
from viewer.imaging.compiled import compiled
from viewer.imaging.values import Values
from viewer.imaging.walk import TOLERANCE


@compiled
def _columns_inside(begin: Array, step: Array, sizes: Array, count: int) -> tuple[int, int]:
    """Return the first and the one after the last column that lie in the grid."""
    low, high = 0.0, count - 1.0
    for axis in range(3):
        bottom = -0.5 - TOLERANCE - begin[axis]
        top = sizes[axis] - 0.5 + TOLERANCE - begin[axis]
        if abs(step[axis]) < 1e-12:
            if bottom > 0 or top < 0:
                return 0, 0
        elif step[axis] > 0:
            low, high = max(low, bottom / step[axis]), min(high, top / step[axis])
        else:
            low, high = max(low, top / step[axis]), min(high, bottom / step[axis])
    if low > high:
        return 0, 0
    return math.ceil(low), math.floor(high) + 1


@compiled
def trilinear(
    voxels: Values, start: Array, down: Array, right: Array, out: NDArray[np.float32]
) -> None:
    """Fill what lies in the grid of a picture with values mixed from eight voxels."""
    sizes = np.array(voxels.shape, np.float64)
    ends = sizes - 1
    last_s, last_r, last_c = voxels.shape[0] - 1, voxels.shape[1] - 1, voxels.shape[2] - 1
    for row in range(out.shape[0]):
        begin = start + row * down
        first, stop = _columns_inside(begin, right, sizes, out.shape[1])
        for column in range(first, stop):
            z = min(max(begin[0] + column * right[0], 0.0), ends[0])
            y = min(max(begin[1] + column * right[1], 0.0), ends[1])
            x = min(max(begin[2] + column * right[2], 0.0), ends[2])
            s, r, c = int(z), int(y), int(x)
            fs, fr, fc = np.float32(z - s), np.float32(y - r), np.float32(x - c)
            s1, r1, c1 = min(s + 1, last_s), min(r + 1, last_r), min(c + 1, last_c)
            a = np.float32(voxels[s, r, c])
            a += (np.float32(voxels[s, r, c1]) - a) * fc
            b = np.float32(voxels[s, r1, c])
            b += (np.float32(voxels[s, r1, c1]) - b) * fc
            d = np.float32(voxels[s1, r, c])
            d += (np.float32(voxels[s1, r, c1]) - d) * fc
            e = np.float32(voxels[s1, r1, c])
            e += (np.float32(voxels[s1, r1, c1]) - e) * fc
            a += (b - a) * fr
            d += (e - d) * fr
            out[row, column] = a + (d - a) * fs


@compiled
def nearest(voxels: Values, start: Array, down: Array, right: Array, out: Values) -> None:
    """Fill what lies in the grid of a picture with the voxel that each pixel is in."""
    sizes = np.array(voxels.shape, np.float64)
    for row in range(out.shape[0]):
        begin = start + row * down
        first, stop = _columns_inside(begin, right, sizes, out.shape[1])
        for column in range(first, stop):
            s = math.floor(begin[0] + column * right[0] + 0.5)
            r = math.floor(begin[1] + column * right[1] + 0.5)
            c = math.floor(begin[2] + column * right[2] + 0.5)
            s = min(max(s, 0), voxels.shape[0] - 1)
            r = min(max(r, 0), voxels.shape[1] - 1)
            c = min(max(c, 0), voxels.shape[2] - 1)
            out[row, column] = voxels[s, r, c]


MAXIMUM, MINIMUM, TOTAL = 0, 1, 2


@compiled
def gather(
    taken: NDArray[np.float32],
    best: NDArray[np.float32],
    counts: NDArray[np.float32],
    mode: int,
) -> None:
    """Join one more sampled plane to a slab; NaN is outside and changes nothing."""
    for row in range(best.shape[0]):
        for column in range(best.shape[1]):
            value = taken[row, column]
            if math.isnan(value):
                continue
            if counts[row, column] == 0:
                best[row, column] = value
            elif mode == MAXIMUM:
                best[row, column] = max(best[row, column], value)
            elif mode == MINIMUM:
                best[row, column] = min(best[row, column], value)
            else:
                best[row, column] += value
            counts[row, column] += 1
