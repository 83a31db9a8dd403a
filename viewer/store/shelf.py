"""The one way to what is kept on this computer."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from viewer.core.author import Author
from viewer.core.errors import Declined
from viewer.core.progress import Part, Progress
from viewer.core.study import Notice, Study
from viewer.store.audit import Audit
from viewer.store.backup import Backup, back_up, restore
from viewer.store.copies import copy_study, erase_copy
from viewer.store.corrections import Corrections
from viewer.store.crops import Crops
from viewer.store.database import Damaged, Database
from viewer.store.drafts import Drafts
from viewer.store.hangings import Hangings
from viewer.store.index import Index, Recent
from viewer.store.listed import Held, Listed
from viewer.store.locks import Locks
from viewer.store.places import Places
from viewer.store.reads import Reads
from viewer.store.studies import Studies
from viewer.store.thumbnails import Thumbnails

FILE_NAME = "skiagram.sqlite"
COPIES = "studies"
"""The folder beside the database in which copied images are kept."""


class Shelf:
    """Studies, drafts and the audit trail in one database. To be closed in the end."""

    def __init__(self, database: Database, notices: tuple[Notice, ...] = ()) -> None:
        self._database = database
        self.notices = notices
        """What the user must know about how it was opened."""
        self.index = Index(database)
        self.locks = Locks(database)
        self.drafts = Drafts(database, self.locks)
        self.audit = Audit(database)
        self.corrections = Corrections(database)
        self.crops = Crops(database)
        self.hangings = Hangings(database)
        self.places = Places(database)
        self.reads = Reads(database)
        self.studies = Studies(database)
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

    def remember(self, place: Path, *studies: Study) -> None:
        """Put studies at the top of the list of recent ones."""
        self.index.remember(place, *studies)
        self.studies.add(place, studies, Held.OPENED)

    def forget(self, recent: Recent) -> None:
        """Take a study off the list, with all that is known of its files; the files stay."""
        self.index.forget(recent)
        self.studies.remove_opened_one(recent.study_uid)
        self.places.forget(recent.path, recent.study_uid)
        self.thumbnails.forget(recent.study_uid)

    def forget_all(self) -> None:
        """Empty the list, with all that is known of any file; the files stay."""
        self.index.forget_all()
        self.studies.remove_opened()
        self.places.forget_all()
        self.thumbnails.forget_all()

    # -- studies and their files -------------------------------------------

    def copy_in(self, study: Study, progress: Progress) -> None:
        """Copy a study's files to this computer's own folder and list it.

        Raises:
            Declined: if it cannot be copied; nothing is left of it then.
            Cancelled: if the work is no longer wanted.
        """
        folder, files = copy_study(study, self._copies(), progress)
        self.studies.add_copied(folder, study, files)

    def erase(self, listed: Listed, by: Author) -> None:
        """Take a study off this computer: its copied files, drafts, notes, all but the audit trail.

        Files that were listed in place are the user's own and stay.

        Raises:
            Declined: if a copy cannot be deleted, or the database not be written.
        """
        if listed.held is Held.COPIED:
            erase_copy(listed.place, self._copies())
        alone = len(self.studies.of_uid(listed.uid)) == 1
        self.studies.remove([listed.id])
        for recent in self.index.of_study(listed.uid) if alone else ():
            self.forget(recent)
        if alone:
            self.places.forget(listed.place, listed.uid)
            self.thumbnails.forget(listed.uid)
            self.drafts.clear(listed.uid)
            self.corrections.forget(listed.uid)
        what = "erased with its files" if listed.held is Held.COPIED else "erased; its files stay"
        self.audit.note(by, what, listed.uid)
        self._database.scrub()

    def forget_verdicts(self) -> None:
        """Forget all verdicts and crops and what was learned, and leave nothing of it in the file.

        Raises:
            Declined: if the database cannot be written.
        """
        self.corrections.forget_all()
        self._database.scrub()

    def forget_crops(self) -> None:
        """Forget all image crops, and leave nothing of them in the file; verdicts stay.

        Raises:
            Declined: if the database cannot be written.
        """
        self.crops.forget_all()
        self._database.scrub()

    def check(self) -> str:
        """Look the whole database over; return "" if it is sound, else a sentence."""
        return self._database.check()

    def back_up(self, goal: Path, progress: Progress, *, with_images: bool) -> Backup:
        """Write all that is kept to one file, and check it.

        Raises:
            Declined: if that fails, or nothing is kept on a disk.
        """
        path = self._on_disk()
        return back_up(path, self._copies() if with_images else None, goal, progress)

    def restore(self, backup: Path, by: Author, progress: Progress) -> Path:
        """Put back what a backup holds; return where the former database is kept.

        Raises:
            Unreadable: if it is no backup or damaged; nothing was changed then.
            Declined: if it cannot be put back.
        """
        path = self._on_disk()
        aside = restore(backup, path, self._copies(), Part(progress, 0.0, 0.95))
        self._database.bring_up_to_date()
        self.locks.release_all()
        self.audit.note(by, f"restored {backup.name}", "", f"the former is kept as {aside.name}")
        return aside

    def _copies(self) -> Path:
        return self._on_disk().parent / COPIES

    def _on_disk(self) -> Path:
        if self._database.path is None:
            raise Declined("Nothing is kept on this computer at present.", code="in_memory")
        return self._database.path

    def close(self) -> None:
        """Give back the studies that we worked on, and let the file go."""
        with suppress(Declined):
            self.locks.release()
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
