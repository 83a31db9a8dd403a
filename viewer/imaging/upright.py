"""Arrays turned so that slices grow to the head, rows to the back, columns to the left.

What is computed on an upright array does not depend on how the scanner or a
converter happened to store it: all 48 orders and flips of one scan give the
very same array here. Oblique grids keep their tilt; only the order is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import permutations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry
from viewer.core.segmentation import Mask

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Turn:
    """How a stored grid becomes an upright one: order of the axes, then flips."""

    axes: tuple[int, int, int]
    flips: tuple[bool, bool, bool]
    geometry: Geometry = field(repr=False)
    """The upright grid: the same voxels in another order."""

    @classmethod
    def of(cls, stored: Geometry) -> Turn:
        """Find the order and the flips nearest to head, back, left."""
        axes = _nearest_axes(stored)
        along = [
            stored.directions[axis][patient] for axis, patient in zip(axes, (2, 1, 0), strict=True)
        ]
        flips = (bool(along[0] < 0), bool(along[1] < 0), bool(along[2] < 0))
        affine = np.eye(4)
        start = np.zeros(3)
        for new, (old, flipped) in enumerate(zip(axes, flips, strict=True)):
            affine[:3, new] = stored.affine[:3, old] * (-1 if flipped else 1)
            start[old] = stored.shape[old] - 1 if flipped else 0
        affine[:3, 3] = stored.to_patient(start)
        a, b, c = axes
        shape = (stored.shape[a], stored.shape[b], stored.shape[c])
        return cls(axes, flips, Geometry(shape, affine, stored.frame_of_reference_uid))

    def upright(self, stored: NDArray[T]) -> NDArray[T]:
        """Return a view of stored voxels, upright."""
        return np.asarray(stored.transpose(self.axes)[self._slices()])

    def stored(self, upright: NDArray[T]) -> NDArray[T]:
        """Return a view of upright voxels in the stored order."""
        return np.asarray(upright[self._slices()].transpose(np.argsort(self.axes)))

    def stored_mask(self, mask: Mask) -> Mask:
        """Return an upright mask, cut from this grid, on the stored grid."""
        low = np.rint(self.geometry.to_index(mask.geometry.origin)).astype(int)
        ends = np.array(mask.voxels.shape) - 1
        order = np.argsort(self.axes)
        affine = mask.geometry.affine.copy()
        signs = np.where(self.flips, -1.0, 1.0)
        affine[:3, :3] = (self.geometry.affine[:3, :3] * signs)[:, order]
        affine[:3, 3] = self.geometry.to_patient(low + np.where(self.flips, ends, 0))
        voxels = np.ascontiguousarray(self.stored(mask.voxels))
        a, b, c = voxels.shape
        return Mask(voxels, Geometry((a, b, c), affine, self.geometry.frame_of_reference_uid))

    def _slices(self) -> tuple[slice, slice, slice]:
        a, b, c = (slice(None, None, -1) if flipped else slice(None) for flipped in self.flips)
        return a, b, c


def _nearest_axes(stored: Geometry) -> tuple[int, int, int]:
    strength = np.abs(stored.directions)

    def fit(axes: tuple[int, ...]) -> float:
        return float(strength[axes[0], 2] * strength[axes[1], 1] * strength[axes[2], 0])

    a, b, c = max(permutations(range(3)), key=fit)
    return a, b, c
