"""A volume made fit for 3D: small enough to turn, and of a CT only the body."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Shape
from viewer.core.progress import Part, Progress
from viewer.core.volume import Volume
from viewer.render.bare import bare

LONGEST = 256
"""Voxels along any axis that the CPU ray caster turns smoothly."""


def shrink(volume: Volume, progress: Progress, longest: int = LONGEST) -> Volume:
    """Average blocks of voxels until no axis is longer; of a CT, empty what is round the body.

    Values stay stored values of the same scale: whole numbers are rounded.

    Raises:
        Cancelled: if nobody wants it any more.
    """
    shape = volume.geometry.shape
    factors = (ceil(shape[0] / longest), ceil(shape[1] / longest), ceil(shape[2] / longest))
    if factors == (1, 1, 1):
        return bare(volume, progress)
    voxels = _averaged(volume.voxels, factors, Part(progress, 0.0, 0.6))
    grid = _coarser(volume.geometry, factors, voxels.shape)
    small = replace(volume, voxels=voxels, geometry=grid, origins=())
    return bare(small, Part(progress, 0.6, 1.0))


def _averaged(
    voxels: NDArray[np.generic], factors: Shape, progress: Progress
) -> NDArray[np.generic]:
    depth, height, width = factors
    slices, rows, columns = (n // f for n, f in zip(voxels.shape, factors, strict=True))
    whole = np.issubdtype(voxels.dtype, np.integer)
    small = np.empty((slices, rows, columns), dtype=voxels.dtype if whole else np.float32)
    for number in range(slices):
        block = voxels[number * depth : (number + 1) * depth, : rows * height, : columns * width]
        mean = np.mean([_flat(sheet, (columns, rows)) for sheet in block], axis=0)
        small[number] = np.rint(mean) if whole else mean
        progress.report((number + 1) / slices, "Preparing 3D")
    return small


def _flat(sheet: NDArray[np.generic], size: tuple[int, int]) -> NDArray[np.float32]:
    values = np.ascontiguousarray(sheet).astype(np.float32)
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _coarser(geometry: Geometry, factors: Shape, shape: tuple[int, ...]) -> Geometry:
    """Return the grid of the blocks; rests of less than a block at the far faces are left out."""
    affine = geometry.affine.copy()
    affine[:3, :3] *= factors
    affine[:3, 3] = geometry.to_patient([(factor - 1) / 2 for factor in factors])
    return Geometry((shape[0], shape[1], shape[2]), affine, geometry.frame_of_reference_uid)
