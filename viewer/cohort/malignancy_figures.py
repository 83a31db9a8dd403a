"""How good probabilities are: AUC with intervals over patients, calibration, and the readers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from viewer.ai.learners import logistic
from viewer.cohort.malignancy_data import UNDECIDED, Case

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
ROUNDS, SEED = 1000, 20
BINS = 10


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval over patients drawn anew."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


@dataclass(frozen=True, slots=True)
class Figures:
    """What probabilities are worth. Precision, recall and F1 are at a probability of 0.5.

    `slope` is that of the log odds (1: neither too sure nor too unsure), `off` the mean
    distance of the probabilities from the observed shares in ten bins of equal size.
    """

    auc: Estimate
    brier: Estimate
    precision: float
    recall: float
    f1: float
    slope: float
    off: float


def figures(scores: Floats, labels: Labels, patients: NDArray[np.str_]) -> Figures:
    """Work out all figures of some probabilities."""
    said, true = scores >= 0.5, labels == 1
    hits = int((said & true).sum())
    precision, recall = hits / max(int(said.sum()), 1), hits / max(int(true.sum()), 1)
    return Figures(
        over_patients(auc, scores, labels, patients),
        over_patients(brier, scores, labels, patients),
        precision,
        recall,
        2 * precision * recall / max(precision + recall, 1e-9),
        _slope(scores, labels),
        _off(scores, labels),
    )


def auc(scores: Floats, labels: Labels) -> float:
    """Return the area under the ROC curve (Mann and Whitney), ties counting half."""
    ones = int((labels == 1).sum())
    zeros = len(labels) - ones
    if not ones or not zeros:
        return float("nan")
    ranks = rankdata(scores)[labels == 1].sum()
    return float((ranks - ones * (ones + 1) / 2) / (ones * zeros))


def brier(scores: Floats, labels: Labels) -> float:
    """Return the mean squared distance of probabilities from what was."""
    return float(((scores - labels) ** 2).mean())


def over_patients(
    figure: Callable[[Floats, Labels], float],
    scores: Floats,
    labels: Labels,
    patients: NDArray[np.str_],
) -> Estimate:
    """Return a figure and its interval; whole patients are drawn."""
    drawn = [figure(scores[rows], labels[rows]) for rows in draws(patients)]
    low, high = np.nanpercentile(drawn, (2.5, 97.5))
    return Estimate(figure(scores, labels), float(low), float(high))


def gain(better: Floats, than: Floats, labels: Labels, patients: NDArray[np.str_]) -> Estimate:
    """Return by how much one AUC is above another, on the same draws of patients."""
    drawn = [
        auc(better[rows], labels[rows]) - auc(than[rows], labels[rows]) for rows in draws(patients)
    ]
    low, high = np.nanpercentile(drawn, (2.5, 97.5))
    return Estimate(auc(better, labels) - auc(than, labels), float(low), float(high))


def draws(patients: NDArray[np.str_], rounds: int = ROUNDS) -> Sequence[NDArray[np.int64]]:
    """Return the rows of patients that are drawn with replacement, for each round."""
    _, which = np.unique(patients, return_inverse=True)
    rows = [np.flatnonzero(which == number) for number in range(which.max() + 1)]
    random = np.random.default_rng(SEED)
    return [
        np.concatenate([rows[k] for k in random.integers(0, len(rows), len(rows))])
        for _ in range(rounds)
    ]


def _slope(scores: Floats, labels: Labels) -> float:
    odds = np.log(scores.clip(1e-6, 1 - 1e-6) / (1 - scores.clip(1e-6, 1 - 1e-6)))
    return float(logistic(C=1e6).fit(odds[:, np.newaxis], labels).coef_[0, 0])


def _off(scores: Floats, labels: Labels) -> float:
    order = np.argsort(scores)
    parts = np.array_split(order, BINS)
    gaps = [abs(scores[part].mean() - labels[part].mean()) * len(part) for part in parts]
    return float(sum(gaps) / len(scores))


@dataclass(frozen=True, slots=True)
class Readers:
    """How readers agree: one against the average of the others, and how far they spread."""

    one_against_others: Estimate
    model_against_others: Estimate
    """The model on the very same questions."""
    questions: int
    spread: float
    """Mean over nodules of the standard deviation of the readers, in steps of 1 to 5."""
    divided: float
    """Share of nodules that one reader calls above and another below the middle."""


def readers(cases: Sequence[Case], scores: Floats) -> Readers:
    """Ask of every reading what the others thought on average; `scores` are the model's."""
    rows = [
        (one.patient, float(one.malignancy[k]), score, float(rest.mean()))
        for one, score in zip(cases, scores, strict=True)
        for k in range(len(one.malignancy))
        for rest in (np.delete(one.malignancy, k),)
        if rest.mean() != UNDECIDED
    ]
    patients = np.array([row[0] for row in rows])
    own, model = (np.array([row[k] for row in rows]) for k in (1, 2))
    labels = np.array([int(row[3] > UNDECIDED) for row in rows], dtype=np.int64)
    opinions = [one.malignancy for one in cases]
    return Readers(
        over_patients(auc, own, labels, patients),
        over_patients(auc, model, labels, patients),
        len(rows),
        float(np.mean([each.std(ddof=1) for each in opinions])),
        float(
            np.mean([(each > UNDECIDED).any() and (each < UNDECIDED).any() for each in opinions])
        ),
    )
