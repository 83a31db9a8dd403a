"""Who did what, and when: a line for each judgement and each save, never taken back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select

from viewer.core.author import Author
from viewer.store.database import Database, now
from viewer.store.tables import AUDIT


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the audit trail; `at` is ISO 8601 in UTC."""

    at: str
    who: str
    what: str
    study_uid: str
    detail: str = ""


class Audit:
    """The audit trail. The database itself refuses to change or delete a line."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, who: Author, what: str, study_uid: str, detail: str = "") -> None:
        """Append a line: "accepted finding 1.2.3", "saved /path"."""
        line = {
            "at": now(),
            "who": str(who),
            "what": what,
            "study_uid": study_uid,
            "detail": detail,
        }
        with self._database.writing() as connection:
            connection.execute(insert(AUDIT).values(line))

    def lines(self, study_uid: str | None = None) -> tuple[Line, ...]:
        """Return the lines of one study, or all, oldest first."""
        query = select(AUDIT).order_by(AUDIT.c.id)
        if study_uid is not None:
            query = query.where(AUDIT.c.study_uid == study_uid)
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(
            Line(row["at"], row["who"], row["what"], row["study_uid"], row["detail"])
            for row in rows
        )
