"""Small pictures of series, kept so that a list of studies is complete at once.

They show patients and go with the list of recent studies, like what is known of files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from viewer.store.database import Database, now
from viewer.store.tables import THUMBNAIL

_MOST = 3000
_LONGEST_SIDE = 512
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, eq=False)
class Thumbnail:
    """A small grey picture; `mark` tells the file that it was made from, as it was then."""

    series_key: str
    mark: str
    study_uid: str
    grey: NDArray[np.uint8]


class Thumbnails:
    """Kept thumbnails; the latest so many."""

    def __init__(self, database: Database, most: int = _MOST) -> None:
        self._database, self._most = database, most

    def recall(self, marks: Mapping[str, str]) -> dict[str, NDArray[np.uint8]]:
        """Return the pictures of series by their keys, where they were made from that very file.

        Raises:
            Declined: if the database cannot be read.
        """
        found: dict[str, NDArray[np.uint8]] = {}
        if self._database.path is None:
            return found
        keys = list(marks)
        with self._database.reading() as connection:
            for at in range(0, len(keys), _AT_ONCE):
                some = THUMBNAIL.c.series_key.in_(keys[at : at + _AT_ONCE])
                for row in connection.execute(select(THUMBNAIL).where(some)):
                    grey = _picture(row.grey, row.rows, row.columns)
                    if grey is not None and row.mark == marks[row.series_key]:
                        found[row.series_key] = grey
        return found

    def keep(self, made: Sequence[Thumbnail]) -> None:
        """Keep pictures, and drop the oldest beyond what is kept.

        Raises:
            Declined: if the database cannot be written.
        """
        if self._database.path is None or not made:
            return
        rows = [
            {
                "series_key": one.series_key,
                "mark": one.mark,
                "study_uid": one.study_uid,
                "made_at": now(),
                "rows": one.grey.shape[0],
                "columns": one.grey.shape[1],
                "grey": one.grey.tobytes(),
            }
            for one in made
        ]
        newest = select(THUMBNAIL.c.series_key).order_by(THUMBNAIL.c.made_at.desc())
        with self._database.writing() as connection:
            connection.execute(insert(THUMBNAIL).prefix_with("OR REPLACE"), rows)
            beyond = newest.limit(-1).offset(self._most).scalar_subquery()
            connection.execute(delete(THUMBNAIL).where(THUMBNAIL.c.series_key.in_(beyond)))

    def forget(self, study_uid: str) -> None:
        """Drop the pictures of a study.

        Raises:
            Declined: if the database cannot be written.
        """
        with self._database.writing() as connection:
            connection.execute(delete(THUMBNAIL).where(THUMBNAIL.c.study_uid == study_uid))

    def forget_all(self) -> None:
        """Drop all pictures.

        Raises:
            Declined: if the database cannot be written.
        """
        with self._database.writing() as connection:
            connection.execute(delete(THUMBNAIL))


def _picture(content: bytes, rows: int, columns: int) -> NDArray[np.uint8] | None:
    """Return a picture; None if what was kept is none."""
    sides = (rows, columns)
    if not all(0 < side <= _LONGEST_SIDE for side in sides) or len(content) != rows * columns:
        return None
    return np.frombuffer(content, np.uint8).reshape(sides)
