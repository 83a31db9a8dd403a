"""What a model's card promises at a threshold, as far as it was measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expected:
    """A measured row: the share of lesions that is marked, and false marks per scan."""

    threshold: float
    sensitivity: float
    false_marks_per_scan: float


@dataclass(frozen=True, slots=True)
class Operating:
    """The rows of the model that proposed last, and the data they were measured on."""

    measured_on: str = ""
    rows: tuple[Expected, ...] = ()

    def at(self, threshold: float) -> Expected | None:
        """Return the row at a threshold or the nearest below it; none below the lowest."""
        below = [row for row in self.rows if row.threshold <= threshold + 1e-9]
        return max(below, key=lambda row: row.threshold, default=None)
