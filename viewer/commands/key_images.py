"""Marking pictures worth looking at again, going through them, saving them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.findings import now
from viewer.commands.stored import bring, is_stored, number_of_picture, shown_in
from viewer.commands.telling import tell
from viewer.core.errors import Declined
from viewer.core.key_image import KEY_TITLES, KeyImage
from viewer.core.study import Series, Study
from viewer.io.identifiers import file_stem
from viewer.session.images import OpenImage
from viewer.session.stored_picture import instance_of


def mark(desk: Desk) -> None:
    """Mark the stored picture in the active view as a key image, or take the mark off.

    Raises:
        Declined: if the view shows no stored picture.
    """
    session = desk.session
    opened, shown = session.active_image, shown_in(desk, session.hanging.value.active)
    if opened is None or shown is None:
        raise Declined(
            "Only a stored picture can be a key image, and this view shows none: choose a view "
            "along the acquisition, without a slab."
        )
    record = session.record.value
    if record.key_image(shown) is not None:
        left = tuple(one for one in record.key_images if one.shown != shown)
        session.do("Take off key image", replace(record, key_images=left))
        return
    number = number_of_picture(opened, shown)
    source = None if number is None else instance_of(opened, number)
    made = KeyImage(
        opened.key,
        shown[0],
        source.sop_class_uid if source else "",
        session.reader,
        shown[1],
        now(),
    )
    session.do("Mark key image", replace(record, key_images=(*record.key_images, made)))


def step(desk: Desk, by: int) -> None:
    """Go to the next key image of what is open, or the one before; from the last to the first."""
    found = _places(desk)
    if not found:
        desk.session.say("No picture of what is open is marked as a key image.")
        return
    shown = shown_in(desk, desk.session.hanging.value.active)
    at = next((n for n, one in enumerate(found) if one[2].shown == shown), None)
    goal = (0 if by > 0 else -1) if at is None else (at + by) % len(found)
    opened, number, image = found[goal]
    bring(desk, opened, number)
    words = f"Key image {found.index(found[goal]) + 1} of {len(found)}"
    desk.session.say(f"{words}, marked by {image.author.name}.")


def _places(desk: Desk) -> list[tuple[OpenImage, int, KeyImage]]:
    """Return the marked pictures that hang in a view, in the order of their slices."""
    session = desk.session
    hanging = session.hanging.value
    found = []
    for key in dict.fromkeys(hanging.cells[cell].series_key for cell in hanging.shown):
        opened = session.images.value.get(key)
        marks = [one for one in session.record.value.key_images if one.series_key == key]
        if opened is None or not marks:
            continue
        numbers = ((number_of_picture(opened, one.shown), one) for one in marks)
        there = [(number, one) for number, one in numbers if number is not None]
        found += [(opened, number, one) for number, one in sorted(there, key=lambda pair: pair[0])]
    return found


def _save(desk: Desk) -> None:
    """Ask what the marks of the active series are for, and where they shall go."""
    opened, marks = _marked(desk)
    titles = [title.meaning for title in KEY_TITLES]

    def chosen(number: int) -> None:
        start = desk.settings.paths.results or desk.settings.start_folder
        then = partial(save_key_images, desk, opened, marks, number)
        desk.asker.choose_folder("Save key images in", start, then)

    words = f"What are the {len(marks)} key images for?" if len(marks) > 1 else "What is it for?"
    desk.asker.ask_choice("Save key images", words, titles, chosen)


def save_key_images(
    desk: Desk, opened: OpenImage, marks: tuple[KeyImage, ...], title: int, folder: Path
) -> None:
    """Save marks of one series under one of the titles of `KEY_TITLES`, below a folder."""
    from viewer.io.save_objects import save_key_images as save

    goal = folder / object_folder(opened.study, "key_images")
    desk.runner.start(
        f"Save key images of {opened.series.title}",
        partial(
            save,
            goal,
            marks,
            opened.series,
            KEY_TITLES[title],
            opened.study.patient.id,
            desk.session.reader,
        ),
        partial(told_saved, desk, opened.study.uid),
        failed=partial(tell, desk),
    )


def told_saved(desk: Desk, study_uid: str, path: Path) -> None:
    """Say and note that an object was saved."""
    desk.keeper.note(desk.session.reader, f"saved {path}", study_uid)
    desk.session.say(f"Saved: {path}, read back and found equal.")


def object_folder(study: Study, what: str) -> str:
    """Return the name of a new folder for an object: the patient, the moment, what it is."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d_%H%M%S")
    return f"{file_stem(study.patient.id or study.patient.name, 'patient')}_{stamp}_{what}"


def _marked(desk: Desk) -> tuple[OpenImage, tuple[KeyImage, ...]]:
    opened = desk.session.active_image
    marks = () if opened is None else _of(desk, opened.series)
    if opened is None or not marks:
        raise Declined("No picture of the active series is marked as a key image.")
    return opened, marks


def _of(desk: Desk, series: Series) -> tuple[KeyImage, ...]:
    record = desk.session.record.value
    return tuple(one for one in record.key_images if one.series_key == series.key)


def _is_marked(desk: Desk) -> bool:
    shown = shown_in(desk, desk.session.hanging.value.active)
    return shown is not None and desk.session.record.value.key_image(shown) is not None


def _has_marks(desk: Desk) -> bool:
    opened = desk.session.active_image
    return opened is not None and bool(_of(desk, opened.series))


def _any_marks(desk: Desk) -> bool:
    return bool(desk.session.record.value.key_images)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="key_images.mark",
        title="Key image",
        help="Mark the picture in the active view as a key image, or take the mark off.",
        menu="Findings",
        key="Shift+K",
        run=mark,
        allowed=is_stored,
        checked=_is_marked,
    ),
    Command(
        id="key_images.next",
        title="Next key image",
        help="Go to the next picture that is marked as a key image.",
        menu="Findings",
        key="Alt+K",
        run=partial(step, by=1),
        allowed=_any_marks,
    ),
    Command(
        id="key_images.previous",
        title="Previous key image",
        help="Go to the picture before that is marked as a key image.",
        menu="Findings",
        key="Alt+Shift+K",
        run=partial(step, by=-1),
        allowed=_any_marks,
    ),
)
SAVING: tuple[Command, ...] = (
    Command(
        id="key_images.save",
        title="Save key images…",
        help="Save the marked pictures of the active series as a DICOM key object selection.",
        menu="File",
        run=_save,
        allowed=_has_marks,
    ),
)
