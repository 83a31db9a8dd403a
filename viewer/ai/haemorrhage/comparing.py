"""The network, the plain rule and classical models on the same heads in the same folds.

Whatever is fitted or chosen for a fold (thresholds, margins, regressions) is fitted on the heads
of the other folds alone. The regressions over the network's answers learn from answers on heads
that their network had not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from viewer.ai.haemorrhage.brightness import Brightness, brightness_of
from viewer.ai.haemorrhage.judging import Box, Judged, hits
from viewer.ai.haemorrhage.marks import Mark, Seen, marks_of, slice_features
from viewer.ai.haemorrhage.patients import Patient
from viewer.ai.haemorrhage.rule import THRESHOLDS, Part, parts_of, slice_scores
from viewer.ai.haemorrhage.scores import Score, Scores, bleed_features, fitted
from viewer.imaging.evaluation.classification import area_under

Array = NDArray[np.float64]
Fit = Callable[[Array, NDArray[np.bool_]], Callable[[Array], Array]]
BRIGHT_MARK, BRIGHT_SLICE = (5, 6), (4,)
"""Columns of the features that tell brightness; the others come from the network."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A head with what a network said of it that never saw it."""

    patient: Patient
    light: Brightness = field(repr=False)
    seen: Seen = field(repr=False)
    marks: tuple[Mark, ...] = field(repr=False)
    fold: int


def head_of(patient: Patient, seen: Seen, fold: int) -> Head:
    """Put together what is needed of one head."""
    light = brightness_of(patient.slices)
    return Head(patient, light, seen, tuple(marks_of(seen, light)), fold)


def scores_from(
    heads: Sequence[Head], leave: tuple[int, ...] = (), few: tuple[int, ...] = ()
) -> Scores:
    """Fit the regressions; `leave` and `few` are columns of marks and slices to leave out."""
    rows = np.concatenate([slice_features(one.seen, one.light) for one in heads])
    ill = np.concatenate([one.patient.ill for one in heads])
    features, good = marked(heads)
    marks = _without(fitted(_blank(features, leave), good), leave)
    slices = _without(fitted(_blank(rows, few), ill), few)
    bleeds = [(row, truth) for one in heads for row, truth in _bleeds(one, marks)]
    x = np.array([row for row, _ in bleeds]).reshape(-1, 2)
    return Scores(slices, marks, fitted(x, np.array([truth for _, truth in bleeds], np.bool_)))


def _blank(features: Array, columns: tuple[int, ...]) -> Array:
    made = features.copy()
    made[:, list(columns)] = 0
    return made


def _without(score: Score, columns: tuple[int, ...]) -> Score:
    weight = score.weight.copy()
    weight[list(columns)] = 0
    return replace(score, weight=weight)


def marked(heads: Sequence[Head]) -> tuple[Array, NDArray[np.bool_]]:
    """Return the features of all marks, and whether their middle lies in a box."""
    found = [(mark.features, _good(one, mark)) for one in heads for mark in one.marks]
    return np.array([row for row, _ in found]), np.array([good for _, good in found], np.bool_)


def _good(head: Head, mark: Mark) -> bool:
    return hits(mark.box, head.patient.boxes[mark.slice], "centre")


def _bleeds(head: Head, score: Score) -> list[tuple[Array, bool]]:
    if not head.marks:
        return []
    scores = score(np.array([mark.features for mark in head.marks]))
    rows = bleed_features(head.marks, scores)
    surest = {
        bleed: max(
            (k for k, mark in enumerate(head.marks) if mark.bleed == bleed), key=lambda k: scores[k]
        )
        for bleed in rows
    }
    return [(row, _good(head, head.marks[surest[bleed]])) for bleed, row in rows.items()]


def by_network(heads: Sequence[Head], *, bright: bool = True) -> list[Judged]:
    """Judge each head by regressions fitted on the heads of the other folds."""
    leave, few = ((), ()) if bright else (BRIGHT_MARK, BRIGHT_SLICE)
    made = []
    for fold in sorted({one.fold for one in heads}):
        scores = scores_from([one for one in heads if one.fold != fold], leave, few)
        made += [judged(one, scores) for one in heads if one.fold == fold]
    return made


def judged(head: Head, scores: Scores) -> Judged:
    """Return what the network and the regressions say of a head."""
    patient = head.patient
    said = scores.slices(slice_features(head.seen, head.light))
    rows = np.array([mark.features for mark in head.marks]).reshape(len(head.marks), -1)
    likely = scores.marks(rows) if head.marks else np.zeros(0)
    marks = tuple(
        (mark.slice, mark.box, float(score)) for mark, score in zip(head.marks, likely, strict=True)
    )
    bleeds = tuple(mark.bleed for mark in head.marks)
    return Judged(patient.name, patient.ill, said, patient.boxes, marks, bleeds)


