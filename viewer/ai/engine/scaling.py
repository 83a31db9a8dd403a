"""Stretching arrays along their axes, with the same weights whatever grid they lie in.

Each axis is one small sparse matrix: linear between voxels where the new steps are shorter, and
the mean under a triangle as wide as the new steps where they are longer, so that nothing that is
too fine for the new grid comes back as a false pattern (aliasing). Both grids have their middle
in common. Places beyond the outermost voxels take these (the triangle is cut at the border).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from viewer.core.geometry import Geometry, Shape

_SAME = 1e-6


def scaled_grid(grid: Geometry, spacing_mm: tuple[float, ...]) -> Geometry:
    """Return a grid along the same axes round the same middle with other steps.

    Args:
        grid: What is to be covered.
        spacing_mm: Slice, row, column; empty, or 0 for an axis that stays as it is.
    """
    wanted = [
        new if new > 0 and abs(new - old) > _SAME * old else old
        for new, old in zip(spacing_mm or (0.0,) * 3, grid.spacing_mm, strict=True)
    ]
    counts = [
        max(1, round(count * old / new))
        for count, old, new in zip(grid.shape, grid.spacing_mm, wanted, strict=True)
    ]
    factors = np.array(wanted) / np.array(grid.spacing_mm)
    affine = grid.affine.copy()
    affine[:3, :3] *= factors
    start = (np.array(grid.shape) - 1) / 2 - factors * (np.array(counts) - 1) / 2
    affine[:3, 3] = grid.to_patient(start)
    depth, rows, columns = counts
    return Geometry((depth, rows, columns), affine, grid.frame_of_reference_uid)


@lru_cache(maxsize=64)
def weights(old: int, new: int, factor: float) -> csr_array:
    """Return the matrix (new, old) that stretches one axis.

    Args:
        old: Voxels along the axis now.
        new: Voxels wanted.
        factor: Length of a new step in old ones.
    """
    at = (old - 1) / 2 + factor * (np.arange(new) - (new - 1) / 2)
    at = at.round(9).clip(0, old - 1)
    reach = max(1.0, factor)
    span = np.arange(-int(np.ceil(reach)), int(np.ceil(reach)) + 2)
    near = np.floor(at)[:, None].astype(int) + span[None, :]
    shares = (1 - np.abs(near - at[:, None]) / reach).clip(0, None)
    shares[(near < 0) | (near >= old)] = 0
    shares /= shares.sum(axis=1, keepdims=True)
    rows = np.repeat(np.arange(new), len(span))
    kept = shares.ravel() > 0
    entries = shares.ravel()[kept].astype(np.float32)
    places = (rows[kept], near.ravel()[kept])
    return csr_array((entries, places), shape=(new, old), dtype=np.float32)


class Scaling:
    """How arrays on one grid become arrays on another with the same axes and middle."""

    def __init__(self, old: Geometry, new: Geometry) -> None:
        steps = zip(old.spacing_mm, new.spacing_mm, strict=True)
        # rounded, so that 48 ways to store a scan give the very same weights
        factors = [round(b / a, 9) for a, b in steps]
        self.shape: Shape = new.shape
        self.along = tuple(
            None if a == b and factor == 1.0 else weights(a, b, factor)
            for a, b, factor in zip(old.shape, new.shape, factors, strict=True)
        )

    def flat(self, picture: NDArray[np.float32]) -> NDArray[np.float32]:
        """Stretch one slice (rows, columns)."""
        _, rows, columns = self.along
        if rows is not None:
            picture = rows @ picture
        if columns is not None:
            picture = (columns @ np.ascontiguousarray(picture.T)).T
        return np.ascontiguousarray(picture, dtype=np.float32)

    def upright(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """Stretch a block (slices, ...) from slice to slice."""
        slices = self.along[0]
        if slices is None:
            return block
        flat = slices @ block.reshape(len(block), -1)
        return np.asarray(flat, dtype=np.float32).reshape(-1, *block.shape[1:])

    def mixture(self, number: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Return which old slices, and with which weight each, make one new slice."""
        slices = self.along[0]
        if slices is None:
            return np.array([number]), np.ones(1, np.float32)
        first, last = slices.indptr[number], slices.indptr[number + 1]
        return slices.indices[first:last].astype(np.intp), slices.data[first:last]
