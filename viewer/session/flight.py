"""Flying along a line in the patient: where the eye is at each step, and how fast it goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import asin, atan2, degrees

import numpy as np
from scipy.ndimage import gaussian_filter1d

from viewer.core.geometry import Array, position_of
from viewer.session.camera import Camera

STEP_MM = 1.0
_SMOOTH_MM = 4.0
MOST_MM = 5000.0
SPEEDS = (2.0, 5.0, 10.0, 20.0, 40.0, 80.0)
"""Millimetres of the patient a second."""


@dataclass(frozen=True, slots=True)
class Flight:
    """A flight that is going on or was stopped: `at` counts cameras from 0."""

    series_key: str
    cameras: tuple[Camera, ...]
    at: float = 0.0
    speed_mm: float = 20.0
    going: bool = True

    @property
    def camera(self) -> Camera:
        """Where the eye is now."""
        return self.cameras[min(max(int(self.at), 0), len(self.cameras) - 1)]

    @property
    def ended(self) -> bool:
        """Tell whether the end of the line was reached."""
        return self.at >= len(self.cameras) - 1

    def after(self, seconds: float) -> Flight:
        """Return the flight some time later; it stops at the end."""
        at = min(self.at + seconds * self.speed_mm / STEP_MM, len(self.cameras) - 1.0)
        return replace(self, at=at, going=self.going and at < len(self.cameras) - 1)

    def with_speed(self, steps: int) -> Flight:
        """Return it faster or slower by some steps."""
        number = int(np.argmin(np.abs(np.asarray(SPEEDS) - self.speed_mm))) + steps
        return replace(self, speed_mm=SPEEDS[min(max(number, 0), len(SPEEDS) - 1)])


def cameras_along(line: Array) -> tuple[Camera, ...]:
    """Return an eye for each millimetre of a line (n, 3), looking ahead, not rolling.

    Raises:
        ValueError: if the line is shorter than two millimetres or endless.
    """
    places = _even(np.asarray(line, dtype=np.float64))
    ways = np.gradient(
        gaussian_filter1d(places, _SMOOTH_MM / STEP_MM, axis=0, mode="nearest"), axis=0
    )
    ways /= np.maximum(np.linalg.norm(ways, axis=1, keepdims=True), 1e-9)
    cameras, up = [], _first_up(ways[0])
    for place, way in zip(places, ways, strict=True):
        aside = up - way * float(up @ way)
        up = aside / max(float(np.linalg.norm(aside)), 1e-9)
        cameras.append(_camera(place, way, up))
    return tuple(cameras)


def _even(line: Array) -> Array:
    """Return the line as points a step apart, its corners rounded."""
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    if not 2.0 <= lengths[-1] <= MOST_MM:
        raise ValueError(f"a line of {lengths[-1]:.0f} mm")
    at = np.arange(0.0, lengths[-1] + 1e-6, STEP_MM)
    places = np.stack([np.interp(at, lengths, line[:, n]) for n in range(3)], axis=1)
    return gaussian_filter1d(places, _SMOOTH_MM / STEP_MM / 2, axis=0, mode="nearest")


def _first_up(way: Array) -> Array:
    """Return what is up at first: the head, or on a way to it, the front."""
    return np.array([0.0, 0.0, 1.0]) if abs(way[2]) < 0.8 else np.array([0.0, -1.0, 0.0])


def _camera(place: Array, way: Array, up: Array) -> Camera:
    towards = -way
    elevation = degrees(asin(min(max(float(towards[2]), -1.0), 1.0)))
    azimuth = degrees(atan2(float(towards[0]), -float(towards[1])))
    plain = Camera(azimuth, elevation, middle=position_of(place), perspective=True, inside=True)
    upright = plain.upright
    across = np.cross(upright, towards)
    roll = degrees(atan2(-float(up @ across), float(up @ np.asarray(upright))))
    return replace(plain, roll=roll)
