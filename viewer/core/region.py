"""A rectangle of an ultrasound picture with a meaning of its own (PS3.3 C.8.5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RegionFormat(StrEnum):
    """How a region is spread out."""

    NONE = "none"
    PLANE = "2D"
    M_MODE = "M-mode"
    SPECTRAL = "spectral"
    WAVEFORM = "waveform"
    GRAPHICS = "graphics"


@dataclass(frozen=True, slots=True)
class Axis:
    """What one pixel to the right, or down, adds: `step` of `unit`; no unit means nothing.

    `start` is the value at the reference pixel of the region.
    """

    unit: str = ""
    step: float = 0.0
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Region:
    """What the pixels from `first` to `last` (row, column), both included, stand for.

    `reference` is the (row, column) in the picture that values count from, None where it is not
    told; it may lie outside.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    format: RegionFormat
    content: str
    across: Axis
    down: Axis
    reference: tuple[float, float] | None = None

    @property
    def area(self) -> int:
        """How many pixels it has."""
        return (self.last[0] - self.first[0] + 1) * (self.last[1] - self.first[1] + 1)

    @property
    def spacing_mm(self) -> tuple[float, float] | None:
        """The (row, column) mm of a pixel, where it is a picture of the body; else None."""
        body = self.format is RegionFormat.PLANE and self.content in _OF_THE_BODY
        if not body or (self.across.unit, self.down.unit) != ("cm", "cm"):
            return None
        return abs(self.down.step) * 10, abs(self.across.step) * 10

    @property
    def name(self) -> str:
        """What it is called: "2D tissue region"."""
        return f"{self.format.value} {self.content} region".replace("none ", "")

    def contains(self, row: float, column: float) -> bool:
        """Tell whether a pixel lies in it."""
        return (
            self.first[0] - 0.5 <= row < self.last[0] + 0.5
            and self.first[1] - 0.5 <= column < self.last[1] + 0.5
        )

    def means_the_same(self, other: Region) -> bool:
        """Tell whether pixels of two regions measure the same."""
        return (self.format, self.across, self.down, self.spacing_mm) == (
            other.format, other.across, other.down, other.spacing_mm,
        )  # fmt: skip


_OF_THE_BODY = ("tissue", "colour flow")


def region_at(regions: tuple[Region, ...], row: float, column: float) -> Region | None:
    """Return the most specific region at a pixel: the smallest; None where two disagree."""
    there = sorted((one for one in regions if one.contains(row, column)), key=lambda one: one.area)
    if not there:
        return None
    rivals = [one for one in there if one.area == there[0].area]
    return there[0] if all(one.means_the_same(there[0]) for one in rivals) else None
