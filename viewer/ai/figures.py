"""How good a ranking is: sensitivity against false marks per scan (FROC)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from viewer.ai.card import Metric, OperatingPoint
from viewer.ai.lessons import OTHER, Lesson

RATES = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""False marks per scan at which sensitivity is averaged (LUNA16)."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Thresholds, falling, with the sensitivity and the false marks per scan each gives."""

    thresholds: NDArray[np.float64] = field(repr=False)
    sensitivity: NDArray[np.float64] = field(repr=False)
    false_marks: NDArray[np.float64] = field(repr=False)
    scans: int
    nodules: int

    def at(self, false_marks: float) -> float:
        """Return the sensitivity at so many false marks per scan."""
        inside = self.sensitivity[self.false_marks <= false_marks]
        return float(inside.max()) if len(inside) else 0.0

    @property
    def mean(self) -> float:
        """Sensitivity averaged over RATES."""
        return float(np.mean([self.at(rate) for rate in RATES]))

    def metrics(self, rates: Sequence[float]) -> tuple[Metric, ...]:
        """Return the sensitivity at so many false marks per scan, with Wilson's 95 % interval.

        The interval counts lesions as if each stood alone; those of one patient do not.
        """
        found = []
        for rate in rates:
            hit = round(self.at(rate) * self.nodules)
            ends = binomtest(hit, max(self.nodules, 1)).proportion_ci(0.95, method="wilson")
            low, high = round(float(ends.low), 3), round(float(ends.high), 3)
            name = f"sensitivity at {rate:g} false marks per scan"
            share = round(hit / max(self.nodules, 1), 3)
            found.append(Metric(name, share, low, high, interval_over="lesions"))
        return tuple(found)

    def point(self, threshold: float) -> OperatingPoint:
        """Return what a threshold gives."""
        kept = self.thresholds >= threshold
        if not kept.any():
            return OperatingPoint(threshold, 0.0, 0.0)
        return OperatingPoint(
            threshold,
            round(float(self.sensitivity[kept].max()), 3),
            round(float(self.false_marks[kept].max()), 2),
        )

    def threshold_for(self, false_marks: float) -> float:
        """Return the lowest threshold with at most so many false marks per scan."""
        allowed = self.thresholds[self.false_marks <= false_marks]
        return float(allowed.min()) if len(allowed) else 1.0


def curve(
    lessons: Sequence[Lesson], scores: Sequence[NDArray[np.float64]], smallest_mm: float = 0.0
) -> Curve:
    """Return the FROC curve; nodules smaller than `smallest_mm` neither count nor cost."""
    best: list[float] = []
    false: list[float] = []
    for one, score in zip(lessons, scores, strict=True):
        wanted = np.nonzero(one.sizes_mm >= smallest_mm)[0]
        best += [float(score[one.which == number].max(initial=-1.0)) for number in wanted]
        false += score[one.truth == OTHER].tolist()
    thresholds = np.unique(np.concatenate([best, false, [0.0, 1.0]]))[::-1]
    thresholds = thresholds[thresholds >= 0]
    hits, marks = np.sort(best), np.sort(false)
    sensitivity = (len(hits) - np.searchsorted(hits, thresholds)) / max(len(hits), 1)
    false_marks = (len(marks) - np.searchsorted(marks, thresholds)) / max(len(lessons), 1)
    return Curve(thresholds, sensitivity, false_marks, len(lessons), len(hits))
