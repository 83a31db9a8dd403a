"""A body without the couch it lies on, without blankets and the air around."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.values import Values, numeric

_SKIN_HU = -300.0
_RIM_HU = -850.0
"""Voxels darker than this just outside the skin are air and go; the others soften its edge."""
_NOTHING_HU = -3000.0
_SMALLEST_SHARE = 0.05
"""Of the largest piece: arms beside the trunk stay, a couch or a tube goes."""
_OPENING = np.ones((3, 3), dtype=np.uint8)


def bare(volume: Volume, progress: Progress) -> Volume:
    """Empty everything outside the body of a CT, already small; other images come back as they are.

    Raises:
        Cancelled: if nobody wants it any more.
    """
    if volume.modality != "CT" or volume.unit != "[hnsf'U]" or volume.slope <= 0:
        return volume
    values = numeric(volume.voxels)
    body = _body(volume, values, progress)
    if not body.any():
        return volume
    rim = ndimage.binary_dilation(body) & (values > _stored(volume, _RIM_HU))
    voxels = np.where(body | rim, values, nothing(volume, values))
    return replace(volume, voxels=voxels)


def nothing(volume: Volume, values: Values) -> NDArray[np.generic]:
    """Return the stored value that shows nothing: of CT less than air, else the least there is."""
    if volume.modality != "CT" or volume.unit != "[hnsf'U]" or volume.slope <= 0:
        return np.asarray(values.min())
    least = float(np.iinfo(values.dtype.name).min) if values.dtype.kind in "iu" else -np.inf
    return np.asarray(max(_stored(volume, _NOTHING_HU), least)).astype(values.dtype)


def _stored(volume: Volume, hu: float) -> float:
    return (hu - volume.intercept) / volume.slope


def _body(volume: Volume, values: Values, progress: Progress) -> NDArray[np.bool_]:
    """Mark large pieces that are no air, and what they enclose in each axial slice."""
    axis = _towards_head(volume.geometry)
    dense = np.moveaxis(values, axis, 0) > _stored(volume, _SKIN_HU)
    opened = np.stack([_opened(sheet) for sheet in dense])
    progress.report(0.3, "Preparing 3D")
    labels, count = ndimage.label(opened)
    sizes = np.bincount(labels.reshape(-1), minlength=count + 1)
    sizes[0] = 0
    large = sizes >= max(sizes.max() * _SMALLEST_SHARE, 1)
    progress.report(0.7, "Preparing 3D")
    filled = np.stack([_filled(sheet) for sheet in large[labels]])
    return np.moveaxis(filled, 0, axis)


def _towards_head(geometry: Geometry) -> int:
    return int(np.argmax(np.abs(geometry.directions[:, 2])))


def _opened(sheet: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Cut thin bridges, such as between the back and the couch."""
    return np.asarray(
        cv2.morphologyEx(np.ascontiguousarray(sheet).view(np.uint8), cv2.MORPH_OPEN, _OPENING),
        dtype=np.uint8,
    )


def _filled(sheet: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Fill what a flood from outside cannot reach."""
    padded = np.pad(np.ascontiguousarray(sheet).view(np.uint8), 1)
    cv2.floodFill(padded, None, (0, 0), 2)
    return np.asarray(padded[1:-1, 1:-1] != 2)
