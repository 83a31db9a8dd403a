"""The crosshair: where the other views cut this one, with a gap to look through."""

from __future__ import annotations

from viewer.core.segmentation import Colour
from viewer.render.scene import Line, Point

COLOUR: Colour = (94, 168, 255)
GAP_PX = 12.0
"""Half of what stays free at the middle."""


def crosshair(middle: Point, size: tuple[int, int]) -> tuple[Line, ...]:
    """Return the lines that stay on the screen, left and right, above and below a point."""
    x, y = middle
    right, bottom = size[0] - 1.0, size[1] - 1.0
    lines = []
    if 0 <= y <= bottom:
        lines += [((0.0, y), (min(x - GAP_PX, right), y)), ((max(x + GAP_PX, 0.0), y), (right, y))]
    if 0 <= x <= right:
        lines += [
            ((x, 0.0), (x, min(y - GAP_PX, bottom))),
            ((x, max(y + GAP_PX, 0.0)), (x, bottom)),
        ]
    return tuple(
        Line(start, end, COLOUR) for start, end in lines if end[0] + end[1] > start[0] + start[1]
    )
