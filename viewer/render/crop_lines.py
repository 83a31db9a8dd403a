"""The crop box of the 3D view, where a slice cuts it."""

from __future__ import annotations

from itertools import product

import numpy as np

from viewer.core.plane import Plane
from viewer.core.segmentation import Colour
from viewer.render.scene import Outline
from viewer.session.space_look import Crop

FRAME: Colour = (90, 120, 140)
SIDES = (
    *((0, 1), (2, 3), (4, 5), (6, 7)),
    *((0, 2), (1, 3), (4, 6), (5, 7)),
    *((0, 4), (1, 5), (2, 6), (3, 7)),
)
"""The edges of a box between its corners, these counted as `corners` gives them."""


def corners(crop: Crop) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the eight corners (8, 3) of a box, LPS mm."""
    return np.array(list(product(*zip(crop.low, crop.high, strict=True))), dtype=np.float64)


def crop_lines(crop: Crop | None, plane: Plane) -> tuple[Outline, ...]:
    """Return the line within which a slice is shown in 3D; nothing where it misses the box."""
    if crop is None:
        return ()
    places = corners(crop)
    off = np.asarray(plane.distance_mm(places), dtype=np.float64)
    off = np.where(np.abs(off) < 1e-9, 1e-9, off)
    crossed = [
        places[a] + (places[b] - places[a]) * off[a] / (off[a] - off[b])
        for a, b in SIDES
        if off[a] * off[b] < 0
    ]
    if len(crossed) < 3:
        return ()
    points = np.asarray(plane.to_pixel(np.array(crossed)))[:, ::-1]
    flat = points - points.mean(axis=0)
    turn = np.argsort(np.arctan2(flat[:, 1], flat[:, 0]))
    return (Outline(points[turn], FRAME),)
