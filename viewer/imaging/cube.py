"""Small cubes with equal steps, cut from a volume round a point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Position
from viewer.imaging.compiled import compiled


def cube(
    values: NDArray[np.float32],
    geometry: Geometry,
    centre: Position,
    step_mm: float,
    count: int,
    elsewhere: float,
) -> NDArray[np.float32]:
    """Return count^3 values, linear between voxels, along the axes of the grid.

    `elsewhere` is what lies beyond the grid.
    """
    steps = step_mm / np.asarray(geometry.spacing_mm)
    start = geometry.to_index(centre) - steps * (count - 1) / 2
    return _sampled(values, start, steps, count, np.float32(elsewhere))


def cube_geometry(geometry: Geometry, centre: Position, step_mm: float, count: int) -> Geometry:
    """Return the grid of such a cube."""
    steps = step_mm / np.asarray(geometry.spacing_mm)
    affine = geometry.affine.copy()
    affine[:3, :3] *= steps
    affine[:3, 3] = geometry.to_patient(geometry.to_index(centre) - steps * (count - 1) / 2)
    return Geometry((count, count, count), affine, geometry.frame_of_reference_uid)


@compiled
def _sampled(
    values: NDArray[np.float32],
    start: NDArray[np.float64],
    steps: NDArray[np.float64],
    count: int,
    elsewhere: np.float32,
) -> NDArray[np.float32]:
    depth, height, width = values.shape
    result = np.full((count, count, count), elsewhere, dtype=np.float32)
    for i in range(count):
        z = start[0] + i * steps[0]
        if z < -0.5 or z > depth - 0.5:
            continue
        z = min(max(z, 0.0), depth - 1.0)
        z0 = min(int(z), max(depth - 2, 0))
        z1, fz = min(z0 + 1, depth - 1), z - z0
        for j in range(count):
            y = start[1] + j * steps[1]
            if y < -0.5 or y > height - 0.5:
                continue
            y = min(max(y, 0.0), height - 1.0)
            y0 = min(int(y), max(height - 2, 0))
            y1, fy = min(y0 + 1, height - 1), y - y0
            for k in range(count):
                x = start[2] + k * steps[2]
                if x < -0.5 or x > width - 0.5:
                    continue
                x = min(max(x, 0.0), width - 1.0)
                x0 = min(int(x), max(width - 2, 0))
                x1, fx = min(x0 + 1, width - 1), x - x0
                low = (values[z0, y0, x0] * (1 - fx) + values[z0, y0, x1] * fx) * (1 - fy)
                low += (values[z0, y1, x0] * (1 - fx) + values[z0, y1, x1] * fx) * fy
                high = (values[z1, y0, x0] * (1 - fx) + values[z1, y0, x1] * fx) * (1 - fy)
                high += (values[z1, y1, x0] * (1 - fx) + values[z1, y1, x1] * fx) * fy
                result[i, j, k] = low * (1 - fz) + high * fz
    return result
