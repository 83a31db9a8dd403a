"""Values along a line, between voxels as well."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from viewer.core.geometry import Array
from viewer.core.volume import Volume, blanked

_MOST = 20_000
_TRACE = 1e-9
"""The share of padding in a value from which on it means nothing."""


def along(line: Array, volume: Volume, per_voxel: float = 2.0) -> tuple[Array, Array]:
    """Return places (n, 3) along a line (k, 3) and the real-world values there, NaN outside.

    There are so many places to a voxel, where it is thinnest; values between voxels are
    interpolated linearly, and NaN beside what is padding.
    """
    lengths = np.linalg.norm(np.diff(line, axis=0), axis=1)
    ends = np.concatenate([[0.0], np.cumsum(lengths)])
    step = min(volume.geometry.spacing_mm) / per_voxel
    count = min(max(round(ends[-1] / step), 1), _MOST) + 1
    at = np.linspace(0.0, ends[-1], count)
    places = np.stack([np.interp(at, ends, line[:, axis]) for axis in range(3)], axis=1)
    return places, _values(places, volume)


def _values(places: Array, volume: Volume) -> NDArray[np.float64]:
    """Return interpolated values; a voxel fills the space half-way to its neighbours."""
    shape = np.asarray(volume.geometry.shape)
    index = volume.geometry.to_index(places)
    inside = ((index >= -0.5) & (index <= shape - 0.5)).all(axis=1)
    index = np.clip(index, 0, shape - 1)
    low, high = np.floor(index.min(axis=0)).astype(int), np.ceil(index.max(axis=0)).astype(int)
    a, b, c = (slice(int(x), int(y) + 1) for x, y in zip(low, high, strict=True))
    block = blanked(volume.voxels[a, b, c], volume.padding).astype(np.float64)
    unknown = ~np.isfinite(block)
    block[unknown] = 0.0
    at = (index - low).T
    found = np.asarray(map_coordinates(block, at, order=1, mode="nearest"))
    mixed = map_coordinates(unknown.astype(np.float64), at, order=1, mode="nearest") > _TRACE
    found[~inside | mixed] = np.nan
    return np.asarray(found * volume.slope + volume.intercept)
