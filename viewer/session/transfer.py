"""How values become colour and opacity in 3D: a value that can be edited, and those to begin with.

A point is (value, red, green, blue, opacity), colours 0 to 1; in between it is
linear. Values of CT are in HU. Of other images they are `relative`: 0 and 1 stand
for the black and the white of the window. Opacity is per millimetre.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

Knot: TypeAlias = tuple[float, float, float, float, float]

MOST_KNOTS = 32


class Blend(StrEnum):
    """What a line of sight becomes."""

    COMPOSITE = "composite"
    """What lies in front hides what lies behind, as opaque as it is."""
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One way of seeing a volume in space."""

    name: str
    knots: tuple[Knot, ...]
    relative: bool = False
    shaded: bool = True
    steepest: float | None = None
    """Where values change faster than this (a millimetre), nothing is shown: no skin of air."""
    step: float = 1.0
    """Voxels between two samples of a ray at rest; sharp skins need less than one."""
    blend: Blend = Blend.COMPOSITE

    def __post_init__(self) -> None:
        if not 2 <= len(self.knots) <= MOST_KNOTS:
            raise ValueError(f"{len(self.knots)} points; it takes 2 to {MOST_KNOTS}")
        values = [knot[0] for knot in self.knots]
        if values != sorted(values):
            raise ValueError("the points are not in the order of their values")
        if any(not 0 <= part <= 1 for knot in self.knots for part in knot[1:]):
            raise ValueError("a colour or an opacity is not from 0 to 1")

    @property
    def span(self) -> tuple[float, float]:
        """The least and the greatest value that has a point."""
        return self.knots[0][0], self.knots[-1][0]

    def moved(self, number: int, value: float, opacity: float) -> Transfer:
        """Return it with one point elsewhere, never past its neighbours."""
        low = self.knots[number - 1][0] if number else float("-inf")
        high = self.knots[number + 1][0] if number + 1 < len(self.knots) else float("inf")
        colour = self.knots[number][1:4]
        knot = (min(max(value, low), high), *colour, min(max(opacity, 0.0), 1.0))
        return replace(self, knots=(*self.knots[:number], knot, *self.knots[number + 1 :]))

    def coloured(self, number: int, colour: tuple[float, float, float]) -> Transfer:
        """Return it with one point of another colour."""
        value, *_, opacity = self.knots[number]
        knot = (value, *colour, opacity)
        return replace(self, knots=(*self.knots[:number], knot, *self.knots[number + 1 :]))

    def with_knot(self, value: float, opacity: float) -> Transfer:
        """Return it with one more point, coloured as it was there; full, it comes back as it is."""
        if len(self.knots) >= MOST_KNOTS:
            return self
        knot = (value, *self.at(value)[:3], min(max(opacity, 0.0), 1.0))
        return replace(self, knots=tuple(sorted((*self.knots, knot), key=lambda one: one[0])))

    def without(self, number: int) -> Transfer:
        """Return it with one point less; two always stay."""
        if len(self.knots) <= 2:
            return self
        return replace(self, knots=(*self.knots[:number], *self.knots[number + 1 :]))

    def shifted(self, by: float) -> Transfer:
        """Return it moved as a whole to higher values, as a window is."""
        knots = tuple((value + by, r, g, b, a) for value, r, g, b, a in self.knots)
        return replace(self, knots=knots)

    def at(self, value: float) -> tuple[float, float, float, float]:
        """Return colour and opacity of a value."""
        below = [knot for knot in self.knots if knot[0] <= value]
        above = [knot for knot in self.knots if knot[0] > value]
        if not below or not above:
            end = self.knots[0] if not below else self.knots[-1]
            return end[1:]
        start, end = below[-1], above[0]
        part = (value - start[0]) / (end[0] - start[0])
        red, green, blue, opacity = (
            a + part * (b - a) for a, b in zip(start[1:], end[1:], strict=True)
        )
        return red, green, blue, opacity


_BONE = ((0.90, 0.78, 0.62), (1.00, 0.96, 0.88))

