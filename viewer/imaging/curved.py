"""Straighten an image along a path: a smooth line, frames along it that do not twist, a block.

The frames are minimising rotation (W. Wang et al.: Computation of rotation minimizing frames,
ACM Transactions on Graphics 27(1), 2008, the double reflection method), so that what lies
beside the path does not wind round it. Steps along the path are of equal length: lengths
along it are true. Across it, lengths are true only at right angles to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray

from viewer.core.errors import Declined
from viewer.core.geometry import Array, Geometry, Position, position_of
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.imaging.oblique import trilinear
from viewer.imaging.values import numeric

MOST_VOXELS = 60_000_000
_FINE = 24
"""Points of the curve from one handle to the next, before it is cut into equal steps."""
_AT_ONCE = 16
_APART_MM = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A path of n equal steps: places, and the unit directions along it and across it (n, 3)."""

    places: Array
    along: Array
    across: Array
    beside: Array
    step_mm: float

    @property
    def length_mm(self) -> float:
        """How long the path is, along its course."""
        return self.step_mm * (len(self.places) - 1)

    def nearest(self, position: ArrayLike) -> int:
        """Return the step of the path that lies nearest to a position."""
        return int(np.argmin(np.linalg.norm(self.places - np.asarray(position), axis=1)))

    def directions(self, number: int, angle: float) -> tuple[Position, Position]:
        """Return two unit directions across the path at a step, turned about it by radians."""
        across, beside = self.across[number], self.beside[number]
        right = np.cos(angle) * across + np.sin(angle) * beside
        down = -np.sin(angle) * across + np.cos(angle) * beside
        return position_of(right), position_of(down)

    def to_patient(self, mm_along: float, right_mm: float, angle: float) -> Position:
        """Return the position of a point of a straightened picture."""
        number = min(max(mm_along / self.step_mm, 0.0), len(self.places) - 1.0)
        low = min(int(number), len(self.places) - 2)
        part = number - low
        place = (1 - part) * self.places[low] + part * self.places[low + 1]
        one, other = (np.asarray(self.directions(n, angle)[0]) for n in (low, low + 1))
        way = (1 - part) * one + part * other
        return position_of(place + right_mm * way / np.linalg.norm(way))


def curve_through(points: ArrayLike) -> Array:
    """Return a fine open centripetal Catmull-Rom curve (n, 3) through points, ends included.

    Raises:
        Declined: if all points lie at one place.
    """
    found = np.asarray(points, dtype=np.float64).reshape(-1, 3)
    apart = np.linalg.norm(np.diff(found, axis=0), axis=1) > _APART_MM
    found = found[np.concatenate([[True], apart])]
    if len(found) < 2:
        raise Declined("A path needs two points that lie apart.", code="no_path")
    if len(found) == 2:
        return np.linspace(found[0], found[1], _FINE)
    first, last = 2 * found[0] - found[1], 2 * found[-1] - found[-2]
    all_ = np.concatenate([[first], found, [last]])
    pieces = [_piece(*all_[n : n + 4]) for n in range(len(found) - 1)]
    return np.concatenate([*pieces, found[-1:]])


def smoothed(measurement: Measurement, points: Array) -> Array:
    """Return the points of a path through space as its smooth line, those of others as they are."""
    free = measurement.anchor.in_patient and measurement.anchor.normal is None
    if measurement.kind is not MeasurementKind.POLYLINE or not free or np.ptp(points, 0).max() == 0:
        return points
    return curve_through(points)


def _piece(p0: Array, p1: Array, p2: Array, p3: Array) -> Array:
    """Return the curve from the second point up to, not including, the third."""
    gaps = [float(np.linalg.norm(b - a)) ** 0.5 for a, b in ((p0, p1), (p1, p2), (p2, p3))]
    t0, t1, t2, t3 = np.cumsum([0.0, *gaps])
    t = np.linspace(t1, t2, _FINE, endpoint=False)[:, None]

    def mixed(a: Array, b: Array, start: float, stop: float) -> Array:
        return np.asarray(((stop - t) * a + (t - start) * b) / (stop - start))

    a1, a2, a3 = mixed(p0, p1, t0, t1), mixed(p1, p2, t1, t2), mixed(p2, p3, t2, t3)
    return mixed(mixed(a1, a2, t0, t2), mixed(a2, a3, t1, t3), t1, t2)


