"""Predictions judged against a truth, without a window: figures, tables, curves, one page."""

from __future__ import annotations

from pathlib import Path

from viewer.cohort.evaluation_classes import evaluate_classes, says_classes
from viewer.cohort.evaluation_classification import evaluate_classification
from viewer.cohort.evaluation_detection import evaluate_detection
from viewer.cohort.evaluation_learning import evaluate_learning
from viewer.cohort.evaluation_segmentation import evaluate_segmentation
from viewer.cohort.evaluation_tables import read_rows
from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.imaging.evaluation.result import Evaluation
from viewer.imaging.evaluation.wish import Task, Wish

_WORK = {
    Task.DETECTION: evaluate_detection,
    Task.CLASSIFICATION: evaluate_classification,
    Task.SEGMENTATION: evaluate_segmentation,
}
_TABLES = (".csv", ".json", ".tsv")


def evaluate(wish: Wish, progress: Progress) -> Evaluation:
    """Judge predictions; patients, never cases, are drawn anew and kept on one side.

    Raises:
        Declined: if something is missing, twice there, on another grid or on two sides.
        Unreadable: if a file is not what it says.
        Cancelled: if it is no longer wanted.
    """
    for place in (wish.predictions, wish.truth, wish.groups, wish.other):
        if place is not None and not place.exists():
            raise Declined(f"There is nothing at {place}.", code="nothing_there")
    if wish.learner is not None:
        result = evaluate_learning(wish, progress)
        progress.report(1.0, "done")
        return result
    task = wish.task or guessed(wish)
    several = task is Task.CLASSIFICATION and says_classes(wish.predictions)
    result = (evaluate_classes if several else _WORK[task])(wish, progress)
    progress.report(1.0, "done")
    return result


def guessed(wish: Wish) -> Task:
    """Return the task that the files are made for.

    Raises:
        Declined: if they do not tell.
    """
    if wish.truth.suffix.lower() in _TABLES and wish.truth.is_file():
        rows = read_rows(wish.truth)
        names = rows[0].cells if rows else {}
        if "label" in names and "x_mm" not in names:
            return Task.CLASSIFICATION
        if "x_mm" in names:
            return Task.DETECTION
        raise Declined(
            f"{wish.truth.name} has neither labels of cases nor places of lesions; say the task.",
            code="no_task",
        )
    tables = wish.predictions.is_file() and wish.predictions.suffix.lower() in _TABLES
    if tables or _has_tables(wish.predictions):
        return Task.DETECTION
    return Task.SEGMENTATION


def _has_tables(place: Path) -> bool:
    return place.is_dir() and any(
        path.suffix.lower() in _TABLES and path.name != "labels.json" for path in place.rglob("*")
    )
