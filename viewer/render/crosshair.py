"""The crosshair: where the other views cut this one, with a gap to look through."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from viewer.core.segmentation import Colour
from viewer.render.scene import Line, Point

COLOUR: Colour = (94, 168, 255)
GAP_PX = 12.0
"""Half of what stays free at the middle."""


def crosshair(middle: Point, size: tuple[int, int]) -> tuple[Line, ...]:
    """Return the lines that stay on the screen, left and right, above and below a point."""
    far = float(np.hypot(*size) + np.hypot(*middle))
    lines = [
        clipped(middle, way, *ends, size, COLOUR)
        for way in ((1.0, 0.0), (0.0, 1.0))
        for ends in ((-far, -GAP_PX), (GAP_PX, far))
    ]
    return tuple(line for line in lines if line is not None)


def clipped(
    middle: Point, way: ArrayLike, begin: float, end: float, size: tuple[int, int], colour: Colour
) -> Line | None:
    """Return what is on the screen of a line from and to so far from a point, if anything is."""
    for at, step, last in zip(middle, np.asarray(way), (size[0] - 1.0, size[1] - 1.0), strict=True):
        if abs(step) < 1e-9:
            if not 0 <= at <= last:
                return None
            continue
        near, far = sorted((-at / step, (last - at) / step))
        begin, end = max(begin, float(near)), min(end, float(far))
    if begin >= end:
        return None
    x, y = (float(part) for part in np.asarray(way))
    start = (middle[0] + begin * x, middle[1] + begin * y)
    return Line(start, (middle[0] + end * x, middle[1] + end * y), colour)
