"""Studies that were opened lately, and from where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import RowMapping, delete, select
from sqlalchemy.dialects.sqlite import insert

from viewer.core.study import Study
from viewer.store.database import Database, now
from viewer.store.tables import RECENT


@dataclass(frozen=True, slots=True)
class Recent:
    """A study as it was when it was last opened. Date as stored (YYYYMMDD), `opened_at` in UTC."""

    path: Path
    study_uid: str
    patient_name: str
    patient_id: str
    date: str
    description: str
    modalities: tuple[str, ...]
    images: int
    opened_at: str

    @property
    def missing(self) -> bool:
        """Tell whether there is nothing any more where it was. Looks at the disk."""
        return not self.path.exists()


class Index:
    """The list of recent studies."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember(self, place: Path, *studies: Study) -> None:
        """Put studies at the top of the list, or move them there."""
        with self._database.writing() as connection:
            for study in studies:
                values = _values(place, study)
                upsert = insert(RECENT).values(values).on_conflict_do_update(set_=values)
                connection.execute(upsert)

    def recent(self, most: int = 20) -> tuple[Recent, ...]:
        """Return the studies opened last, the latest first."""
        query = select(RECENT).order_by(RECENT.c.opened_at.desc(), RECENT.c.study_uid).limit(most)
        with self._database.reading() as connection:
            return tuple(_recent(row) for row in connection.execute(query).mappings())

    def of_study(self, study_uid: str) -> tuple[Recent, ...]:
        """Return where a study was opened, the last place first."""
        query = select(RECENT).where(RECENT.c.study_uid == study_uid)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(RECENT.c.opened_at.desc())).mappings()
            return tuple(_recent(row) for row in rows)

    def forget(self, recent: Recent) -> None:
        """Take a study off the list; its files stay."""
        same = (RECENT.c.path == str(recent.path)) & (RECENT.c.study_uid == recent.study_uid)
        with self._database.writing() as connection:
            connection.execute(delete(RECENT).where(same))

    def forget_all(self) -> None:
        """Empty the list; the files stay."""
        with self._database.writing() as connection:
            connection.execute(delete(RECENT))


def _values(place: Path, study: Study) -> dict[str, str | int]:
    return {
        "path": str(place.absolute()),
        "study_uid": study.uid,
        "patient_name": study.patient.name,
        "patient_id": study.patient.id,
        "date": study.date,
        "description": study.description,
        "modalities": "\\".join(sorted({series.modality for series in study.series})),
        "images": sum(len(series.instances) for series in study.series),
        "opened_at": now(),
    }


def _recent(row: RowMapping) -> Recent:
    modalities = tuple(word for word in row["modalities"].split("\\") if word)
    return Recent(**{**row, "path": Path(row["path"]), "modalities": modalities})
