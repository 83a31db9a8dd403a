"""The list of studies: who, what, how far it is read, and where the files are.

The same patient ID from another issuer is another patient, and the same study
UID of another patient another study: they are never merged. Words are found by
SQLite's full-text index, which is kept in the transaction that changes them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, and_, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from viewer.core.progress import Progress
from viewer.core.study import Study
from viewer.store.asking import COLUMNS, JOINED, asked, listed, order, words_of
from viewer.store.database import Database, now
from viewer.store.listed import Held, Listed, ListedSeries, Page, Priority, Question, Reading
from viewer.store.putting import drop_patients, put, put_words
from viewer.store.tables import COPIED_FILE, PATIENT, SERIES, STUDY

_AT_ONCE = 500
_LONGEST_NOTE = 20_000
_LONGEST_TAG = 60


class Studies:
    """All studies that are listed on this computer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- asking -------------------------------------------------------------

    def page(self, question: Question, start: int = 0, most: int = 100) -> Page:
        """Return a part of the studies that answer a question, in its order, and their number."""
        with self._database.reading() as connection:
            counting = select(func.count()).select_from(STUDY)
            count = connection.execute(asked(counting, question)).scalar_one()
            chosen = asked(select(STUDY.c.id).select_from(JOINED), question)
            chosen = chosen.order_by(*order(question)).limit(most).offset(start)
            some = STUDY.c.id.in_(connection.execute(chosen).scalars().all())
            query = select(*COLUMNS).select_from(JOINED).where(some).order_by(*order(question))
            rows = connection.execute(query).mappings().all()
        return Page(start, tuple(listed(row) for row in rows), count)

    def get(self, number: int) -> Listed | None:
        """Return a study by its number in the list."""
        query = select(*COLUMNS).select_from(JOINED).where(STUDY.c.id == number)
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        return listed(row) if row is not None else None

    def of_uid(self, uid: str) -> tuple[Listed, ...]:
        """Return the studies of this UID, which may be those of several patients."""
        query = select(*COLUMNS).select_from(JOINED).where(STUDY.c.uid == uid)
        with self._database.reading() as connection:
            return tuple(listed(row) for row in connection.execute(query).mappings())

    def series_of(self, number: int) -> tuple[ListedSeries, ...]:
        """Return the series of a study."""
        columns = [column for column in SERIES.c if column.name != "study"]
        query = select(*columns).where(SERIES.c.study == number)
        with self._database.reading() as connection:
            rows = (
                connection.execute(query.order_by(SERIES.c.number, SERIES.c.key)).mappings().all()
            )
        return tuple(ListedSeries(**{**row, "file": Path(row["file"])}) for row in rows)

    def copied_files(self, number: int) -> tuple[tuple[Path, int, str], ...]:
        """Return path, size and SHA-256 of the files that were copied in for a study."""
        query = select(COPIED_FILE).where(COPIED_FILE.c.study == number)
        with self._database.reading() as connection:
            return tuple((Path(r.path), r.size, r.sha256) for r in connection.execute(query))

    def tags(self) -> tuple[str, ...]:
        """Return every tag that a study has, in the order of the alphabet."""
        query = select(STUDY.c.tags).where(STUDY.c.tags != "").distinct()
        with self._database.reading() as connection:
            found = {tag for line in connection.execute(query).scalars() for tag in words_of(line)}
        return tuple(sorted(found, key=str.casefold))

    # -- changing -----------------------------------------------------------

    def add(self, place: Path, studies: Sequence[Study], held: Held = Held.IN_PLACE) -> int:
        """List studies that were found in a place, or what is new of them; return how many.

        Status, priority, tags and notes of a study that is listed already stay. Copied
        ones stay copied, whatever else is found of them.
        """
        for at in range(0, len(studies), _AT_ONCE):
            with self._database.writing() as connection:
                for study in studies[at : at + _AT_ONCE]:
                    put(connection, study, place, held)
        return len(studies)

    def add_copied(
        self, folder: Path, study: Study, files: Iterable[tuple[Path, int, str]]
    ) -> None:
        """List a study whose files were copied into a folder, with path, size and SHA-256."""
        with self._database.writing() as connection:
            number = put(connection, study, folder, Held.COPIED)
            rows = [
                {"study": number, "path": str(path), "size": size, "sha256": digest}
                for path, size, digest in files
            ]
            connection.execute(insert(COPIED_FILE).prefix_with("OR REPLACE"), rows)

    def opened(self, study: Study) -> None:
        """Note that a listed study was opened: it is being read, if it was unread."""
        with self._database.writing() as connection:
            ours = STUDY.c.id.in_(_numbers(connection, study))
            connection.execute(update(STUDY).where(ours).values(opened_at=now()))
            unread = and_(ours, STUDY.c.status == Reading.UNREAD.value)
            connection.execute(update(STUDY).where(unread).values(status=Reading.READING.value))

    def mark(self, study: Study, status: Reading) -> None:
        """Say how far a study that is open is read."""
        with self._database.reading() as connection:
            numbers = _numbers(connection, study)
        self.set_status(numbers, status)

    def set_status(self, numbers: Iterable[int], status: Reading) -> None:
        """Say how far studies are read."""
        self._change(numbers, {"status": status.value})

    def set_priority(self, numbers: Iterable[int], priority: Priority) -> None:
        """Say how soon studies are to be read."""
        self._change(numbers, {"priority": int(priority)})

    def set_notes(self, number: int, notes: str) -> None:
        """Write down something about a study, in place of what was there."""
        self._change((number,), {"notes": notes[:_LONGEST_NOTE]}, words=True)

    def set_tags(self, number: int, tags: Iterable[str]) -> None:
        """Give a study these tags and no others."""
        clean = (" ".join(tag.replace("\\", " ").split())[:_LONGEST_TAG] for tag in tags)
        self._change((number,), {"tags": "\\".join(dict.fromkeys(filter(None, clean)))}, words=True)

    def remove(self, numbers: Iterable[int]) -> None:
        """Take studies off the list; files are not touched."""
        with self._database.writing() as connection:
            connection.execute(delete(STUDY).where(STUDY.c.id.in_(list(numbers))))
            drop_patients(connection)

    def remove_opened(self) -> None:
        """Take those off the list that were only opened and never worked on there."""
        with self._database.writing() as connection:
            connection.execute(delete(STUDY).where(STUDY.c.held == Held.OPENED.value))
            drop_patients(connection)

    def remove_opened_one(self, uid: str) -> None:
        """Take a study off the list if it was only opened."""
        same = and_(STUDY.c.uid == uid, STUDY.c.held == Held.OPENED.value)
        with self._database.writing() as connection:
            connection.execute(delete(STUDY).where(same))
            drop_patients(connection)

    def look_again(self, progress: Progress) -> int:
        """See which studies miss files where they were listed; return how many do.

        The first file of each series stands for all of them.
        """
        query = select(SERIES.c.study, SERIES.c.file)
        with self._database.reading() as connection:
            files = connection.execute(query).all()
        gone: set[int] = set()
        for number, (study, file) in enumerate(files):
            if number % 200 == 0:
                progress.report(number / len(files), f"{number} of {len(files)} series")
            if study not in gone and not os.path.exists(file):  # noqa: PTH110 - ten times as fast
                gone.add(study)
        with self._database.writing() as connection:
            before = set(connection.execute(select(STUDY.c.id).where(STUDY.c.missing)).scalars())
            for missing, changed in ((1, gone - before), (0, before - gone)):
                for at in range(0, len(changed), _AT_ONCE):
                    some = list(changed)[at : at + _AT_ONCE]
                    same = STUDY.c.id.in_(some)
                    connection.execute(update(STUDY).where(same).values(missing=missing))
        return len(gone)

    def _change(
        self, numbers: Iterable[int], values: Mapping[str, str | int], *, words: bool = False
    ) -> None:
        """Change what a person may change; who is worked on is listed for good."""
        chosen = list(numbers)
        with self._database.writing() as connection:
            same = STUDY.c.id.in_(chosen)
            connection.execute(update(STUDY).where(same).values(values))
            merely = and_(same, STUDY.c.held == Held.OPENED.value)
            connection.execute(update(STUDY).where(merely).values(held=Held.IN_PLACE.value))
            if words:
                for number in chosen:
                    put_words(connection, number)


def _numbers(connection: Connection, study: Study) -> Sequence[int]:
    """Return the number in the list of a study of this very patient, if it is listed."""
    patient = study.patient
    same = and_(
        STUDY.c.uid == study.uid,
        PATIENT.c.patient_id == patient.id,
        PATIENT.c.issuer == patient.issuer,
        PATIENT.c.known_by == ("" if patient.id else patient.name),
    )
    return connection.execute(select(STUDY.c.id).select_from(JOINED).where(same)).scalars().all()
