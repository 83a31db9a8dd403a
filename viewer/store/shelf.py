"""The one way to what is kept on this computer."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from viewer.core.study import Notice, Study
from viewer.store.audit import Audit
from viewer.store.database import Damaged, Database
from viewer.store.drafts import Drafts
from viewer.store.index import Index, Recent
from viewer.store.places import Places
from viewer.store.thumbnails import Thumbnails

FILE_NAME = "skiagram.sqlite"


class Shelf:
    """Recent studies, drafts and the audit trail in one database. To be closed in the end."""

    def __init__(self, database: Database, notices: tuple[Notice, ...] = ()) -> None:
        self._database = database
        self.notices = notices
        """What the user must know about how it was opened."""
        self.index = Index(database)
        self.drafts = Drafts(database)
        self.audit = Audit(database)
        self.places = Places(database)
        self.thumbnails = Thumbnails(database)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the shelf in a folder, or make one; a damaged one is set aside, with a notice.

        Raises:
            Declined: if it is locked, cannot be written, or is of a newer program.
        """
        path = folder / FILE_NAME
        try:
            return cls(Database(path))
        except Damaged as damaged:
            aside = _set_aside(path)
            sentence = f"{damaged} It is kept as {aside.name}, and a new one was begun."
            return cls(Database(path), (Notice("damaged", sentence),))

    @classmethod
    def in_memory(cls) -> Self:
        """Make a shelf that is gone with the program."""
        return cls(Database(None))

    def remember(self, place: Path, study: Study) -> None:
        """Put a study at the top of the list of recent ones."""
        self.index.remember(place, study)

    def forget(self, recent: Recent) -> None:
        """Take a study off the list, with all that is known of its files; the files stay."""
        self.index.forget(recent)
        self.places.forget(recent.path, recent.study_uid)
        self.thumbnails.forget(recent.study_uid)

    def forget_all(self) -> None:
        """Empty the list, with all that is known of any file; the files stay."""
        self.index.forget_all()
        self.places.forget_all()
        self.thumbnails.forget_all()

    def close(self) -> None:
        """Let the file go."""
        self._database.close()


def _set_aside(path: Path) -> Path:
    """Rename a damaged database and its log, so that nothing of it is lost."""
    stamp = f"damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(
                path.with_name(f"{path.stem}-{stamp}{suffix}")
            )
    return path.rename(path.with_name(f"{path.stem}-{stamp}{path.suffix}"))
