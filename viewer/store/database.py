"""The database file: opened, brought up to date, and spoken for when it fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from viewer.core.errors import Declined
from viewer.store.migrations import MIGRATIONS

_BUSY_S = 5.0


class Damaged(Declined):
    """The file is no database, or one with holes in it."""


def now() -> str:
    """Return the present time, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Database:
    """One SQLite file, or one in memory. To be closed in the end.

    Every commit is on the disk when it returns. May be used from any thread
    and by several programs at once.

    Raises:
        Declined: if it is locked, cannot be written, or is of a newer program.
        Damaged: if it is no database any more.
    """

    def __init__(self, path: Path | None, *, busy_s: float = _BUSY_S) -> None:
        self.path = path
        if path is not None:
            _make_private(path)
        self._engine = _engine(path, busy_s)
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection on which everything is seen as of one moment."""
        with self._spoken_for(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection on which all is written at the end, or nothing."""
        with self._spoken_for(), self._engine.connect() as idle:
            connection = idle.execution_options(skiagram_writing=True)
            with connection.begin():
                yield connection

    def check(self) -> str:
        """Look the whole file over; return "" if it is sound, else what is wrong.

        Raises:
            Declined: if it cannot be read.
        """
        try:
            with self.reading() as connection:
                said = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
        except Damaged as damaged:
            return str(damaged)
        return "" if said == "ok" else f"{self.path} is damaged ({said})."

    def scrub(self) -> None:
        """Leave nothing in the file of what was deleted from it.

        Raises:
            Declined: if somebody else uses it at this moment.
        """
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("INSERT INTO study_text (study_text) VALUES ('optimize')")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.DatabaseError as error:
            declined = self._declined(error)
            if declined is None:
                raise
            raise declined from error
        finally:
            connection.close()

    def bring_up_to_date(self) -> None:
        """Take the steps that a file lacks which was put in the place of this one."""
        self._engine.dispose()
        self._migrate()

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()

    @contextmanager
    def _spoken_for(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            declined = self._declined(error.orig)
            if declined is None:
                raise
            raise declined from error

    def _declined(self, error: BaseException | None) -> Declined | None:
        """Return the sentence for what SQLite says; None if it is our mistake."""
        where = self.path or "memory"
        said = str(error)
        match getattr(error, "sqlite_errorcode", 0) & 0xFF:
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                sentence = f"{where} is in use by another program: close it or try again."
                return Declined(sentence, code="locked")
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
                sentence = f"{where} cannot be written ({said}): check its permissions."
                return Declined(sentence, code="no_permission")
            case sqlite3.SQLITE_FULL:
                sentence = f"{where} could not be written, the disk is full: free some space."
                return Declined(sentence, code="full_disk")
            case sqlite3.SQLITE_IOERR:
                sentence = f"{where} could not be read or written ({said}): check the disk."
                return Declined(sentence, code="disk")
            case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
                return Damaged(f"{where} is damaged ({said}).", code="damaged")
        return None

    def _migrate(self) -> None:
        """Take the steps that this file has not seen; safe if another program does the same."""
        if self._version() == len(MIGRATIONS):
            return
        with self.writing() as connection:
            version = _version(connection)
            for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
                for statement in step:
                    connection.exec_driver_sql(statement)
                connection.exec_driver_sql(f"PRAGMA user_version = {number}")

    def _version(self) -> int:
        with self.reading() as connection:
            version = _version(connection)
        if version > len(MIGRATIONS):
            raise Declined(
                f"{self.path} was written by a newer version of this program: use that one.",
                code="newer",
            )
        return version


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _make_private(path: Path) -> None:
    """Make the file and its folder for this user alone: it names patients."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise Declined(
            f"{path.parent} cannot be written ({error.strerror or error}): check its permissions.",
            code="no_permission",
        ) from error


def _engine(path: Path | None, busy_s: float) -> Engine:
    if path is None:
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": busy_s})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """Flush every commit, and leave the beginning of transactions to `_begin`."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the right to write at once where it will be needed, so that none is refused halfway."""
    writing = connection.get_execution_options().get("skiagram_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
