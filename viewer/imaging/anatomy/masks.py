"""Morphology in millimetres on upright grids, and choosing among pieces."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Literal

import cc3d
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry

Mask = NDArray[np.bool_]


def _padded(
    mask: Mask, radius_mm: float, geometry: Geometry, *, edge: bool
) -> tuple[Mask, tuple[slice, ...]]:
    margins = [ceil(radius_mm / step) + 1 for step in geometry.spacing_mm]
    mode = "edge" if edge else "constant"
    padded = np.pad(mask, [(m, m) for m in margins], mode=mode)  # type: ignore[call-overload]
    core = tuple(slice(m, m + n) for m, n in zip(margins, mask.shape, strict=True))
    return padded, core


def eroded(mask: Mask, radius_mm: float, geometry: Geometry) -> Mask:
    """Wear a mask down; what the image cuts off is taken to go on."""
    padded, core = _padded(mask, radius_mm, geometry, edge=True)
    depth = ndimage.distance_transform_edt(padded, sampling=geometry.spacing_mm)
    return np.asarray((depth > radius_mm)[core])


def dilated(mask: Mask, radius_mm: float, geometry: Geometry) -> Mask:
    """Grow a mask by a radius in mm."""
    if not mask.any():
        return mask.copy()
    away = ndimage.distance_transform_edt(~mask, sampling=geometry.spacing_mm)
    return np.asarray(away <= radius_mm)


def opened(mask: Mask, radius_mm: float, geometry: Geometry) -> Mask:
    """Remove what is thinner than twice a radius in mm."""
    return dilated(eroded(mask, radius_mm, geometry), radius_mm, geometry) & mask


def closed(mask: Mask, radius_mm: float, geometry: Geometry) -> Mask:
    """Bridge what is narrower than twice a radius in mm."""
    padded, core = _padded(mask, radius_mm, geometry, edge=False)
    if not mask.any():
        return mask.copy()
    near = ndimage.distance_transform_edt(~padded, sampling=geometry.spacing_mm) <= radius_mm
    inner = ndimage.distance_transform_edt(near, sampling=geometry.spacing_mm) > radius_mm
    return np.asarray(inner[core] | mask)


def filled_slices(mask: Mask) -> Mask:
    """Fill what each axial slice encloses."""
    return np.stack([np.asarray(ndimage.binary_fill_holes(plane)) for plane in mask])


def largest(mask: Mask, connectivity: Literal[6, 26] = 6) -> Mask:
    """Keep the largest piece."""
    labels = cc3d.connected_components(mask, connectivity=connectivity)
    counts = np.bincount(labels.ravel())
    if len(counts) < 2:
        return np.zeros_like(mask)
    counts[0] = 0
    return np.asarray(labels == counts.argmax())


def pieces_over(mask: Mask, least_mm3: float, geometry: Geometry) -> Mask:
    """Keep the pieces of at least some volume."""
    labels = cc3d.connected_components(mask, connectivity=6)
    keep = np.bincount(labels.ravel()) * geometry.voxel_volume_mm3 >= least_mm3
    keep[0] = False
    return np.asarray(keep[labels])


def touching(mask: Mask, seeds: Mask) -> Mask:
    """Keep the pieces that hold a seed."""
    labels = cc3d.connected_components(mask, connectivity=6)
    wanted = np.unique(labels[seeds & mask])
    keep = np.zeros(int(labels.max()) + 1, dtype=np.bool_)
    keep[wanted] = True
    keep[0] = False
    return np.asarray(keep[labels])


def volume_ml(mask: Mask, geometry: Geometry) -> float:
    """Return the volume of a mask in ml."""
    return float(np.count_nonzero(mask)) * geometry.voxel_volume_mm3 / 1000


def bounds(mask: Mask, axis: int) -> tuple[int, int]:
    """Return the first and last plane along an axis that a mask reaches; (0, -1) if empty."""
    others = tuple(n for n in range(mask.ndim) if n != axis)
    found = np.flatnonzero(mask.any(axis=others))
    return (int(found[0]), int(found[-1])) if len(found) else (0, -1)


def cut_sides(mask: Mask) -> tuple[str, ...]:
    """Name the faces of the image that a mask reaches: top, bottom, front, back, right, left."""
    faces: Sequence[tuple[str, Mask]] = (
        ("top", mask[-1]), ("bottom", mask[0]), ("front", mask[:, 0]), ("back", mask[:, -1]),
        ("right side", mask[:, :, 0]), ("left side", mask[:, :, -1]),
    )  # fmt: skip
    return tuple(name for name, face in faces if face.any())
