"""How well scores part the ill from the healthy.

Labels are booleans (cases), scores numbers (cases): the higher, the likelier ill. Where a
threshold is asked, a score as high as it counts as ill. Weights (draws, cases) say how often a
case was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata

from viewer.imaging.evaluation.resampling import Array

Labels = NDArray[np.bool_]
Weights = NDArray[np.int32] | Array
_BINS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Roc:
    """Sensitivity against 1 - specificity, from the strictest threshold (infinite) on."""

    false_positive_rate: Array = field(repr=False)
    sensitivity: Array = field(repr=False)
    thresholds: Array = field(repr=False)


@dataclass(frozen=True, slots=True)
class Confusion:
    """How many were taken for what, at a threshold."""

    threshold: float
    true_positive: int
    false_positive: int
    false_negative: int
    true_negative: int

    @property
    def recall(self) -> float:
        """Sensitivity: the ill who were called ill."""
        return _ratio(self.true_positive, self.true_positive + self.false_negative)

    @property
    def specificity(self) -> float:
        """The healthy who were called healthy."""
        return _ratio(self.true_negative, self.true_negative + self.false_positive)

    @property
    def precision(self) -> float:
        """Positive predictive value, at the prevalence of these cases."""
        return _ratio(self.true_positive, self.true_positive + self.false_positive)

    @property
    def negative_predictive_value(self) -> float:
        """Of those called healthy, the healthy; at the prevalence of these cases."""
        return _ratio(self.true_negative, self.true_negative + self.false_negative)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        wrong = self.false_positive + self.false_negative
        return _ratio(2 * self.true_positive, 2 * self.true_positive + wrong)

    @property
    def accuracy(self) -> float:
        """All who were called what they are."""
        right = self.true_positive + self.true_negative
        return _ratio(right, right + self.false_positive + self.false_negative)


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases whose scores lie between two bounds: how many, their mean score, how many were ill."""

    low: float
    high: float
    count: int
    mean_score: float
    ill: float


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def roc(labels: Labels, scores: Array) -> Roc:
    """Return the curve over all thresholds that are a score of a case.

    J. A. Hanley, B. J. McNeil: The meaning and use of the area under a ROC curve, 1982.
    """
    hits, false, thresholds = _counted(labels, scores)
    with np.errstate(invalid="ignore", divide="ignore"):
        sensitivity = np.append(0.0, hits / labels.sum())
        rate = np.append(0.0, false / (~labels).sum())
    return Roc(rate, sensitivity, np.append(np.inf, thresholds))


def _counted(labels: Labels, scores: Array) -> tuple[Array, Array, Array]:
    """Return hits and false alarms at each distinct score, falling."""
    order = np.argsort(-scores, kind="stable")
    sorted_scores = scores[order]
    ends = np.flatnonzero(np.append(np.diff(sorted_scores) != 0, True))
    ill = labels[order].astype(np.float64)
    return ill.cumsum()[ends], (1 - ill).cumsum()[ends], sorted_scores[ends]


def area_under(labels: Labels, scores: Array) -> float:
    """Return the area under the ROC curve: how often an ill case scores above a healthy one.

    Ties count half (Mann and Whitney). NaN unless there are both ill and healthy.
    """
    return float(areas_under(labels, scores, np.ones((1, len(labels))))[0])


def areas_under(labels: Labels, scores: Array, weights: Weights) -> Array:
    """Return the area under the ROC curve (draws) of cases with weights (draws, cases)."""
    ill, well = _grouped(labels, scores, weights)
    above = well[:, ::-1].cumsum(axis=1)[:, ::-1]
    wins = (ill * (above - well / 2)).sum(axis=1)
    pairs = ill.sum(axis=1) * well.sum(axis=1)
    return np.asarray(np.divide(wins, pairs, out=np.full(len(wins), np.nan), where=pairs > 0))


def _grouped(labels: Labels, scores: Array, weights: Weights) -> tuple[Array, Array]:
    """Return the weight of the ill and of the healthy (draws, distinct scores), falling."""
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.diff(scores[order]) != 0, True)
    starts = np.append(0, np.flatnonzero(ends)[:-1] + 1)
    sorted_weights = np.asarray(weights, np.float64)[:, order]
    ill = np.add.reduceat(sorted_weights * labels[order], starts, axis=1)
    return ill, np.add.reduceat(sorted_weights * ~labels[order], starts, axis=1)