def by_bleeds(heads: Sequence[Head]) -> list[Judged]:
    """Judge the bleeds of each head, scored as the reader scores them, fold by fold."""
    made = []
    for fold in sorted({one.fold for one in heads}):
        scores = scores_from([one for one in heads if one.fold != fold])
        for head in heads:
            if head.fold == fold:
                made.append(_with_bleed_scores(head, scores))  # noqa: PERF401 - nested
    return made


def _with_bleed_scores(head: Head, scores: Scores) -> Judged:
    plain = judged(head, scores)
    if not head.marks:
        return plain
    each = np.array([mark[2] for mark in plain.marks])
    rows = bleed_features(head.marks, each)
    said = {bleed: float(scores.bleeds(row[None])[0]) for bleed, row in rows.items()}
    # the surest mark of a bleed stays the surest, by a hair
    marks = tuple(
        (number, box, said[bleed] + 1e-9 * score)
        for (number, box, score), bleed in zip(plain.marks, plain.bleeds, strict=True)
    )
    return replace(plain, marks=marks)


def by_rule(heads: Sequence[Head]) -> list[Judged]:
    """Judge each head by the plain rule; threshold and margin come from the other folds."""
    made = []
    parts = {limit: [_parts(one, limit) for one in heads] for limit in THRESHOLDS}
    for fold in sorted({one.fold for one in heads}):
        rest = [k for k, one in enumerate(heads) if one.fold != fold]
        best = max(THRESHOLDS, key=lambda limit: _area(heads, parts[limit], rest))
        margin = _margin(heads, parts[best], rest)
        for k, one in enumerate(heads):
            if one.fold == fold:
                scores = np.array([part.score for part in parts[best][k]])
                made.append(_ruled(one, parts[best][k], scores, margin))
    return made


def by_features(heads: Sequence[Head], fit: Fit) -> list[Judged]:
    """Judge each head by a classical model of the rule's parts, fitted on the other folds."""
    parts = [_parts(one, THRESHOLDS[0]) for one in heads]
    made = []
    for fold in sorted({one.fold for one in heads}):
        rest = [k for k, one in enumerate(heads) if one.fold != fold]
        x = np.array([part.features for k in rest for part in parts[k]])
        y = np.array([_inside(heads[k], part) for k in rest for part in parts[k]], np.bool_)
        model, margin = fit(x, y), _margin(heads, parts, rest)
        for k, one in enumerate(heads):
            if one.fold == fold:
                rows = np.array([part.features for part in parts[k]]).reshape(len(parts[k]), -1)
                scores = model(rows) if len(rows) else np.zeros(0)
                made.append(_ruled(one, parts[k], scores, margin))
    return made


def regression(features: Array, truth: NDArray[np.bool_]) -> Callable[[Array], Array]:
    """Fit a logistic regression."""
    return fitted(features, truth)


def boosting(features: Array, truth: NDArray[np.bool_]) -> Callable[[Array], Array]:
    """Fit gradient boosting of trees."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(  # type: ignore[no-untyped-call]
        max_iter=100, learning_rate=0.06, max_leaf_nodes=8, random_state=0
    )
    model.fit(features, truth)

    def likely(rows: Array) -> Array:
        return np.asarray(model.predict_proba(rows)[:, 1])  # type: ignore[no-untyped-call]

    return likely


def _parts(head: Head, limit: float) -> list[Part]:
    return parts_of(head.patient.slices, head.light, limit)


def _inside(head: Head, part: Part) -> bool:
    return hits(part.box, head.patient.boxes[part.slice], "centre")


def _area(heads: Sequence[Head], parts: Sequence[list[Part]], rest: Sequence[int]) -> float:
    said = [
        slice_scores(parts[k], np.array([one.score for one in parts[k]]), len(heads[k].patient.ill))
        for k in rest
    ]
    return area_under(np.concatenate([heads[k].patient.ill for k in rest]), np.concatenate(said))


def _margin(heads: Sequence[Head], parts: Sequence[list[Part]], rest: Sequence[int]) -> Box:
    """Return how much further boxes reach than the bright parts in them, on either side."""
    gaps = [
        np.array(part.box) - heads[k].patient.boxes[part.slice]
        for k in rest
        for part in parts[k]
        if _inside(heads[k], part)
    ]
    top, left, bottom, right = np.median(np.array(gaps), axis=0)
    rows, columns = (top - bottom) / 2, (left - right) / 2
    return (-rows, -columns, rows, columns)


def _ruled(head: Head, parts: Sequence[Part], scores: Array, margin: Box) -> Judged:
    patient = head.patient
    marks = []
    for part, score in zip(parts, scores, strict=True):
        a, b, c, d = (side + far for side, far in zip(part.box, margin, strict=True))
        marks.append((part.slice, (a, b, c, d), float(score)))
    said = slice_scores(parts, scores, len(patient.ill))
    return Judged(patient.name, patient.ill, said, patient.boxes, tuple(marks))
