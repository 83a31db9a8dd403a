"""Hanging protocols in the reader's order, as texts; what they say is not the store's concern."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from viewer.store.database import Database
from viewer.store.tables import HANGING

_MOST = 400
_LONGEST = 200_000


class Hangings:
    """The list of protocols, kept as a whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[str, ...]:
        """Return the texts in order.

        Raises:
            Declined: if the database cannot be read.
        """
        with self._database.reading() as connection:
            query = select(HANGING.c.body).order_by(HANGING.c.position).limit(_MOST)
            bodies = connection.execute(query).scalars().all()
        return tuple(str(body) for body in bodies if len(body) <= _LONGEST)

    def keep(self, bodies: Sequence[str]) -> None:
        """Keep these texts in place of those before.

        Raises:
            Declined: if the database cannot be written.
        """
        rows = [{"position": n, "body": body} for n, body in enumerate(bodies[:_MOST])]
        with self._database.writing() as connection:
            connection.execute(delete(HANGING))
            if rows:
                connection.execute(insert(HANGING), rows)
