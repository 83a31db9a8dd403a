"""What stored slices cut of figures that lie on none of them: circles, outlines and lines.

A ball is a circle on every slice that it touches, a box a polygon. Of an area that stands
across the slices each shows the line in which it cuts it; of a line each shows the part that
lies nearer to it than to its neighbours, seen straight on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from viewer.core.geometry import Array
from viewer.core.graphics import Shown
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.core.plane import Plane
from viewer.core.presentation import Drawing, DrawingKind, Spot
from viewer.imaging.figures import box_edges, outline

_PARALLEL = 0.999
_ALONE_MM = 0.5
"""Half the thickness of a slice that has no neighbour."""
_POINT_PX = 0.5
_EDGES = (
    *((0, 1), (2, 3), (4, 5), (6, 7)),
    *((0, 2), (1, 3), (4, 6), (5, 7)),
    *((0, 4), (1, 5), (2, 6), (3, 7)),
)


def cuts_of(
    measurement: Measurement, planes: Mapping[Shown, Plane | None]
) -> dict[Shown, tuple[Drawing, ...]]:
    """Return what the slices cut of a figure, by slice; nothing where it touches none."""
    there = {shown: plane for shown, plane in planes.items() if plane is not None}
    points = np.asarray(measurement.points, dtype=float)
    made = {
        shown: tuple(_cut(measurement, points, plane, _half_mm(plane, there)))
        for shown, plane in there.items()
    }
    return {shown: drawings for shown, drawings in made.items() if drawings}


def middle_picture(
    measurement: Measurement, cuts: Mapping[Shown, Sequence[Drawing]], planes: Mapping[Shown, Plane]
) -> Shown:
    """Return the slice that lies nearest to the middle of a figure, of those that cut it."""
    points = np.asarray(measurement.points, dtype=float)
    middle = points.mean(axis=0)
    if measurement.kind is MeasurementKind.SPHERE:
        middle = points[0]
    elif measurement.kind is MeasurementKind.BOX:
        middle = points[0] + box_edges(points).sum(axis=0) / 2
    return min(cuts, key=lambda shown: abs(float(planes[shown].distance_mm(middle))))


def _half_mm(plane: Plane, planes: Mapping[Shown, Plane]) -> float:
    """Return half the way to the next slice that lies as this one does."""
    away = [
        abs(float(plane.distance_mm(other.origin)))
        for other in planes.values()
        if abs(float(np.dot(other.normal, plane.normal))) > _PARALLEL
    ]
    return min((gap for gap in away if gap > 1e-3), default=2 * _ALONE_MM) / 2


def _cut(measurement: Measurement, points: Array, plane: Plane, half: float) -> Iterator[Drawing]:
    match measurement.kind:
        case MeasurementKind.SPHERE:
            yield from _of_ball(points, plane)
        case MeasurementKind.BOX:
            yield from _of_box(points, plane)
        case MeasurementKind.TEXT:
            if abs(float(plane.distance_mm(points[0]))) <= half:
                yield Drawing(DrawingKind.POINT, _spots(points, plane))
        case MeasurementKind.COBB | MeasurementKind.BIDIRECTIONAL:
            yield from _of_line(points[:2], plane, half)
            yield from _of_line(points[2:], plane, half)
        case kind if kind.closed:
            yield from _of_area(outline(kind, points), measurement, plane, half)
        case _:
            yield from _of_line(points, plane, half)


def _spots(points: Array, plane: Plane) -> tuple[Spot, ...]:
    return tuple((float(c), float(r)) for r, c in plane.to_pixel(points))


def _of_ball(points: Array, plane: Plane) -> Iterator[Drawing]:
    """Cut a ball: a circle, or an ellipse where pixels are longer than wide."""
    radius = float(np.linalg.norm(points[1] - points[0]))
    away = float(plane.distance_mm(points[0]))
    if abs(away) >= radius:
        return
    wide = (radius**2 - away**2) ** 0.5
    middle = points[0] - away * np.asarray(plane.normal)
    right, down = wide * np.asarray(plane.right), wide * np.asarray(plane.down)
    rows, columns = plane.spacing_mm
    if abs(rows - columns) <= 1e-6 * rows:
        yield Drawing(DrawingKind.CIRCLE, _spots(np.stack([middle, middle + right]), plane))
        return
    first, second = (right, down) if columns < rows else (down, right)
    ends = np.stack([middle - first, middle + first, middle - second, middle + second])
    yield Drawing(DrawingKind.ELLIPSE, _spots(ends, plane))


def _of_box(points: Array, plane: Plane) -> Iterator[Drawing]:
    """Cut a box: a polygon of three to six corners."""
    choice = np.array([[i >> 2 & 1, i >> 1 & 1, i & 1] for i in range(8)])
    corners = points[0] + choice @ box_edges(points)
    off = _off(corners, plane)
    crossed = [
        corners[a] + (corners[b] - corners[a]) * off[a] / (off[a] - off[b])
        for a, b in _EDGES
        if off[a] * off[b] < 0
    ]
    if len(crossed) < 3:
        return
    spots = np.asarray(_spots(np.array(crossed), plane))
    flat = spots - spots.mean(axis=0)
    ring = spots[np.argsort(np.arctan2(flat[:, 1], flat[:, 0]))]
    yield _line(np.concatenate([ring, ring[:1]]))


def _of_area(line: Array, measurement: Measurement, plane: Plane, half: float) -> Iterator[Drawing]:
    """Cut an area: the lines inside it; all of it where it lies along the slice, and near."""
    normal = measurement.anchor.normal or plane.normal
    if abs(float(np.dot(normal, plane.normal))) > _PARALLEL:
        if abs(float(plane.distance_mm(line).mean())) <= half:
            yield _line(np.asarray(_spots(np.concatenate([line, line[:1]]), plane)))
        return
    off, after = _off(line, plane), np.roll(_off(line, plane), -1)
    sides = np.flatnonzero(off * after < 0)
    share = (off[sides] / (off[sides] - after[sides]))[:, None]
    places = line[sides] + share * (np.roll(line, -1, axis=0)[sides] - line[sides])
    way = np.cross(normal, plane.normal)
    ends = np.asarray(_spots(places[np.argsort(places @ way)], plane))
    for one, other in zip(ends[::2], ends[1::2], strict=False):
        yield _line(np.stack([one, other]))


def _of_line(line: Array, plane: Plane, half: float) -> Iterator[Drawing]:
    """Take what of an open line lies nearer to a slice than to its neighbours."""
    if len(line) == 1:
        if abs(float(plane.distance_mm(line[0]))) <= half:
            yield Drawing(DrawingKind.POINT, _spots(line, plane))
        return
    piece: list[Array] = []
    for start, end in pairwise(line):
        inside = _inside(start, end, plane, half)
        if inside is None:
            yield from _piece(piece, plane)
            piece = []
            continue
        first, last = inside
        if piece and np.allclose(piece[-1], first):
            piece.append(last)
        else:
            yield from _piece(piece, plane)
            piece = [first, last]
    yield from _piece(piece, plane)


def _inside(start: Array, end: Array, plane: Plane, half: float) -> tuple[Array, Array] | None:
    """Return the part of a straight line that lies within half a slice of a plane."""
    a, b = float(plane.distance_mm(start)), float(plane.distance_mm(end))
    if abs(b - a) < 1e-9:
        return (start, end) if abs(a) <= half else None
    low, high = sorted(((-half - a) / (b - a), (half - a) / (b - a)))
    low, high = max(low, 0.0), min(high, 1.0)
    return (start + low * (end - start), start + high * (end - start)) if low <= high else None


def _piece(places: Sequence[Array], plane: Plane) -> Iterator[Drawing]:
    if not places:
        return
    spots = np.asarray(_spots(np.array(places), plane))
    if np.ptp(spots, axis=0).max() < _POINT_PX:
        middle = spots.mean(axis=0)
        yield Drawing(DrawingKind.POINT, ((float(middle[0]), float(middle[1])),))
    else:
        yield _line(spots)


def _off(places: Array, plane: Plane) -> Array:
    """Return how far places lie off a plane; none lies just in it."""
    off = np.asarray(plane.distance_mm(places), dtype=np.float64)
    return np.where(np.abs(off) < 1e-9, 1e-9, off)


def _line(spots: Array) -> Drawing:
    return Drawing(DrawingKind.POLYLINE, tuple((float(x), float(y)) for x, y in spots))
