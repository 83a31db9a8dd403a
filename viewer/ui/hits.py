"""What of a scene lies under the pointer."""

from __future__ import annotations

from itertools import product

from viewer.core.geometry import Position
from viewer.render.scene import Box, Point, Scene


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


def _inside(box: Box, point: Point) -> bool:
    across = sorted((box.low[0], box.high[0]))
    along = sorted((box.low[1], box.high[1]))
    return across[0] <= point[0] <= across[1] and along[0] <= point[1] <= along[1]


def _area(box: Box) -> float:
    return abs((box.high[0] - box.low[0]) * (box.high[1] - box.low[1]))
