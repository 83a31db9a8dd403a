"""Four kinds of model and the plain rule, compared by nested cross-validation over patients.

Outer folds test; inner folds, of the learning patients alone, choose the settings and
calibrate (Platt). No patient is ever in both. Seeds are fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.calibration import CalibratedClassifierCV
from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold

from viewer.ai import learners
from viewer.ai.learners import Floats, Kind

Labels = NDArray[np.int64]
Splits = list[tuple[NDArray[np.int64], NDArray[np.int64]]]
OUTER, INNER, SEED = 5, 4, 20
RULE = "rule: longest diameter"


class Estimator(Protocol):
    """What scikit-learn's models have in common; the library says nothing of types."""

    def fit(self, rows: Floats, labels: Labels) -> Self:
        """Learn from rows (n, features)."""

    def predict_proba(self, rows: Floats) -> Floats:
        """Return the probabilities (n, 2)."""


class Search(Protocol):
    """A search for the best settings."""

    best_estimator_: BaseEstimator

    def fit(self, rows: Floats, labels: Labels) -> Self:
        """Try all settings."""


class Cut(Protocol):
    """A way of splitting by groups."""

    def split(
        self, rows: Floats, labels: Labels, groups: NDArray[np.str_]
    ) -> Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Go through the rows to learn from and to test on."""


_search: Callable[..., Search] = GridSearchCV
_calibrated: Callable[..., Estimator] = CalibratedClassifierCV
_folds: Callable[..., Cut] = StratifiedGroupKFold


def kinds() -> tuple[Kind, ...]:
    """Return the four kinds."""
    return (
        Kind(
            "logistic regression",
            learners.regression(2000),
            {"logisticregression__C": [0.01, 0.1, 1.0, 10.0]},
        ),
        Kind(
            "support vector machine",
            learners.vectors(),
            {"svc__C": [0.3, 1.0, 3.0], "svc__gamma": [0.01, 0.03, 0.1]},
        ),
        Kind(
            "random forest",
            learners.forest(300, n_jobs=2, random_state=SEED),
            {"min_samples_leaf": [3, 8, 20]},
        ),
        Kind(
            "gradient boosting",
            learners.boosting(learning_rate=0.06, random_state=SEED),
            {"max_leaf_nodes": [4, 8], "max_iter": [60, 150]},
        ),
    )


def plain_rule() -> Kind:
    """Return the rule: nothing but the logarithm of one diameter, calibrated like the others."""
    return Kind(RULE, learners.plain_regression(1e3), {"C": [1e3]})


def folds(rows: Floats, labels: Labels, patients: NDArray[np.str_], count: int) -> Splits:
    """Split by patient into so many folds of like shares of suspicious nodules."""
    cut = _folds(count, shuffle=True, random_state=SEED)
    return list(cut.split(rows, labels, patients))


def fitted(kind: Kind, rows: Floats, labels: Labels, patients: NDArray[np.str_]) -> Estimator:
    """Choose settings and calibrate by inner folds of these patients, and learn from all."""
    inner = folds(rows, labels, patients, INNER)
    search = _search(kind.model, dict(kind.settings), scoring="roc_auc", cv=inner)
    search.fit(rows, labels)
    chosen = search.best_estimator_
    calibrated = _calibrated(chosen, method="sigmoid", cv=inner, ensemble=False)
    return calibrated.fit(rows, labels)


def out_of_fold(kind: Kind, rows: Floats, labels: Labels, patients: NDArray[np.str_]) -> Floats:
    """Return for each row the probability by a model that never saw its patient."""
    scores = np.zeros(len(labels))
    for learn, test in folds(rows, labels, patients, OUTER):
        model = fitted(kind, rows[learn], labels[learn], patients[learn])
        scores[test] = model.predict_proba(rows[test])[:, 1]
    return scores


def compared(
    choices: Sequence[tuple[Kind, Floats]], labels: Labels, patients: NDArray[np.str_]
) -> dict[str, Floats]:
    """Return out-of-fold probabilities by the name of each kind, each on rows of its own."""
    return {kind.name: out_of_fold(kind, rows, labels, patients) for kind, rows in choices}
