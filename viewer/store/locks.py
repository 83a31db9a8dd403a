"""Who is working on a study: one program at a time, the others only look.

A lock is a row in the database. It is stale when its process is gone from this
computer, or when nothing was heard of it for a while; a stale one is taken over.
A person may also take over a living one: whoever lost it is told at its next
beat or its next draft, and writes nothing any more.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

import psutil
from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from viewer.core.errors import Declined
from viewer.store.database import Database
from viewer.store.tables import STUDY_LOCK

BEAT_S = 15.0
_SILENT_S = 90.0
_SAME_START_S = 2.0


@dataclass(frozen=True, slots=True)
class Holder:
    """Who works on a study, and on which computer."""

    who: str
    host: str
    process: int

    def __str__(self) -> str:
        """Say who and where: "Dr. Roe on station-3"."""
        return f"{self.who} on {self.host}"


class Locks:
    """The locks of one program; each `Locks` is another program, even in the same process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._token = uuid4().hex

    def take(self, study_uid: str, who: str, *, by_force: bool = False) -> Holder | None:
        """Take a study to work on; return who has it instead, or None if it is ours now."""
        with self._database.writing() as connection:
            held = _held(connection, study_uid)
            if held is not None and held.token != self._token and not by_force and _lives(held):
                return Holder(held.who, held.host, held.process)
            row = {
                "study_uid": study_uid,
                "token": self._token,
                "who": who,
                "host": socket.gethostname(),
                "process": os.getpid(),
                "started": _started(os.getpid()),
                "beat_at": time.time(),
            }
            connection.execute(insert(STUDY_LOCK).prefix_with("OR REPLACE"), row)
        return None

    def beat(self, study_uids: Collection[str]) -> tuple[str, ...]:
        """Say that we still work on these studies; return those that others have taken over."""
        if not study_uids:
            return ()
        ours = STUDY_LOCK.c.token == self._token
        with self._database.writing() as connection:
            connection.execute(update(STUDY_LOCK).where(ours).values(beat_at=time.time()))
            still = set(connection.execute(select(STUDY_LOCK.c.study_uid).where(ours)).scalars())
        return tuple(uid for uid in study_uids if uid not in still)

    def release(self, study_uid: str | None = None) -> None:
        """Give a study back, or all that are ours."""
        ours = STUDY_LOCK.c.token == self._token
        if study_uid is not None:
            ours &= STUDY_LOCK.c.study_uid == study_uid
        with self._database.writing() as connection:
            connection.execute(delete(STUDY_LOCK).where(ours))

    def release_all(self) -> None:
        """Clear every lock, as after a restore: they were those of another time."""
        with self._database.writing() as connection:
            connection.execute(delete(STUDY_LOCK))

    def left_behind(self) -> tuple[str, ...]:
        """Return the studies whose program ended without giving them back, and clear them."""
        with self._database.writing() as connection:
            stale = [row for row in connection.execute(select(STUDY_LOCK)) if not _lives(row)]
            uids = [row.study_uid for row in stale]
            connection.execute(delete(STUDY_LOCK).where(STUDY_LOCK.c.study_uid.in_(uids)))
        return tuple(uids)

    def require(self, connection: Connection, study_uid: str) -> None:
        """See, in the transaction that is to write, that nobody else works on a study.

        Raises:
            Declined: if somebody took it over.
        """
        held = _held(connection, study_uid)
        if held is not None and held.token != self._token:
            holder = Holder(held.who, held.host, held.process)
            raise Declined(f"{holder} has taken over this study.", code="taken_over")


def _held(connection: Connection, study_uid: str) -> Row[tuple[object, ...]] | None:
    query = select(STUDY_LOCK).where(STUDY_LOCK.c.study_uid == study_uid)
    row: Row[tuple[object, ...]] | None = connection.execute(query).first()
    return row


def _lives(held: Row[tuple[object, ...]]) -> bool:
    """Tell whether the program that holds a lock still runs, as far as can be known here."""
    values = held._mapping  # noqa: SLF001 - public by SQLAlchemy's own word
    if values["host"] == socket.gethostname():
        started = _started(values["process"])
        return started > 0 and abs(started - values["started"]) < _SAME_START_S
    return bool(time.time() - values["beat_at"] < _SILENT_S)


def _started(process: int) -> float:
    """Return when a process of this computer was started; 0 if there is none."""
    if process == os.getpid():
        return _own_start(process)
    try:
        status = psutil.Process(process)
        return 0.0 if status.status() == psutil.STATUS_ZOMBIE else status.create_time()
    except psutil.Error:
        return 0.0


@cache
def _own_start(process: int) -> float:
    return psutil.Process(process).create_time()
