"""What was straightened along a path."""

from __future__ import annotations

from dataclasses import dataclass

from viewer.core.geometry import Position
from viewer.core.measurement import Measurement
from viewer.core.volume import Volume
from viewer.imaging.curved import Course
from viewer.imaging.stretched import Curtain
from viewer.session.curved_look import Along
from viewer.session.look import Look, Viewing


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """What was made of a path and a volume: its course, and the block about it, straight.

    Where it was stretched, `straight` is the picture of a `curtain` turned by `angle` degrees.
    """

    path_id: str
    series_key: str
    points: tuple[Position, ...]
    half_width_mm: float
    course: Course
    straight: Volume
    curtain: Curtain | None = None
    angle: float = 0.0

    def serves(self, path: Measurement, look: Look) -> bool:
        """Tell whether making it again would change nothing."""
        same = self.path_id == path.id and self.series_key == look.series_key
        return same and self.points == path.points and self.suits(look)

    @property
    def along(self) -> Along:
        """What was made."""
        return Along.STRAIGHTENED if self.curtain is None else Along.STRETCHED

    def suits(self, look: Look) -> bool:
        """Tell whether it is as a view asks for; a cross-section asks for the course alone."""
        if look.viewing is Viewing.ACROSS:
            return True
        turned = self.curtain is None or self.angle == look.curved.angle
        wanted = (look.curved.along, width_of(look))
        return turned and (self.along, self.half_width_mm) == wanted


def width_of(look: Look) -> float:
    """Return how far a view shows what lies beside its path."""
    return look.curved.half_width_mm