def average_precisions(labels: Labels, scores: Array, weights: Weights) -> Array:
    """Return the average precision (draws): precision at each threshold by the recall it adds.

    No line is drawn between thresholds (J. Davis, M. Goadrich, 2006, on why that flatters).
    """
    ill, well = _grouped(labels, scores, weights)
    hits = ill.cumsum(axis=1)
    called = hits + well.cumsum(axis=1)
    precision = np.divide(hits, called, out=np.zeros_like(hits), where=called > 0)
    total, summed = hits[:, -1], (precision * ill).sum(axis=1)
    return np.asarray(np.divide(summed, total, out=np.full(len(total), np.nan), where=total > 0))


def average_precision(labels: Labels, scores: Array) -> float:
    """Return the average precision of all cases."""
    return float(average_precisions(labels, scores, np.ones((1, len(labels))))[0])


def precision_recall(labels: Labels, scores: Array) -> tuple[Array, Array, Array]:
    """Return precision, recall and threshold at each distinct score, falling."""
    hits, false, thresholds = _counted(labels, scores)
    with np.errstate(invalid="ignore", divide="ignore"):
        return hits / (hits + false), hits / labels.sum(), thresholds


def delong(labels: Labels, scores: Array) -> Array:
    """Return the areas of models, and their covariance in the rows below (models + 1, models).

    Scores are (models, cases).

    E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, 1988; by ranks: X. Sun, W. Xu, 2014.
    Cases must be independent: one of each patient.
    """
    ill, well = scores[:, labels], scores[:, ~labels]
    m, n = ill.shape[1], well.shape[1]
    if min(m, n) < 2:
        return np.full((len(scores) + 1, len(scores)), np.nan)
    both = rankdata(np.concatenate([ill, well], axis=1), axis=1)
    above = (both[:, :m] - rankdata(ill, axis=1)) / n
    below = 1 - (both[:, m:] - rankdata(well, axis=1)) / m
    covariance = np.atleast_2d(np.cov(above)) / m + np.atleast_2d(np.cov(below)) / n
    return np.vstack([above.mean(axis=1), covariance])


def delong_interval(labels: Labels, scores: Array, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of the area under the ROC curve, cut off at 0 and 1."""
    area, variance = delong(labels, scores[None])
    reach = norm.ppf((1 + level) / 2) * np.sqrt(max(float(variance[0]), 0.0))
    return max(0.0, float(area[0] - reach)), min(1.0, float(area[0] + reach))


def delong_p(labels: Labels, first: Array, second: Array) -> float:
    """Return the two-sided p that two models on the same cases have the same area."""
    (a, b), *rows = delong(labels, np.stack([first, second]))
    covariance = np.array(rows)
    variance = float(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    if not np.isfinite(variance):
        return float("nan")
    if variance <= 1e-15:
        return 1.0 if abs(a - b) < 1e-12 else 0.0
    return float(2 * norm.sf(abs(a - b) / np.sqrt(variance)))


def confusion(labels: Labels, scores: Array, threshold: float) -> Confusion:
    """Count who was taken for what."""
    called = scores >= threshold
    return Confusion(
        threshold,
        int((labels & called).sum()),
        int((~labels & called).sum()),
        int((labels & ~called).sum()),
        int((~labels & ~called).sum()),
    )


def brier(labels: Labels, scores: Array) -> float:
    """Return the mean squared difference of probabilities (0 to 1) from what was.

    G. W. Brier: Verification of forecasts expressed in terms of probability, 1950.
    """
    return float(np.mean((scores - labels) ** 2)) if len(labels) else float("nan")


def reliability(labels: Labels, scores: Array, bins: int = _BINS) -> tuple[Bin, ...]:
    """Return what was against what was foretold in bins of equal width; empty ones are left out.

    M. H. DeGroot, S. E. Fienberg: The comparison and evaluation of forecasters, 1983.
    """
    which = np.clip((scores * bins).astype(np.intp), 0, bins - 1)
    found = []
    for number in np.unique(which):
        inside = which == number
        mean, ill = float(scores[inside].mean()), float(labels[inside].mean())
        found.append(Bin(number / bins, (number + 1) / bins, int(inside.sum()), mean, ill))
    return tuple(found)


def calibration_error(labels: Labels, scores: Array, bins: int = _BINS) -> float:
    """Return the expected calibration error: |foretold - was| of bins, weighted by their cases.

    M. P. Naeini et al., 2015; C. Guo et al.: On calibration of modern neural networks, 2017.
    """
    found = reliability(labels, scores, bins)
    return sum(one.count * abs(one.mean_score - one.ill) for one in found) / max(len(labels), 1)


def best_threshold(labels: Labels, scores: Array) -> float:
    """Return the score with the largest sensitivity + specificity (W. J. Youden, 1950)."""
    curve = roc(labels, scores)
    return float(
        curve.thresholds[1:][np.argmax((curve.sensitivity - curve.false_positive_rate)[1:])]
    )
