"""What an evaluation says: figures with intervals, tables and curves, whatever was evaluated."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

Cell = str | float | int | None
"""What stands in a table; None where there is no such number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its 95 % interval, and of how many it was made; None where it is undefined."""

    name: str
    value: float | None
    low: float | None = None
    high: float | None = None
    count: int = 0
    of: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `name` is also that of its file."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"a row of {self.name} is not as long as its head")


@dataclass(frozen=True, slots=True)
class Line:
    """Points (x, y) that are joined, or single ones; a band (low, high) may lie round them."""

    name: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    joined: bool = True
    steps: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines on two axes with their names; `ticks` names places of the x axis."""

    name: str
    title: str
    across: str
    up: str
    lines: tuple[Line, ...]
    logarithmic: bool = False
    diagonal: bool = False
    ticks: tuple[tuple[float, str], ...] = ()
    top: float | None = 1.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that came of comparing predictions with a truth."""

    task: str
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    plots: tuple[Plot, ...]
    rules: tuple[str, ...]
    notices: tuple[str, ...] = ()
    cases: int = 0
    patients: int = 0
    samples: int = 0
    seed: int = 0
    facts: tuple[tuple[str, str], ...] = field(default=())

    def figure(self, name: str) -> Figure:
        """Return a figure by its name.

        Raises:
            KeyError: if there is none.
        """
        for one in self.figures:
            if one.name == name:
                return one
        raise KeyError(name)


def known(value: float) -> float | None:
    """Return a number, or None where it is none or without bounds."""
    return float(value) if np.isfinite(value) else None