LUNG_AND_BONE = Transfer(
    "Lung and bone",
    (
        (-990, 0.30, 0.55, 0.75, 0.0),
        (-930, 0.35, 0.62, 0.82, 0.004),
        (-780, 0.45, 0.70, 0.88, 0.009),
        (-600, 0.85, 0.50, 0.45, 0.012),
        (-350, 0.85, 0.40, 0.35, 0.004),
        (-150, 0.85, 0.40, 0.35, 0.0),
        (170, *_BONE[0], 0.0),
        (320, *_BONE[0], 0.09),
        (900, *_BONE[1], 0.55),
        (3000, 1.0, 1.0, 1.0, 0.8),
    ),
)
BONE = Transfer(
    "Bone",
    (
        (140, 0.75, 0.45, 0.30, 0.0),
        (260, *_BONE[0], 0.25),
        (700, *_BONE[1], 0.8),
        (3000, 1.0, 1.0, 1.0, 1.0),
    ),
    step=0.5,
)
SOFT_TISSUE = Transfer(
    "Soft tissue",
    (
        (-120, 0.85, 0.70, 0.45, 0.0),
        (-40, 0.85, 0.65, 0.42, 0.02),
        (10, 0.80, 0.38, 0.30, 0.10),
        (90, 0.82, 0.36, 0.28, 0.25),
        (220, *_BONE[0], 0.45),
        (900, *_BONE[1], 0.9),
    ),
)
SKIN = Transfer(
    "Skin",
    (
        (-650, 0.87, 0.66, 0.53, 0.0),
        (-400, 0.87, 0.66, 0.53, 0.6),
        (-20, 0.87, 0.64, 0.51, 0.9),
        (250, *_BONE[0], 0.9),
        (1000, *_BONE[1], 1.0),
    ),
    step=0.5,
)
VESSELS = Transfer(
    "Vessels",
    (
        (110, 0.55, 0.10, 0.08, 0.0),
        (160, 0.72, 0.14, 0.10, 0.08),
        (260, 0.90, 0.30, 0.18, 0.45),
        (450, 0.97, 0.72, 0.50, 0.7),
        (700, *_BONE[1], 0.8),
        (3000, 1.0, 1.0, 1.0, 1.0),
    ),
    step=0.5,
)
AIRWAYS = Transfer(
    "Airways",
    (
        (-1060, 0.50, 0.78, 0.95, 0.0),
        (-1020, 0.50, 0.80, 1.00, 0.2),
        (-960, 0.50, 0.80, 1.00, 0.2),
        (-915, 0.45, 0.75, 0.95, 0.002),
        (-750, 0.80, 0.65, 0.60, 0.004),
        (-600, 0.90, 0.60, 0.52, 0.012),
        (-400, 0.90, 0.60, 0.52, 0.0),
    ),
    shaded=False,
    steepest=800.0,
)
INSIDE = Transfer(
    "From inside",
    ((-850, 0.85, 0.52, 0.45, 0.0), (-620, 0.85, 0.52, 0.45, 1.0), (200, 0.95, 0.70, 0.60, 1.0)),
    step=0.5,
)
MIP = Transfer("MIP", ((50, 0, 0, 0, 0.0), (1000, 1, 1, 1, 1.0)), shaded=False, blend=Blend.MAXIMUM)
MINIP = Transfer(
    "MinIP", ((-1000, 0, 0, 0, 1.0), (-600, 1, 1, 1, 1.0)), shaded=False, blend=Blend.MINIMUM
)
AVERAGE = Transfer(
    "Average", ((-700, 0, 0, 0, 1.0), (300, 1, 1, 1, 1.0)), shaded=False, blend=Blend.MEAN
)
MR = Transfer(
    "MR",
    (
        (0.15, 0.35, 0.20, 0.15, 0.0),
        (0.40, 0.75, 0.45, 0.30, 0.03),
        (0.75, 0.95, 0.80, 0.60, 0.20),
        (1.20, 1.00, 0.98, 0.92, 0.60),
    ),
    relative=True,
)
PET = Transfer(
    "PET",
    (
        (0.02, 0.0, 0.0, 0.0, 0.0),
        (0.30, 0.55, 0.10, 0.05, 0.6),
        (0.65, 1.00, 0.60, 0.10, 1.0),
        (1.00, 1.00, 1.00, 0.95, 1.0),
    ),
    relative=True,
    shaded=False,
    blend=Blend.MAXIMUM,
)

TRANSFERS: tuple[Transfer, ...] = (
    *(LUNG_AND_BONE, BONE, SOFT_TISSUE, SKIN, VESSELS, AIRWAYS, INSIDE, MR, PET),
    *(MIP, MINIP, AVERAGE),
)
_ANY = {
    blend: Transfer(
        blend.value, ((0, 0, 0, 0, 0.0), (1, 1, 1, 1, 1.0)), True, shaded=False, blend=blend
    )
    for blend in (Blend.MAXIMUM, Blend.MINIMUM, Blend.MEAN)
}


def transfer_named(name: str) -> Transfer:
    """Return what is shipped under a name, or the first."""
    return next((one for one in TRANSFERS if one.name == name), TRANSFERS[0])


def fitting(transfer: Transfer, *, in_hu: bool) -> Transfer:
    """Return a transfer function, or what stands for it on an image that has no HU."""
    if in_hu or transfer.relative:
        return transfer
    return replace(_ANY.get(transfer.blend, MR), name=transfer.name)
