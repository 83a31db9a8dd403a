"""How sure findings are and how often that is right: precision against recall, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.cohort.evaluation_classification import calibration
from viewer.imaging.evaluation.classification import average_precisions, reliability
from viewer.imaging.evaluation.detection import Scan
from viewer.imaging.evaluation.resampling import Array, Draws, interval
from viewer.imaging.evaluation.result import Figure, Line, Plot, Table, known

_PARTS = "Average precision: precision at each threshold by the part of all lesions it adds."
_RIGHT = "Part that is a lesion"
_CALIBRATED = "Calibration of findings: their scores against how many are lesions, ten bins."


@dataclass(frozen=True, slots=True)
class Certainty:
    """What is said of the scores of findings."""

    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()
    rules: tuple[str, ...] = ()


def certainty(scans: Sequence[Scan], drawn: Draws) -> Certainty:
    """Judge the scores of findings, those that count as nothing left out.

    Args:
        scans: Marks and lesions of each scan.
        drawn: Draws of patients; `of` is the patient of each scan.
    """
    counted = [one.hits | one.false for one in scans]
    hits = np.concatenate([one.hits[kept] for one, kept in zip(scans, counted, strict=True)])
    scores = np.concatenate([one.scores[kept] for one, kept in zip(scans, counted, strict=True)])
    if not len(scores):
        return Certainty()
    of = np.repeat(drawn.of, [int(kept.sum()) for kept in counted])
    lesions = np.array([one.lesions for one in scans])

    def parts(weights: NDArray[np.int32], of_scans: NDArray[np.int32]) -> Array:
        each = np.nan_to_num(average_precisions(hits, scores, weights))
        total = (of_scans @ lesions).astype(np.float64)
        found = np.divide(weights @ hits, total, out=np.full(len(total), np.nan), where=total > 0)
        return np.asarray(each * found)

    (value,) = parts(np.ones((1, len(hits)), np.int32), np.ones((1, len(scans)), np.int32))
    more = drawn.each(len(hits), lambda part: parts(part[:, of], part[:, drawn.of]))
    figures = [
        Figure("Average precision", known(value), *interval(more), int(lesions.sum()), "lesions")
    ]
    plots, tables = [_curve(hits, scores, int(lesions.sum()))], []
    chances = bool(((scores >= 0) & (scores <= 1)).all())
    if chances:
        figures += calibration(hits, scores, Draws(drawn.counts, of), "findings")
        tables, line = [_table(hits, scores)], _line(hits, scores)
        title = "Calibration of findings"
        plots.append(
            Plot(
                "reliability", title, "Mean score", "Part that is a lesion", (line,), diagonal=True
            )
        )
    rules = (_PARTS, *((_CALIBRATED,) if chances else ()))
    return Certainty(tuple(figures), tuple(tables), tuple(plots), rules)


def _curve(hits: NDArray[np.bool_], scores: Array, lesions: int) -> Plot:
    """Return precision against the part of all lesions that is found, at each score."""
    order = np.argsort(-scores, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(scores[order]) != 0, True))
    found = hits[order].cumsum()[ends]
    recall, precision = found / max(lesions, 1), found / (ends + 1)
    line = Line("Predictions", tuple(recall.tolist()), tuple(precision.tolist()), steps=True)
    return Plot("pr", "Precision and recall", "Recall", "Precision", (line,))


def _table(hits: NDArray[np.bool_], scores: Array) -> Table:
    rows = tuple(
        (one.low, one.high, one.count, one.mean_score, one.ill) for one in reliability(hits, scores)
    )
    head = ("score from", "score to", "findings", "mean score", "part that is a lesion")
    return Table("reliability", "Foretold and found", head, rows)


def _line(hits: NDArray[np.bool_], scores: Array) -> Line:
    found = reliability(hits, scores)
    x, y = tuple(one.mean_score for one in found), tuple(one.ill for one in found)
    return Line("Predictions", x, y)
