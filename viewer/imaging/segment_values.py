"""The values of an image within a segment, in the unit of the image.

Where the image lies on the grid of the segment, or that is a part of it, voxel meets voxel.
Else each voxel of the image belongs to the segment if its centre does (nearest
neighbour), and the result says that it was resampled. Padding, NaN and infinite values count as
missing and never as values; what of the segment lies beyond the image is told as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.geometry import Array, Geometry
from viewer.core.volume import Volume, padded
from viewer.imaging.diameters import Mask3D

_BINS = 64
_SAME, _FAR = 1e-3, 0.05
"""By so much may the steps of two grids that are the same differ, and the ends, in voxels."""
PERCENTILES = (5.0, 25.0, 50.0, 75.0, 95.0)


@dataclass(frozen=True, slots=True, eq=False)
class SegmentValues:
    """The values of one image under one segment, in `unit` (UCUM).

    `voxels` are those of the image that have a value, `missing` those that have none
    (padding, NaN, infinite). `outside` is the part of the segment beyond the image, 0 to 1.
    `sd` is that of the voxels themselves (divided by their number). `slices` are the means in
    the slices of the segment by their index in its grid. `counts` lie between `edges`.
    """

    unit: str
    voxels: int
    missing: int
    outside: float
    resampled: bool
    mean: float
    sd: float
    minimum: float
    maximum: float
    percentiles: tuple[float, ...]
    slices: tuple[tuple[int, float], ...] = field(repr=False)
    counts: NDArray[np.int64] = field(repr=False)
    edges: Array = field(repr=False)

    @property
    def median(self) -> float:
        """The value in the middle."""
        return self.percentiles[2]


def values_in(
    volume: Volume, inside: Mask3D, geometry: Geometry, first_slice: int = 0
) -> SegmentValues:
    """Return the values of a volume within a mask, cut to its box; `geometry` is that of the box.

    `first_slice` is the number of its first slice in the whole grid.

    Raises:
        Declined: if no voxel of the volume with a value lies in the mask.
    """
    aligned, start = _offset(volume.geometry, geometry)
    if start is None:
        stored, slices = _resampled(volume, inside, geometry)
        outside = _beyond(volume.geometry, inside, geometry)
    else:
        box = tuple(slice(a, a + n) for a, n in zip(start, inside.shape, strict=True))
        stored = volume.voxels[box][inside]
        slices = np.repeat(np.arange(len(inside)), inside.sum(axis=(1, 2)))
        outside = 0.0
    if not stored.size:
        raise _declined(outside)
    known = _known(stored, volume.padding)
    values = stored[known].astype(np.float64) * volume.slope + volume.intercept
    if not values.size:
        raise Declined("All voxels of the image there are padding or no number.", code="no_values")
    counts, edges = _histogram(values, _step(volume))
    return SegmentValues(
        unit=volume.unit,
        voxels=int(values.size),
        missing=int(stored.size - values.size),
        outside=outside,
        resampled=not aligned,
        mean=float(values.mean()),
        sd=float(values.std()),
        minimum=float(values.min()),
        maximum=float(values.max()),
        percentiles=tuple(float(one) for one in np.percentile(values, PERCENTILES)),
        slices=_by_slice(slices[known], values, first_slice),
        counts=counts,
        edges=edges,
    )


def _declined(outside: float) -> Declined:
    if outside >= 1:
        return Declined("The segment lies outside the image.", code="outside")
    return Declined("The segment is smaller than the voxels of the image.", code="too_small")


def _offset(whole: Geometry, part: Geometry) -> tuple[bool, tuple[int, int, int] | None]:
    """Tell whether two grids are the same but for their ends, and where a part begins in a whole.

    The latter is None if it is no part of it.
    """
    ends = np.array([(0, 0, 0), np.asarray(part.shape) - 1])
    places = whole.to_index(part.to_patient(ends))
    first = np.rint(places[0]).astype(int)
    last = first + np.asarray(part.shape) - 1
    steps = np.linalg.solve(whole.affine[:3, :3], part.affine[:3, :3])
    same = np.abs(steps - np.eye(3)).max() < _SAME
    if not same or np.abs(places - np.array([first, last])).max() > _FAR:
        return False, None
    if (first < 0).any() or (last >= whole.shape).any():
        return True, None
    return True, (int(first[0]), int(first[1]), int(first[2]))


def _resampled(
    volume: Volume, inside: Mask3D, geometry: Geometry
) -> tuple[NDArray[np.generic], NDArray[np.intp]]:
    """Return the stored values whose centres lie in a mask, and in which of its slices."""
    box = _box_in(volume.geometry, geometry)
    if box is None:
        return volume.voxels[:0].ravel(), np.zeros(0, np.intp)
    rows, columns = (np.arange(side.start, side.stop, dtype=np.float64) for side in box[1:])
    values, slices = [], []
    for number in range(box[0].start, box[0].stop):
        index = _indices(volume.geometry, geometry, number, rows, columns)
        fits = np.logical_and.reduce(
            [(line >= 0) & (line < n) for line, n in zip(index, inside.shape, strict=True)]
        )
        s, r, c = (line[fits] for line in index)
        hit = inside[s, r, c]
        values.append(volume.voxels[number][box[1:]][fits][hit])
        slices.append(s[hit])
    return np.concatenate(values), np.concatenate(slices)


def _indices(
    image: Geometry, segment: Geometry, number: int, rows: Array, columns: Array
) -> tuple[NDArray[np.intp], ...]:
    """Return in which voxel of the segment's grid the voxels of an image's slice lie."""
    turn = np.linalg.solve(segment.affine[:3, :3], image.affine[:3, :3])
    start = segment.to_index(image.to_patient((number, 0, 0)))
    return tuple(
        np.floor(
            start[axis] + turn[axis, 1] * rows[:, np.newaxis] + turn[axis, 2] * columns + 0.5
        ).astype(np.intp)
        for axis in range(3)
    )


def _box_in(image: Geometry, segment: Geometry) -> tuple[slice, slice, slice] | None:
    """Return the block of an image round the box of a segment; None where they do not meet."""
    corners = image.to_index(segment.corners())
    low = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    high = np.minimum(np.ceil(corners.max(axis=0)).astype(int) + 1, image.shape)
    if (low >= high).any():
        return None
    a, b, c = (slice(int(start), int(stop)) for start, stop in zip(low, high, strict=True))
    return a, b, c


def _beyond(image: Geometry, inside: Mask3D, segment: Geometry) -> float:
    """Return the part of a segment's voxels whose centres lie outside an image."""
    corners = image.to_index(segment.corners())
    if (corners >= -0.5).all() and (corners <= np.asarray(image.shape) - 0.5).all():
        return 0.0
    outside = whole = 0
    for number, plane in enumerate(inside):
        flat = np.argwhere(plane)
        points = segment.to_patient(np.column_stack([np.full(len(flat), number), flat]))
        index = image.to_index(points)
        fits = (index >= -0.5) & (index < np.asarray(image.shape) - 0.5)
        outside += int(np.count_nonzero(~fits.all(axis=1)))
        whole += len(flat)
    return outside / max(whole, 1)


