"""Which values are spread over black to white, and along which curve."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray


class Curve(StrEnum):
    """How greys rise within a window (PS3.3 C.11.2.1)."""

    LINEAR = "linear"
    """From black to white in whole steps of the values (C.11.2.1.2.1)."""
    EXACT = "linear exact"
    """The same between two exact values (C.11.2.1.3.2)."""
    SIGMOID = "sigmoid"
    """S-shaped, never quite black or white (C.11.2.1.3.1)."""
    TABLE = "table"
    """By a list of greys, the first at the lower end (C.11.2.1.1)."""


_BEYOND = 2.0
"""Widths on either side of its centre after which a sigmoid is black or white."""
_SAMPLES = 2049


@dataclass(frozen=True, slots=True)
class Window:
    """The range of values that is spread over black to white.

    `step` is the difference of two neighbouring values, by which a LINEAR window is narrower
    (others have none). `table` holds the greys 0 to 255 of a TABLE, evenly over its width.
    """

    centre: float
    width: float
    curve: Curve = Curve.EXACT
    step: float = 1.0
    table: bytes = b""

    def __post_init__(self) -> None:
        if not self.width > 0:
            raise ValueError(f"a window is wider than {self.width}")
        if (self.curve is Curve.TABLE) != (len(self.table) >= 2):
            raise ValueError("a table of greys has at least two of them, other curves have none")
        if self.curve is not Curve.LINEAR:
            object.__setattr__(self, "step", 1.0)

    @classmethod
    def between(cls, low: float, high: float) -> Window:
        """Return the window from one value to another."""
        return cls((low + high) / 2, max(high - low, 1e-6))

    @classmethod
    def of_table(cls, first: float, greys: NDArray[np.uint8]) -> Window:
        """Return the table that shows `first` and the whole values after it in these greys."""
        width = len(greys) - 1
        return cls(first + width / 2, width, Curve.TABLE, table=greys.tobytes())

    @property
    def low(self) -> float:
        """The value shown black; of a table that of its first grey."""
        return self.centre - self.width / 2 + self._cut_off(low=True)

    @property
    def high(self) -> float:
        """The value shown white; of a table that of its last grey."""
        return self.centre + self.width / 2 - self._cut_off(low=False)

    @property
    def straight(self) -> bool:
        """Tell whether greys rise evenly."""
        return self.curve in (Curve.LINEAR, Curve.EXACT)

    def moved(self, centre: float, width: float) -> Window:
        """Return the window elsewhere, its curve moved and stretched with it."""
        return replace(self, centre=centre, width=width)

    def reaching(self, low: float, high: float) -> Window:
        """Return the window with these ends, along the same curve."""
        wide = max(high - low, 1e-6) + (abs(self.step) if self.curve is Curve.LINEAR else 0.0)
        centre = (low + high) / 2 + (self.step / 2 if self.curve is Curve.LINEAR else 0.0)
        return replace(self, centre=centre, width=wide)

    def like(self, other: Window) -> Window:
        """Return this range along the curve of another window; tables belong to their own."""
        if other.curve is Curve.TABLE:
            return self
        return Window(self.centre, self.width, other.curve, other.step)

    def scaled(self, slope: float, intercept: float = 0.0) -> Window:
        """Return what shows values * slope + intercept as this shows the values.

        Where the slope is negative the result is to be shown inverted.
        """
        if not slope:
            raise ValueError("a scale of nothing has no window")
        table = self.table
        if slope < 0:
            table = bytes(255 - grey for grey in reversed(table))
        return replace(
            self,
            centre=self.centre * slope + intercept,
            width=self.width * abs(slope),
            step=self.step * slope,
            table=table,
        )

    def greys(self) -> tuple[float, float, NDArray[np.float32]]:
        """Return two values, and greys 0 to 1 evenly from the one to the other.

        In between greys are mixed, and beyond them they stay as they are at the ends.
        """
        if self.curve is Curve.TABLE:
            return self.low, self.high, _of_bytes(self.table)
        if self.curve is Curve.SIGMOID:
            away = _BEYOND * self.width
            return self.centre - away, self.centre + away, _SIGMOID
        return self.low, self.high, np.array([0, 1], np.float32)

    def grey(self, values: NDArray[np.generic], *, inverted: bool = False) -> NDArray[np.uint8]:
        """Map values to 0 (black) to 255 (white), or inverted; what is no number is black."""
        low, high, greys = self.greys()
        wide = np.float32(max(high - low, 1e-6))
        level = ((values.astype(np.float32) - np.float32(low)) / wide).clip(0, 1)
        if not self.straight:
            level = np.interp(level, np.linspace(0, 1, len(greys)), greys)
        shown = np.nan_to_num(1 - level if inverted else level) * 255
        return np.asarray(shown.round().astype(np.uint8))

    def _cut_off(self, *, low: bool) -> float:
        """Return how much narrower a linear window is at one end; never more than it is wide."""
        if self.curve is not Curve.LINEAR or (self.step < 0) is not low:
            return 0.0
        return min(abs(self.step), self.width)


@lru_cache(maxsize=16)
def _of_bytes(table: bytes) -> NDArray[np.float32]:
    return np.asarray(np.frombuffer(table, np.uint8) / np.float32(255))


_SIGMOID: NDArray[np.float32] = (
    1 / (1 + np.exp(-4 * np.linspace(-_BEYOND, _BEYOND, _SAMPLES)))
).astype(np.float32)


PRESETS: dict[str, Window] = {
    "Lung": Window(-600, 1500),
    "Bone": Window(450, 1800),
    "Soft tissue": Window(40, 400),
    "Brain": Window(40, 80),
    "Liver": Window(90, 150),
}
"""Windows in HU that every CT reader knows by name."""
