"""Putting the results of models aside, and showing them after the first read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from viewer.core.marked_series import marked_series
from viewer.core.study import Catalogue, Series, Study
from viewer.session.look import Look
from viewer.session.record import Record
from viewer.session.sealing import (
    Sealing,
    by_others,
    is_by_model,
    items_of,
    parted,
    with_items,
    without_items,
)
from viewer.session.session import Session


def seal(session: Session, study_uid: str) -> None:
    """Put aside what models say of a study, also in all that can be undone."""
    session.sealing.set(session.sealing.value.sealed(study_uid))
    _take_down(session)
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
    _take_down(session)
    _strip(session)


def reveal(session: Session, study_uid: str) -> None:
    """Show what models say of a study."""
    keys = keys_of(session, study_uid)
    aside = session.sealing.value.aside.of(keys)
    session.sealing.set(session.sealing.value.unsealed(study_uid))
    session.history.rewrite(lambda record: with_items(record, aside))
    session.record.set(with_items(session.record.value, aside))
    session.sealing.update(aside=session.sealing.value.aside.without(keys))


def less_others(session: Session, said: Record) -> Record:
    """Put aside what other persons said of studies whose first read is open; return the rest."""
    others = by_others(said, session.sealed_keys(), session.reader)
    if others.same_as(Record()):
        return said
    session.sealing.update(aside=with_items(session.sealing.value.aside, others))
    return without_items(said, others)


def when_seen(session: Session, series_key: str, do: Callable[[], None]) -> None:
    """Do something once what models say of a series may be seen: now, or after the first read."""
    if not session.ai_hidden(series_key):
        do()
        return

    def shown(_new: Sealing, _old: Sealing) -> None:
        if not session.ai_hidden(series_key):
            session.sealing.changed.disconnect(shown)
            if session.images.value.get(series_key) is not None:
                do()

    session.sealing.changed.connect(shown)


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


# -- pictures in which other programs have drawn ------------------------------------------


def marked_and_hidden(session: Session, study: Study) -> dict[str, str]:
    """Return the series of a study that wait for the first read, and why each of them does."""
    sealing = session.sealing.value
    if not sealing.hides(study.uid):
        return {}
    found = marked_series(study)
    return {key: why for key, why in found.items() if key not in sealing.looked_at}


def why_hidden(session: Session, key: str) -> str:
    """Return why a series waits for the first read of its study; empty if it may be seen."""
    found = session.catalogue.value.find(key)
    return marked_and_hidden(session, found[0]).get(key, "") if found else ""


def seen_part(session: Session, study: Study) -> Study:
    """Return a study with those of its series that may be seen now."""
    hidden = marked_and_hidden(session, study)
    if not hidden:
        return study
    return replace(study, series=tuple(one for one in study.series if one.key not in hidden))


def seen_parts(session: Session, catalogue: Catalogue) -> Catalogue:
    """Return a catalogue with those series that may be seen now."""
    return replace(
        catalogue, studies=tuple(seen_part(session, study) for study in catalogue.studies)
    )


def look_at_marked(session: Session, study_uid: str, key: str) -> None:
    """Let a series be seen that waits for the first read."""
    study = next((one for one in session.catalogue.value.studies if one.uid == study_uid), None)
    series = next((one for one in study.series if key in _keys(one)), None) if study else None
    if series is not None:
        session.sealing.set(session.sealing.value.with_looked_at(_keys(series)))


def _keys(series: Series) -> frozenset[str]:
    return frozenset(one.key for one in (series, *series.parts))


def _take_down(session: Session) -> None:
    """Take pictures that wait for the first read out of all views, and out of memory."""
    studies = session.catalogue.value.studies
    hidden = frozenset(key for study in studies for key in marked_and_hidden(session, study))
    if not any(one.key in hidden for one in session.images.value):
        return
    held = [n for n, look in enumerate(session.hanging.value.cells) if look.series_key in hidden]
    taken = {cell: session.image_in(cell) for cell in held}
    session.images.set(session.images.value.without(hidden))
    session.hanging.set(
        session.hanging.value.all_changed(
            lambda look: Look(viewing=look.viewing) if look.series_key in hidden else look
        )
    )
    for cell, was in taken.items():
        same = (one for one in session.images.value if was and one.study.uid == was.study.uid)
        instead = next(same, None)
        if instead is not None:
            session.hang(cell, instead)


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