def _known(stored: NDArray[np.generic], padding: tuple[float, float] | None) -> NDArray[np.bool_]:
    """Tell which stored values stand for something."""
    nothing = padded(stored, padding)
    known = np.ones(stored.shape, np.bool_) if nothing is None else ~nothing
    return known & np.isfinite(stored) if stored.dtype.kind == "f" else known


def _by_slice(slices: NDArray[np.intp], values: Array, first: int) -> tuple[tuple[int, float], ...]:
    counts = np.bincount(slices)
    sums = np.bincount(slices, values)
    return tuple((k + first, float(sums[k] / counts[k])) for k in np.flatnonzero(counts).tolist())


def _step(volume: Volume) -> float:
    """Return the distance of neighbouring values: that of whole numbers, or 0."""
    return abs(volume.slope) if volume.voxels.dtype.kind in "iu" else 0.0


def _histogram(values: Array, step: float) -> tuple[NDArray[np.int64], Array]:
    """Count values in bins of even width; of whole numbers each bin holds equally many."""
    low, high = float(values.min()), float(values.max())
    if step > 0:
        each = max(1, int(np.ceil((round((high - low) / step) + 1) / _BINS)))
        bins = max(1, -(-(round((high - low) / step) + 1) // each))
        edges = low - step / 2 + step * each * np.arange(bins + 1)
    else:
        edges = np.linspace(low, high, _BINS + 1) if high > low else low + np.array([-0.5, 0.5])
    counts, _ = np.histogram(values, edges)
    return np.asarray(counts, np.int64), np.asarray(edges, np.float64)
