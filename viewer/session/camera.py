"""Where the 3D eye stands, and the sides from which a patient is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, radians, sin

from viewer.core.geometry import Position


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the 3D eye stands: turns in degrees about the patient, zoom 1 fits all.

    Azimuth 0 looks at the patient from the front, 90 from the patient's left;
    elevation 90 from the head. `roll` turns the picture counter-clockwise. `middle` is
    what it looks at and turns about (LPS mm), None the middle of the image. With
    `inside` the eye itself stands there and looks away from where it would have come.
    """

    azimuth: float = 0.0
    elevation: float = 0.0
    zoom: float = 1.0
    roll: float = 0.0
    middle: Position | None = None
    perspective: bool = False
    inside: bool = False

    def __post_init__(self) -> None:
        if not -90 <= self.elevation <= 90 or self.zoom <= 0:
            raise ValueError(f"no eye stands at {self}")

    @property
    def towards(self) -> Position:
        """The unit direction from what it looks at to the eye, LPS."""
        azimuth, elevation = radians(self.azimuth), radians(self.elevation)
        return (sin(azimuth) * cos(elevation), -cos(azimuth) * cos(elevation), sin(elevation))

    @property
    def upright(self) -> Position:
        """The unit direction that would be up on the screen without any roll, LPS."""
        azimuth, elevation = radians(self.azimuth), radians(self.elevation)
        return (-sin(azimuth) * sin(elevation), cos(azimuth) * sin(elevation), cos(elevation))

    def turned(self, azimuth: float, elevation: float) -> Camera:
        """Return it turned about what it looks at."""
        around = (self.azimuth + azimuth + 180) % 360 - 180
        up = min(max(self.elevation + elevation, -90.0), 90.0)
        return replace(self, azimuth=around, elevation=up)

    def zoomed(self, factor: float) -> Camera:
        """Return it nearer by a factor."""
        return replace(self, zoom=min(max(self.zoom * factor, 0.2), 10.0))

    def from_side(self, side: Camera) -> Camera:
        """Return it at another side of the patient, outside, as near as it was."""
        return replace(
            self,
            azimuth=side.azimuth,
            elevation=side.elevation,
            roll=0.0,
            inside=False,
            middle=None if self.inside else self.middle,
        )


SIDES: dict[str, Camera] = {
    "A": Camera(0, 0),
    "P": Camera(180, 0),
    "L": Camera(90, 0),
    "R": Camera(-90, 0),
    "H": Camera(0, 90),
    "F": Camera(0, -90),
}
"""From which side of the patient the eye looks."""
