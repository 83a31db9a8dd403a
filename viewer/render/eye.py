"""Where the 3D eye stands, what it sees on its right and above, and where on the screen.

The eye turns about the patient and looks at a middle. Without perspective a length
is as long in front as behind, and the letters hold for the whole picture; with it
they hold for the middle.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan, cos, degrees, inf, isinf, radians, sin, tan
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from viewer.core.geometry import Array, Geometry, Position, position_of
from viewer.core.plane import side_letters
from viewer.render.scene import Letters, Point
from viewer.session.camera import Camera

_ANGLE, _WIDE_ANGLE = 30.0, 80.0
"""Degrees from the bottom to the top of a picture in perspective: from outside, from inside."""
_FOCAL_MM = 10.0
"""How far ahead of an eye inside the patient the plane lies that it is said to look at."""
_MARGIN = 0.53
"""Of the longest side is shown above and below the middle at zoom 1."""


@dataclass(frozen=True, slots=True)
class Eye:
    """Unit directions in LPS: from the patient to the eye, to screen up, to screen right."""

    towards: Position
    up: Position
    right: Position

    @classmethod
    def of(cls, camera: Camera) -> Eye:
        """Place the eye: azimuth 0 in front, 90 at the patient's left; elevation to the head."""
        towards, upright = camera.towards, camera.upright
        across, roll = np.cross(upright, towards), radians(camera.roll)
        up = np.asarray(upright) * cos(roll) - across * sin(roll)
        return cls(towards, position_of(up), position_of(np.cross(up, towards)))

    @property
    def letters(self) -> Letters:
        """The sides of the patient at the edges of the picture."""
        right, up = np.asarray(self.right), np.asarray(self.up)
        return Letters(*(side_letters(side) for side in (-right, right, up, -up)))


@dataclass(frozen=True, slots=True)
class Stand:
    """What there is to look at: a ball about a middle, seen whole at zoom 1."""

    middle: Position
    radius_mm: float

    @classmethod
    def about(cls, points: ArrayLike) -> Self:
        """Return the stand from which all these places (n, 3) are seen."""
        places = np.asarray(points, dtype=np.float64)
        low, high = places.min(axis=0), places.max(axis=0)
        return cls(position_of((low + high) / 2), max(float((high - low).max()) * _MARGIN, 1.0))

    @classmethod
    def of_grid(cls, geometry: Geometry) -> Self:
        """Return the stand from which a whole volume is seen."""
        return cls.about(geometry.corners())


@dataclass(frozen=True, slots=True)
class Sight:
    """How a picture of `size` = (width, height) sees the patient.

    `away_mm` lies between the eye and the middle, infinite without perspective; half of
    what fits into the height is told at the distance of the middle.
    """

    eye: Eye
    middle: Position
    half_height_mm: float
    away_mm: float
    size: tuple[int, int]

    @classmethod
    def of(cls, camera: Camera, stand: Stand, size: tuple[int, int]) -> Self:
        """Return what a camera sees of what there is."""
        eye = Eye.of(camera)
        middle = camera.middle or stand.middle
        if camera.inside:
            ahead = np.asarray(middle) - _FOCAL_MM * np.asarray(eye.towards)
            half = _FOCAL_MM * tan(radians(_WIDE_ANGLE / 2)) / camera.zoom
            return cls(eye, position_of(ahead), half, _FOCAL_MM, size)
        half = stand.radius_mm * max(1.0, size[1] / size[0]) / camera.zoom
        away = half / tan(radians(_ANGLE / 2)) if camera.perspective else inf
        return cls(eye, middle, half, away, size)

    @property
    def pixel_mm(self) -> float:
        """How much of the patient one pixel covers, at the distance of the middle."""
        return 2 * self.half_height_mm / self.size[1]

    @property
    def angle(self) -> float:
        """Degrees between the bottom and the top of a picture in perspective."""
        return degrees(2 * atan(self.half_height_mm / self.away_mm))

    @property
    def turn(self) -> Array:
        """The directions right, up and towards the eye, one below the other (3, 3)."""
        return np.asarray([self.eye.right, self.eye.up, self.eye.towards])

    def to_screen(self, position: Position) -> Point:
        """Return where a position is seen; not a number where it lies behind the eye."""
        x, y, _ = self.to_pixels([position])[0]
        return float(x), float(y)

    def to_pixels(self, positions: ArrayLike) -> Array:
        """Return (n, 3): x, y on the screen, and mm from the plane of the middle to the eye."""
        places = np.asarray(positions, dtype=np.float64) - np.asarray(self.middle)
        off: Array = np.asarray(places @ self.turn.T, dtype=np.float64)
        if not isinf(self.away_mm):
            ahead = self.away_mm - off[:, 2:]
            off[:, :2] *= np.where(ahead > 1e-6, self.away_mm / np.maximum(ahead, 1e-6), np.nan)
        off[:, 0] = (self.size[0] - 1) / 2 + off[:, 0] / self.pixel_mm
        off[:, 1] = (self.size[1] - 1) / 2 - off[:, 1] / self.pixel_mm
        return off

    def ray(self, point: Point) -> tuple[Array, Array]:
        """Return a place on the line of sight of a screen point, and its unit direction."""
        right = (point[0] - (self.size[0] - 1) / 2) * self.pixel_mm
        up = ((self.size[1] - 1) / 2 - point[1]) * self.pixel_mm
        place = np.asarray(self.middle) + np.array([right, up, 0.0]) @ self.turn
        towards = np.asarray(self.eye.towards)
        if isinf(self.away_mm):
            return place, -towards
        start = np.asarray(self.middle) + towards * self.away_mm
        way = place - start
        return start, way / np.linalg.norm(way)

    def radius_px(self, position: Position, radius_mm: float) -> float:
        """Return how large a ball is seen, in pixels."""
        depths = self.to_pixels([position])[:, 2]
        return float(self.radii_px(depths, np.asarray([radius_mm]))[0])

    def radii_px(self, depths_mm: Array, radii_mm: Array) -> Array:
        """Return how large balls are seen, in pixels; `depths_mm` as `to_pixels` gives them."""
        if isinf(self.away_mm):
            return np.asarray(radii_mm / self.pixel_mm)
        nearer = self.away_mm / np.maximum(self.away_mm - depths_mm, 1e-6)
        return np.asarray(radii_mm / self.pixel_mm * nearer)
