"""Cases of several classes as they lie in files: labels, and scores of each class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from viewer.cohort.evaluation_cases import Cases, require_once
from viewer.cohort.evaluation_tables import Row, listed, read_rows, require_columns
from viewer.core.errors import Declined, Unreadable
from viewer.imaging.evaluation.classes import Numbers
from viewer.imaging.evaluation.resampling import Array, Draws
from viewer.imaging.evaluation.wish import Wish

_MOST = 50
_SCORE = "score_"
_NO_CLASSES = frozenset(("case", "patient", "label", "fold", "split"))


@dataclass(frozen=True, slots=True, eq=False)
class Called:
    """What each case was called: class numbers (cases), and scores (cases, classes) if given."""

    called: Numbers = field(repr=False)
    scores: Array | None = field(repr=False)

    @property
    def are_chances(self) -> bool:
        """Whether the scores of each case are probabilities that add up to 1."""
        if self.scores is None:
            return False
        apart = np.abs(self.scores.sum(axis=1) - 1).max()
        return bool(apart < 1e-3 and self.scores.min() >= 0)


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """All that is judged: the cases, the names of classes, what is true, what was called."""

    cases: Cases
    names: tuple[str, ...]
    truth: Numbers = field(repr=False)
    ours: Called
    drawn: Draws


def says_classes(predictions: Path) -> bool:
    """Tell whether predictions are of classes: there is no one score for each case."""
    rows = read_rows(predictions)
    return bool(rows) and "score" not in rows[0].cells and "x_mm" not in rows[0].cells


def rows_by_case(path: Path) -> dict[str, Row]:
    """Return the lines of a table by the names of their cases, each of which is there once."""
    rows = read_rows(path)
    require_columns(path, rows, ("case",))
    require_once([row.text("case") for row in rows], path.name)
    return {row.text("case"): row for row in rows}


def class_names(truth: Sequence[Row], ours: Sequence[Row], wish: Wish) -> tuple[str, ...]:
    """Return the classes of the truth, and those that cases were or could be called besides.

    A class that no case is of counts, too, where it has a column `score_...` as all others have
    one: otherwise a case that was called so would be taken for the next best class.
    """
    every: dict[str, str] = {}
    for row in (*truth, *ours):
        label = row.text("label")
        if label:
            every.setdefault(label.casefold(), label)
    if all(_column(ours[0], name) for name in every.values()):
        for column in ours[0].cells:
            name = column.removeprefix(_SCORE)
            if name != column and name:
                every.setdefault(name.casefold(), name)
    names = tuple(every[key] for key in sorted(every))
    if len(names) > _MOST:
        raise Declined(
            f"{wish.truth.name} has {len(names)} classes; up to {_MOST} are judged.",
            code="too_many",
        )
    return names


def left_out(row: Row, names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of numbers that are of no class, where there are scores of classes."""
    used = {_column(row, name) for name in names}
    rest = [one for one in row.cells if one and one not in used | _NO_CLASSES]
    return tuple(one for one in rest if _is_number(row.text(one))) if used != {""} else ()


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def class_of(row: Row, names: Sequence[str]) -> int:
    """Return the number of the class that a line names.

    Raises:
        Unreadable: if it names none.
    """
    label = row.text("label")
    for number, name in enumerate(names):
        if name.casefold() == label.casefold():
            return number
    raise Unreadable(f"{row.where}: there is no label", code="no_label")


def called_in(rows: Sequence[Row], names: Sequence[str]) -> Called:
    """Return what rows say: the scores of all classes, a label, or both."""
    columns = [_column(rows[0], name) for name in names]
    labelled = "label" in rows[0].cells
    there = [column for column in columns if column]
    if there and len(there) < len(names):
        without = [name for name, column in zip(names, columns, strict=True) if not column]
        raise Declined(f"There is no column of scores of {listed(without)}.", code="no_column")
    if not there and not labelled:
        raise Declined(
            "The predictions have neither a score for each case, nor labels, nor a column of "
            "scores for each class.",
            code="no_column",
        )
    if not there:
        return Called(np.array([class_of(row, names) for row in rows]), None)
    scores = np.array([[_score(row, column) for column in columns] for row in rows])
    called = scores.argmax(axis=1)
    if labelled:
        called = np.array([class_of(row, names) for row in rows])
    return Called(called, scores)


def _column(row: Row, name: str) -> str:
    """Return the column of a class's scores, called as the class or with `score_` before it."""
    choices = (f"{_SCORE}{name.lower()}", name.lower())
    return next((one for one in choices if one in row.cells), "")


def _score(row: Row, column: str) -> float:
    value = row.number(column)
    if value is None:
        raise Unreadable(f"{row.where}: there is no score in {column}", code="no_number")
    return value
