"""What a model's card promises at a threshold, and the threshold of each model in the list."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Expected:
    """A measured row: the share of lesions that is marked, and false marks per scan."""

    threshold: float
    sensitivity: float
    false_marks_per_scan: float


@dataclass(frozen=True, slots=True)
class Operating:
    """The rows of a model's card, and the data they were measured on."""

    measured_on: str = ""
    rows: tuple[Expected, ...] = ()

    def at(self, threshold: float) -> Expected | None:
        """Return the row at a threshold or the nearest below it; none below the lowest."""
        below = [row for row in self.rows if row.threshold <= threshold + 1e-9]
        return max(below, key=lambda row: row.threshold, default=None)


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
