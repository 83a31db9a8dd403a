"""A network, four kinds of classical models and shortcuts, judged alike: nested, by patient.

Outer folds test. Inner folds, of the learning patients alone, calibrate (Platt 1999), choose the
threshold (Youden 1950) and weigh what is combined. No patient is ever on two sides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold

from viewer.ai import learners
from viewer.ai.chest_xray.cases import SEED, folds
from viewer.ai.learners import Floats
from viewer.imaging.evaluation.classification import best_threshold

Labels = NDArray[np.bool_]
Names = NDArray[np.str_]
Rows = NDArray[np.intp]
Judge: TypeAlias = Callable[[Rows, Rows, str], Floats]
"""Learns from rows and returns the log odds, or the like, of others; told which run it is."""
INNER = 2


class Search(Protocol):
    """A search for the best settings, which then predicts."""

    def fit(self, rows: Floats, labels: Labels, groups: Names = ...) -> Search:
        """Try all settings, patient by patient."""

    def predict_proba(self, rows: Floats) -> Floats:
        """Return the probabilities (n, 2)."""

    def decision_function(self, rows: Floats) -> Floats:
        """Return signed distances (n)."""


_search: Callable[..., Search] = GridSearchCV
_copy: Callable[..., Search] = clone
_cut: Callable[..., object] = StratifiedGroupKFold


@dataclass(frozen=True, slots=True, eq=False)
class Kind(learners.Kind):
    """A kind of model that gives log odds, or the like."""

    signed: bool = True
    """Whether it gives signed distances, and no probabilities."""


def kinds() -> tuple[Kind, ...]:
    """Return the four kinds of classical models."""
    return (
        Kind(
            "logistic regression",
            learners.regression(3000),
            {"logisticregression__C": [1e-3, 1e-2, 1e-1]},
        ),
        Kind(
            "support vector machine",
            learners.vectors(),
            {"svc__C": [1.0, 3.0, 10.0]},
        ),
        Kind(
            "random forest",
            learners.forest(150, min_samples_leaf=2, random_state=SEED),
            {},
            signed=False,
        ),
        Kind(
            "gradient boosting",
            learners.boosting(
                max_iter=60, max_leaf_nodes=6, max_bins=32, max_features=0.2, random_state=SEED
            ),
            {},
            signed=False,
        ),
    )


def classical(kind: Kind, rows: Floats, labels: Labels, patients: Names) -> Judge:
    """Return a judge of rows (cases, features)."""

    def judge(learn: Rows, test: Rows, _name: str) -> Floats:
        cut = _cut(3, shuffle=True, random_state=SEED)
        if kind.settings:
            search = _search(kind.model, dict(kind.settings), scoring="roc_auc", cv=cut)
            search.fit(rows[learn], labels[learn], groups=patients[learn])
        else:
            search = _copy(kind.model)
            search.fit(rows[learn], labels[learn])
        if kind.signed:
            return np.asarray(search.decision_function(rows[test]))
        share = search.predict_proba(rows[test])[:, 1].clip(1e-3, 1 - 1e-3)
        return np.asarray(np.log(share / (1 - share)))

    return judge


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What a judge said of every case, each by a run that never saw its patient.

    `odds` are raw and comparable within a fold alone, `scores` calibrated,
    `called` says who reached the threshold; calibration and
    threshold come from the learning patients of each outer fold. `inner` (folds, cases) are raw
    odds of the learning cases by the inner runs, NaN for the cases that the fold tests.
    """

    name: str
    odds: Floats = field(repr=False)
    scores: Floats = field(repr=False)
    called: Labels = field(repr=False)
    inner: Floats = field(repr=False)


@dataclass(frozen=True, slots=True)
class Platt:
    """Raw odds to log odds: a line."""

    slope: float
    offset: float

    def scores(self, odds: Floats) -> Floats:
        """Return probabilities."""
        return np.asarray(1 / (1 + np.exp(-(self.slope * odds + self.offset))))


def platt(odds: Floats, labels: Labels) -> Platt:
    """Fit the line that makes odds probable.

    J. Platt: Probabilistic outputs for support vector machines, 1999.
    """
    size = max(float(odds.std()), 1e-9)
    line = learners.logistic(C=1e3).fit((odds / size)[:, np.newaxis], labels)
    return Platt(float(line.coef_[0, 0]) / size, float(line.intercept_[0]))


def nested(
    name: str, judge: Judge, labels: Labels, patients: Names, count: int, kept: Path
) -> Judged:
    """Let a judge judge everybody in outer folds, with inner folds for what is chosen.

    What was said is kept in a file, and taken from there the next time.
    """
    of = folds(labels, patients, count)
    if not kept.exists():
        odds = np.zeros(len(labels))
        inner = np.full((count, len(labels)), np.nan)
        for fold in range(count):
            learn, test = np.flatnonzero(of != fold), np.flatnonzero(of == fold)
            odds[test] = judge(learn, test, f"{fold}")
            parts = folds(labels[learn], patients[learn], INNER, SEED + 1)
            for part in range(INNER):
                aside = learn[parts == part]
                inner[fold, aside] = judge(learn[parts != part], aside, f"{fold}.{part}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.savez(kept, odds=odds, inner=inner)
    with np.load(kept, allow_pickle=False) as said:
        return settled(name, said["odds"], said["inner"], labels, of)


def settled(name: str, odds: Floats, inner: Floats, labels: Labels, of: Rows) -> Judged:
    """Calibrate odds and choose thresholds, fold by fold, on what the inner runs said."""
    scores = np.zeros(len(labels))
    called = np.zeros(len(labels), np.bool_)
    for fold in range(len(inner)):
        learn, test = of != fold, of == fold
        line = platt(inner[fold, learn], labels[learn])
        scores[test] = line.scores(odds[test])
        threshold = best_threshold(labels[learn], line.scores(inner[fold, learn]))
        called[test] = scores[test] >= threshold
    return Judged(name, odds, scores, called, inner)


def combined(name: str, parts: tuple[Judged, ...], labels: Labels, of: Rows) -> Judged:
    """Weigh what several say by a regression on what their inner runs said."""
    odds = np.zeros(len(labels))
    inner = np.full_like(parts[0].inner, np.nan)
    for fold in range(len(inner)):
        learn, test = of != fold, of == fold
        said = np.stack([one.inner[fold, learn] for one in parts], axis=1)
        size = said.std(axis=0)
        line = learners.logistic(C=1.0).fit(said / size, labels[learn])
        weight = line.coef_[0] / size
        odds[test] = np.stack([one.odds[test] for one in parts], axis=1) @ weight
        inner[fold, learn] = said @ weight
    return settled(name, odds, inner, labels, of)
