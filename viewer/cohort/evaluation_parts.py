"""Means of values by size and by group, with intervals over patients."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.evaluation.resampling import Array, draws, mean_interval
from viewer.imaging.evaluation.result import Cell, Table, known
from viewer.imaging.evaluation.wish import Wish, size_names

MEAN_HEAD = ("number", "defined", "patients", "mean", "95 % from", "95 % to")
"""The head of what `mean_row` returns."""


def by_size(sizes: Array, values: Array, patients: Sequence[str], wish: Wish, title: str) -> Table:
    """Return the mean of values (rows) by size (rows) in mm, with its interval over patients."""
    rows: list[tuple[Cell, ...]] = []
    which = np.where(np.isfinite(sizes), np.digitize(sizes, wish.sizes_mm), -1)
    names = (*size_names(wish.sizes_mm), "unknown")
    for number, name in enumerate(names):
        inside = which == (number if name != "unknown" else -1)
        if inside.any():
            rows.append((name, *mean_row(values[inside], _those(patients, inside), wish)))
    return Table("sizes", title, ("diameter", *MEAN_HEAD), tuple(rows))


def _those(patients: Sequence[str], inside: NDArray[np.bool_]) -> list[str]:
    return [one for one, kept in zip(patients, inside, strict=True) if kept]


def mean_row(values: Array, patients: Sequence[str], wish: Wish) -> tuple[Cell, ...]:
    """Return how many values there are and are defined, of how many patients, and their mean."""
    there = values[np.isfinite(values)]
    mean = known(float(there.mean())) if len(there) else None
    bounds = mean_interval(values, draws(patients, wish.samples, wish.seed))
    return (len(values), len(there), len(set(patients)), mean, *bounds)
