"""What of a scene lies under the pointer."""

from __future__ import annotations

from itertools import product
from math import hypot, inf

import numpy as np

from viewer.core.geometry import Position
from viewer.render.scene import Annotation, Box, Point, Scene, Stroke


def box_under(scene: Scene, point: Point) -> Box | None:
    """Return the smallest box round a point."""
    around = [box for box in scene.boxes if _inside(box, point)]
    return min(around, key=_area, default=None)


def corner_under(scene: Scene, point: Point, reach: float) -> tuple[Box, Position] | None:
    """Return the selected box of which a corner is within reach, and the corner opposite to it."""
    for box in scene.boxes:
        for x, y in product((0, 1), (0, 1)):
            ends = (box.low, box.high)
            corner = (ends[x][0], ends[y][1])
            if box.selected and max(abs(corner[0] - point[0]), abs(corner[1] - point[1])) <= reach:
                return box, scene.to_patient((ends[1 - x][0], ends[1 - y][1]))
    return None


def annotation_under(
    scene: Scene, point: Point, reach: float
) -> tuple[Annotation, int | None] | None:
    """Return the figure within reach of a point, and which handle of it; the chosen one first."""
    for annotation in reversed(scene.annotations):
        gaps = [hypot(x - point[0], y - point[1]) for x, y in annotation.handles]
        if gaps and min(gaps) <= reach:
            return annotation, gaps.index(min(gaps))
    for annotation in reversed(scene.annotations):
        if any(_distance(stroke, point) <= reach for stroke in annotation.strokes):
            return annotation, None
    return None


def _distance(stroke: Stroke, point: Point) -> float:
    """Return how far a point is from a line."""
    line = np.vstack([stroke.points, stroke.points[:1]]) if stroke.closed else stroke.points
    start, way = line[:-1], np.diff(line, axis=0)
    length = np.maximum((way**2).sum(axis=1), 1e-12)
    along = np.clip(((point - start) * way).sum(axis=1) / length, 0, 1)
    return float(np.linalg.norm(start + along[:, None] * way - point, axis=1).min(initial=inf))


def _inside(box: Box, point: Point) -> bool:
    across = sorted((box.low[0], box.high[0]))
    along = sorted((box.low[1], box.high[1]))
    return across[0] <= point[0] <= across[1] and along[0] <= point[1] <= along[1]


def _area(box: Box) -> float:
    return abs((box.high[0] - box.low[0]) * (box.high[1] - box.low[1]))
