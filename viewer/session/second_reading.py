"""Putting the results of models aside, and showing them after the first read."""

from __future__ import annotations

from dataclasses import replace

from viewer.session.record import Record
from viewer.session.sealing import is_by_model, items_of, parted, with_items
from viewer.session.session import Session


def seal(session: Session, study_uid: str) -> None:
    """Put aside what models say of a study, also in all that can be undone."""
    session.sealing.set(session.sealing.value.sealed(study_uid))
    _strip(session)


def seal_everywhere(session: Session, *, on: bool) -> None:
    """Have every study read without models first; one that shows results already stays as it is."""
    sealing, shown = session.sealing.value, session.record.value
    if on:
        seen = frozenset(
            uid
            for uid in _uids(session) - sealing.asked
            if any(item.author.is_model for item in items_of(shown.of(keys_of(session, uid))))
        )
        sealing = replace(sealing, opened=sealing.opened | seen)
    else:
        waiting = frozenset(uid for uid in _uids(session) if sealing.hides(uid))
        sealing = replace(sealing, asked=sealing.asked | waiting)
    session.sealing.set(replace(sealing, everywhere=on))
    _strip(session)


def reveal(session: Session, study_uid: str) -> None:
    """Show what models say of a study."""
    keys = keys_of(session, study_uid)
    aside = session.sealing.value.aside.of(keys)
    session.sealing.set(session.sealing.value.unsealed(study_uid))
    session.history.rewrite(lambda record: with_items(record, aside))
    session.record.set(with_items(session.record.value, aside))
    session.sealing.update(aside=session.sealing.value.aside.without(keys))


def everything(session: Session) -> Record:
    """Return all that was said, and what is put aside: for drafts, never to be shown."""
    return with_items(session.record.value, session.sealing.value.aside)


def keys_of(session: Session, study_uid: str) -> frozenset[str]:
    """Return the series of a study that are listed or open."""
    studies = (one for one in session.catalogue.value.studies if one.uid == study_uid)
    opened = (one for one in session.images.value if one.study.uid == study_uid)
    own = frozenset().union(*(one.keys for one in studies))
    return own.union(*((one.key, *one.study.keys) for one in opened))


def said_by_models(session: Session, said: Record) -> bool:
    """Tell whether models said any of it that this reader has not judged."""
    return any(is_by_model(item, session.reader) for item in items_of(said))


def _uids(session: Session) -> frozenset[str]:
    return frozenset(one.study.uid for one in session.images.value)


def _strip(session: Session) -> None:
    keys = session.sealed_keys()
    if not keys:
        return
    shown, aside = parted(session.record.value, keys, session.reader, Record())
    session.sealing.update(aside=with_items(session.sealing.value.aside, aside))
    session.history.rewrite(lambda record: parted(record, keys, session.reader, Record())[0])
    session.record.set(shown)
    gone = {item.id for item in items_of(aside)}
    if session.selected.value in gone:
        session.selected.set("")
