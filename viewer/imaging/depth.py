"""How deep inside a body each voxel of a small cube lies: the exact distance to the outside.

Separable lower envelopes of parabolas (Felzenszwalb and Huttenlocher, Theory of
Computing 8, 2012), in voxels. Faster than general code on cubes of some 40 voxels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled

_FAR = 1e12


def depth(inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the distance in voxels of each voxel to the nearest one outside; 0 outside.

    What lies beyond the array counts as inside.
    """
    squares = np.where(inside, _FAR, 0.0)
    for axis in range(3):
        lines = np.ascontiguousarray(np.moveaxis(squares, axis, 2))
        _envelopes(lines.reshape(-1, lines.shape[2]))
        squares = np.moveaxis(lines, 2, axis)
    return np.asarray(np.sqrt(np.ascontiguousarray(squares)))


@compiled
def _envelopes(lines: NDArray[np.float64]) -> None:
    """Replace each row by the lower envelope of the parabolas that stand on it."""
    count, length = lines.shape
    feet = np.zeros(length, dtype=np.int64)
    starts = np.zeros(length + 1)
    heights = np.zeros(length)
    for row in range(count):
        for k in range(length):
            heights[k] = lines[row, k]
        last = 0
        feet[0] = 0
        starts[0], starts[1] = -1e30, 1e30
        for k in range(1, length):
            meet = 0.0
            while True:
                foot = feet[last]
                meet = (heights[k] + k * k - heights[foot] - foot * foot) / (2.0 * (k - foot))
                if meet > starts[last] or last == 0:
                    break
                last -= 1
            if meet <= starts[last]:
                feet[last] = k
            else:
                last += 1
                feet[last] = k
                starts[last] = meet
            starts[last + 1] = 1e30
        part = 0
        for k in range(length):
            while starts[part + 1] < k:
                part += 1
            away = k - feet[part]
            lines[row, k] = away * away + heights[feet[part]]
