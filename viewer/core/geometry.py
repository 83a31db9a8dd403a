"""Where voxels lie in the patient.

Positions are millimetres in DICOM patient space, LPS: x grows to the
patient's left, y to the back, z to the head. Voxel indices are in array
order: slice, row, column, and a whole index is the centre of a voxel. Only
the adapters in `io`, `imaging` and `render` speak another convention.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]
Position: TypeAlias = tuple[float, float, float]
"""A point in the patient: x, y, z in LPS millimetres."""
Shape: TypeAlias = tuple[int, int, int]
"""Slices, rows, columns."""


def position_of(point: ArrayLike) -> Position:
    """Return three numbers as a position."""
    x, y, z = np.asarray(point, dtype=float)
    return float(x), float(y), float(z)


def cross(one: Position, other: Position) -> Position:
    """Return the vector product: of two places plain arithmetic is far quicker than numpy."""
    (a, b, c), (x, y, z) = one, other
    return float(b * z - c * y), float(c * x - a * z), float(a * y - b * x)


@dataclass(frozen=True)
class Geometry:
    """A regular grid of voxels in the patient.

    `affine` is 4x4 and takes (slice, row, column, 1) to (x, y, z, 1) in LPS mm.
    Its three axes may be oblique or left-handed, but never degenerate.
    """

    shape: Shape
    affine: Array = field(repr=False)
    frame_of_reference_uid: str = ""

    def __post_init__(self) -> None:
        affine = np.array(self.affine, dtype=np.float64)
        if affine.shape != (4, 4) or not np.isfinite(affine).all():
            raise ValueError("an affine is a finite 4x4 matrix")
        if min(self.shape) < 1:
            raise ValueError(f"a grid of {self.shape} voxels is empty")
        if abs(np.linalg.det(affine[:3, :3])) < 1e-12:
            raise ValueError("the axes of a grid span no space")
        affine.setflags(write=False)
        object.__setattr__(self, "affine", affine)
        object.__setattr__(self, "shape", tuple(int(n) for n in self.shape))

    @classmethod
    def from_axes(
        cls,
        shape: Shape,
        origin: ArrayLike,
        directions: ArrayLike,
        spacing_mm: ArrayLike,
        frame_of_reference_uid: str = "",
    ) -> Geometry:
        """Build a grid from its first voxel, three unit axes and three steps.

        `directions` is 3x3; its rows are the unit vectors along which the
        slice, the row and the column index grow. `spacing_mm` is in the same order.
        """
        affine = np.eye(4)
        axes = np.asarray(directions, dtype=float)
        affine[:3, :3] = (axes * np.asarray(spacing_mm, dtype=float)[:, None]).T
        affine[:3, 3] = np.asarray(origin, dtype=float)
        return cls(shape, affine, frame_of_reference_uid)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Geometry)
            and self.shape == other.shape
            and self.frame_of_reference_uid == other.frame_of_reference_uid
            and bool(np.array_equal(self.affine, other.affine))
        )

    def __hash__(self) -> int:
        return hash((self.shape, self.frame_of_reference_uid, self.affine.tobytes()))

    @cached_property
    def _inverse(self) -> Array:
        return np.asarray(np.linalg.inv(self.affine), dtype=np.float64)

    @cached_property
    def spacing_mm(self) -> Position:
        """The distance between neighbours along slice, row and column, in mm."""
        return position_of(np.linalg.norm(self.affine[:3, :3], axis=0))

    @cached_property
    def directions(self) -> Array:
        """Unit vectors (rows of a 3x3) of growing slice, row and column index."""
        return np.asarray((self.affine[:3, :3] / np.asarray(self.spacing_mm)).T)

    @property
    def origin(self) -> Position:
        """The position of voxel (0, 0, 0)."""
        return position_of(self.affine[:3, 3])

    @property
    def voxel_volume_mm3(self) -> float:
        """The volume of one voxel."""
        return float(abs(np.linalg.det(self.affine[:3, :3])))

    @property
    def centre(self) -> Position:
        """The middle of the grid."""
        return position_of(self.to_patient((np.asarray(self.shape) - 1) / 2))

    def to_patient(self, index: ArrayLike) -> Array:
        """Return the position (..., 3) in LPS mm of fractional indices (..., 3)."""
        index = np.asarray(index, dtype=float)
        return np.asarray(index @ self.affine[:3, :3].T + self.affine[:3, 3])

    def to_index(self, position: ArrayLike) -> Array:
        """Return the fractional index (..., 3) of positions (..., 3) in LPS mm."""
        position = np.asarray(position, dtype=float)
        return np.asarray(position @ self._inverse[:3, :3].T + self._inverse[:3, 3])

    def nearest(self, position: ArrayLike) -> Shape:
        """Return the index of the voxel nearest to a position, inside the grid."""
        index = np.rint(self.to_index(position)).astype(int)
        s, r, c = np.clip(index, 0, np.asarray(self.shape) - 1)
        return int(s), int(r), int(c)

    def contains(self, position: ArrayLike) -> bool:
        """Tell whether a position lies in one of the voxels."""
        index = self.to_index(position)
        return bool(np.all(index >= -0.5) and np.all(index < np.asarray(self.shape) - 0.5))

    def corners(self) -> Array:
        """Return the eight outer corners (8, 3) of the grid, at voxel faces."""
        ends = [(-0.5, n - 0.5) for n in self.shape]
        return self.to_patient(list(product(*ends)))

    def crop(self, start: Shape, stop: Shape) -> Geometry:
        """Return the grid of voxels[start:stop] along each axis."""
        affine = self.affine.copy()
        affine[:3, 3] = self.to_patient(start)
        shape = tuple(b - a for a, b in zip(start, stop, strict=True))
        return Geometry((shape[0], shape[1], shape[2]), affine, self.frame_of_reference_uid)
