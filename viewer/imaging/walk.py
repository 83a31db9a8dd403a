"""A picture as a walk through index space: a start, a step per row, a step per column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viewer.core.geometry import Array, Geometry
from viewer.core.plane import Plane

TOLERANCE = 1e-3
"""Voxels by which a plane may miss the grid and still be taken as lying on it."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where pixel (0, 0) is in index space, and both steps from it."""

    start: Array
    down: Array
    right: Array

    @classmethod
    def over(cls, geometry: Geometry, plane: Plane) -> Walk:
        """Return the walk of a plane's pixels over a grid."""
        corners = geometry.to_index(plane.to_patient([[0, 0], [1, 0], [0, 1]]))
        return cls(corners[0], corners[1] - corners[0], corners[2] - corners[0])


@dataclass(frozen=True, slots=True)
class Aligned:
    """A walk along the axes of the grid.

    `axes` are the array axes (through, down, right) the picture. `depth`, `rows`
    and `columns` are fractional indices along them.
    """

    axes: tuple[int, int, int]
    depth: float
    rows: Array
    columns: Array


def aligned(walk: Walk, shape: tuple[int, int]) -> Aligned | None:
    """Return the walk as one along the axes of the grid, or None if it is oblique."""
    down, right = int(np.argmax(np.abs(walk.down))), int(np.argmax(np.abs(walk.right)))
    drift = np.abs(np.stack([walk.down * shape[0], walk.right * shape[1]]))
    drift[0, down] = drift[1, right] = 0
    if down == right or drift.max() > TOLERANCE:
        return None
    through = 3 - down - right
    return Aligned(
        axes=(through, down, right),
        depth=float(walk.start[through]),
        rows=walk.start[down] + walk.down[down] * np.arange(shape[0]),
        columns=walk.start[right] + walk.right[right] * np.arange(shape[1]),
    )


def step_through(geometry: Geometry, plane: Plane) -> tuple[Array, float]:
    """Return a step of one voxel along the normal, in index space and in mm."""
    origin = np.asarray(plane.origin)
    ends = geometry.to_index([origin, origin + np.asarray(plane.normal)])
    per_mm = ends[1] - ends[0]
    step_mm = 1 / float(np.abs(per_mm).max())
    return per_mm * step_mm, step_mm
