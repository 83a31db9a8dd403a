"""Pictures in which other programs may have drawn: shown before the first read only on purpose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from viewer.commands.desk import Desk
from viewer.core.marked_series import marked_series
from viewer.core.read import Read, ReadKind
from viewer.core.study import Series, Study
from viewer.session.second_reading import look_at_marked, marked_and_hidden, why_hidden
from viewer.store.database import now

TITLE = "Show what another program may have marked"


def ask_to_show(desk: Desk, key: str, then: Callable[[], None]) -> None:
    """Ask why a series is to be seen that waits for the first read; then it may be."""
    found = desk.session.catalogue.value.find(key)
    if found is None:
        return
    why = desk.words(why_hidden(desk.session, key))
    asked = (
        "Another program may have drawn what it found. Why show it before your first read?",
        "The reason, your name and the time are kept for good.",
    )
    desk.asker.ask_text(
        TITLE,
        "\n".join((why, *map(desk.words, asked))),
        "",
        partial(_show, desk, found[0].uid, key, then),
    )


def waiting_pictures(desk: Desk) -> list[tuple[Series, str]]:
    """Return the series of the active study that wait for the first read, and why, in words."""
    opened = desk.session.active_image
    studies = desk.session.catalogue.value.studies
    found = []
    for study in studies:
        if opened is not None and study.uid == opened.study.uid:
            hidden = marked_and_hidden(desk.session, study)
            shown = ((one, hidden.get(one.key, "")) for one in study.series)
            found += [(one, desk.words(why)) for one, why in shown if why]
    return found


def has_waiting(desk: Desk) -> bool:
    """Tell whether pictures of the active study wait for the first read."""
    return bool(waiting_pictures(desk))


def waits(desk: Desk, study: Study, series: Series) -> bool:
    """Tell whether what programs say in an object must wait for the first read of its study."""
    sealing = desk.session.sealing.value
    return sealing.hides(study.uid) and series.key not in sealing.looked_at


def tell_hidden(desk: Desk) -> None:
    """Say that an object waits; never what it holds."""
    desk.session.say(
        "This was made by a program: it is hidden until your first read is stored. Open it again "
        "then.",
        serious=True,
    )


def _show(desk: Desk, study_uid: str, key: str, then: Callable[[], None], reason: str) -> None:
    if not reason.strip():
        desk.session.say("Without a reason it stays hidden.", serious=True)
        return
    found = desk.session.catalogue.value.find(key)
    name = found[1].title if found else key
    read = Read(
        study_uid,
        ReadKind.PICTURE,
        desk.session.reader,
        now(),
        begun_at=desk.keeper.opened_at(study_uid),
        reason=f"{name}: {reason.strip()}",
    )
    desk.keeper.store_read(read, partial(_shown, desk, key, then))


def _shown(desk: Desk, key: str, then: Callable[[], None], read: Read) -> None:
    what = "showed pictures of another program before the first read"
    desk.keeper.note(desk.session.reader, what, read.study_uid, read.reason)
    look_at_marked(desk.session, read.study_uid, key)
    desk.session.say("It is shown before your first read; the reason is kept.")
    then()


def marked_was_open(desk: Desk, study: Study) -> bool:
    """Tell whether pictures that are to be hidden with the models are open."""
    marked = marked_series(study)
    return any(one.key in marked for one in desk.session.images.value)
