"""Averages over classes with their intervals over patients, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from viewer.cohort.evaluation_class_cases import Called, Given
from viewer.imaging.evaluation.classes import (
    Numbers,
    Told,
    areas,
    brier,
    by_prevalence,
    confusions,
    precisions,
    told,
)
from viewer.imaging.evaluation.classification import Labels, Weights, calibration_error
from viewer.imaging.evaluation.resampling import Array, interval
from viewer.imaging.evaluation.result import Figure, known

AVERAGES: tuple[tuple[str, Callable[[Told], Array]], ...] = (
    ("Accuracy", lambda one: one.accuracy),
    ("Balanced accuracy", lambda one: one.balanced_accuracy),
    ("Cohen's kappa", lambda one: one.kappa),
    ("Macro precision", lambda one: one.mean(one.precision)),
    ("Macro recall", lambda one: one.mean(one.recall)),
    ("Macro F1", lambda one: one.mean(one.f1)),
    ("Weighted precision", lambda one: one.mean(one.precision, weighted=True)),
    ("Weighted recall", lambda one: one.mean(one.recall, weighted=True)),
    ("Weighted F1", lambda one: one.mean(one.f1, weighted=True)),
)
CURVES = (("ROC AUC", areas), ("average precision", precisions))


def once(given: Given) -> Weights:
    """Return weights that count every case once."""
    return np.ones((1, len(given.truth)))


def told_of(given: Given, called: Numbers, weights: Weights) -> Told:
    """Return precision, recall and the rest of each class (draws, classes)."""
    return told(confusions(given.truth, called, len(given.names), weights))


def of_draws(given: Given, work: Callable[[Weights], Array]) -> Array:
    """Return what the work makes of the weights of all draws."""
    drawn, width = given.drawn, len(given.truth) * max(len(given.names), 1)
    return drawn.each(width, lambda part: work(part[:, drawn.of]))


def averages_of(given: Given, called: Numbers, weights: Weights) -> Array:
    """Return all averages (draws, averages)."""
    one = told_of(given, called, weights)
    return np.stack([work(one) for _, work in AVERAGES], axis=1)


def class_figures(given: Given) -> list[Figure]:
    """Return the averages over classes with their intervals."""
    count = len(given.truth)
    (values,) = averages_of(given, given.ours.called, once(given))
    more = of_draws(given, lambda weights: averages_of(given, given.ours.called, weights))
    found = [
        Figure(name, known(values[n]), *interval(more[:, n]), count, "cases")
        for n, (name, _) in enumerate(AVERAGES)
    ]
    for title, work in CURVES if given.ours.scores is not None else ():
        both = partial(average_of, given, given.ours, work)
        (now,), drawn = both(once(given)), of_draws(given, both)
        found += [
            Figure(f"{name} {title}", known(now[n]), *interval(drawn[:, n]), count, "cases")
            for n, name in enumerate(("Macro", "Weighted"))
        ]
    return found


def average_of(
    given: Given, ours: Called, work: Callable[[Numbers, Array, Weights], Array], weights: Weights
) -> Array:
    """Return the macro and the weighted average of a figure of each class against the rest."""
    if ours.scores is None:
        raise ValueError("there are no scores")
    each = work(given.truth, ours.scores, weights)
    there = np.unique(given.truth)
    return np.stack(
        [each[:, there].mean(axis=1), by_prevalence(each, given.truth, weights)], axis=1
    )


def calibration_figures(given: Given) -> list[Figure]:
    """Return Brier score and calibration error, where scores are probabilities."""
    scores = given.ours.scores
    if scores is None:
        return []
    squares, (right, sure) = brier(given.truth, scores), surest(given)
    gaps = np.zeros((len(right), 10))
    gaps[np.arange(len(right)), np.clip((sure * 10).astype(np.intp), 0, 9)] = sure - right

    def errors(weights: Weights) -> Array:
        total = np.asarray(weights, np.float64).sum(axis=1)
        expected = np.abs(weights @ gaps).sum(axis=1) / total
        return np.stack([weights @ squares / total, expected], axis=1)

    more, count = of_draws(given, errors), len(right)
    error = calibration_error(right, sure)
    return [
        Figure("Brier score", float(squares.mean()), *interval(more[:, 0]), count, "cases"),
        Figure("Expected calibration error", error, *interval(more[:, 1]), count, "cases"),
    ]


def surest(given: Given) -> tuple[Labels, Array]:
    """Return whether the class with the highest score was right, and that score (cases)."""
    scores = given.ours.scores
    if scores is None:
        raise ValueError("there are no scores")
    return scores.argmax(axis=1) == given.truth, np.asarray(scores.max(axis=1))
