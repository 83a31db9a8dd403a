"""An outline as a read keeps it: one segment, how large it was, where it lay, and its voxels.

Positions are mm in LPS. The mask is kept only where it is small; the hash always tells whether
two outlines are the same to the voxel.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.geometry import Position
from viewer.core.segmentation import Mask

_SAME_GRID = 1e-3
"""Voxels: grids that differ by less, at any corner of a mask, are one grid."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One segment at one moment; `low` and `high` are the corners of its box at voxel faces.

    `sha256` is the hash of its voxels and of their place in the grid (see
    `imaging.outlines.mask_hash`). `status` is that of its group of segments.
    """

    segmentation_id: str
    label: int
    name: str
    kind: Code
    author: Author
    series_key: str
    status: str
    voxels: int
    volume_ml: float
    centre: Position
    low: Position
    high: Position
    sha256: str
    mask: Mask | None = field(default=None, compare=False, repr=False)

    @property
    def id(self) -> str:
        """Its name through all changes: the UID of its group and its label in it."""
        return f"{self.segmentation_id}/{self.label}"

    @property
    def stands(self) -> bool:
        """Tell whether a person drew it, or accepted it."""
        return self.status != "rejected" and (not self.author.is_model or self.status != "proposed")


def dice(one: Outline, other: Outline) -> float | None:
    """Return the overlap (0 to 1) of two outlines; None where their masks are not kept.

    Nor is it known where they lie on different grids.
    """
    if one.sha256 == other.sha256:
        return 1.0
    if one.mask is None or other.mask is None:
        return None
    start = _offset(one.mask, other.mask)
    if start is None:
        return None
    ours, theirs = _common(one.mask.voxels, other.mask.voxels, start)
    both = int(np.count_nonzero(ours & theirs))
    return 2 * both / (one.voxels + other.voxels)


def _offset(one: Mask, other: Mask) -> NDArray[np.int64] | None:
    """Return the index in one block of the first voxel of the other, on the same grid."""
    a, b = one.geometry, other.geometry
    if a.frame_of_reference_uid != b.frame_of_reference_uid:
        return None
    last = np.asarray(b.shape) - 1
    corners = np.array([(0, 0, 0), last * (1, 0, 0), last * (0, 1, 0), last * (0, 0, 1)])
    seen = a.to_index(b.to_patient(corners))
    start = np.rint(seen[0]).astype(np.int64)
    fits = np.abs(seen - (corners + start)).max() < _SAME_GRID
    return start if fits and np.allclose(a.spacing_mm, b.spacing_mm, rtol=1e-4) else None


def _common(
    one: NDArray[np.bool_], other: NDArray[np.bool_], start: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the voxels of two blocks that both cover; the other begins at `start` in the one."""
    low = np.maximum(start, 0)
    high = np.maximum(np.minimum(one.shape, start + other.shape), low)
    ours = tuple(slice(a, b) for a, b in zip(low, high, strict=True))
    theirs = tuple(slice(a, b) for a, b in zip(low - start, high - start, strict=True))
    return one[ours], other[theirs]
