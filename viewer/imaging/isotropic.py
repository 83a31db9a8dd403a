"""Grids with equal steps, so that a filter means the same in every direction."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry


@dataclass(frozen=True, slots=True, eq=False)
class Isotropic:
    """Values on a grid of nearly equal steps (the edge of the grid stays where it was)."""

    values: NDArray[np.float32] = field(repr=False)
    geometry: Geometry
    step_mm: float


def isotropic(values: NDArray[np.float32], geometry: Geometry, step_mm: float) -> Isotropic:
    """Resample to equal steps: averaging where the grid is finer, linear where it is coarser."""
    lengths = [n * s for n, s in zip(values.shape, geometry.spacing_mm, strict=True)]
    depth, height, width = (max(1, round(length / step_mm)) for length in lengths)
    flat = np.stack([_resized(plane, height, width) for plane in values])
    result = np.empty((depth, height, width), dtype=np.float32)
    for row in range(height):
        result[:, row] = _resized(np.ascontiguousarray(flat[:, row]), depth, width)
    factors = np.array(values.shape) / np.array(result.shape)
    affine = geometry.affine.copy()
    affine[:3, :3] *= factors
    affine[:3, 3] = geometry.to_patient((factors - 1) / 2)
    grid = Geometry((depth, height, width), affine, geometry.frame_of_reference_uid)
    return Isotropic(result, grid, step_mm)


def halved(finer: Isotropic) -> Isotropic:
    """Return the grid with steps twice as long."""
    return isotropic(finer.values, finer.geometry, 2 * finer.step_mm)


def smoothed(values: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    """Blur with a Gaussian of `sigma` voxels in all three directions."""
    radius = max(1, int(3 * sigma + 0.5))
    steps = np.arange(-radius, radius + 1)
    kernel = np.exp(-0.5 * (steps / sigma) ** 2).astype(np.float32)
    kernel /= kernel.sum()
    flat = np.stack(
        [
            cv2.sepFilter2D(plane, -1, kernel, kernel, borderType=cv2.BORDER_REPLICATE)
            for plane in values
        ]
    )
    one = np.ones(1, dtype=np.float32)
    upright = cv2.sepFilter2D(
        flat.reshape(len(flat), -1), -1, one, kernel, borderType=cv2.BORDER_REPLICATE
    )
    return np.asarray(upright.reshape(values.shape), dtype=np.float32)


def _resized(plane: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    if plane.shape == (height, width):
        return plane
    rows, columns = plane.shape
    if columns != width:
        how = cv2.INTER_AREA if width < columns else cv2.INTER_LINEAR
        plane = np.asarray(cv2.resize(plane, (width, rows), interpolation=how), dtype=np.float32)
    if rows != height:
        how = cv2.INTER_AREA if height < rows else cv2.INTER_LINEAR
        plane = np.asarray(cv2.resize(plane, (width, height), interpolation=how), dtype=np.float32)
    return plane
