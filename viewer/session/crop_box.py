"""The six faces of the crop box, taken hold of one by one in the 3D view."""

from __future__ import annotations

from dataclasses import dataclass, replace

from viewer.core.geometry import Position
from viewer.session.space_look import Crop, SpaceLook

THINNEST_MM = 1.0
"""So far from each other two faces always stay."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of the box: that of an axis (x, y, z), at its low (0) or high (1) end.

    `mm_right` and `mm_down` tell how far it goes along its axis for one pixel of the view
    that the pointer goes to the right, and down.
    """

    axis: int
    end: int
    mm_right: float
    mm_down: float


def middle_of(crop: Crop, axis: int, end: int) -> Position:
    """Return the middle of a face, LPS mm."""
    places = [(a + b) / 2 for a, b in zip(crop.low, crop.high, strict=True)]
    places[axis] = (crop.low, crop.high)[end][axis]
    return places[0], places[1], places[2]


def moved(crop: Crop, whole: Crop, face: Face, by_mm: float) -> Crop:
    """Return the box with one face moved along its axis, inside what there is."""
    ends = [list(crop.low), list(crop.high)]
    wanted = min(
        max(ends[face.end][face.axis] + by_mm, whole.low[face.axis]), whole.high[face.axis]
    )
    other = ends[1 - face.end][face.axis]
    inside = min(wanted, other - THINNEST_MM) if face.end == 0 else max(wanted, other + THINNEST_MM)
    ends[face.end][face.axis] = inside
    low, high = ((one[0], one[1], one[2]) for one in ends)
    return Crop(low, high)


def cropped(look: SpaceLook, crop: Crop) -> SpaceLook:
    """Return a look with another box."""
    return replace(look, crop=crop)
