"""Tables and curves of classes: confusion, each class against the rest, groups, cases."""

from __future__ import annotations

from functools import partial

import numpy as np

from viewer.cohort.evaluation_cases import Cases, too_many
from viewer.cohort.evaluation_class_cases import Called, Given
from viewer.cohort.evaluation_class_figures import (
    AVERAGES,
    CURVES,
    average_of,
    averages_of,
    of_draws,
    once,
    surest,
    told_of,
)
from viewer.imaging.evaluation.classes import areas, confusions
from viewer.imaging.evaluation.classification import Weights, precision_recall, reliability, roc
from viewer.imaging.evaluation.resampling import (
    Array,
    chance_of_no_difference,
    draws,
    interval,
    mcnemar,
)
from viewer.imaging.evaluation.result import Cell, Line, Plot, Table, known
from viewer.imaging.evaluation.wish import Wish

_DRAWN = 8
"""Classes of which curves are drawn."""


def confusion_table(given: Given) -> Table:
    """Return how often which class was taken for which."""
    (matrix,) = confusions(given.truth, given.ours.called, len(given.names), once(given))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(int(one) for one in row), int(row.sum()))
        for name, row in zip(given.names, matrix, strict=True)
    )
    head = ("truly", *(f"called {name}" for name in given.names), "cases")
    return Table("confusion", "Confusion matrix", head, rows)


def class_table(given: Given) -> Table:
    """Return the figures of each class with their intervals."""

    def rates(weights: Weights) -> Array:
        one = told_of(given, given.ours.called, weights)
        return np.stack([one.precision, one.recall, one.f1, one.specificity], axis=2)

    (now,), more = rates(once(given)), of_draws(given, rates)
    curves = [partial(work, given.truth, given.ours.scores) for _, work in CURVES
              if given.ours.scores is not None]  # fmt: skip
    drawn = [(work(once(given))[0], of_draws(given, work)) for work in curves]
    rows: list[tuple[Cell, ...]] = []
    for k, name in enumerate(given.names):
        counts = (int((given.truth == k).sum()), int((given.ours.called == k).sum()))
        row: list[Cell] = [name, *counts]
        for n in range(4):
            row += [known(now[k, n])] if n == 3 else [known(now[k, n]), *interval(more[:, k, n])]
        for value, of in drawn:
            row += [known(value[k]), *interval(of[:, k])]
        rows.append(tuple(row))
    bounds = ("95 % from", "95 % to")
    head = ["class", "cases", "called so", *(cell for name in ("precision", "recall", "F1")
            for cell in (name, *bounds)), "specificity"]  # fmt: skip
    head += [cell for title, _ in CURVES[: len(drawn)] for cell in (title, *bounds)]
    return Table("classes", "By class, each against the rest", tuple(head), tuple(rows))


def reliability_table(given: Given) -> Table:
    """Return how often the class with the highest score was right, by that score."""
    rows = tuple(
        (one.low, one.high, one.count, one.mean_score, one.ill)
        for one in reliability(*surest(given))
    )
    head = ("score from", "score to", "cases", "mean score", "part that is right")
    return Table("reliability", "Foretold and found, of the highest score", head, rows)


def group_table(given: Given, wish: Wish) -> Table:
    """Return accuracy and the like for each value of each group."""
    left_out = too_many(given.cases)
    rows: list[tuple[Cell, ...]] = []
    names = [name for name, _ in AVERAGES]
    shown = [names.index(one) for one in ("Accuracy", "Balanced accuracy", "Macro F1")]
    for column, value, inside in given.cases.parts():
        if column in left_out:
            continue
        patients = [given.cases.patients[n] for n in inside]
        part = Given(
            Cases(tuple(given.cases.every[n] for n in inside)), given.names, given.truth[inside],
            Called(given.ours.called[inside], None), draws(patients, wish.samples, wish.seed),
        )  # fmt: skip
        (now,) = averages_of(part, part.ours.called, once(part))
        more = of_draws(part, partial(averages_of, part, part.ours.called))
        row: list[Cell] = [column, value, len(inside), len(set(patients))]
        for n in shown:
            row += [known(now[n]), *interval(more[:, n])]
        rows.append(tuple(row))
    bounds = ("95 % from", "95 % to")
    head = [cell for n in shown for cell in (names[n].lower(), *bounds)]
    return Table("groups", "By group", ("group", "value", "cases", "patients", *head), tuple(rows))


