"""How a view looks along a path."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Along(StrEnum):
    """What is made of the volume along a path."""

    STRAIGHTENED = "straightened"
    """The path as a straight line, what lies about it at right angles."""
    STRETCHED = "stretched"
    """A surface of parallel lines through the path, unrolled."""


@dataclass(frozen=True, slots=True)
class CurvedLook:
    """Which path a view follows, how it is turned about it, how much beside it is shown.

    Without `path_id` it is the chosen path, or the last one drawn. `angle` is in degrees.
    """

    path_id: str = ""
    angle: float = 0.0
    half_width_mm: float = 25.0
    along: Along = Along.STRAIGHTENED

    def __post_init__(self) -> None:
        if not 1 <= self.half_width_mm <= 150:
            raise ValueError(f"{self.half_width_mm} mm beside a path")
