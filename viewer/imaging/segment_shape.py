"""The shape of a segment in numbers: size, surface, diameters, place, how round and how long.

The volume is that of the voxels. The area is that of the mesh of `surface`, which is smoothed
without shrinking: the outer faces of the voxels themselves would be half as much again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import pi, sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array, Geometry, Position, position_of
from viewer.imaging.diameters import Axes, Diameter, Mask3D, feret, slice_axes
from viewer.imaging.extent import bounding_box
from viewer.imaging.orientation import Orientation, acquired

if TYPE_CHECKING:
    from viewer.imaging.surface import Surface


@dataclass(frozen=True, slots=True)
class SliceArea:
    """What of a segment lies in one stored slice.

    `index` counts the slices of the whole grid from 0; `position` is the
    centre of mass of this part, LPS mm.
    """

    index: int
    voxels: int
    area_mm2: float
    position: Position


@dataclass(frozen=True, slots=True, eq=False)
class SegmentShape:
    """A segment in numbers. Positions are LPS mm, `extent_mm` is along x, y and z.

    `sphericity` is 1 for a ball and less for all else (area of a ball as large, by area).
    `elongation` and `flatness` are the second and the third of the principal axes by the
    longest (IBSI: 1 is not elongated). `axes` lie in the stored slices, which run as
    `slicing` says. `feret` is the longest diameter in any direction.
    """

    voxels: int
    volume_ml: float
    area_mm2: float
    axes: Axes
    feret: Diameter
    centre: Position
    low: Position
    high: Position
    sphericity: float
    elongation: float
    flatness: float
    slicing: Orientation
    slices: tuple[SliceArea, ...] = field(repr=False)

    @property
    def extent_mm(self) -> Position:
        """The sides of the box along the body that holds all of it."""
        return position_of(np.subtract(self.high, self.low))


def shape_of(inside: Mask3D, geometry: Geometry, first_slice: int = 0) -> SegmentShape:
    """Measure a mask (slice, row, column), best cut to its box; `geometry` is the grid of that.

    `first_slice` is the number of its first slice in the whole grid.

    Raises:
        ValueError: if the mask is empty.
    """
    from viewer.imaging.surface import mask_surface

    made = mask_surface(inside, geometry)
    voxels, middle, spread = _moments(inside)
    axes = slice_axes(inside, geometry)
    long, second, third = _principal_mm(spread, geometry)
    low, high = bounding_box(inside, geometry)
    return SegmentShape(
        voxels=voxels,
        volume_ml=voxels * geometry.voxel_volume_mm3 / 1000,
        area_mm2=made.area_mm2,
        axes=Axes(axes.slice_index + first_slice, axes.long, axes.short),
        feret=feret(inside, geometry),
        centre=position_of(geometry.to_patient(middle)),
        low=low,
        high=high,
        sphericity=sphericity(made),
        elongation=second / long,
        flatness=third / long,
        slicing=acquired(geometry),
        slices=_by_slice(inside, geometry, first_slice),
    )


def sphericity(made: Surface) -> float:
    """Return the area of a ball as large as a surface holds, by the area of the surface."""
    volume, area = abs(made.volume_mm3), made.area_mm2
    return float(pi ** (1 / 3) * (6 * volume) ** (2 / 3) / area) if area > 0 else 0.0


def _moments(inside: Mask3D) -> tuple[int, Array, Array]:
    """Return how many voxels there are, their mean index (3) and its covariance (3, 3).

    A voxel is a block, not a point: that adds 1/12 along each axis.
    """
    flat = [inside.sum(axis=axis, dtype=np.float64) for axis in range(3)]
    lines = [np.arange(n, dtype=np.float64) for n in inside.shape]
    counts = [flat[1].sum(axis=1), flat[0].sum(axis=1), flat[0].sum(axis=0)]
    number = float(counts[0].sum())
    if number == 0:
        raise ValueError("an empty mask has no shape")
    middle = np.array([counts[k] @ lines[k] / number for k in range(3)])
    away = [line - mean for line, mean in zip(lines, middle, strict=True)]
    spread = np.diag([counts[k] @ away[k] ** 2 / number + 1 / 12 for k in range(3)])
    for a, b, plane in ((0, 1, flat[2]), (0, 2, flat[1]), (1, 2, flat[0])):
        spread[a, b] = spread[b, a] = away[a] @ plane @ away[b] / number
    return round(number), middle, spread


def _principal_mm(spread: Array, geometry: Geometry) -> tuple[float, float, float]:
    """Return the standard deviations along the principal axes in mm, the longest first."""
    steps = geometry.affine[:3, :3]
    least, second, most = np.linalg.eigvalsh(steps @ spread @ steps.T)
    return sqrt(most), sqrt(max(second, 0.0)), sqrt(max(least, 0.0))


def _by_slice(inside: Mask3D, geometry: Geometry, first: int) -> tuple[SliceArea, ...]:
    steps = geometry.affine[:3, :3]
    pixel_mm2 = float(np.linalg.norm(np.cross(steps[:, 1], steps[:, 2])))
    rows, columns = inside.sum(axis=2, dtype=np.int64), inside.sum(axis=1, dtype=np.int64)
    counts: NDArray[np.int64] = rows.sum(axis=1)
    used = np.flatnonzero(counts)
    index = np.column_stack(
        [
            used,
            rows[used] @ np.arange(inside.shape[1]) / counts[used],
            columns[used] @ np.arange(inside.shape[2]) / counts[used],
        ]
    )
    places = geometry.to_patient(index)
    return tuple(
        SliceArea(number + first, int(counts[number]), float(counts[number]) * pixel_mm2, place)
        for number, place in zip(used.tolist(), map(position_of, places), strict=True)
    )
