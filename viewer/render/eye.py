"""Where the 3D eye stands, and what it sees on its right and above.

The eye turns about the patient and looks at the middle, without perspective,
so that a length is as long in front as behind and the letters hold for the
whole picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np

from viewer.core.geometry import Position, position_of
from viewer.core.plane import side_letters
from viewer.render.scene import Letters, Point
from viewer.session.look import Camera


@dataclass(frozen=True, slots=True)
class Eye:
    """Unit directions in LPS: from the patient to the eye, to screen up, to screen right."""

    towards: Position
    up: Position
    right: Position

    @classmethod
    def of(cls, camera: Camera) -> Eye:
        """Place the eye: azimuth 0 in front, 90 at the patient's left; elevation to the head."""
        azimuth, elevation = radians(camera.azimuth), radians(camera.elevation)
        towards = (sin(azimuth) * cos(elevation), -cos(azimuth) * cos(elevation), sin(elevation))
        up = (-sin(azimuth) * sin(elevation), cos(azimuth) * sin(elevation), cos(elevation))
        return cls(towards, up, position_of(np.cross(up, towards)))

    @property
    def letters(self) -> Letters:
        """The sides of the patient at the edges of the picture."""
        right, up = np.asarray(self.right), np.asarray(self.up)
        return Letters(*(side_letters(side) for side in (-right, right, up, -up)))

    def to_screen(self, position: Position, stand: Stand, size: tuple[int, int]) -> Point:
        """Return where a position is seen in a picture of (width, height)."""
        off = (np.asarray(position) - np.asarray(stand.middle)) / stand.pixel_mm(size)
        x = (size[0] - 1) / 2 + float(off @ np.asarray(self.right))
        y = (size[1] - 1) / 2 - float(off @ np.asarray(self.up))
        return x, y


@dataclass(frozen=True, slots=True)
class Stand:
    """What the eye looks at: a ball about a middle, seen whole at zoom 1."""

    middle: Position
    radius_mm: float
    zoom: float = 1.0

    def half_height_mm(self, size: tuple[int, int]) -> float:
        """Return half of what fits into the height of a picture of (width, height)."""
        return self.radius_mm * max(1.0, size[1] / size[0]) / self.zoom

    def pixel_mm(self, size: tuple[int, int]) -> float:
        """Return how much of the patient one pixel covers."""
        return 2 * self.half_height_mm(size) / size[1]
