"""How large the picture of a scene is on the screen it is shown on."""

from __future__ import annotations

import numpy as np

from viewer.core.geometry import Geometry, Position
from viewer.core.plane import Plane
from viewer.session.magnification import Glass, Magnification


def magnification(
    geometry: Geometry, plane: Plane, step_mm: float | None, glass: Glass
) -> Magnification:
    """Return how large a grid is shown; `step_mm` is the length of a screen pixel, if known."""
    pixels = pixel_mm(geometry, plane.right) / plane.spacing_mm[0] * glass.coarse
    if glass.mm_per_pixel is None or step_mm is None:
        return Magnification(pixels)
    return Magnification(pixels, glass.mm_per_pixel * glass.coarse / step_mm, glass.calibrated)


def pixel_mm(geometry: Geometry, direction: Position) -> float:
    """Return how far one goes along a direction until the next voxel."""
    steps = geometry.directions @ np.asarray(direction) / np.asarray(geometry.spacing_mm)
    return 1 / float(np.abs(steps).max())