def case_table(given: Given) -> Table:
    """Return what each case is, what it was called, and its scores."""
    scores = given.ours.scores
    rows: list[tuple[Cell, ...]] = []
    for n, one in enumerate(given.cases.every):
        true, called = int(given.truth[n]), int(given.ours.called[n])
        each = () if scores is None else tuple(map(float, scores[n]))
        row = (one.name, one.patient, given.names[true], given.names[called])
        rows.append((*row, "right" if true == called else "wrong", *each))
    head = ("case", "patient", "truly", "called", "right or wrong")
    more = () if scores is None else tuple(f"score {name}" for name in given.names)
    return Table("cases", "Each case", (*head, *more), tuple(rows))


def comparison(given: Given, other: Called) -> Table:
    """Compare with other predictions on the same draws of patients."""
    rows: list[tuple[Cell, ...]] = []
    ours = partial(averages_of, given, given.ours.called)
    theirs = partial(averages_of, given, other.called)
    both = [(name, ours, theirs, n) for n, (name, _) in enumerate(AVERAGES)]
    if given.ours.scores is not None and other.scores is not None:
        mine, more = (partial(average_of, given, one, areas) for one in (given.ours, other))
        both.append(("Macro ROC AUC", mine, more, 0))
    for name, first, second, n in both:
        (a,), (b,) = first(once(given)), second(once(given))
        gap = (of_draws(given, first) - of_draws(given, second))[:, n]
        values = (known(a[n]), known(b[n]), known(a[n] - b[n]))
        rows.append((name, *values, *interval(gap), chance_of_no_difference(gap)))
    if given.cases.one_each:
        right = [given.truth == one.called for one in (given.ours, other)]
        test = mcnemar(*right)
        counts = (test.only_first, test.only_second, test.only_first - test.only_second)
        rows.append(("Only this one right (McNemar)", *counts, None, None, test.p))
    head = ("figure", "predictions", "other", "difference", "95 % from", "95 % to", "p")
    return Table("comparison", "Predictions and other, on the same patients", head, tuple(rows))


def _shown(given: Given) -> list[int]:
    """Return the classes of which curves are drawn: those with the most cases, by name."""
    counts = np.bincount(given.truth, minlength=len(given.names))
    there = [k for k in np.argsort(-counts, kind="stable") if counts[k]]
    return sorted(int(k) for k in there[:_DRAWN])


def roc_plot(given: Given) -> Plot:
    """Return the ROC of each class against the rest."""
    lines = []
    for k in _shown(given):
        scores = given.ours.scores
        if scores is not None:
            curve = roc(given.truth == k, scores[:, k])
            x, y = curve.false_positive_rate.tolist(), curve.sensitivity.tolist()
            lines.append(Line(given.names[k], tuple(x), tuple(y)))
    title = "ROC of each class against the rest"
    return Plot("roc", title, "1 - specificity", "Sensitivity", tuple(lines), diagonal=True)


def pr_plot(given: Given) -> Plot:
    """Return precision and recall of each class against the rest."""
    lines = []
    for k in _shown(given):
        scores = given.ours.scores
        if scores is not None:
            precision, recall, _ = precision_recall(given.truth == k, scores[:, k])
            x, y = recall.tolist(), precision.tolist()
            lines.append(Line(given.names[k], tuple(x), tuple(y), steps=True))
    title = "Precision and recall of each class against the rest"
    return Plot("pr", title, "Recall", "Precision", tuple(lines))


def reliability_plot(given: Given) -> Plot:
    """Return how often the highest score was right, against what it said."""
    found = reliability(*surest(given))
    x, y = tuple(one.mean_score for one in found), tuple(one.ill for one in found)
    lines = (Line("Predictions", x, y),)
    title = "Calibration of the highest score"
    return Plot(
        "reliability", title, "Mean highest score", "Part that is right", lines, diagonal=True
    )
