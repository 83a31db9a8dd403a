"""Verdicts that are undone or redone after they were saved: nothing is learned from one undone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from viewer.commands.desk import Desk
from viewer.core.finding import Finding, Status
from viewer.session.record import Record


def follow_undo(desk: Desk, before: Record) -> None:
    """Withdraw the kept verdicts that a step of undo took back; keep again what one of redo did.

    `before` is what was said before that step.
    """
    now = desk.session.record.value
    if now.findings is before.findings:
        return
    taken_back = tuple(_open_in(now, judged_in=before))
    judged_again = tuple(_open_in(before, judged_in=now))
    corrections = desk.keeper.shelf.corrections
    if taken_back:
        desk.keeper.write(partial(corrections.undo, taken_back))
    if judged_again:
        desk.keeper.write(partial(corrections.redo, judged_again))


def _open_in(record: Record, *, judged_in: Record) -> Iterator[str]:
    """Return the findings of models that nobody judges in one record, and somebody in another."""
    judged = {one.id for one in judged_in.findings if not _is_open(one)}
    return (one.id for one in record.findings if _is_open(one) and one.id in judged)


def _is_open(finding: Finding) -> bool:
    return finding.author.is_model and finding.status is Status.PROPOSED
