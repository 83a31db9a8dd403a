"""The lines that measurements draw in space, and their lengths, angles and areas.

All functions take and return points (n, 3) in one unit, mm in the patient or
pixels of a picture, and angles in degrees.
"""

from __future__ import annotations

import numpy as np

from viewer.core.geometry import Array
from viewer.core.measurement import MeasurementKind

_STEPS = 128
"""Points of an ellipse."""
_BETWEEN = 16
"""Points of a spline from one handle to the next."""


def outline(kind: MeasurementKind, points: Array) -> Array:
    """Return the line (n, 3) that a measurement draws; closed kinds do not repeat the first point.

    A sphere or a box has no line of its own; it is drawn where a plane cuts it.
    """
    match kind:
        case MeasurementKind.ELLIPSE:
            return ellipse(points)
        case MeasurementKind.SPLINE:
            return spline(points)
    return points


def ellipse(ends: Array) -> Array:
    """Return an ellipse by the ends of its two axes (4, 3)."""
    centre = ends.mean(axis=0)
    first, second = (ends[1] - ends[0]) / 2, (ends[3] - ends[2]) / 2
    turn = np.linspace(0, 2 * np.pi, _STEPS, endpoint=False)[:, None]
    return np.asarray(centre + np.cos(turn) * first + np.sin(turn) * second)


def spline(handles: Array) -> Array:
    """Return the closed centripetal Catmull-Rom curve through handles (n, 3).

    E. Catmull, R. Rom: A class of local interpolating splines, 1974; C. Yuksel et al.:
    Parameterization and applications of Catmull-Rom curves, 2011 (no loops or cusps).
    """
    handles = _without_repeats(handles)
    if len(handles) < 3:
        return handles
    before, after = np.roll(handles, 1, axis=0), np.roll(handles, -1, axis=0)
    beyond = np.roll(handles, -2, axis=0)
    pieces = [_piece(*four) for four in zip(before, handles, after, beyond, strict=True)]
    return np.concatenate(pieces)


def _without_repeats(points: Array) -> Array:
    """Drop points that lie on the one before; a curve has no direction there."""
    apart = np.linalg.norm(points - np.roll(points, 1, axis=0), axis=1) > 1e-9
    return points[apart] if apart.any() else points[:1]


def _piece(p0: Array, p1: Array, p2: Array, p3: Array) -> Array:
    """Return the curve from the second point up to, not including, the third."""
    knots = np.cumsum(
        [0.0, *(np.linalg.norm(b - a) ** 0.5 for a, b in ((p0, p1), (p1, p2), (p2, p3)))]
    )
    t0, t1, t2, t3 = knots
    t = np.linspace(t1, t2, _BETWEEN, endpoint=False)[:, None]

    def mixed(a: Array, b: Array, start: float, stop: float) -> Array:
        return np.asarray(((stop - t) * a + (t - start) * b) / (stop - start))

    a1, a2, a3 = mixed(p0, p1, t0, t1), mixed(p1, p2, t1, t2), mixed(p2, p3, t2, t3)
    b1, b2 = mixed(a1, a2, t0, t2), mixed(a2, a3, t1, t3)
    return mixed(b1, b2, t1, t2)


def length(line: Array, *, closed: bool = False) -> float:
    """Return how long a line is."""
    if closed:
        line = np.concatenate([line, line[:1]])
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def area(line: Array) -> float:
    """Return the area inside a closed flat line, however it lies in space."""
    around = line - line.mean(axis=0)
    return float(np.linalg.norm(np.cross(around, np.roll(around, -1, axis=0)).sum(axis=0)) / 2)


def ellipse_perimeter(ends: Array) -> float:
    """Return the perimeter of an ellipse by the ends of its axes (Ramanujan's second formula)."""
    a, b = (float(np.linalg.norm(ends[k + 1] - ends[k])) / 2 for k in (0, 2))
    if a + b == 0:
        return 0.0
    h = ((a - b) / (a + b)) ** 2
    return float(np.pi * (a + b) * (1 + 3 * h / (10 + (4 - 3 * h) ** 0.5)))


def ellipse_area(ends: Array) -> float:
    """Return the area of an ellipse by the ends of its axes."""
    return float(np.linalg.norm(np.cross(ends[1] - ends[0], ends[3] - ends[2])) * np.pi / 4)


def angle(points: Array) -> float:
    """Return the angle (0 to 180) at the second of three points."""
    return _between(points[0] - points[1], points[2] - points[1])


def cobb_angle(points: Array) -> float:
    """Return the angle (0 to 90) between the lines through the first two and the last two points.

    J. R. Cobb: Outline for the study of scoliosis, 1948. A line has no direction here.
    """
    found = _between(points[1] - points[0], points[3] - points[2])
    return min(found, 180.0 - found)


def _between(one: Array, other: Array) -> float:
    """Return the angle between two directions, exact for small ones, too."""
    return float(np.degrees(np.arctan2(np.linalg.norm(np.cross(one, other)), np.dot(one, other))))


def box_edges(points: Array) -> Array:
    """Return the three edges (3, 3) that leave the first corner of a box."""
    return np.asarray(points[1:] - points[0])


def box_volume(points: Array) -> float:
    """Return the volume of a box by a corner and the three next to it."""
    return float(abs(np.linalg.det(box_edges(points))))


def simplified(line: Array, tolerance: float) -> Array:
    """Return a line (n, 3) with fewer points, none further off than a tolerance.

    U. Ramer, D. H. Douglas, T. K. Peucker, 1972 and 1973; the ends stay.
    """
    kept = np.zeros(len(line), np.bool_)
    kept[[0, -1]] = True
    parts = [(0, len(line) - 1)]
    while parts:
        first, last = parts.pop()
        if last - first < 2:
            continue
        gaps = _off_segment(line[first + 1 : last], line[first], line[last])
        furthest = int(np.argmax(gaps))
        if gaps[furthest] > tolerance:
            middle = first + 1 + furthest
            kept[middle] = True
            parts += [(first, middle), (middle, last)]
    return np.asarray(line[kept])


def _off_segment(points: Array, start: Array, end: Array) -> Array:
    """Return how far points (n, 3) are from a straight piece of line."""
    way = end - start
    size = float(way @ way)
    along = np.clip((points - start) @ way / size, 0, 1) if size > 0 else np.zeros(len(points))
    return np.asarray(np.linalg.norm(points - start - along[:, None] * way, axis=1))
