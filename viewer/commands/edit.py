"""One undo for everything."""

from __future__ import annotations

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.measure_refresh import bring_up_to_date
from viewer.commands.undone_verdicts import follow_undo


def _undo(desk: Desk) -> None:
    before = desk.session.record.value
    title = desk.session.undo()
    bring_up_to_date(desk)
    follow_undo(desk, before)
    if title:
        desk.session.say(f"Undone: {title.lower()}.")
        _audit(desk, f"undone: {title.lower()}")


def _redo(desk: Desk) -> None:
    before = desk.session.record.value
    title = desk.session.redo()
    bring_up_to_date(desk)
    follow_undo(desk, before)
    if title:
        desk.session.say(f"Done again: {title.lower()}.")
        _audit(desk, f"done again: {title.lower()}")


def _audit(desk: Desk, what: str) -> None:
    """Say in the audit trail that a judgement no longer stands, or stands again."""
    opened = desk.session.active_image
    desk.keeper.note(desk.session.reader, what, opened.study.uid if opened else "")


COMMANDS: tuple[Command, ...] = (
    Command(
        id="edit.undo",
        title="Undo",
        help="Take back the last change to findings, segments and measurements.",
        menu="Edit",
        key="Ctrl+Z",
        run=_undo,
        allowed=lambda desk: desk.session.history.undo_title is not None,
        icon="undo",
    ),
    Command(
        id="edit.redo",
        title="Redo",
        help="Make the change again that was taken back last.",
        menu="Edit",
        key="Ctrl+Shift+Z; Ctrl+Y",
        run=_redo,
        allowed=lambda desk: desk.session.history.redo_title is not None,
        icon="redo",
    ),
)