def course_along(points: ArrayLike, step_mm: float) -> Course:
    """Lay equal steps of about `step_mm` along the curve through points.

    Raises:
        Declined: if all points lie at one place.
    """
    fine = curve_through(points)
    run = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(fine, axis=0), axis=1))])
    count = max(ceil(run[-1] / step_mm), 2)
    even = np.linspace(0.0, run[-1], count + 1)
    places = np.stack([np.interp(even, run, fine[:, axis]) for axis in range(3)], axis=1)
    along = np.gradient(places, axis=0)
    along /= np.linalg.norm(along, axis=1)[:, None]
    across = _without_twist(places, along)
    return Course(places, along, across, np.cross(along, across), float(run[-1] / count))


def _without_twist(places: Array, along: Array) -> Array:
    """Carry a direction across the path from its begin to its end, without turning about it."""
    start = np.eye(3)[int(np.argmin(np.abs(along[0])))]
    start = start - (start @ along[0]) * along[0]
    carried = [start / np.linalg.norm(start)]
    for n in range(len(places) - 1):
        carried.append(_reflected(places[n : n + 2], along[n : n + 2], carried[-1]))
    return np.array(carried)


def _reflected(places: Array, along: Array, across: Array) -> Array:
    """Carry a direction one step on: mirror it between the places, then between the tangents."""
    way = places[1] - places[0]
    size = max(float(way @ way), 1e-18)
    left = across - 2 / size * float(way @ across) * way
    tangent = along[0] - 2 / size * float(way @ along[0]) * way
    turn = along[1] - tangent
    size = float(turn @ turn)
    moved = left if size < 1e-18 else left - 2 / size * float(turn @ left) * turn
    moved = moved - (moved @ along[1]) * along[1]
    return np.asarray(moved / np.linalg.norm(moved))


def finest(geometry: Geometry) -> float:
    """Return the least distance between neighbours of a grid, in mm."""
    return min(geometry.spacing_mm)


def straighten(volume: Volume, course: Course, half_width_mm: float, progress: Progress) -> Volume:
    """Sample a square block about a path: (step, row, column), straight, its voxels cubes.

    Rows grow along `beside`, columns along `across`; the path runs through the middle. Index
    space of the result is in mm along axes of its own: it lies in no patient. Stored values
    are mixed from eight voxels; what lies outside is padding.

    Raises:
        Declined: if the block would be too large.
        Cancelled: between two pieces.
    """
    side = 2 * ceil(half_width_mm / course.step_mm) + 1
    count = len(course.places)
    if count * side * side > MOST_VOXELS:
        raise Declined("The path is too long, or too wide, to be straightened.", code="too_long")
    values = numeric(volume.voxels)
    nothing = nothing_of(volume)
    block: NDArray[np.float32] = np.full((count, side, side), nothing, dtype=np.float32)
    middle = (side - 1) / 2
    to_index = volume.geometry.to_index
    for number in range(count):
        if number % _AT_ONCE == 0:
            progress.report(number / count, "Straightening")
        place = course.places[number]
        down, right = course.beside[number], course.across[number]
        corner = place - middle * course.step_mm * (down + right)
        ends = to_index(
            np.stack([corner, corner + course.step_mm * down, corner + course.step_mm * right])
        )
        trilinear(values, ends[0], ends[1] - ends[0], ends[2] - ends[0], block[number])
    geometry = Geometry.from_axes(
        (count, side, side),
        (-middle * course.step_mm, -middle * course.step_mm, 0.0),
        np.eye(3)[::-1],
        (course.step_mm,) * 3,
    )
    return Volume(
        block,
        geometry,
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


def nothing_of(volume: Volume) -> float:
    """Return a stored value that stands for nothing in a straightened block."""
    if volume.padding is not None:
        return float(volume.padding[0])
    kind = volume.voxels.dtype
    if kind.kind == "f":
        return -3.0e38
    least = 0 if kind.kind == "u" else -(2 ** (8 * kind.itemsize - 1))
    return float(least - 1)
