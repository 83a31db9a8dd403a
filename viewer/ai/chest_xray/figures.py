"""What the judges are worth: figures with intervals over patients, as rows of a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import Metric
from viewer.ai.chest_xray.comparing import Judged
from viewer.imaging.evaluation.classification import (
    area_under,
    areas_under,
    brier,
    calibration_error,
    delong_interval,
)
from viewer.imaging.evaluation.resampling import chance_of_no_difference, draws, interval

Floats = NDArray[np.float64]
Labels = NDArray[np.bool_]
SAMPLES, SEED = 2000, 6
HEAD = (
    "| model | AUC (95 %) | sensitivity | specificity | precision | F1 | Brier (95 %) | ECE |\n"
    "|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval over patients drawn anew."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"

    def metric(self, name: str) -> Metric:
        """Return it as a card says it."""
        value, low, high = (round(each, 4) for each in (self.value, self.low, self.high))
        return Metric(name, value, low, high, interval_over="patients")


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Who is ill, and whose picture each is."""

    labels: Labels = field(repr=False)
    patients: NDArray[np.str_] = field(repr=False)

    def area(self, odds: Floats) -> Estimate:
        """Return the area under the ROC curve."""
        return self._over(lambda weights: areas_under(self.labels, odds, weights))

    def gain(self, better: Floats, than: Floats) -> tuple[Estimate, float]:
        """Return by how much one area is above another, and the p of no difference."""

        def differences(weights: Floats) -> Floats:
            first = areas_under(self.labels, better, weights)
            return np.asarray(first - areas_under(self.labels, than, weights))

        p = chance_of_no_difference(self._drawn(differences))
        return self._over(differences), 1.0 if p is None else p

    def share(self, right: Labels, of: Labels) -> Estimate:
        """Return which share of some cases is right, such as sensitivity among the ill."""

        def shares(weights: Floats) -> Floats:
            total = (weights * of).sum(axis=1)
            return np.asarray((weights * (of & right)).sum(axis=1) / np.where(total, total, np.nan))

        return self._over(shares)

    def f1(self, called: Labels) -> Estimate:
        """Return the harmonic mean of precision and sensitivity."""

        def means(weights: Floats) -> Floats:
            hits = (weights * (called & self.labels)).sum(axis=1)
            wrong = (weights * (called ^ self.labels)).sum(axis=1)
            return np.asarray(2 * hits / (2 * hits + wrong))

        return self._over(means)

    def brier(self, scores: Floats) -> Estimate:
        """Return the mean squared distance of probabilities from what was."""
        off = (scores - self.labels) ** 2
        found = self._over(lambda weights: np.asarray(weights @ off / weights.sum(axis=1)))
        return Estimate(brier(self.labels, scores), found.low, found.high)

    def _over(self, work: Callable[[Floats], Floats]) -> Estimate:
        low, high = interval(self._drawn(work))
        value = float(work(np.ones((1, len(self.labels))))[0])
        if low is None or high is None:
            return Estimate(value, value, value)
        return Estimate(value, low, high)

    def _drawn(self, work: Callable[[Floats], Floats]) -> Floats:
        drawn = draws(self.patients.tolist(), SAMPLES, SEED)
        return drawn.each(
            len(self.labels), lambda counts: work(counts[:, drawn.of].astype(np.float64))
        )


def row(judged: Judged, truth: Truth) -> str:
    """Return all figures of a judge as a row of a table in Markdown."""
    labels, called = truth.labels, judged.called
    parts = (
        judged.name,
        truth.area(judged.scores),
        f"{truth.share(called, labels).value:.2f}",
        f"{truth.share(~called, ~labels).value:.2f}",
        f"{truth.share(labels, called).value:.2f}",
        f"{truth.f1(called).value:.2f}",
        truth.brier(judged.scores),
        f"{calibration_error(labels, judged.scores):.3f}",
    )
    return "| " + " | ".join(map(str, parts)) + " |"


def metrics(judged: Judged, truth: Truth) -> tuple[Metric, ...]:
    """Return all figures of a judge as a card says them."""
    labels, called = truth.labels, judged.called
    off = calibration_error(labels, judged.scores)
    low, high = delong_interval(labels, judged.scores)
    return (
        truth.area(judged.scores).metric("AUC"),
        Metric(
            "AUC, DeLong's interval as if pictures were independent",
            round(area_under(labels, judged.scores), 4),
            round(low, 4),
            round(high, 4),
        ),
        truth.share(called, labels).metric("sensitivity (recall)"),
        truth.share(~called, ~labels).metric("specificity"),
        truth.share(labels, called).metric("precision"),
        truth.f1(called).metric("F1"),
        truth.brier(judged.scores).metric("Brier score"),
        Metric("expected calibration error, ten bins", round(off, 4)),
    )
