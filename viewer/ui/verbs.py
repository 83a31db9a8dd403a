"""The commands that gestures and views say, said to one desk."""

from __future__ import annotations

from viewer.commands import (
    clicking,
    findings,
    measure_edges,
    measures,
    scrolling,
    segment_clicks,
    segment_edits,
    window_regions,
)
from viewer.commands.desk import Desk
from viewer.core.finding import Finding
from viewer.core.geometry import Position
from viewer.core.measurement import Measurement
from viewer.core.segmentation import Segmentation
from viewer.session.hand import Pointer, Points
from viewer.session.segmenting import Target
from viewer.session.space_look import Cut
from viewer.session.tools import Tool


class DeskVerbs:
    """What a hand on a view may have done at the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def scroll(self, cell: int, count: int) -> None:
        """Move a view by some slices."""
        scrolling.scroll(self._desk, cell, count)

    def fit_window(self, cell: int, region: Measurement) -> None:
        """Give a view the window that fits the values of a region."""
        window_regions.fit_window(self._desk, cell, region)

    def resize(self, finding: Finding) -> None:
        """Put a finding with another extent in place of its older self."""
        findings.resize(self._desk, finding)

    def measured(self, measurement: Measurement) -> Measurement:
        """Return a figure that is being drawn with the numbers that are quickly known."""
        return measures.measured_quickly(self._desk, measurement)

    def snap(self, pointer: Pointer) -> Pointer:
        """Return the pointer with its spot on an end or an edge nearby, if that is wished."""
        return measure_edges.snap(self._desk, pointer)

    def trace(self, figure: Measurement, pointer: Pointer, start: Position) -> Points:
        """Return the points along the edges from a start to the pointer's spot, both included."""
        return measure_edges.trace(self._desk, figure, pointer, start)

    def click_lesion(self, cell: int, position: Position, *, cut: bool) -> None:
        """Add a click of the one-click tool, or cut there."""
        clicking.click(self._desk, cell, position, cut=cut)

    def draw(self, measurement: Measurement) -> None:
        """Keep a new figure, measured."""
        measures.draw(self._desk, measurement)

    def redraw(self, measurement: Measurement) -> None:
        """Put a changed figure in place of its older self, measured anew."""
        measures.redraw(self._desk, measurement)

    def segment_to_paint(self, cell: int) -> Target | None:
        """Return the segment that strokes on a view go to; say why there is none."""
        return segment_edits.to_paint(self._desk, cell)

    def keep_segments(self, title: str, segmentation: Segmentation) -> None:
        """Put a changed group of segments in place of its older self, as one step."""
        segment_edits.keep(self._desk, title, segmentation)

    def scissors(self, cell: int, cut: Cut) -> None:
        """Take away what of the segment lies behind a line on a 3D picture, or beside it."""
        segment_clicks.scissors(self._desk, cell, cut)

    def segment_from(self, cell: int, tool: Tool, pointer: Pointer) -> None:
        """Let a tool make or change the segment from the place of a click."""
        segment_clicks.from_click(self._desk, cell, tool, pointer)
