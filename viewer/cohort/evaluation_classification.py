"""Scores of cases judged against what they are: ROC, precision and recall, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.cohort.evaluation_cases import Cases, paired, require_once, too_many
from viewer.cohort.evaluation_tables import read_rows, require_columns
from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Progress
from viewer.imaging.evaluation.classification import (
    Confusion,
    Labels,
    area_under,
    areas_under,
    average_precision,
    average_precisions,
    best_threshold,
    brier,
    calibration_error,
    confusion,
    delong_interval,
    delong_p,
    precision_recall,
    reliability,
    roc,
)
from viewer.imaging.evaluation.resampling import (
    Array,
    Draws,
    chance_of_no_difference,
    draws,
    interval,
    mcnemar,
)
from viewer.imaging.evaluation.result import Cell, Evaluation, Figure, Line, Plot, Table, known
from viewer.imaging.evaluation.wish import Task, Wish

_RATES = ("Sensitivity", "Specificity", "Precision", "NPV", "F1", "Accuracy")
_RULES = (
    "A score as high as the threshold counts as ill.",
    "Ties in the ROC count half; average precision draws no line between thresholds.",
    "Expected calibration error and reliability: ten bins of equal width.",
)


@dataclass(frozen=True, slots=True)
class _Scored:
    scores: dict[str, float]
    patients: dict[str, str]


def evaluate_classification(wish: Wish, progress: Progress) -> Evaluation:
    """Judge scores.

    Raises:
        Declined: if the cases of both sides are not the same, or there are only ill or healthy.
        Unreadable: if a file is not what it says, or a label is none.
        Cancelled: if it is no longer wanted.
    """
    ours, (labels_of, patients) = _scores(wish.predictions), _labels(wish.truth)
    cases = paired(ours.patients, patients, wish.groups)
    names = [one.name for one in cases.every]
    labels = np.array([labels_of[name] for name in names])
    scores = np.array([ours.scores[name] for name in names])
    if labels.all() or not labels.any():
        raise Declined("There are only ill or only healthy cases in the truth.", code="one_class")
    drawn = draws(cases.patients, wish.samples, wish.seed)
    progress.report(0.2, "intervals")
    chances = bool(((scores >= 0) & (scores <= 1)).all())
    threshold, told = _threshold(wish, labels, scores, chances=chances)
    notices = list(cases.notices)
    if not chances:
        notices.append("Scores are no probabilities (0 to 1): no calibration, no Brier score.")
    figures = _figures(labels, scores, drawn, cases)
    figures += _at_threshold(labels, scores, drawn, threshold)
    tables = [_confusion_table(labels, scores, threshold), _operating_table(labels, scores)]
    plots = [_roc_plot([("Predictions", labels, scores)]), _pr_plot(labels, scores)]
    progress.report(0.6, "calibration")
    if chances:
        figures += calibration(labels, scores, drawn)
        tables.append(_reliability_table(labels, scores))
        plots.append(_reliability_plot(labels, scores))
    if wish.other is not None:
        theirs = _scores(wish.other)
        paired(theirs.patients, patients, wish.groups)
        more = np.array([theirs.scores[name] for name in names])
        tables.append(_comparison(labels, (scores, more), drawn, threshold, cases))
        plots[0] = _roc_plot([("Predictions", labels, scores), ("Other", labels, more)])
    groups = _group_table(labels, scores, cases, wish, threshold)
    tables += [groups] if groups.rows else []
    tables.append(_case_table(cases, labels, scores, threshold))
    return Evaluation(
        Task.CLASSIFICATION,
        tuple(figures),
        tuple(tables),
        tuple(plots),
        (*_RULES, told),
        tuple(notices),
        len(cases.every),
        len(set(cases.patients)),
        wish.samples,
        wish.seed,
    )


def _scores(path: Path) -> _Scored:
    rows = read_rows(path)
    require_columns(path, rows, ("case", "score"))
    require_once([row.text("case") for row in rows], path.name)
    scores: dict[str, float] = {}
    for row in rows:
        value = row.number("score")
        if value is None:
            raise Unreadable(f"{row.where}: there is no score", code="no_number")
        scores[row.text("case")] = value
    return _Scored(scores, {row.text("case"): row.text("patient") for row in rows})


def _labels(path: Path) -> tuple[dict[str, bool], dict[str, str]]:
    rows = read_rows(path)
    require_columns(path, rows, ("case", "label"))
    require_once([row.text("case") for row in rows], path.name)
    labels = {row.text("case"): row.yes("label") for row in rows}
    return labels, {row.text("case"): row.text("patient") for row in rows}


def _threshold(wish: Wish, labels: Labels, scores: Array, *, chances: bool) -> tuple[float, str]:
    if wish.threshold is not None:
        return wish.threshold, f"The threshold {wish.threshold:g} was given."
    if chances:
        return 0.5, "The threshold is 0.5."
    value = best_threshold(labels, scores)
    return value, (
        f"The threshold {value:g} has the largest sensitivity + specificity on these very cases "
        "(Youden), so figures at it flatter."
    )


def _figures(labels: Labels, scores: Array, drawn: Draws, cases: Cases) -> list[Figure]:
    count = len(labels)
    areas = drawn.each(count, lambda part: areas_under(labels, scores, part[:, drawn.of]))
    precisions = drawn.each(
        count, lambda part: average_precisions(labels, scores, part[:, drawn.of])
    )
    area = area_under(labels, scores)
    found = [Figure("ROC AUC", known(area), *interval(areas), count, "cases")]
    if cases.one_each:
        low, high = delong_interval(labels, scores)
        found.append(
            Figure(
                "ROC AUC (DeLong interval)", known(area), known(low), known(high), count, "cases"
            )
        )
    mean = known(average_precision(labels, scores))
    found.append(Figure("Average precision", mean, *interval(precisions), count, "cases"))
    return [*found, Figure("Prevalence", float(labels.mean()), count=count, of="cases")]


def _rates(at: Confusion) -> tuple[float, ...]:
    return (
        at.recall, at.specificity, at.precision, at.negative_predictive_value, at.f1, at.accuracy
    )  # fmt: skip


def _at_threshold(labels: Labels, scores: Array, drawn: Draws, threshold: float) -> list[Figure]:
    at = confusion(labels, scores, threshold)
    called = scores >= threshold
    kinds = np.stack(
        [labels & called, ~labels & called, labels & ~called, ~labels & ~called], axis=1
    ).astype(np.int64)

    def rates(counts: NDArray[np.int32]) -> Array:
        sums = counts[:, drawn.of] @ kinds
        return np.array([_rates(Confusion(threshold, *map(int, row))) for row in sums])

    more = np.concatenate([rates(part) for part in drawn.parts(len(labels))])
    ill, called_ill, count = int(labels.sum()), int(called.sum()), len(labels)
    numbers = (ill, count - ill, called_ill, count - called_ill, count, count)
    of = ("ill", "healthy", "called ill", "called healthy", "cases", "cases")
    return [
        Figure("Threshold", threshold),
        *(
            Figure(name, known(value), *interval(more[:, n]), numbers[n], of[n])
            for n, (name, value) in enumerate(zip(_RATES, _rates(at), strict=True))
        ),
    ]


def calibration(labels: Labels, scores: Array, drawn: Draws, of: str = "cases") -> list[Figure]:
    """Return Brier score and calibration error of probabilities with their intervals."""
    squares = (scores - labels) ** 2
    which = np.clip((scores * 10).astype(np.intp), 0, 9)
    gaps = np.zeros((len(labels), 10))
    gaps[np.arange(len(labels)), which] = scores - labels

    def errors(counts: NDArray[np.int32]) -> Array:
        weights = counts[:, drawn.of].astype(np.float64)
        total = weights.sum(axis=1)
        expected = np.abs(weights @ gaps).sum(axis=1) / total
        return np.stack([weights @ squares / total, expected], axis=1)

    more = np.concatenate([errors(part) for part in drawn.parts(len(labels) * 2)])
    return [
        Figure("Brier score", brier(labels, scores), *interval(more[:, 0]), len(labels), of),
        Figure(
            "Expected calibration error",
            calibration_error(labels, scores),
            *interval(more[:, 1]),
            len(labels),
            of,
        ),
    ]


def _confusion_table(labels: Labels, scores: Array, threshold: float) -> Table:
    at = confusion(labels, scores, threshold)
    rows = (
        ("called ill", at.true_positive, at.false_positive),
        ("called healthy", at.false_negative, at.true_negative),
    )
    title = f"Confusion matrix at the threshold {threshold:g}"
    return Table("confusion", title, ("", "ill", "healthy"), rows)


def _operating_table(labels: Labels, scores: Array) -> Table:
    thresholds = np.unique(scores)[::-1]
    step = max(1, len(thresholds) // 200)
    rows: list[tuple[Cell, ...]] = []
    for threshold in thresholds[::step]:
        at = confusion(labels, scores, float(threshold))
        counts = (at.true_positive, at.false_positive, at.false_negative, at.true_negative)
        rows.append((float(threshold), *counts, *map(known, _rates(at))))
    head = ("threshold", "true positive", "false positive", "false negative", "true negative")
    return Table("operating", "What a threshold gives", (*head, *_RATES), tuple(rows))


def _reliability_table(labels: Labels, scores: Array) -> Table:
    rows = tuple(
        (one.low, one.high, one.count, one.mean_score, one.ill)
        for one in reliability(labels, scores)
    )
    head = ("score from", "score to", "cases", "mean score", "part that is ill")
    return Table("reliability", "Foretold and found", head, rows)


def _group_table(
    labels: Labels, scores: Array, cases: Cases, wish: Wish, threshold: float
) -> Table:
    left_out = too_many(cases)
    rows: list[tuple[Cell, ...]] = []
    for column, value, inside in cases.parts():
        if column in left_out:
            continue
        ours, theirs = labels[inside], scores[inside]
        drawn = draws([cases.patients[n] for n in inside], wish.samples, wish.seed)
        areas = areas_under(ours, theirs, drawn.counts[:, drawn.of])
        at = confusion(ours, theirs, threshold)
        counts = (len(inside), drawn.counts.shape[1], int(ours.sum()))
        area = known(area_under(ours, theirs))
        rates = (known(at.recall), known(at.specificity), known(at.precision))
        rows.append((column, value, *counts, area, *interval(areas), *rates))
    head = ("group", "value", "cases", "patients", "ill", "ROC AUC", "95 % from", "95 % to")
    more = ("sensitivity", "specificity", "precision")
    return Table("groups", "By group", (*head, *more), tuple(rows))


def _case_table(cases: Cases, labels: Labels, scores: Array, threshold: float) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one, label, score in zip(cases.every, labels, scores, strict=True):
        right = "right" if bool(label) == bool(score >= threshold) else "wrong"
        rows.append((one.name, one.patient, float(score), int(label), right))
    head = ("case", "patient", "score", "label", "at the threshold")
    return Table("cases", "Each case", head, tuple(rows))


def _comparison(
    labels: Labels, both: tuple[Array, Array], drawn: Draws, threshold: float, cases: Cases
) -> Table:
    first, second = both

    def gaps(counts: NDArray[np.int32]) -> Array:
        weights = counts[:, drawn.of]
        return areas_under(labels, first, weights) - areas_under(labels, second, weights)

    gap = drawn.each(len(labels), gaps)
    a, b = area_under(labels, first), area_under(labels, second)
    rows: list[tuple[Cell, ...]] = [
        ("ROC AUC (bootstrap)", a, b, a - b, *interval(gap), chance_of_no_difference(gap))
    ]
    if cases.one_each:
        p = known(delong_p(labels, first, second))
        rows.append(("ROC AUC (DeLong)", a, b, a - b, None, None, p))
        right = [labels == (one >= threshold) for one in both]
        test = mcnemar(*right)
        counts = (test.only_first, test.only_second)
        rows.append(
            ("Only this one right (McNemar)", *counts, counts[0] - counts[1], None, None, test.p)
        )
    head = ("figure", "predictions", "other", "difference", "95 % from", "95 % to", "p")
    return Table("comparison", "Predictions and other, on the same patients", head, tuple(rows))


def _roc_plot(sets: Sequence[tuple[str, Labels, Array]]) -> Plot:
    lines = []
    for name, labels, scores in sets:
        curve = roc(labels, scores)
        x, y = curve.false_positive_rate.tolist(), curve.sensitivity.tolist()
        lines.append(Line(name, tuple(x), tuple(y)))
    return Plot("roc", "ROC", "1 - specificity", "Sensitivity", tuple(lines), diagonal=True)


def _pr_plot(labels: Labels, scores: Array) -> Plot:
    precision, recall, _ = precision_recall(labels, scores)
    line = Line("Predictions", tuple(recall.tolist()), tuple(precision.tolist()), steps=True)
    level = float(labels.mean())
    chance = Line("Prevalence", (0.0, 1.0), (level, level))
    return Plot("pr", "Precision and recall", "Recall", "Precision", (line, chance))


def _reliability_plot(labels: Labels, scores: Array) -> Plot:
    found = reliability(labels, scores)
    line = Line(
        "Predictions", tuple(one.mean_score for one in found), tuple(one.ill for one in found)
    )
    return Plot(
        "reliability", "Calibration", "Mean score", "Part that is ill", (line,), diagonal=True
    )
