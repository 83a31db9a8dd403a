"""What of a series a recipe is applied to: all of it, some of its slices, or a region."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Aim(StrEnum):
    """The kinds of things a recipe can be applied to."""

    SERIES = "series"
    SLICES = "slices"
    MEASUREMENT = "measurement"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class Target:
    """What a recipe is applied to; values outside of it stay those of the original.

    Slices count from 0, the last included. `id` is that of a measurement, or that of a
    segmentation and then `label` names the segment. `name` is what the reader calls it.
    """

    aim: Aim = Aim.SERIES
    first: int = 0
    last: int = 0
    id: str = ""
    label: int = 0
    name: str = ""

    def __post_init__(self) -> None:
        if self.first < 0 or self.last < self.first:
            raise ValueError(f"there are no slices {self.first} to {self.last}")

    @property
    def words(self) -> str:
        """The target as a reader names it; slices count from 1."""
        match self.aim:
            case Aim.SERIES:
                return "the whole series"
            case Aim.SLICES if self.first == self.last:
                return f"slice {self.first + 1}"
            case Aim.SLICES:
                return f"slices {self.first + 1} to {self.last + 1}"
            case Aim.MEASUREMENT:
                return f"the region {self.name}"
            case Aim.SEGMENT:
                return f"the segment {self.name}"


WHOLE = Target()
