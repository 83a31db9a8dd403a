"""Thresholds found in a histogram: Otsu, several by Otsu, Li, Yen, triangle.

Each is the middle of a bin of the histogram; values above it are one class, the rest the
other. What is no number is not counted.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.imaging.compiled import compiled
from viewer.imaging.enhance.field import Values

Floats: TypeAlias = NDArray[np.float64]
BINS = 256
_THREADS = 2


class Rule(StrEnum):
    """How a threshold between two classes is found."""

    OTSU = "otsu"
    LI = "li"
    YEN = "yen"
    TRIANGLE = "triangle"


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How many values lie in each of equally wide bins, and the middles of these."""

    counts: NDArray[np.int64] = field(repr=False)
    middles: Floats = field(repr=False)

    @classmethod
    def of(cls, values: Values, bins: int = BINS) -> Counts:
        """Count finite values from the least to the greatest.

        Raises:
            Declined: if there are none, or they are all the same.
        """
        parts = np.array_split(np.ascontiguousarray(values, np.float32).reshape(-1), _THREADS)
        with ThreadPoolExecutor(_THREADS, "levels") as pool:
            ends = list(pool.map(_ends, parts))
            low, high = min(one[0] for one in ends), max(one[1] for one in ends)
            if not low < high:
                raise Declined("All values are the same; nothing parts them.", code="one_value")
            counted = list(pool.map(lambda one: _counts(one, low, high, bins), parts))
        width = (high - low) / bins
        middles = np.asarray(low + (np.arange(bins) + 0.5) * width, np.float64)
        return cls(np.asarray(sum(counted[1:], counted[0])), middles)

    def level(self, rule: Rule) -> float:
        """Return the threshold between two classes."""
        match rule:
            case Rule.OTSU:
                return _otsu(self)
            case Rule.LI:
                return _li(self)
            case Rule.YEN:
                return _yen(self)
            case Rule.TRIANGLE:
                return _triangle(self)

    def several(self, classes: int) -> tuple[float, ...]:
        """Return the thresholds between two to five classes (Liao, Chen, Chung 2001).

        Raises:
            Declined: if there are fewer different values than classes.
        """
        from skimage.filters import threshold_multiotsu

        if np.count_nonzero(self.counts) < classes:
            raise Declined("There are fewer values than classes.", code="one_value")
        if classes == 2:
            return (self.level(Rule.OTSU),)
        find: Callable[..., Floats] = threshold_multiotsu
        found = find(classes=classes, hist=(self.counts.astype(np.float64), self.middles))
        return tuple(float(level) for level in found)


@compiled
def _ends(values: Values) -> tuple[float, float]:
    low, high = np.inf, -np.inf
    for value in values:
        if np.isfinite(value):
            low = min(low, float(value))
            high = max(high, float(value))
    return low, high


@compiled
def _counts(values: Values, low: float, high: float, bins: int) -> NDArray[np.int64]:
    counts = np.zeros(bins, np.int64)
    scale = bins / (high - low)
    for value in values:
        if np.isfinite(value):
            counts[min(int((float(value) - low) * scale), bins - 1)] += 1
    return counts


def _otsu(found: Counts) -> float:
    """Part two classes of the greatest variance between them (Otsu 1979)."""
    counts, middles = found.counts.astype(np.float64), found.middles
    below, above = np.cumsum(counts), np.cumsum(counts[::-1])[::-1]
    sums = np.cumsum(counts * middles)
    mean_below = sums / np.maximum(below, 1)
    mean_above = (sums[-1] - np.concatenate([[0.0], sums[:-1]])) / np.maximum(above, 1)
    between = below[:-1] * above[1:] * (mean_below[:-1] - mean_above[1:]) ** 2
    return float(middles[int(np.argmax(between))])


def _li(found: Counts) -> float:
    """Part two classes of the least cross entropy, step by step (Li and Tam 1998)."""
    counts = found.counts.astype(np.float64)
    shift = float(found.middles[0])
    levels = found.middles - shift
    width = float(levels[1])
    level, before = float((counts * levels).sum() / counts.sum()), np.inf
    while abs(level - before) > width / 2:
        before = level
        low = levels <= level
        back = float((counts[low] * levels[low]).sum() / max(counts[low].sum(), 1))
        fore = float((counts[~low] * levels[~low]).sum() / max(counts[~low].sum(), 1))
        if back <= 0 or fore <= back:
            break
        level = (back - fore) / (np.log(back) - np.log(fore))
    return level + shift


def _yen(found: Counts) -> float:
    """Part where the maximum correlation criterion is greatest (Yen, Chang, Chang 1995)."""
    share = found.counts / found.counts.sum()
    sums = np.cumsum(share)
    squares, rest = np.cumsum(share**2), np.cumsum(share[::-1] ** 2)[::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = np.log((sums[:-1] * (1.0 - sums[:-1])) ** 2 / (squares[:-1] * rest[1:]))
    return float(found.middles[int(np.nanargmax(worth))])


def _triangle(found: Counts) -> float:
    """Part where the histogram lies deepest under the line from its peak to its longer tail.

    Zack, Rogers and Latt 1977.
    """
    counts = found.counts.astype(np.float64)
    used = np.flatnonzero(counts)
    first, last, peak = int(used[0]), int(used[-1]), int(counts.argmax())
    turned = peak - first < last - peak
    if turned:
        counts = counts[::-1]
        first, peak = len(counts) - 1 - last, len(counts) - 1 - peak
    run, rise = float(peak - first), float(counts[peak])
    steps = np.arange(run)
    deep = rise * steps - run * counts[first:peak]
    at = int(np.argmax(deep)) + first if len(deep) else first
    return float(found.middles[len(counts) - 1 - at if turned else at])
