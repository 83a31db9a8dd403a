"""Classical models of scikit-learn with the types that the library does not have.

What compares kinds of models, be it on pictures or on readers' ratings, takes them from here; the
settings among which it chooses, and how it judges, are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

Floats = NDArray[np.float64]


class Line(Protocol):
    """A logistic regression."""

    C: float
    coef_: Floats
    intercept_: Floats

    def fit(self, rows: Floats, labels: NDArray[np.generic]) -> Self:
        """Learn from rows (n, features)."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of model, and the settings among which folds of the learning patients choose."""

    name: str
    model: BaseEstimator = field(repr=False)
    settings: Mapping[str, list[float]] = field(repr=False)


logistic: Callable[..., Line] = LogisticRegression
_regression: Callable[..., BaseEstimator] = LogisticRegression
_imputer: Callable[..., BaseEstimator] = SimpleImputer
_scaler: Callable[..., BaseEstimator] = StandardScaler
_vectors: Callable[..., BaseEstimator] = SVC
chain: Callable[..., BaseEstimator] = make_pipeline
forest: Callable[..., BaseEstimator] = RandomForestClassifier
boosting: Callable[..., BaseEstimator] = HistGradientBoostingClassifier


def plain_regression(strength: float) -> BaseEstimator:
    """Return a logistic regression of values as they are; `strength` is its C."""
    return _regression(C=strength)


def regression(rounds: int) -> BaseEstimator:
    """Return a logistic regression of standardised values; its C is `logisticregression__C`."""
    return chain(_scaler(), _regression(max_iter=rounds))


def vectors() -> BaseEstimator:
    """Return a support vector machine of standardised values; settings are called `svc__...`."""
    return chain(_scaler(), _vectors())


def filled(model: BaseEstimator) -> BaseEstimator:
    """Return a model before which missing values are filled with the medians it learned from."""
    return chain(_imputer(strategy="median", keep_empty_features=True), model)
