"""Grids made coarser by whole blocks of voxels, and masks brought back from them.

A voxel of the coarse grid is the mean of `factors` voxels along each axis, so
its centre is the centre of its block.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Shape


@dataclass(frozen=True, slots=True, eq=False)
class Coarse:
    """A volume at reduced resolution."""

    values: NDArray[np.float32] = field(repr=False)
    geometry: Geometry
    factors: Shape
    full: Shape
    """The shape of the grid it was made from."""

    def enlarged(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return a mask of this grid on the full one, with a smoothed outline."""
        soft = mask.astype(np.float32)
        starts = [
            (np.arange(n, dtype=np.float32) - (f - 1) / 2) / f
            for n, f in zip(self.full, self.factors, strict=True)
        ]
        columns, rows = np.meshgrid(starts[2], starts[1])
        planes = [
            cv2.remap(plane, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            for plane in soft
        ]
        result = np.empty(self.full, dtype=np.bool_)
        for number, place in enumerate(starts[0].clip(0, len(planes) - 1)):
            below = int(place)
            above, share = min(below + 1, len(planes) - 1), np.float32(place - below)
            result[number] = planes[below] * (1 - share) + planes[above] * share >= 0.5
        return result


def coarsened(values: NDArray[np.float32], geometry: Geometry, target_mm: float) -> Coarse:
    """Average blocks of voxels until the grid is about as coarse as wanted, never coarser.

    Blocks that the far faces cut through are averaged over what is there.
    """
    factors = [max(1, int(target_mm / step + 1e-6)) for step in geometry.spacing_mm]
    depth, height, width = factors
    flat = np.stack([_shrunk(plane, height, width) for plane in values])
    starts = np.arange(0, len(flat), depth)
    counts = np.diff([*starts, len(flat)]).astype(np.float32)
    small = np.add.reduceat(flat, starts, axis=0) / counts[:, None, None]
    affine = geometry.affine.copy()
    affine[:3, :3] *= factors
    affine[:3, 3] = geometry.to_patient([(f - 1) / 2 for f in factors])
    shape = (small.shape[0], small.shape[1], small.shape[2])
    grid = Geometry(shape, affine, geometry.frame_of_reference_uid)
    a, b, c = values.shape
    return Coarse(np.asarray(small, dtype=np.float32), grid, (depth, height, width), (a, b, c))


def _shrunk(plane: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    if (height, width) == (1, 1):
        return plane
    rows, columns = plane.shape
    down, right = -rows % height, -columns % width
    padded = cv2.copyMakeBorder(plane, 0, down, 0, right, cv2.BORDER_REPLICATE)
    size = (padded.shape[1] // width, padded.shape[0] // height)
    return np.asarray(cv2.resize(padded, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
