"""What a model's card promises at a threshold, and the threshold of each model in the list."""

from __future__ import annotations

from dataclasses import dataclass, replace

_SAME = 1e-9
"""Thresholds that lie no further apart are one."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A measured row: the share of lesions that is marked, and false marks per scan."""

    threshold: float
    sensitivity: float
    false_marks_per_scan: float


@dataclass(frozen=True, slots=True)
class Promise:
    """What holds at a threshold: just as measured there, or between two that were measured.

    In between it is the least sensitivity and the most false marks per scan.
    """

    low: float
    high: float
    sensitivity: float
    false_marks_per_scan: float

    @property
    def is_measured(self) -> bool:
        """Tell whether it was measured at this very threshold."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Operating:
    """The rows of a model's card, and the data they were measured on."""

    measured_on: str = ""
    rows: tuple[Expected, ...] = ()

    @property
    def span(self) -> tuple[float, float] | None:
        """The lowest and the highest threshold that were measured; None without any."""
        levels = [row.threshold for row in self.rows]
        return (min(levels), max(levels)) if levels else None

    def at(self, threshold: float) -> Promise | None:
        """Return what is known at a threshold; None where it lies beyond all that were measured.

        A higher threshold marks no more lesions and no more false ones. So between two rows at
        least the lower sensitivity holds, and at most the higher number of false marks.
        """
        below = [row.threshold for row in self.rows if row.threshold <= threshold + _SAME]
        above = [row.threshold for row in self.rows if row.threshold >= threshold - _SAME]
        if not below or not above:
            return None
        low, high = max(below), min(above)
        if high - low <= 2 * _SAME:
            low = high
        near = [row for row in self.rows if row.threshold in (low, high)]
        return Promise(
            low,
            high,
            min(row.sensitivity for row in near),
            max(row.false_marks_per_scan for row in near),
        )


@dataclass(frozen=True, slots=True)
class Point:
    """A model by its name and version, its threshold, and what it promises."""

    model: str
    threshold: float
    operating: Operating = Operating()


@dataclass(frozen=True, slots=True)
class Points:
    """The models that have a threshold of their own, and the one whose is moved now.

    That of the chosen one is `Session.threshold`, which also goes for models that brought none.
    """

    chosen: str = ""
    models: tuple[Point, ...] = ()

    def of(self, model: str) -> Point | None:
        """Return what is known of a model."""
        return next((point for point in self.models if point.model == model), None)

    def with_point(self, point: Point) -> Points:
        """Return these with one model put in, or in place of its older self."""
        others = tuple(one for one in self.models if one.model != point.model)
        return replace(self, models=(*others, point))
