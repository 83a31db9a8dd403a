"""How large a body is, in the ways by which uptakes are standardized.

Weight in kg, height in m, as DICOM gives them (0010,1030 and 0010,1020). What
lies outside the range of living people is a slip in the unit and is not used.
The formulas are those of CID 85 of PS3.16 and of its references.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

_GRAMS_PER_KG = 1000.0
_CM_PER_M = 100.0
_CM2_PER_M2 = 10_000.0
_WEIGHTS_KG = (0.3, 700.0)
_HEIGHTS_M = (0.2, 2.8)


class NoUptake(Exception):
    """The values cannot be scaled; the words, which end a sentence, say why."""


class Kind(StrEnum):
    """A kind of standardized uptake value, by the name in its unit."""

    WEIGHT = "SUVbw"
    LEAN = "SUVlbm"
    LEAN_JAMES_128 = "SUVlbm(James128)"
    LEAN_JANMAHASATIAN = "SUVlbm(Janma)"
    SURFACE = "SUVbsa"
    IDEAL = "SUVibw"

    @property
    def unit(self) -> str:
        """Its unit in UCUM, as CID 85 has it."""
        return f"{'cm2/ml' if self is Kind.SURFACE else 'g/ml'}{{{self.value}}}"


@dataclass(frozen=True, slots=True)
class Body:
    """What a file says of the patient; None and empty where it does not. `sex` is M or F."""

    weight_kg: float | None = None
    height_m: float | None = None
    sex: str = ""

    def size(self, kind: Kind) -> float:
        """Return what one kind of uptake is standardized by, in g, or in cm2 for the surface.

        Raises:
            NoUptake: if something of the patient is missing or cannot be true.
        """
        match kind:
            case Kind.WEIGHT:
                return self._weight() * _GRAMS_PER_KG
            case Kind.SURFACE:
                return self._surface_m2() * _CM2_PER_M2
            case Kind.IDEAL:
                return _true(self._ideal_kg(), "an ideal body weight") * _GRAMS_PER_KG
            case Kind.LEAN_JANMAHASATIAN:
                return self._lean_janmahasatian_kg() * _GRAMS_PER_KG
            case Kind.LEAN | Kind.LEAN_JAMES_128:
                multiplier = 120.0 if kind is Kind.LEAN else 128.0
                lean = self._lean_james_kg(multiplier)
                return _true(lean, "a lean body mass") * _GRAMS_PER_KG

    def _weight(self) -> float:
        return in_range(self.weight_kg, "the patient's weight", "kg", *_WEIGHTS_KG)

    def _height(self) -> float:
        return in_range(self.height_m, "the patient's height", "m", *_HEIGHTS_M)

    def _is_male(self) -> bool:
        if self.sex not in ("M", "F"):
            other = "neither M nor F" if self.sex else "missing"
            raise NoUptake(f"the patient's sex, which it takes, is {other}")
        return self.sex == "M"

    def _surface_m2(self) -> float:
        """DuBois and DuBois 1916."""
        cm = self._height() * _CM_PER_M
        return float(self._weight() ** 0.425 * cm**0.725 * 0.007184)

    def _ideal_kg(self) -> float:
        """Sugawara et al., Radiology 1999;213:521."""
        above = self._height() * _CM_PER_M - 152.0
        return 48.0 + 1.06 * above if self._is_male() else 45.5 + 0.91 * above

    def _lean_james_kg(self, multiplier: float) -> float:
        """James 1976, of men with the multiplier that was printed (128) or is in use (120)."""
        weight = self._weight()
        square = (weight / (self._height() * _CM_PER_M)) ** 2
        if self._is_male():
            return 1.10 * weight - multiplier * square
        return 1.07 * weight - 148.0 * square

    def _lean_janmahasatian_kg(self) -> float:
        """Janmahasatian et al., Clin Pharmacokinet 2005;44:1051."""
        weight = self._weight()
        mass_index = weight / self._height() ** 2
        if self._is_male():
            return 9270.0 * weight / (6680.0 + 216.0 * mass_index)
        return 9270.0 * weight / (8780.0 + 244.0 * mass_index)


def in_range(value: float | None, what: str, unit: str, least: float, most: float) -> float:
    """Return what a file says, if it says so and it can be true.

    Raises:
        NoUptake: if not.
    """
    if value is None or not math.isfinite(value) or value <= 0:
        raise NoUptake(f"{what} is missing")
    if not least <= value <= most:
        raise NoUptake(f"{what} of {value:g} {unit} cannot be true")
    return value


def _true(mass_kg: float, what: str) -> float:
    if mass_kg <= 0:
        raise NoUptake(f"the formula for {what} does not hold for this patient")
    return mass_kg
