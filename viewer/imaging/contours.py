"""The outline of a label on a flat picture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array
from viewer.core.plane import Plane


def contours(labels: NDArray[np.generic], label: int) -> tuple[Array, ...]:
    """Return the closed outlines (n, 2) of a label, as fractional (row, column).

    They run half-way between voxels in and out; holes have outlines of their own.
    """
    from skimage.measure import find_contours

    trace: Callable[[NDArray[np.float32], float], list[Array]] = find_contours
    inside = labels == label
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if len(rows) == 0:
        return ()
    top, left = int(rows[0]), int(columns[0])
    part = np.pad(inside[top : rows[-1] + 1, left : columns[-1] + 1], 1)
    shift = np.array([top - 1, left - 1])
    return tuple(np.asarray(line + shift) for line in trace(part.astype(np.float32), 0.5))


def contours_in_patient(labels: NDArray[np.generic], label: int, plane: Plane) -> tuple[Array, ...]:
    """Return the outlines (n, 3) of a label in LPS mm."""
    return tuple(plane.to_patient(line) for line in contours(labels, label))
