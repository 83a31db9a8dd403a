"""Real-world values in 16 bits: by which scale, and how far off they end up.

Value = stored * slope + intercept. A scale is a round number (1, 2 or 5 times a power of ten),
so that slope and intercept are exact as decimal strings and round values stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

import numpy as np
from numpy.typing import NDArray

from viewer.core.volume import Volume, padded

_LEVELS = 65_530
"""A few less than 16 bits hold: for padding, and for ends between two steps."""
_HALF = 32_760
_FINEST = 1e-9
"""Steps are no smaller than this part of the greatest value: decimal strings say no more."""
_ON_GRID = 1e-3
_PRECISION = float(np.finfo(np.float32).eps)
_LEAST_SLOPE, _GREATEST_SLOPE = 1e-30, 1e30


@dataclass(frozen=True, slots=True)
class StoredScale:
    """How values are stored in 16 bits; `padding` is the stored value that stands for nothing."""

    slope: float
    intercept: float
    signed: bool
    padding: int | None = None

    @property
    def kind(self) -> np.dtype[np.generic]:
        """The type of the stored values, little endian."""
        return np.dtype("<i2" if self.signed else "<u2")

    @property
    def ends(self) -> tuple[int, int]:
        """The least and the greatest value that can be stored."""
        return (-32_768, 32_767) if self.signed else (0, 65_535)

    def stored(
        self, values: NDArray[np.float64], nothing: NDArray[np.bool_]
    ) -> NDArray[np.generic]:
        """Return values as they are stored, those that stand for nothing as padding."""
        steps = np.rint((values - self.intercept) / self.slope)
        if nothing.any():
            steps[nothing] = 0 if self.padding is None else self.padding
        return np.clip(steps, *self.ends).astype(self.kind)

    def values(self, stored: NDArray[np.generic]) -> NDArray[np.float64]:
        """Return the values that stored ones stand for."""
        return np.asarray(stored, np.float64) * self.slope + self.intercept


@dataclass(frozen=True, slots=True)
class Spread:
    """Between which ends values lie, and whether some of them stand for nothing.

    `first` and `last` are those ends in steps of the grid that was asked about, None where
    the values do not lie on it.
    """

    low: float
    high: float
    gaps: bool
    first: int | None = None
    last: int | None = None


def slice_values(
    volume: Volume, number: int, change: tuple[float, float] = (1.0, 0.0)
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the real-world values of a slice (row, column), and which of them stand for nothing.

    `change` is a factor and a summand that lead to values in another unit.
    """
    voxels = volume.voxels[number]
    values = np.asarray(voxels, np.float64) * volume.slope + volume.intercept
    nothing = ~np.isfinite(values)
    blank = padded(voxels, volume.padding)
    if blank is not None:
        nothing |= blank
    return np.where(nothing, 0.0, values * change[0] + change[1]), nothing


def spread_of(
    slices: Iterable[tuple[NDArray[np.float64], NDArray[np.bool_]]],
    grid: tuple[float, float] | None,
) -> Spread:
    """Return the spread of values, slice by slice; `grid` is a slope and an intercept."""
    low, high, gaps = np.inf, -np.inf, False
    on_grid = grid is not None and isfinite(grid[0]) and grid[0] > 0
    for values, nothing in slices:
        some = bool(nothing.any())
        gaps |= some
        known = values[~nothing] if some else values
        if not known.size:
            continue
        low, high = min(low, float(known.min())), max(high, float(known.max()))
        if on_grid and grid is not None:
            on_grid = _lies_on(known, grid)
    if low > high:
        return Spread(0.0, 0.0, gaps)
    if not on_grid or grid is None:
        return Spread(low, high, gaps)
    first, last = (round((end - grid[1]) / grid[0]) for end in (low, high))
    return Spread(low, high, gaps, first, last)


def _lies_on(values: NDArray[np.float64], grid: tuple[float, float]) -> bool:
    steps = (values - grid[1]) / grid[0]
    greatest = max(abs(float(values.min())), abs(float(values.max())), abs(grid[1]))
    near = _ON_GRID + 2 * _PRECISION * greatest / grid[0]
    return near < 0.25 and bool((np.abs(steps - np.rint(steps)) <= near).all())


def scale_for(
    spread: Spread, grid: tuple[float, float] | None, *, through_zero: bool = False
) -> StoredScale:
    """Return the scale for values of a spread: that of the grid if they lie on it and fit.

    `through_zero` asks for an intercept of 0, as PET has it (PS3.3 C.8.9.4.1.5).
    """
    if grid is not None and spread.first is not None and spread.last is not None:
        kept = _kept(spread, spread.first, spread.last, grid)
        if kept is not None and (not through_zero or kept.intercept == 0):
            return kept
    ends = max(abs(spread.low), abs(spread.high))
    unsigned = spread.low >= 0 and not spread.gaps
    if through_zero:
        return _through_zero(_round_up(ends / (_LEVELS if unsigned else _HALF)), unsigned, spread)
    slope = _round_up(max((spread.high - spread.low) / _LEVELS, ends * _FINEST))
    if ends <= (_LEVELS if unsigned else _HALF) * slope:
        return _through_zero(slope, unsigned, spread)
    below = floor(spread.low / slope) - 1
    return StoredScale(slope, float(f"{below * slope:.10g}"), False, 0 if spread.gaps else None)


def _through_zero(slope: float, unsigned: bool, spread: Spread) -> StoredScale:  # noqa: FBT001
    return StoredScale(slope, 0.0, not unsigned, -32_768 if spread.gaps else None)


def _kept(spread: Spread, first: int, last: int, grid: tuple[float, float]) -> StoredScale | None:
    """Return the scale of a grid, if 16 bits hold its steps from first to last."""
    least = first - 1 if spread.gaps else first
    if least >= 0 and last <= 65_535:
        return StoredScale(*grid, signed=False, padding=0 if spread.gaps else None)
    if least >= -32_768 and last <= 32_767:
        return StoredScale(*grid, signed=True, padding=-32_768 if spread.gaps else None)
    return None


def _round_up(slope: float) -> float:
    """Return the least of 1, 2 and 5 times a power of ten that is no smaller."""
    if not slope > 0:
        return 1.0
    slope = min(max(slope, _LEAST_SLOPE), _GREATEST_SLOPE)
    power = floor(log10(slope))
    for factor in (1, 2, 5, 10):
        found = float(f"{factor}e{power}")
        if found >= slope * (1 - 1e-9):
            return found
    return float(f"1e{ceil(log10(slope)) + 1}")
