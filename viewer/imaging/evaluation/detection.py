"""How well lesions are found: sensitivity against false positives per scan.

A mark is a finding with a score. Of several marks on one lesion the first counts as a hit; the
others count as false positives, or not at all (`wish.Repeats`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.evaluation.resampling import Array, Draws

RATES = (0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""False positives per scan at which sensitivity is averaged (A. A. A. Setio et al.: LUNA16)."""


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """The marks of one scan: scores and whether each is a hit, or false (marks); its lesions."""

    patient: str
    scores: Array
    hits: NDArray[np.bool_]
    false: NDArray[np.bool_]
    lesions: int

    def __post_init__(self) -> None:
        if int(self.hits.sum()) > self.lesions or (self.hits & self.false).any():
            raise ValueError("each lesion is hit once at most, and no hit is false")


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """The marks of all scans by falling score, ready to be counted."""

    scores: Array = field(repr=False)
    hits: Array = field(repr=False)
    false: Array = field(repr=False)
    scan: NDArray[np.intp] = field(repr=False)
    ends: NDArray[np.intp] = field(repr=False)
    """The last mark of each score; marks of one score come and go together."""
    lesions: Array = field(repr=False)
    """Lesions of each scan."""


@dataclass(frozen=True, slots=True, eq=False)
class Froc:
    """Thresholds, falling, with what each gives (thresholds)."""

    thresholds: Array = field(repr=False)
    sensitivity: Array = field(repr=False)
    false_per_scan: Array = field(repr=False)
    scans: int
    lesions: int

    def at(self, rate: float) -> float:
        """Return the best sensitivity with at most so many false positives per scan.

        A step, not a line between two thresholds: what lies between them no threshold gives.
        """
        inside = self.sensitivity[self.false_per_scan <= rate + 1e-12]
        return float(inside[-1]) if len(inside) else 0.0

    @property
    def cpm(self) -> float:
        """Competition performance metric: sensitivity averaged over RATES.

        M. Niemeijer et al.: On combining computer-aided detection systems, 2011.
        """
        return float(np.mean([self.at(rate) for rate in RATES]))


@dataclass(frozen=True, slots=True)
class Point:
    """What one threshold gives."""

    threshold: float
    hits: int
    false: int
    missed: int
    scans: int

    @property
    def recall(self) -> float:
        """Sensitivity: lesions that were found; undefined (NaN) without lesions."""
        return _ratio(self.hits, self.hits + self.missed)

    @property
    def precision(self) -> float:
        """Findings that are lesions (positive predictive value); undefined without findings."""
        return _ratio(self.hits, self.hits + self.false)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall: 2 hits / (2 hits + false + missed)."""
        return _ratio(2 * self.hits, 2 * self.hits + self.false + self.missed)

    @property
    def false_per_scan(self) -> float:
        """False positives per scan, those without lesions included."""
        return _ratio(self.false, self.scans)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def marks_of(scans: Sequence[Scan]) -> Marks:
    """Put the marks of all scans into one row by falling score."""
    scores = np.concatenate([one.scores for one in scans]).astype(np.float64)
    where = np.repeat(np.arange(len(scans)), [len(one.scores) for one in scans])
    order = np.argsort(-scores, kind="stable")
    scores = scores[order]
    ends = np.flatnonzero(np.append(np.diff(scores) != 0, True)) if len(scores) else _nothing()
    return Marks(
        scores,
        np.concatenate([one.hits for one in scans]).astype(np.float64)[order],
        np.concatenate([one.false for one in scans]).astype(np.float64)[order],
        where[order],
        ends,
        np.array([one.lesions for one in scans], np.float64),
    )


def _nothing() -> NDArray[np.intp]:
    return np.zeros(0, np.intp)


def froc(scans: Sequence[Scan]) -> Froc:
    """Return sensitivity against false positives per scan.

    P. C. Bunch et al., 1977; D. P. Chakraborty: Maximum likelihood analysis of free-response
    receiver operating characteristic data, 1989.
    """
    marks = marks_of(scans)
    lesions = float(marks.lesions.sum())
    hits, false = marks.hits.cumsum()[marks.ends], marks.false.cumsum()[marks.ends]
    sensitivity = hits / lesions if lesions else np.full(len(hits), np.nan)
    return Froc(marks.scores[marks.ends], sensitivity, false / len(scans), len(scans), int(lesions))


def point(scans: Sequence[Scan], threshold: float) -> Point:
    """Count what a threshold gives; a mark as high as it stays."""
    hits = sum(int((one.hits & (one.scores >= threshold)).sum()) for one in scans)
    false = sum(int((one.false & (one.scores >= threshold)).sum()) for one in scans)
    lesions = sum(one.lesions for one in scans)
    return Point(threshold, hits, false, lesions - hits, len(scans))


def drawn_sensitivity(scans: Sequence[Scan], drawn: Draws, rates: Sequence[float]) -> Array:
    """Return the sensitivity at rates (draws, rates) for each draw of patients."""
    marks = marks_of(scans)

    def at_rates(counts: NDArray[np.int32]) -> Array:
        weights = counts[:, drawn.of].astype(np.float64)
        lesions, total = weights @ marks.lesions, weights.sum(axis=1)
        per_mark = weights[:, marks.scan]
        hits = (per_mark * marks.hits).cumsum(axis=1)[:, marks.ends]
        false = (per_mark * marks.false).cumsum(axis=1)[:, marks.ends]
        hits = np.concatenate([np.zeros((len(hits), 1)), hits], axis=1)
        return np.stack(
            [_sensitivity(hits, false, rate * total, lesions) for rate in rates], axis=1
        )

    return drawn.each(max(len(marks.scores), 1), at_rates)


def _sensitivity(hits: Array, false: Array, allowed: Array, lesions: Array) -> Array:
    inside = (false <= allowed[:, None] + 1e-9).sum(axis=1)
    found = hits[np.arange(len(hits)), inside]
    return _ratios(found, lesions)


def drawn_point(scans: Sequence[Scan], drawn: Draws, threshold: float) -> Array:
    """Return recall, precision, F1 and false positives per scan (draws, 4) at a threshold."""
    each = [point([one], threshold) for one in scans]
    counted = np.array([(one.hits, one.false, one.missed, 1) for one in each], np.float64)

    def figures(counts: NDArray[np.int32]) -> Array:
        hits, false, missed, total = (counts[:, drawn.of] @ counted).T
        pairs = (
            (hits, hits + missed),
            (hits, hits + false),
            (2 * hits, 2 * hits + false + missed),
            (false, total),
        )
        return np.stack([_ratios(part, whole) for part, whole in pairs], axis=1)

    return drawn.each(len(scans), figures)


def _ratios(part: Array, whole: Array) -> Array:
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0))
