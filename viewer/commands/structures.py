"""Segments as radiotherapy structures: contours that planning systems understand."""

from __future__ import annotations

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.segment_files import has_standing, save_in
from viewer.io.segment_forms import SegmentForm


def save_structures(desk: Desk) -> None:
    """Ask for a name and save the accepted segments of the active series as RT structures.

    Raises:
        Declined: if nobody stands behind any segments here.
    """
    save_in(desk, SegmentForm.RTSTRUCT)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="segments.save_structures",
        title="Save segments as RT structures…",
        help="Write the accepted segments of the active series as a DICOM RT structure set.",
        menu="File",
        run=save_structures,
        allowed=has_standing,
    ),
)
