"""A volume made fit for 3D: small enough to turn, and of a CT only the body."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Shape
from viewer.core.progress import Part, Progress
from viewer.core.volume import Volume, blanked, padded
from viewer.render.bare import bare

LONGEST = 256
"""Voxels along any axis that the CPU ray caster turns smoothly."""
_LOOKED_AT = 32


def shrink(volume: Volume, progress: Progress, longest: int = LONGEST) -> Volume:
    """Average blocks of voxels until no axis is longer; of a CT, empty what is round the body.

    Values stay stored values of the same scale: whole numbers are rounded, and padding
    becomes the least of the others.

    Raises:
        Cancelled: if nobody wants it any more.
    """
    shape = volume.geometry.shape
    factors = (ceil(shape[0] / longest), ceil(shape[1] / longest), ceil(shape[2] / longest))
    if factors == (1, 1, 1) and volume.padding is None:
        return bare(volume, progress)
    voxels = _averaged(volume, factors, Part(progress, 0.0, 0.6))
    grid = _coarser(volume.geometry, factors, voxels.shape)
    small = replace(volume, voxels=voxels, geometry=grid, origins=(), padding=None)
    return bare(small, Part(progress, 0.6, 1.0))


def _averaged(volume: Volume, factors: Shape, progress: Progress) -> NDArray[np.generic]:
    voxels, floor = volume.voxels, _floor(volume)
    depth, height, width = factors
    slices, rows, columns = (n // f for n, f in zip(voxels.shape, factors, strict=True))
    whole = np.issubdtype(voxels.dtype, np.integer)
    small = np.empty((slices, rows, columns), dtype=voxels.dtype if whole else np.float32)
    for number in range(slices):
        block = voxels[number * depth : (number + 1) * depth, : rows * height, : columns * width]
        flat = (_flat(_filled(sheet, volume, floor), (columns, rows)) for sheet in block)
        mean = np.mean(list(flat), axis=0)
        small[number] = np.rint(mean) if whole else mean
        progress.report((number + 1) / slices, "Preparing 3D")
    return small


def _floor(volume: Volume) -> float:
    """Return about the least stored value that is no padding; 0 if that does not matter."""
    if volume.padding is None:
        return 0.0
    some = volume.voxels[:: ceil(len(volume.voxels) / _LOOKED_AT)]
    known = (blanked(sheet, volume.padding) for sheet in some)
    least = [float(np.nanmin(sheet)) for sheet in known if np.isfinite(sheet).any()]
    return min(least, default=0.0)


def _filled(sheet: NDArray[np.generic], volume: Volume, floor: float) -> NDArray[np.generic]:
    nothing = padded(sheet, volume.padding)
    return sheet if nothing is None else np.where(nothing, np.float32(floor), sheet)


def _flat(sheet: NDArray[np.generic], size: tuple[int, int]) -> NDArray[np.float32]:
    values = np.ascontiguousarray(sheet).astype(np.float32)
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _coarser(geometry: Geometry, factors: Shape, shape: tuple[int, ...]) -> Geometry:
    """Return the grid of the blocks; rests of less than a block at the far faces are left out."""
    affine = geometry.affine.copy()
    affine[:3, :3] *= factors
    affine[:3, 3] = geometry.to_patient([(factor - 1) / 2 for factor in factors])
    return Geometry((shape[0], shape[1], shape[2]), affine, geometry.frame_of_reference_uid)
