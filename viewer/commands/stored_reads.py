"""Storing how a study was read, before and after what models found was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from viewer.commands.desk import Desk
from viewer.core.author import Author
from viewer.core.read import Read, ReadKind
from viewer.core.segmentation import Segmentation
from viewer.session.sealing import Sealing, items_of
from viewer.session.second_reading import keys_of, reveal
from viewer.settings import Settings
from viewer.store.database import now
from viewer.store.reads import State


def store_second_read(desk: Desk, study_uid: str) -> None:
    """Store how the study is read now, if what models found was hidden before."""
    shown = (ReadKind.FIRST, ReadKind.SHOWN_EARLY)
    if any(read.kind in shown for read in own_reads(desk, study_uid)):
        store_read_now(desk, study_uid, ReadKind.SECOND, lambda _: None)


def store_read_now(
    desk: Desk, study_uid: str, kind: ReadKind, then: Callable[[Read], None], reason: str = ""
) -> None:
    """Store how a study is read at this moment; then is called with what was stored."""
    read = read_now(desk, study_uid, kind, reason)
    desk.keeper.store_read(read, then, drawn_now(desk, study_uid))


def results_saved(desk: Desk, study_uid: str) -> None:
    """Take saved results as a read: the first where models are hidden, else a later one."""
    if desk.session.sealing.value.hides(study_uid):
        store_read_now(desk, study_uid, ReadKind.FIRST, partial(first_stored, desk))
    else:
        store_second_read(desk, study_uid)


def read_now(desk: Desk, study_uid: str, kind: ReadKind, reason: str = "") -> Read:
    """Return how a study is read at this moment, less its outlines, which take time."""
    session = desk.session
    said = session.record.value.of(keys_of(session, study_uid))
    aside = session.sealing.value.aside.of(keys_of(session, study_uid))
    items = (*items_of(aside), *items_of(said))
    by_models = [str(one.author) for one in items if one.author.is_model]
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


def drawn_now(desk: Desk, study_uid: str) -> tuple[Segmentation, ...]:
    """Return the outlines of a study that are shown at this moment."""
    return desk.session.record.value.of(keys_of(desk.session, study_uid)).segmentations


def reads_of(desk: Desk, study_uid: str) -> tuple[Read, ...]:
    """Return how a study was read, as far as this reader may know it yet.

    Until the first read is stored what other readers found is kept back, too.
    """
    if desk.session.sealing.value.hides(study_uid):
        return own_reads(desk, study_uid)
    return tuple(read for read in desk.session.reads.value if read.study_uid == study_uid)


def own_reads(desk: Desk, study_uid: str) -> tuple[Read, ...]:
    """Return how this reader read a study."""
    all_ = (read for read in desk.session.reads.value if read.study_uid == study_uid)
    return tuple(read for read in all_ if read.by.name == desk.session.reader.name)


def first_stored(desk: Desk, read: Read) -> None:
    """Show what models found, now that the first read is on the disk."""
    desk.keeper.note(desk.session.reader, "stored the first read", read.study_uid)
    reveal(desk.session, read.study_uid)
    count, drawn = len(read.items), len(read.outlines)
    found = "1 finding" if count == 1 else f"{count} findings"
    outlined = "1 outline" if drawn == 1 else f"{drawn} outlines"
    desk.session.say(
        f"Your first read is stored ({found}, {outlined}). What the second reader found is shown "
        "now; both reads are kept."
    )


def reads_with_now(desk: Desk, study_uid: str) -> tuple[Read, ...]:
    """Return how a study was read, and how it is read now, as it would be stored.

    Nothing where models were never hidden from this reader on it. The last is less its outlines
    (`drawn_now`).
    """
    stored = reads_of(desk, study_uid)
    if desk.session.sealing.value.hides(study_uid):
        return (*stored, read_now(desk, study_uid, ReadKind.FIRST))
    if not own_reads(desk, study_uid):
        return ()
    return (*stored, read_now(desk, study_uid, ReadKind.SECOND))


def sealing_as_kept(settings: Settings, states: Sequence[State], reader: Author) -> Sealing:
    """Return on which studies this reader does not see models yet, as it is kept."""
    own = [one for one in states if one.who == reader.name]
    asked = frozenset(one.study_uid for one in own if one.kind is ReadKind.SEALED)
    opened = frozenset(one.study_uid for one in own if one.kind is not ReadKind.SEALED)
    return Sealing(settings.second_reader.read_first, asked, opened)
