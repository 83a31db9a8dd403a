"""In which ways the values of an image can be given, and what their units are called.

Units are UCUM codes. Standardized uptake values are written as CID 85 of PS3.16
has them ("g/ml{SUVbw}"); the older spelling ("{SUVbw}g/ml") is understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

NONE = "1"
"""UCUM for a number without a unit; images whose unit nobody names have it, too."""

_WORDS = {
    "[hnsf'U]": "HU",
    NONE: "",
    "": "",
    "{counts}": "counts",
    "{counts}/s": "counts/s",
    "{propcounts}": "proportional to counts",
    "{propcounts}/s": "proportional to counts/s",
    "10*-3{OD}": "OD/1000",
    "10*23/ml": "10²³/ml",
    "{HU_MOD}": "modified HU",
}
_UPTAKE = re.compile(r"(g/ml|cm2/ml)\{(SUV[^{}]*)\}|\{(SUV[^{}]*)\}(g/ml|cm2/ml)")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to give values: value = what was loaded * slope + intercept, in `unit`.

    `name` is its own in its image. `why_not` says why it cannot be had; then
    the numbers mean nothing.
    """

    name: str
    unit: str
    slope: float = 1.0
    intercept: float = 0.0
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """All ways to give the values of an image, and the name of the one in which they are."""

    known: tuple[Way, ...] = ()
    shown: str = ""

    def of(self, name: str) -> Way | None:
        """Return the way of this name, if the image has it."""
        return next((way for way in self.known if way.name == name), None)

    @property
    def now(self) -> Way | None:
        """The way in which the values are given now."""
        return self.of(self.shown)

    def showing(self, name: str) -> Ways:
        """Return these with the values given in another way."""
        return replace(self, shown=name)


def in_words(unit: str) -> str:
    """Return a UCUM unit as readers say it; empty for none."""
    suv = _UPTAKE.fullmatch(unit)
    if suv is not None:
        return suv[2] or suv[3]
    return _WORDS.get(unit, unit)


def spelled_now(unit: str) -> str:
    """Return a unit of uptake in today's spelling; any other as it is."""
    suv = _UPTAKE.fullmatch(unit)
    if suv is None:
        return unit
    return f"{suv[1] or suv[4]}{{{suv[2] or suv[3]}}}"
