"""A flat picture in the patient, and the letters that name its sides."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from viewer.core.geometry import Array, Position, cross, position_of

_LETTERS = (("L", "R"), ("P", "A"), ("H", "F"))


def side_letters(direction: ArrayLike, *, smallest: float = 0.1) -> str:
    """Return the letters of the side a direction points to, strongest first.

    L and R, A and P, H (head) and F (feet), as in PS3.3 C.7.6.1.1.1. Parts
    weaker than `smallest` of the unit vector are left out.
    """
    unit = np.asarray(direction, dtype=float)
    unit = unit / np.linalg.norm(unit)
    order = sorted(range(3), key=lambda axis: -abs(unit[axis]))
    return "".join(
        _LETTERS[axis][0 if unit[axis] > 0 else 1] for axis in order if abs(unit[axis]) >= smallest
    )


@dataclass(frozen=True, slots=True)
class Plane:
    """A picture of rows and columns lying in the patient.

    `origin` is the centre of the first pixel; `right` the unit direction in
    which the column index grows, `down` that in which the row index grows
    (the two vectors of Image Orientation (Patient), PS3.3 C.7.6.2.1.1).
    `spacing_mm` is (between rows, between columns).
    """

    origin: Position
    right: Position
    down: Position
    spacing_mm: tuple[float, float]

    def __post_init__(self) -> None:
        # plain arithmetic: thousands of planes are made while a folder is listed
        if abs(math.hypot(*self.right) - 1) > 1e-3 or abs(math.hypot(*self.down) - 1) > 1e-3:
            raise ValueError("the directions of a plane have length one")
        if abs(sum(a * b for a, b in zip(self.right, self.down, strict=True))) > 1e-2:
            raise ValueError("the directions of a plane stand at right angles")
        if min(self.spacing_mm) <= 0:
            raise ValueError("pixels have a size")

    @property
    def normal(self) -> Position:
        """The unit direction right x down, away from the reader."""
        return cross(self.right, self.down)

    def to_patient(self, pixel: ArrayLike) -> Array:
        """Return positions (..., 3) of fractional (row, column) pixels (..., 2)."""
        pixel = np.asarray(pixel, dtype=float)
        rows = pixel[..., :1] * self.spacing_mm[0] * np.asarray(self.down)
        columns = pixel[..., 1:] * self.spacing_mm[1] * np.asarray(self.right)
        return np.asarray(np.asarray(self.origin) + rows + columns)

    def to_pixel(self, position: ArrayLike) -> Array:
        """Return the (row, column) (..., 2) over which positions (..., 3) stand."""
        offset = np.asarray(position, dtype=float) - np.asarray(self.origin)
        row = offset @ np.asarray(self.down) / self.spacing_mm[0]
        column = offset @ np.asarray(self.right) / self.spacing_mm[1]
        return np.stack([row, column], axis=-1)

    def distance_mm(self, position: ArrayLike) -> Array:
        """Return the signed distance of positions (..., 3) along the normal."""
        offset = np.asarray(position, dtype=float) - np.asarray(self.origin)
        return np.asarray(offset @ np.asarray(self.normal))

    def at(self, position: ArrayLike) -> Plane:
        """Return the parallel plane through a position, its pixels in line."""
        shift = np.asarray(self.normal) * float(self.distance_mm(position))
        moved = position_of(np.asarray(self.origin) + shift)
        return Plane(moved, self.right, self.down, self.spacing_mm)
