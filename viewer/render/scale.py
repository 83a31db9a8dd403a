"""A bar of a round length, drawn as long as it is on the screen, and whose length that is."""

from __future__ import annotations

from math import floor, hypot, log10

import numpy as np

from viewer.core.plane import Plane
from viewer.core.scale import SECTION, Scale, ScaleKind
from viewer.render.cut import Cut
from viewer.render.scene import ScaleBar

_LONGEST_SHARE = 0.25
"""Of the width of the view."""


def scale_bar(pixel: float, width: int, scale: Scale = SECTION) -> ScaleBar:
    """Return a bar of 1, 2 or 5 times a power of ten, at most a quarter of the view long.

    `pixel` is the length of a screen pixel, in mm or image pixels as `scale` knows. Where
    these are not simply mm in the patient the text says so.
    """
    length = round_length(pixel * width * _LONGEST_SHARE)
    return ScaleBar(length, length / pixel, _text(length, scale))


def round_length(longest: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20, 50, ... that is not longer."""
    power = 10.0 ** floor(log10(longest))
    digit = max(n for n in (1, 2, 5) if n * power <= longest * (1 + 1e-9))
    return digit * power


def scale_shown(cut: Cut, plane: Plane, size: tuple[int, int]) -> Scale:
    """Return the scale in the middle of a screen, or that of the only region with lengths."""
    scale = cut.scale
    if scale.kind is not ScaleKind.REGIONS:
        return scale
    middle = plane.to_patient(((size[1] - 1) / 2, (size[0] - 1) / 2))
    _, row, column = cut.geometry.to_index(middle)
    here = scale.at(float(row), float(column))
    return here if here.known else scale.within(scale.only_plane)


def length_of_pixel(cut: Cut, plane: Plane, here: Scale) -> float:
    """Return how long a screen pixel is across the screen: in mm, else in image pixels."""
    step = plane.spacing_mm[0]
    if here.known and cut.scale.kind is not ScaleKind.REGIONS:
        return step
    _, down, right = cut.geometry.directions @ np.asarray(plane.right)
    _, high, wide = cut.geometry.spacing_mm
    row, column = here.spacing_mm or (1.0, 1.0)
    return hypot(step * float(down) / high * row, step * float(right) / wide * column)


def _text(length: float, scale: Scale) -> str:
    if not scale.known:
        return f"{length:g} px"
    number = f"{length / 10:g} cm" if length >= 10 else f"{length:g} mm"
    return number + scale.qualification
