"""How well cases are told apart that are of several classes.

`truth` and `called` are class numbers (cases), 0 to `count` - 1; `scores` are (cases, classes).
Weights (draws, cases) say how often a case was drawn. Where nothing is called a class that is
there, its precision counts as 0 in averages; a class that is neither there nor called has no part
in them. These are the conventions of scikit-learn.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.evaluation.classification import Weights, areas_under, average_precisions
from viewer.imaging.evaluation.resampling import Array

Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Precision, recall and F1 of each class, (draws, classes); NaN where undefined.

    `cases` is how many cases are of a class, `called` how many were called so.
    """

    precision: Array = field(repr=False)
    recall: Array = field(repr=False)
    f1: Array = field(repr=False)
    specificity: Array = field(repr=False)
    cases: Array = field(repr=False)
    called: Array = field(repr=False)
    accuracy: Array = field(repr=False)
    kappa: Array = field(repr=False)

    def mean(self, values: Array, *, weighted: bool = False) -> Array:
        """Return the average over classes (draws): each the same, or by how many cases it has."""
        part = ((self.cases > 0) | (self.called > 0)).astype(np.float64)
        weights = self.cases if weighted else part
        total = weights.sum(axis=1)
        summed = (np.nan_to_num(values) * weights).sum(axis=1)
        return _share(summed, total)

    @property
    def balanced_accuracy(self) -> Array:
        """The mean recall of the classes that are there (K. H. Brodersen et al., 2010)."""
        there = self.cases > 0
        summed = np.where(there, np.nan_to_num(self.recall), 0).sum(axis=1)
        return _share(summed, there.sum(axis=1).astype(np.float64))


def confusions(truth: Numbers, called: Numbers, count: int, weights: Weights) -> Array:
    """Return how often which class was taken for which (draws, true class, called class)."""
    cells = np.zeros((len(truth), count * count))
    cells[np.arange(len(truth)), truth * count + called] = 1
    return np.asarray((np.asarray(weights, np.float64) @ cells).reshape(-1, count, count))


def told(matrices: Array) -> Told:
    """Return what confusion matrices (draws, true, called) tell of each class and of all.

    Kappa: J. Cohen: A coefficient of agreement for nominal scales, 1960.
    """
    hits = np.diagonal(matrices, axis1=1, axis2=2)
    cases, called = matrices.sum(axis=2), matrices.sum(axis=1)
    total = matrices.sum(axis=(1, 2))
    others = total[:, None] - cases
    agreed = _share(hits.sum(axis=1), total)
    chance = _share((cases * called).sum(axis=1), total**2)
    return Told(
        precision=_share(hits, called),
        recall=_share(hits, cases),
        f1=_share(2 * hits, cases + called),
        specificity=_share(others - (called - hits), others),
        cases=cases,
        called=called,
        accuracy=agreed,
        kappa=_share(agreed - chance, 1 - chance),
    )


def _share(part: Array, whole: Array) -> Array:
    return np.asarray(
        np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=np.asarray(whole) != 0)
    )


def areas(truth: Numbers, scores: Array, weights: Weights) -> Array:
    """Return the area under the ROC curve of each class against the rest (draws, classes).

    F. Provost, P. Domingos: Well-trained PETs, 2000.
    """
    each = [areas_under(truth == k, scores[:, k], weights) for k in range(scores.shape[1])]
    return np.stack(each, axis=1)


def precisions(truth: Numbers, scores: Array, weights: Weights) -> Array:
    """Return the average precision of each class against the rest (draws, classes)."""
    each = [average_precisions(truth == k, scores[:, k], weights) for k in range(scores.shape[1])]
    return np.stack(each, axis=1)


def by_prevalence(values: Array, truth: Numbers, weights: Weights) -> Array:
    """Return the average of values (draws, classes) by how many cases each class has (draws)."""
    count = values.shape[1]
    shares = np.stack([np.asarray(weights) @ (truth == k) for k in range(count)], axis=1)
    summed = np.where(shares > 0, values * shares, 0).sum(axis=1)
    return _share(summed, shares.sum(axis=1).astype(np.float64))


def brier(truth: Numbers, scores: Array) -> Array:
    """Return the squared distance of each case's probabilities from what it is (cases).

    G. W. Brier, 1950, in its first form: 0 to 2, summed over the classes.
    """
    wanted = np.zeros_like(scores)
    wanted[np.arange(len(truth)), truth] = 1
    return np.asarray(((scores - wanted) ** 2).sum(axis=1))
