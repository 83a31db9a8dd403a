"""Stretch an image along a path: a surface of parallel lines through it, unrolled into a plane.

Through every point of the path runs a line of one direction; together they make a surface
that bends in one way only, like a curtain, and is laid flat without stretching any of it
(A. Kanitsar et al.: CPR - curved planar reformation, IEEE Visualization 2002, "stretched CPR").
Lengths along the path are true however it winds, and so is every length on the surface.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray

from viewer.core.errors import Declined
from viewer.core.geometry import Array, Geometry, Position, position_of
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.curved import Course, nothing_of
from viewer.imaging.oblique import trilinear
from viewer.imaging.values import numeric

MOST_PIXELS = 16_000_000
_AT_ONCE = 64


@dataclass(frozen=True, slots=True, eq=False)
class Curtain:
    """The surface of parallel lines through a path, unrolled: one row for each step down it.

    `feet` (rows, 3) are the places where the rows begin to be counted, `way` the unit
    direction of the lines; columns lie `step_mm` apart, the middle one at the foot.
    `course` (n, 2) says where each step of the path lies: mm to the right of the feet, mm down.
    """

    feet: Array
    way: Position
    step_mm: float
    columns: int
    course: Array

    @property
    def height_mm(self) -> float:
        """How long the surface is, down the picture."""
        return self.step_mm * (len(self.feet) - 1)

    def to_patient(self, right_mm: float, down_mm: float) -> Position:
        """Return the position of a point of the picture."""
        row = min(max(down_mm / self.step_mm, 0.0), len(self.feet) - 1.0)
        low = min(int(row), len(self.feet) - 2)
        foot = self.feet[low] + (row - low) * (self.feet[low + 1] - self.feet[low])
        return position_of(foot + right_mm * np.asarray(self.way))

    def shown_at(self, position: ArrayLike, course: Course, number: int) -> tuple[float, float]:
        """Return where a position beside a step of the path is seen: mm right and down."""
        aside = float((np.asarray(position) - course.places[number]) @ np.asarray(self.way))
        right, down = self.course[number]
        return float(right) + aside, float(down)


def curtain_along(course: Course, angle: float, half_width_mm: float) -> Curtain:
    """Hang a surface of parallel lines along a path, turned about its length by radians.

    `half_width_mm` is how far it reaches beyond the path on either side.

    Raises:
        Declined: if the picture would be too large.
    """
    way = way_across(course, angle)
    aside = course.places @ way
    middle = (aside.min() + aside.max()) / 2
    flat = course.places - np.outer(aside - middle, way)
    run = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(flat, axis=0), axis=1))])
    step = course.step_mm
    rows = max(ceil(run[-1] / step), 1) + 1
    columns = 2 * ceil((np.ptp(aside) / 2 + half_width_mm) / step) + 1
    if rows * columns > MOST_PIXELS:
        raise Declined("The path is too long, or too wide, to be stretched.", code="too_long")
    down = np.arange(rows) * step
    feet = np.stack([np.interp(down, run, flat[:, axis]) for axis in range(3)], axis=1)
    return Curtain(feet, position_of(way), step, columns, np.stack([aside - middle, run], axis=1))


def way_across(course: Course, angle: float) -> Array:
    """Return the direction of the lines: across the length of the path, turned about it by radians.

    At 0 it lies as far to the patient's left as it can; to the back for a path that itself
    runs from side to side.
    """
    length = _length_of(course)
    start = np.eye(3)[0 if abs(length[0]) < 0.9 else 1]
    across = start - (start @ length) * length
    across /= np.linalg.norm(across)
    return np.asarray(np.cos(angle) * across + np.sin(angle) * np.cross(length, across))


def _length_of(course: Course) -> Array:
    """Return the direction in which a path is longest: that of its ends, or of all its points."""
    chord = course.places[-1] - course.places[0]
    apart = float(np.linalg.norm(chord))
    if apart > 0.2 * course.length_mm:
        return np.asarray(chord / apart)
    _, _, ways = np.linalg.svd(course.places - course.places.mean(axis=0), full_matrices=False)
    return np.asarray(ways[0] * (1.0 if ways[0] @ chord >= 0 else -1.0))


def stretch(volume: Volume, curtain: Curtain, progress: Progress) -> Volume:
    """Sample a curtain: (row, 1, column), a picture whose pixels are squares, in mm of its own.

    Columns grow along the lines from x = 0 at the feet, rows down the path along z. Stored
    values are mixed from eight voxels; what lies outside is padding.

    Raises:
        Cancelled: between two pieces.
    """
    values, nothing = numeric(volume.voxels), nothing_of(volume)
    rows, columns, step = len(curtain.feet), curtain.columns, curtain.step_mm
    sheet: NDArray[np.float32] = np.full((rows, 1, columns), nothing, dtype=np.float32)
    half = (columns - 1) / 2 * step
    way = np.asarray(curtain.way)
    begins = volume.geometry.to_index(curtain.feet - half * way)
    right = volume.geometry.to_index(way * step) - volume.geometry.to_index(np.zeros(3))
    still = np.zeros(3)
    for row in range(rows):
        if row % _AT_ONCE == 0:
            progress.report(row / rows, "Stretching")
        trilinear(values, begins[row], still, right, sheet[row])
    grid = Geometry.from_axes(sheet.shape, (-half, 0.0, 0.0), np.eye(3)[::-1], (step,) * 3)
    return Volume(
        sheet,
        grid,
        volume.unit,
        volume.modality,
        volume.series_key,
        volume.slope,
        volume.intercept,
        windows=volume.windows,
        inverted=volume.inverted,
        synthetic=volume.synthetic,
        padding=(nothing, nothing),
    )
