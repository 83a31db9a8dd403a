"""What was straightened along a path."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.core.geometry import Position
from viewer.core.measurement import Measurement
from viewer.core.volume import Volume
from viewer.imaging.curved import Course
from viewer.session.look import Look


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """What was made of a path and a volume: its course, and the block about it, straight."""

    path_id: str
    series_key: str
    points: tuple[Position, ...]
    half_width_mm: float
    course: Course
    straight: Volume

    def serves(self, path: Measurement, look: Look) -> bool:
        """Tell whether making it again would change nothing."""
        same = self.path_id == path.id and self.series_key == look.series_key
        return same and self.points == path.points and self.half_width_mm == width_of(look)


def width_of(look: Look) -> float:
    """Return how far a view shows what lies beside its path."""
    return look.curved.half_width_mm
