"""The commands that gestures and views say, said to one desk."""

from __future__ import annotations

from viewer.commands import findings, measures, views
from viewer.commands.desk import Desk
from viewer.core.finding import Finding
from viewer.core.measurement import Measurement


class DeskVerbs:
    """What a hand on a view may have done at the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def scroll(self, cell: int, count: int) -> None:
        """Move a view by some slices."""
        views.scroll(self._desk, cell, count)

    def resize(self, finding: Finding) -> None:
        """Put a finding with another extent in place of its older self."""
        findings.resize(self._desk, finding)

    def measured(self, measurement: Measurement) -> Measurement:
        """Return a figure that is being drawn with the numbers that are quickly known."""
        return measures.measured_quickly(self._desk, measurement)

    def draw(self, measurement: Measurement) -> None:
        """Keep a new figure, measured."""
        measures.draw(self._desk, measurement)

    def redraw(self, measurement: Measurement) -> None:
        """Put a changed figure in place of its older self, measured anew."""
        measures.redraw(self._desk, measurement)
