"""The large vessels and airways of the mediastinum, and where trees leave them."""

from __future__ import annotations

from viewer.core.geometry import Position
from viewer.imaging.phantom.tubes import Tubes

HILA: dict[int, Position] = {1: (-40.0, 12.0, 2.0), 2: (42.0, 14.0, 8.0)}
"""Where arteries enter the right (1) and left (2) lung."""

VEIN_ROOTS: dict[int, Position] = {1: (-34.0, 8.0, -20.0), 2: (36.0, 12.0, -16.0)}
BRONCHI: dict[int, Position] = {1: (-38.0, 26.0, 8.0), 2: (42.0, 28.0, 6.0)}


def great_vessels() -> Tubes:
    """Return aorta and its branches, the veins of the mediastinum and both pulmonary arteries."""
    along = Tubes.along
    aorta = [
        (-2, -8, -18),
        (-14, -22, 10),
        (-12, -22, 34),
        (0, -8, 51),
        (14, 14, 55),
        (23, 32, 44),
        (25, 43, 20),
        (22, 47, -40),
        (15, 46, -100),
        (7, 42, -180),
    ]
    return Tubes.join(
        along(aorta, (14, 15.5, 15, 14, 13.5, 13, 12.5, 12, 11.5, 11), pieces=60),
        along([(-13, -16, 50), (-20, -6, 75), (-28, 6, 112)], (7, 6, 5)),
        along([(3, -2, 55), (10, 6, 80), (20, 12, 112)], (4.5, 4, 4)),
        along([(14, 12, 56), (24, 18, 80), (40, 18, 112)], (5.5, 5, 5)),
        along([(-25, -14, -25), (-28, -14, 10), (-26, -16, 48)], (10, 9.5, 9), pieces=8),
        along([(-26, -16, 46), (-30, -4, 80), (-38, 10, 112)], (8, 7, 6)),
        along([(-26, -18, 50), (2, -28, 58), (26, -12, 76), (38, 10, 112)], (8, 7.5, 7, 6)),
        along([(14, -32, -20), (17, -26, 6), (14, -8, 14)], (14, 14, 12)),
        along([(14, -10, 12), (-8, 4, 6), (-26, 8, 3), HILA[1]], (11, 10.5, 10, 8)),
        along([(14, -12, 14), (30, 6, 18), HILA[2]], (12, 11, 8.5)),
        along([(-12, 16, -30), VEIN_ROOTS[1]], (8, 6), pieces=4),
        along([(14, 16, -28), VEIN_ROOTS[2]], (8, 6), pieces=4),
        along([(-20, 4, -60), (-24, 20, -90), (-22, 26, -180)], (12, 12, 11)),
        along([(4, 48, -180), (6, 46, 20), (-6, 48, 34), (-24, 10, 36)], (3, 3, 3.5, 4)),
    )


def left_atrium() -> Tubes:
    """Return the chamber in which the pulmonary veins end."""
    return Tubes.along([(-14, 15, -30), (18, 17, -27)], 16, pieces=2)


def oesophagus() -> Tubes:
    """Return the gullet, between trachea and spine."""
    path = [(4, 38, 112), (8, 38, 40), (6, 38, 0), (12, 34, -70), (22, 20, -110)]
    return Tubes.along(path, (7, 7, 7.5, 8, 9), pieces=24)


def central_airways() -> Tubes:
    """Return trachea and main bronchi, as wide as their air."""
    along = Tubes.along
    return Tubes.join(
        along([(0, 12, 120), (0, 18, 70), (2, 25, 32)], (9, 9, 9.5), pieces=16),
        along([(1, 25, 34), (-18, 26, 18), BRONCHI[1]], (8, 7.5, 6.5), pieces=8),
        along([(3, 25, 34), (24, 28, 16), BRONCHI[2]], (7.5, 6.5, 6), pieces=8),
    )
