"""A path through space as it is seen in a view: what lies in the slice, and the rest dotted."""

from __future__ import annotations

import numpy as np

from viewer.core.errors import Declined
from viewer.core.geometry import Array
from viewer.core.measurement import Measurement
from viewer.core.plane import Plane
from viewer.imaging.curved import curve_through
from viewer.render.scene import Point, Stroke

_NEAR_MM = 1.0
_DOT = 6
"""Of so many pieces of what lies elsewhere one is drawn."""
FAR: Point = (-1e6, -1e6)


def path_seen(
    figure: Measurement, plane: Plane, step_mm: float
) -> tuple[tuple[Stroke, ...], tuple[Point, ...]]:
    """Return the strokes of a path, and its handles where they lie near the slice."""
    points = np.asarray(figure.points, dtype=float)
    try:
        line = curve_through(points)
    except Declined:
        line = points
    reach = max(step_mm, _NEAR_MM)
    near = np.abs(np.asarray(plane.distance_mm(line))) <= reach
    flat = np.asarray(plane.to_pixel(line)[..., ::-1])
    grips = np.asarray(plane.to_pixel(points)[..., ::-1])
    taken = np.abs(np.asarray(plane.distance_mm(points))) <= reach
    handles = tuple(
        (float(x), float(y)) if there else FAR for (x, y), there in zip(grips, taken, strict=True)
    )
    return tuple(_strokes(flat, near)), handles


def _strokes(line: Array, near: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[Stroke]:
    """Return the runs of a line that are near as strokes, and dots of what is not."""
    strokes, begin = [], 0
    for number in range(1, len(line)):
        both = bool(near[number] and near[number - 1])
        if not both:
            if number - begin > 1:
                strokes.append(Stroke(line[begin:number]))
            begin = number
            if number % _DOT == 0:
                strokes.append(Stroke(line[number - 1 : number + 1]))
    if len(line) - begin > 1:
        strokes.append(Stroke(line[begin:]))
    return strokes
