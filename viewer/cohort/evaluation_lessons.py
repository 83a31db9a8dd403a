"""A table of features with the labels of the same cases, as it lies in files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.cohort.evaluation_cases import paired, require_once
from viewer.cohort.evaluation_tables import FALSE, TRUE, Row, listed, read_rows, require_columns
from viewer.core.errors import Declined, Unreadable
from viewer.imaging.evaluation.resampling import Array
from viewer.imaging.evaluation.wish import Wish

OWN = frozenset(("case", "patient", "label", "fold", "split"))
"""Columns that are no features."""
_MOST_FEATURES = 5000
_MISSING = frozenset(("", "nan", "na", "n/a", "none"))


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Features (cases, features), class numbers and patients; `names` are those of the classes."""

    cases: tuple[str, ...]
    patients: NDArray[np.str_]
    features: tuple[str, ...]
    rows: Array = field(repr=False)
    labels: NDArray[np.intp] = field(repr=False)
    names: tuple[str, ...]

    @property
    def two(self) -> bool:
        """Whether the classes are ill and healthy."""
        return self.names == ("0", "1")


def read_lessons(wish: Wish) -> tuple[Lessons, dict[str, Row]]:
    """Read features and labels of the same cases, and their groups by case.

    Raises:
        Declined: if cases are on one side only, or there are no features or classes.
        Unreadable: if a file is not what it says, or a feature is no number.
    """
    given, truth = (_by_case(path) for path in (wish.predictions, wish.truth))
    require_columns(wish.truth, tuple(truth.values()), ("label",))
    groups = {} if wish.groups is None else _by_case(wish.groups)
    cases = paired(
        {name: _patient(name, given, groups) for name in given},
        {name: _patient(name, truth, groups) for name in truth},
        None,
    )
    without = sorted(set(given) - set(groups)) if groups else []
    if without:
        raise Declined(f"The groups do not tell of {listed(without)}.", code="missing_cases")
    names = tuple(one.name for one in cases.every)
    features = _features(given, names)
    rows = np.array([[_number(given[name], one) for one in features] for name in names])
    words = [truth[name].text("label") for name in names]
    labels, classes = _labels(words, truth, names)
    return Lessons(names, np.array(cases.patients), features, rows, labels, classes), groups


def _by_case(path: Path) -> dict[str, Row]:
    rows = read_rows(path)
    require_columns(path, rows, ("case",))
    require_once([row.text("case") for row in rows], path.name)
    return {row.text("case"): row for row in rows}


def _patient(name: str, rows: Mapping[str, Row], groups: Mapping[str, Row]) -> str:
    return rows[name].text("patient") or (groups[name].text("patient") if name in groups else "")


def _features(given: Mapping[str, Row], names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of numbers; text such as names of files is none."""
    columns = [one for one in given[names[0]].cells if one and one not in OWN]
    kept = [one for one in columns if any(_is_number(given[n].text(one)) for n in names)]
    if not kept:
        raise Declined("There is no column of numbers to learn from.", code="no_features")
    if len(kept) > _MOST_FEATURES:
        raise Declined(
            f"There are {len(kept)} features; up to {_MOST_FEATURES} are learned from.",
            code="too_many",
        )
    return tuple(kept)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.lower() not in _MISSING


def _number(row: Row, name: str) -> float:
    if row.text(name).lower() in _MISSING:
        return float("nan")
    value = row.number(name)
    return float("nan") if value is None else value


def _labels(
    words: Sequence[str], truth: Mapping[str, Row], names: Sequence[str]
) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    if all(word.lower() in TRUE | FALSE for word in words):
        labels = np.array([int(truth[name].yes("label")) for name in names])
        classes: tuple[str, ...] = ("0", "1")
    else:
        empty = next((name for name, word in zip(names, words, strict=True) if not word), None)
        if empty is not None:
            raise Unreadable(f"{truth[empty].where}: there is no label", code="no_label")
        spelled: dict[str, str] = {}
        for word in words:
            spelled.setdefault(word.casefold(), word)
        every = sorted(spelled)
        classes = tuple(spelled[one] for one in every)
        labels = np.array([every.index(word.casefold()) for word in words])
    if len(np.unique(labels)) < 2:
        raise Declined("There is only one class in the truth.", code="one_class")
    return labels, classes
