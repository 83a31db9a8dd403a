"""What is measured of a region: its size, its place and the values in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Position, Shape, position_of
from viewer.core.segmentation import Mask, Segmentation
from viewer.core.volume import Volume, padded
from viewer.imaging.extent import axial_diameter_mm, bounding_box, longest_diameter_mm


@dataclass(frozen=True, slots=True)
class RegionStatistics:
    """A region in numbers: lengths in mm, positions in LPS, values in `unit`.

    Padding counts for the size, but not for the values, which are NaN where there is nothing
    else. `sd` is that of the voxels themselves (divided by their number). `low` and `high`
    are opposite corners of the box along the body. `axial_diameter_mm` is the longest
    in any one slice nearest to axial, `diameter_mm` the longest of all.
    """

    voxels: int
    volume_mm3: float
    mean: float
    sd: float
    minimum: float
    maximum: float
    unit: str
    centre: Position
    low: Position
    high: Position
    axial_diameter_mm: float
    diameter_mm: float


def measure_mask(volume: Volume, mask: Mask) -> RegionStatistics:
    """Measure a volume under a mask whose grid is a part of the volume's grid.

    Raises:
        ValueError: if the mask is empty, or on another grid.
    """
    start = _offset(volume.geometry, mask.geometry)
    box = tuple(slice(a, a + n) for a, n in zip(start, mask.voxels.shape, strict=True))
    return _measure(volume, volume.voxels[box], mask.voxels, mask.geometry)


def measure_segment(volume: Volume, segmentation: Segmentation, label: int) -> RegionStatistics:
    """Measure a volume under one segment.

    Raises:
        ValueError: if the segment is empty, or on another grid.
    """
    start = _offset(volume.geometry, segmentation.geometry)
    box = tuple(slice(a, a + n) for a, n in zip(start, segmentation.labels.shape, strict=True))
    inside = segmentation.labels == label
    return _measure(volume, volume.voxels[box], inside, segmentation.geometry)


def _offset(whole: Geometry, part: Geometry) -> Shape:
    """Return where a part begins in a whole grid."""
    start = whole.to_index(part.origin)
    first = np.rint(start).astype(int)
    same = np.allclose(whole.affine[:3, :3], part.affine[:3, :3], atol=1e-4)
    fits = (first >= 0).all() and (first + np.array(part.shape) <= whole.shape).all()
    if not same or not fits or np.abs(start - first).max() > 0.01:
        raise ValueError("a mask is measured on a part of the grid that it was drawn on")
    return int(first[0]), int(first[1]), int(first[2])


def _measure(
    volume: Volume, voxels: NDArray[np.generic], inside: NDArray[np.bool_], geometry: Geometry
) -> RegionStatistics:
    box, grid = _tight(inside, geometry)
    inside, voxels = inside[box], voxels[box]
    values = _known(voxels[inside], volume.padding) * volume.slope + volume.intercept
    low, high = bounding_box(inside, grid)
    count = int(np.count_nonzero(inside))
    return RegionStatistics(
        voxels=count,
        volume_mm3=count * grid.voxel_volume_mm3,
        mean=float(values.mean()),
        sd=float(values.std()),
        minimum=float(values.min()),
        maximum=float(values.max()),
        unit=volume.unit,
        centre=position_of(grid.to_patient(np.argwhere(inside).mean(axis=0))),
        low=low,
        high=high,
        axial_diameter_mm=axial_diameter_mm(inside, grid),
        diameter_mm=longest_diameter_mm(inside, grid),
    )


def _known(voxels: NDArray[np.generic], padding: tuple[float, float] | None) -> NDArray[np.float64]:
    """Return the stored values that stand for something; one NaN if none does."""
    nothing = padded(voxels, padding)
    known = (voxels if nothing is None else voxels[~nothing]).astype(np.float64)
    return known if known.size else np.array([np.nan])


def _tight(
    inside: NDArray[np.bool_], geometry: Geometry
) -> tuple[tuple[slice, slice, slice], Geometry]:
    """Return the smallest block that holds a mask, and its grid."""
    ends = []
    for axis in range(3):
        others = tuple(k for k in range(3) if k != axis)
        used = np.flatnonzero(inside.any(axis=others))
        if len(used) == 0:
            raise ValueError("an empty region has no size")
        ends.append((int(used[0]), int(used[-1]) + 1))
    (a, b), (c, d), (e, f) = ends
    return (slice(a, b), slice(c, d), slice(e, f)), geometry.crop((a, c, e), (b, d, f))
