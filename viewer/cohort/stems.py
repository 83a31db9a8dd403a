"""The beginnings of the names of files that are made of several series, no two alike."""

from __future__ import annotations

from collections.abc import Iterable

from viewer.core.study import Series
from viewer.io.identifiers import file_stem


def stems_of(wanted: Iterable[Series]) -> tuple[str, ...]:
    """Return a number and title for each series; those that are called alike get a number more.

    Series of two patients may well be called alike, and neither may take the other's place.
    """
    taken: dict[str, int] = {}
    stems = []
    for series in wanted:
        stem = f"{max(series.number, 0):03d}_{file_stem(series.title, 'series')}"
        taken[stem] = taken.get(stem, 0) + 1
        stems.append(stem if taken[stem] == 1 else f"{stem}_no{taken[stem]}")
    return tuple(stems)
