"""The same radiographs in several ways: equal or as stored, whole, lungs alone, all but lungs.

What tells the classes apart where no lung is to be seen is no pneumonia.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from viewer.ai.chest_xray.cases import Case
from viewer.ai.chest_xray.picture import SIDE, Box, Grey, as_it_is, chest_box, scaled

LUNGS = ((0.22, 0.12), (0.80, 0.12), (0.90, 0.55), (0.97, 1.0), (0.03, 1.0), (0.10, 0.55))
"""Corners (across, down; shares of the chest's box) round lungs and heart on the mean picture."""
WIDENED = ((0.15, 0.03), (0.87, 0.03), (1.02, 0.5), (1.05, 1.06), (-0.05, 1.06), (-0.02, 0.5))
"""The same with a margin: what lies outside is no lung on any but a turned or cut picture."""


class View(StrEnum):
    """Which part of a radiograph is given, and how."""

    EQUALISED = "equalised"
    STORED = "as stored"
    LUNGS = "equalised, lungs and heart alone"
    OUTSIDE = "equalised, all but lungs and heart"
    STORED_OUTSIDE = "as stored, all but lungs and heart"


def seen(cases: Sequence[Case], view: View) -> Grey:
    """Return all pictures (n, SIDE, SIDE) in one way."""
    return np.stack([_ONE[view](case) for case in cases])


def _equalised(case: Case) -> Grey:
    return case.input


def _stored(case: Case) -> Grey:
    return as_it_is(case.pixels)


def _lungs(case: Case) -> Grey:
    return alone(case.input, inside(LUNGS, (SIDE, SIDE)))


def _outside(case: Case) -> Grey:
    return alone(case.input, ~inside(LUNGS, (SIDE, SIDE)))


def _stored_outside(case: Case) -> Grey:
    pixels = case.pixels.copy()
    pixels[inside(WIDENED, pixels.shape, chest_box(scaled(pixels)))] = 128
    return as_it_is(pixels)


_ONE = {
    View.EQUALISED: _equalised,
    View.STORED: _stored,
    View.LUNGS: _lungs,
    View.OUTSIDE: _outside,
    View.STORED_OUTSIDE: _stored_outside,
}


def alone(picture: Grey, kept: NDArray[np.bool_]) -> Grey:
    """Rank what is kept among itself, lest its level tells of the rest; the rest is 0."""
    found = np.zeros_like(picture)
    ranks = rankdata(picture[kept])
    found[kept] = ((ranks - 0.5) / len(ranks) - 0.5) * np.sqrt(12)
    return found


def inside(
    corners: Sequence[tuple[float, float]], shape: tuple[int, ...], box: Box | None = None
) -> NDArray[np.bool_]:
    """Mark the pixels of a polygon in a box of a picture (row, column)."""
    place = box or Box(0, shape[0], 0, shape[1])
    points = [
        (round(place.left + across * place.width), round(place.top + down * place.height))
        for across, down in corners
    ]
    mask = np.zeros(shape, np.uint8)
    cv2.fillPoly(mask, [np.array(points, np.int32)], 1)
    return mask.astype(np.bool_)
