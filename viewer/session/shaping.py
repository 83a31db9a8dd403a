"""How figures are made and changed point by point: no session, no screen.

Points are in the coordinates of the measurement's anchor. `right` and `down` are the unit
directions of the screen in them, so that rectangles stand upright for the reader.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from viewer.core.geometry import Array, Position, position_of
from viewer.core.measurement import Measurement, MeasurementKind

Points = tuple[Position, ...]
_TINY = 1e-9


def rectangle(start: Position, end: Position, right: Position, down: Position) -> Points:
    """Return the corners of an upright rectangle between two opposite ones, round it."""
    first, across, along = _spans(start, end, right, down)
    return _positions(first, first + across, first + across + along, first + along)


def ellipse(start: Position, end: Position, right: Position, down: Position) -> Points:
    """Return the ends of the axes of the ellipse that fills an upright rectangle."""
    first, across, along = _spans(start, end, right, down)
    middle = first + (across + along) / 2
    ends = (middle - across / 2, middle + across / 2, middle - along / 2, middle + along / 2)
    return _positions(*ends)


def box(start: Position, end: Position, right: Position, down: Position) -> Points:
    """Return a box over an upright rectangle, as deep as its sides are long in the mean."""
    first, across, along = _spans(start, end, right, down)
    normal = np.cross(np.asarray(right), np.asarray(down))
    depth = normal * max((np.linalg.norm(across) + np.linalg.norm(along)) / 2, _TINY)
    corner = first - depth / 2
    return _positions(corner, corner + across, corner + along, corner + depth)


def short_axis(start: Position, end: Position, pointer: Position, normal: Position) -> Points:
    """Return the ends of an axis at right angles to the long one, as far out as the pointer."""
    a, b, p = (np.asarray(point) for point in (start, end, pointer))
    along = b - a
    size = float(np.linalg.norm(along))
    if size < _TINY:
        return _positions(a, a)
    along = along / size
    aside = np.cross(np.asarray(normal), along)
    foot = a + along * min(max(float((p - a) @ along), 0.0), size)
    reach = abs(float((p - a) @ aside))
    return _positions(foot - aside * reach, foot + aside * reach)


def moved(measurement: Measurement, by: Position) -> Points:
    """Return all points moved alike."""
    return tuple(position_of(np.add(point, by)) for point in measurement.points)


def with_handle(measurement: Measurement, handle: int, to: Position) -> Points:
    """Return the points after one handle was dragged; the figure stays what it is."""
    points = np.array(measurement.points)
    match measurement.kind:
        case MeasurementKind.RECTANGLE:
            return _rectangle_dragged(points, handle, np.asarray(to))
        case MeasurementKind.ELLIPSE:
            return _ellipse_dragged(points, handle, np.asarray(to))
        case MeasurementKind.BOX:
            return _box_dragged(points, handle, np.asarray(to))
        case MeasurementKind.SPHERE if handle == 0:
            points += np.asarray(to) - points[0]
        case MeasurementKind.SPHERE:
            points[1] = to
        case _:
            points[handle] = to
    return _positions(*points)


def handles(measurement: Measurement) -> Points:
    """Return the places at which a figure can be taken, in the order `with_handle` knows.

    A sphere can be taken in its middle and anywhere on its surface (all numbers above 0),
    a box at its six faces.
    """
    if measurement.kind is not MeasurementKind.BOX:
        return measurement.points
    corner, *others = (np.asarray(point) for point in measurement.points)
    edges = [other - corner for other in others]
    far = corner + sum(edges)
    faces = [corner + sum(edges) / 2 - edge / 2 for edge in edges]
    return _positions(*faces, *(far - sum(edges) / 2 + edge / 2 for edge in edges))


def copied(measurement: Measurement, id_: str, by: Position, at: str) -> Measurement:
    """Return a figure of the same form elsewhere, not yet measured there."""
    anchor = replace(measurement.anchor, sop_instance_uid="", sop_class_uid="", frame=0)
    return replace(
        measurement, id=id_, points=moved(measurement, by), anchor=anchor, quantities=(),
        tracking_uid="", made_at=at,
    )  # fmt: skip


def _spans(
    start: Position, end: Position, right: Position, down: Position
) -> tuple[Array, Array, Array]:
    first, across, along = (np.asarray(v, dtype=float) for v in (start, right, down))
    far = np.subtract(end, start)
    return first, across * float(far @ across), along * float(far @ along)


def _positions(*points: Array) -> Points:
    return tuple(position_of(point) for point in points)


def _rectangle_dragged(corners: Array, handle: int, to: Array) -> Points:
    """Move one corner; the opposite one stays, and the sides keep their directions."""
    opposite = corners[(handle + 2) % 4]
    one, other = corners[(handle + 1) % 4], corners[(handle + 3) % 4]
    sides = [_direction(side - opposite) for side in (one, other)]
    if any(side is None for side in sides):
        return _positions(*corners)
    result = corners.copy()
    for place, side in zip(((handle + 1) % 4, (handle + 3) % 4), sides, strict=True):
        if side is not None:
            result[place] = opposite + side * float((to - opposite) @ side)
    result[handle] = result[(handle + 1) % 4] + result[(handle + 3) % 4] - opposite
    return _positions(*result)


def _ellipse_dragged(ends: Array, handle: int, to: Array) -> Points:
    """Turn and stretch one axis about the centre; the other one stays at right angles to it."""
    centre = ends.mean(axis=0)
    own, other = (0, 2) if handle < 2 else (2, 0)
    half = to - centre
    size = float(np.linalg.norm(half))
    normal = _direction(np.cross(ends[1] - ends[0], ends[3] - ends[2]))
    if size < _TINY or normal is None:
        return _positions(*ends)
    result = ends.copy()
    result[handle], result[own + 1 - handle % 2] = centre + half, centre - half
    across = (
        np.cross(normal, half / size) * float(np.linalg.norm(ends[other + 1] - ends[other])) / 2
    )
    if across @ (ends[other + 1] - ends[other]) < 0:
        across = -across
    result[other], result[other + 1] = centre - across, centre + across
    return _positions(*result)


def _box_dragged(points: Array, handle: int, to: Array) -> Points:
    """Move one of the six faces along its own edge."""
    axis, far = handle % 3, handle >= 3
    edge = points[axis + 1] - points[0]
    side = _direction(edge)
    if side is None:
        return _positions(*points)
    along = float((to - points[0]) @ side)
    size = float(np.linalg.norm(edge))
    result = points.copy()
    if far:
        result[axis + 1] = points[0] + side * max(along, _TINY)
    else:
        shift = side * min(along, size - _TINY)
        result = points + shift
        result[axis + 1] = points[axis + 1]
    return _positions(*result)


def _direction(vector: Array) -> Array | None:
    size = float(np.linalg.norm(vector))
    return vector / size if size > _TINY else None
