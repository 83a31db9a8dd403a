"""The commands that gestures and views say, said to one desk."""

from __future__ import annotations

from viewer.commands import findings, views
from viewer.commands.desk import Desk
from viewer.core.finding import Finding
from viewer.render.describe import cut_of


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

    def play_on(self, cell: int) -> None:
        """Show the next slice; after the last comes the first."""
        cut = cut_of(self._desk.session, cell)
        if cut is not None:
            last = cut.number >= cut.count - 1
            views.scroll(self._desk, cell, -cut.number if last else 1)
