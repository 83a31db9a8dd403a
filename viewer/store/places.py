"""What was read of the files in places that were looked through, so that they open at once.

It names patients and goes with the list of recent studies: who takes a study off
that list takes away all that is kept of its files here, wherever they were found.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from viewer.core.known_file import FileMark, KnownFile
from viewer.store.database import Database, now
from viewer.store.tables import KNOWN_FILE, PLACE

_MOST_PLACES = 100
_MOST_FILES = 500_000


class Places:
    """Known files by place; nothing is kept by a database that is in memory only."""

    def __init__(
        self, database: Database, most_places: int = _MOST_PLACES, most_files: int = _MOST_FILES
    ) -> None:
        self._database = database
        self._most_places, self._most_files = most_places, most_files

    def recall(self, place: Path, reader: str) -> tuple[KnownFile, ...]:
        """Return what is known of the files in a place, if the same reader read them.

        Raises:
            Declined: if the database cannot be read.
        """
        if self._database.path is None:
            return ()
        name = str(place.absolute())
        query = select(KNOWN_FILE).where(KNOWN_FILE.c.place == name)
        with self._database.reading() as connection:
            if _reader(connection, name) != reader:
                return ()
            rows = connection.execute(query).all()
        return tuple(
            KnownFile(
                row.path,
                FileMark(row.size, row.modified_ns, row.changed_ns, row.inode),
                row.study_uid,
                row.told,
            )
            for row in rows
        )

    def keep(
        self, place: Path, reader: str, fresh: Sequence[KnownFile], gone: Sequence[str]
    ) -> None:
        """Keep what was read anew of a place, and drop what is not there any more.

        What another reader wrote down of it is dropped altogether.

        Raises:
            Declined: if the database cannot be written.
        """
        if self._database.path is None:
            return
        name = str(place.absolute())
        with self._database.writing() as connection:
            if _reader(connection, name) != reader:
                _drop(connection, name)
            values = {"place": name, "reader": reader, "seen_at": now()}
            upsert = insert(PLACE).values(values).on_conflict_do_update(set_=values)
            connection.execute(upsert)
            same = KNOWN_FILE.c.place == name
            for path in gone:
                connection.execute(delete(KNOWN_FILE).where(same, KNOWN_FILE.c.path == path))
            if fresh:
                statement = insert(KNOWN_FILE).prefix_with("OR REPLACE")
                connection.execute(statement, [_row(name, one) for one in fresh])
            self._drop_oldest(connection)

    def forget(self, place: Path, study_uid: str) -> None:
        """Drop what is known of a study's files, and of all files in the place it was opened from.

        Raises:
            Declined: if the database cannot be written.
        """
        name = str(place.absolute())
        with self._database.writing() as connection:
            _drop(connection, name)
            of_study = KNOWN_FILE.c.study_uid == study_uid
            if study_uid:
                connection.execute(delete(KNOWN_FILE).where(of_study))
            below = KNOWN_FILE.c.path.startswith(f"{name}/", autoescape=True)
            connection.execute(delete(KNOWN_FILE).where((KNOWN_FILE.c.path == name) | below))

    def forget_all(self) -> None:
        """Drop all that is known of any file.

        Raises:
            Declined: if the database cannot be written.
        """
        with self._database.writing() as connection:
            connection.execute(delete(KNOWN_FILE))
            connection.execute(delete(PLACE))

    def _drop_oldest(self, connection: Connection) -> None:
        """Keep within bounds: places not seen for longest go first, the last one too if huge."""
        names = [
            *connection.execute(select(PLACE.c.place).order_by(PLACE.c.seen_at.desc())).scalars()
        ]
        for name in names[self._most_places :]:
            _drop(connection, name)
        names = names[: self._most_places]
        count = select(func.count()).select_from(KNOWN_FILE)
        while names and connection.execute(count).scalar_one() > self._most_files:
            _drop(connection, names.pop())


def _reader(connection: Connection, name: str) -> str | None:
    return connection.execute(select(PLACE.c.reader).where(PLACE.c.place == name)).scalar()


def _drop(connection: Connection, name: str) -> None:
    connection.execute(delete(KNOWN_FILE).where(KNOWN_FILE.c.place == name))
    connection.execute(delete(PLACE).where(PLACE.c.place == name))


def _row(place: str, known: KnownFile) -> dict[str, str | int]:
    mark = known.mark
    return {
        "place": place,
        "path": known.path,
        "size": mark.size,
        "modified_ns": mark.modified_ns,
        "changed_ns": mark.changed_ns,
        "inode": mark.inode,
        "study_uid": known.study_uid,
        "told": known.told,
    }
