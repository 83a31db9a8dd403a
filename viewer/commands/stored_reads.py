"""Storing how a study was read, before and after what models found was seen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from viewer.commands.desk import Desk
from viewer.core.author import Author
from viewer.core.read import Read, ReadKind
from viewer.session.sealing import Sealing, items_of
from viewer.session.second_reading import keys_of, reveal
from viewer.settings import Settings
from viewer.store.database import now
from viewer.store.reads import State


def store_second_read(desk: Desk, study_uid: str) -> None:
    """Store how the study is read now, if what models found was hidden before."""
    shown = (ReadKind.FIRST, ReadKind.SHOWN_EARLY)
    if any(read.kind in shown for read in reads_of(desk, study_uid)):
        desk.keeper.store_read(read_now(desk, study_uid, ReadKind.SECOND), lambda: None)


def results_saved(desk: Desk, study_uid: str) -> None:
    """Take saved results as a read: the first where models are hidden, else a later one."""
    if desk.session.sealing.value.hides(study_uid):
        read = read_now(desk, study_uid, ReadKind.FIRST)
        desk.keeper.store_read(read, partial(first_stored, desk, read))
    else:
        store_second_read(desk, study_uid)


def read_now(desk: Desk, study_uid: str, kind: ReadKind, reason: str = "") -> Read:
    """Return how a study is read at this moment."""
    session = desk.session
    said = session.record.value.of(keys_of(session, study_uid))
    aside = session.sealing.value.aside.of(keys_of(session, study_uid))
    by_models = [str(one.author) for one in items_of(aside)]
    by_models += [str(one.author) for one in items_of(said) if one.author.is_model]
    return Read(
        study_uid,
        kind,
        session.reader,
        now(),
        begun_at=desk.keeper.opened_at(study_uid),
        reason=reason,
        findings=said.findings,
        assessments=said.assessments,
        measurements=tuple(one for one in said.measurements if not one.author.is_model),
        models=tuple(dict.fromkeys(by_models)),
    )


def reads_of(desk: Desk, study_uid: str) -> tuple[Read, ...]:
    """Return all that is stored of how a study was read."""
    return tuple(read for read in desk.session.reads.value if read.study_uid == study_uid)


def first_stored(desk: Desk, read: Read) -> None:
    """Show what models found, now that the first read is on the disk."""
    desk.keeper.note(desk.session.reader, "stored the first read", read.study_uid)
    reveal(desk.session, read.study_uid)
    count = len(read.findings) + len(read.assessments)
    found = "1 finding" if count == 1 else f"{count} findings"
    desk.session.say(
        f"Your first read is stored ({found}). What the second reader found is shown now; "
        "both reads are kept."
    )


def reads_with_now(desk: Desk, study_uid: str) -> tuple[Read, ...]:
    """Return how a study was read, and how it is read now, as it would be stored.

    Nothing where models were never hidden on it.
    """
    stored = reads_of(desk, study_uid)
    if desk.session.sealing.value.hides(study_uid):
        return (*stored, read_now(desk, study_uid, ReadKind.FIRST))
    return (*stored, read_now(desk, study_uid, ReadKind.SECOND)) if stored else ()


def sealing_as_kept(settings: Settings, states: Sequence[State], reader: Author) -> Sealing:
    """Return on which studies this reader does not see models yet, as it is kept."""
    own = [one for one in states if one.who == reader.name]
    asked = frozenset(one.study_uid for one in own if one.kind is ReadKind.SEALED)
    opened = frozenset(one.study_uid for one in own if one.kind is not ReadKind.SEALED)
    return Sealing(settings.second_reader.read_first, asked, opened)
