"""Labels of one grid on the voxels of another: the same voxels in another order, or resampled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import affine_transform

from viewer.core.errors import Declined
from viewer.core.geometry import Array, Geometry
from viewer.core.label_map import LabelMap
from viewer.core.progress import Progress
from viewer.core.segmentation import Segmentation
from viewer.core.study import Notice
from viewer.io.seg_room import label_room

_CLOSE = 0.1
"""Voxels by which the same voxel may lie elsewhere in another file."""
_BLOCK = 16


def same_voxels(
    segmentation: Segmentation, grid: Geometry
) -> tuple[Segmentation, tuple[Notice, ...]] | None:
    """Return a segmentation on a grid of the same voxels; None if they are not the same.

    The axes may run in another order or the other way round, and the one may cover less than
    the other; what lies beyond the grid is counted and left out.
    """
    turn = _between(segmentation.geometry, grid)
    if turn is None:
        return None
    order, flipped, start = turn
    labels = np.transpose(segmentation.labels, order)
    labels = labels[tuple(slice(None, None, -1 if flip else 1) for flip in flipped)]
    if labels.shape == grid.shape and not start.any():
        kept = np.ascontiguousarray(labels)
        return replace(segmentation, label_map=LabelMap.of(kept), geometry=grid), ()
    low = np.maximum(start, 0)
    high = np.minimum(start + labels.shape, grid.shape)
    if (high <= low).any():
        return None
    inside = tuple(slice(int(a), int(b)) for a, b in zip(low - start, high - start, strict=True))
    kept = label_room(grid.shape, labels.dtype.type)
    kept[tuple(slice(int(a), int(b)) for a, b in zip(low, high, strict=True))] = labels[inside]
    lost = int(np.count_nonzero(labels)) - int(np.count_nonzero(labels[inside]))
    said = Notice("beyond", f"{lost} voxels of segments lie beyond the images and were left out.")
    placed = replace(segmentation, label_map=LabelMap.of(kept), geometry=grid)
    return placed, (said,) if lost else ()


def _between(
    own: Geometry, grid: Geometry
) -> tuple[tuple[int, ...], tuple[bool, ...], NDArray[np.int64]] | None:
    """Return how the voxels of a grid lie on another; None where they are others.

    That is the order of its axes, which of them run backwards, and the index of its first voxel.
    """
    steps = np.linalg.inv(grid.affine)[:3, :3] @ own.affine[:3, :3]
    whole = np.rint(steps).astype(np.int64)
    if not np.array_equal(np.abs(whole) @ np.ones(3), np.ones(3)):
        return None
    if abs(round(float(np.linalg.det(whole)))) != 1:
        return None
    order = tuple(int(np.flatnonzero(row)[0]) for row in whole)
    signs = np.array([whole[axis, own_axis] for axis, own_axis in enumerate(order)])
    ends = np.array([own.shape[own_axis] - 1 for own_axis in order])
    corners = grid.to_index(own.to_patient(_ends(own)))
    first = np.rint(corners.min(axis=0)).astype(np.int64)
    last = np.rint(corners.max(axis=0)).astype(np.int64)
    if not np.array_equal(last - first, ends) or np.abs(corners - np.rint(corners)).max() > _CLOSE:
        return None
    return order, tuple(bool(sign < 0) for sign in signs), first


def _ends(grid: Geometry) -> Array:
    """Return the indices of the eight outermost voxels."""
    ends = [(0, n - 1) for n in grid.shape]
    return np.array(np.meshgrid(*ends, indexing="ij"), np.float64).reshape(3, -1).T


def resampled(
    segmentation: Segmentation, grid: Geometry, progress: Progress
) -> tuple[Segmentation, tuple[Notice, ...]]:
    """Return a segmentation on other voxels, each with the label of the nearest of its own.

    Raises:
        Declined: if nothing of it lies on them, or there is no room.
        Cancelled: if it is no longer wanted.
    """
    labels, own = segmentation.labels, segmentation.geometry
    to_own = np.linalg.inv(own.affine) @ grid.affine
    kept = label_room(grid.shape, labels.dtype.type)
    for first in range(0, grid.shape[0], _BLOCK):
        progress.report(first / grid.shape[0], f"resampling {segmentation.title}")
        block = kept[first : first + _BLOCK]
        start = to_own[:3, 3] + to_own[:3, 0] * first
        affine_transform(labels, to_own[:3, :3], start, output_shape=block.shape, output=block,
                         order=0, mode="grid-constant", cval=0)  # fmt: skip
    if labels.any() and not kept.any():
        raise Declined(f"Nothing of {segmentation.title} lies on these images.", code="off_grid")
    size = " x ".join(f"{step:.3g}" for step in own.spacing_mm[::-1])
    sentence = (
        f"{segmentation.title} was drawn on other voxels ({size} mm) and is resampled onto those "
        "of the images; its edges and volumes differ a little."
    )
    placed = replace(segmentation, label_map=LabelMap.of(kept), geometry=grid)
    return placed, (Notice("resampled", sentence),)
