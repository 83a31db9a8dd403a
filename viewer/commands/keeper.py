"""Writes what is done to the shelf, in the order in which it was done.

Writing has a thread of its own, so that the window never waits for a disk and
what was done first is written first.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.known_file import KnownFiles
from viewer.core.study import Study
from viewer.session.record import Record
from viewer.session.session import Session
from viewer.store.drafts import Draft
from viewer.store.index import Recent
from viewer.store.shelf import Shelf
from viewer.store.thumbnails import Thumbnails


class Keeper:
    """Writes drafts, the audit trail and recent studies to the shelf, in the order of asking."""

    def __init__(
        self, shelf: Shelf, session: Session, post: Callable[[Callable[[], None]], None]
    ) -> None:
        self._shelf, self._session, self._post = shelf, session, post
        self._thread = ThreadPoolExecutor(1, "skiagram-keeper")
        self._told: set[str] = set()
        session.record.changed.connect(self._changed)

    def note(self, who: Author, what: str, study_uid: str, detail: str = "") -> None:
        """Append a line to the audit trail."""
        self._write(partial(self._shelf.audit.note, who, what, study_uid, detail))

    def remember(self, place: Path, study: Study) -> None:
        """Put a study at the top of the list of recent ones."""
        self._write(partial(self._shelf.remember, place, study))

    def forget(self, recent: Recent) -> None:
        """Take a study off the list of recent ones."""
        self._write(partial(self._shelf.forget, recent))

    def forget_all(self) -> None:
        """Empty the list of recent studies."""
        self._write(self._shelf.forget_all)

    @property
    def known_files(self) -> KnownFiles:
        """Where what was read of files is kept. Uses the disk: not for the window's thread."""
        return self._shelf.places

    @property
    def thumbnails(self) -> Thumbnails:
        """Where small pictures are kept. Uses the disk: not for the window's thread."""
        return self._shelf.thumbnails

    def recent(self) -> tuple[Recent, ...]:
        """Return the recent studies. Reads the disk: not for the window's thread."""
        return self._shelf.index.recent()

    def latest(self, study_uid: str) -> Draft | None:
        """Return the last draft of a study. Reads the disk: not for the window's thread.

        Raises:
            Unreadable: if it is damaged.
        """
        return self._shelf.drafts.latest(study_uid)

    def clear(self, study_uid: str) -> None:
        """Forget the drafts of a study."""
        self._write(partial(self._shelf.drafts.clear, study_uid))

    def flush(self) -> None:
        """Wait until all that was asked for is on the disk."""
        self._thread.submit(lambda: None).result()

    def close(self) -> None:
        """Write what is left and let the shelf go."""
        self._session.record.changed.disconnect(self._changed)
        self._thread.shutdown(wait=True)
        self._shelf.close()

    def _changed(self, new: Record, old: Record) -> None:
        """Write a draft of every open study about which something else is said now."""
        open_keys = {opened.key for opened in self._session.images.value}
        for study in self._session.catalogue.value.studies:
            keys = study.keys
            if keys & open_keys and parts(new.of(keys)) != parts(old.of(keys)):
                part = new.of(keys)
                title = self._session.history.undo_title or ""
                draft = Draft(title, part.findings, part.segmentations, part.measurements)
                self._write(partial(self._shelf.drafts.record, study.uid, draft))

    def _write(self, write: Callable[[], None]) -> None:
        self._thread.submit(self._try, write)

    def _try(self, write: Callable[[], None]) -> None:
        try:
            write()
        except Declined as why:
            self._post(partial(self._tell, str(why)))
        else:
            self._told.clear()

    def _tell(self, why: str) -> None:
        """Say once that keeping fails; the work itself is still in memory."""
        if why not in self._told:
            self._told.add(why)
            self._session.say(
                f"Your work is not being kept on this computer: {why} "
                "It is still in memory; save the results elsewhere.",
                serious=True,
            )


def parts(record: Record) -> tuple[tuple[object, ...], ...]:
    """Return what a record holds, to be compared by value or identity of its items."""
    return record.findings, record.segmentations, record.measurements
