"""Verdicts on what models proposed, and what was learned from them; images are in `crops`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from viewer.core.correction import Correction
from viewer.store.database import Database
from viewer.store.tables import ADAPTATION, ADAPTATION_USED, CORRECTION, CROP

_MOST_KEPT = 200_000
_LONGEST = 200_000
_MOST_PUSHES = 1000
_AT_ONCE = 500


class Corrections:
    """Verdicts by finding, and adaptations of models in the order in which they were made."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._undone: dict[str, Correction] = {}
        """Verdicts that were undone after they were kept, as long as they may be redone."""

    # -- verdicts ---------------------------------------------------------------------------

    def keep(self, corrections: Iterable[Correction]) -> None:
        """Keep verdicts, each in place of an older one on the same finding.

        Raises:
            Declined: if the database cannot be written.
        """
        rows = [_row(one) for one in corrections]
        if not rows:
            return
        wish = upsert(CORRECTION)
        changed = {
            column.name: wish.excluded[column.name]
            for column in CORRECTION.columns
            if column.name != "finding_id"
        }
        with self._database.writing() as connection:
            connection.execute(wish.on_conflict_do_update(["finding_id"], set_=changed), rows)

    def withdraw(self, finding_ids: Iterable[str]) -> None:
        """Forget the verdicts on some findings, as when a person took them back, and their crops.

        Raises:
            Declined: if the database cannot be written.
        """
        ids = list(finding_ids)
        if not ids:
            return
        with self._database.writing() as connection:
            for start in range(0, len(ids), _AT_ONCE):
                some = ids[start : start + _AT_ONCE]
                for table in (CORRECTION, CROP):
                    connection.execute(delete(table).where(table.c.finding_id.in_(some)))

    def undo(self, finding_ids: Iterable[str]) -> None:
        """Withdraw the verdicts on some findings; until they are settled `redo` brings them back.

        Raises:
            Declined: if the database cannot be written.
        """
        ids = tuple(finding_ids)
        with self._database.reading() as connection:
            rows = connection.execute(select(CORRECTION).where(CORRECTION.c.finding_id.in_(ids)))
            found = [_correction(row) for row in rows.mappings().all()]
        self.withdraw(ids)
        self._undone.update((one.finding_id, one) for one in found if one is not None)

    def redo(self, finding_ids: Iterable[str]) -> None:
        """Keep again what was undone of some findings.

        Raises:
            Declined: if the database cannot be written.
        """
        found = (self._undone.pop(id_, None) for id_ in finding_ids)
        self.keep(one for one in found if one is not None)

    def settle(self, finding_ids: Iterable[str]) -> None:
        """Forget what was undone of findings that were just saved."""
        for id_ in finding_ids:
            self._undone.pop(id_, None)

    def of(self, weights_sha256: str) -> tuple[Correction, ...]:
        """Return the verdicts on the findings of one model, oldest first."""
        query = (
            select(CORRECTION)
            .where(CORRECTION.c.weights_sha256 == weights_sha256)
            .order_by(CORRECTION.c.at, CORRECTION.c.finding_id)
            .limit(_MOST_KEPT)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(one for one in (_correction(row) for row in rows) if one is not None)

    def counts(self) -> Mapping[str, tuple[int, int]]:
        """Return by weights how many verdicts there are, and of how many patients."""
        query = select(
            CORRECTION.c.weights_sha256,
            func.count(),
            func.count(CORRECTION.c.patient.distinct()),
        ).group_by(CORRECTION.c.weights_sha256)
        with self._database.reading() as connection:
            return {row[0]: (row[1], row[2]) for row in connection.execute(query)}

    def forget(self, study_uid: str) -> None:
        """Forget the verdicts and the crops of a study; what was learned already stays."""
        self.settle([one.finding_id for one in self._undone.values() if one.study_uid == study_uid])
        with self._database.writing() as connection:
            for table in (CORRECTION, CROP):
                connection.execute(delete(table).where(table.c.study_uid == study_uid))

    def forget_all(self) -> None:
        """Forget all verdicts and crops, and all that was learned from them."""
        self._undone.clear()
        with self._database.writing() as connection:
            for table in (CORRECTION, CROP, ADAPTATION_USED, ADAPTATION):
                connection.execute(delete(table))

    # -- what was learned -------------------------------------------------------------------

    def learn(self, weights_sha256: str, body: str, *, use: bool) -> int:
        """Keep what was learned, and use it from now on if it is to be used; return its number."""
        with self._database.writing() as connection:
            row = {"weights_sha256": weights_sha256, "body": body}
            made = connection.execute(insert(ADAPTATION).values(row).returning(ADAPTATION.c.id))
            number = int(made.scalar_one())
            if use:
                given = {"weights_sha256": weights_sha256, "adaptation": number}
                connection.execute(insert(ADAPTATION_USED).values(given))
            return number

    def in_use(self) -> tuple[str, ...]:
        """Return what was learned and is used now, one text for each model."""
        last = (
            select(func.max(ADAPTATION_USED.c.id))
            .group_by(ADAPTATION_USED.c.weights_sha256)
            .scalar_subquery()
        )
        query = (
            select(ADAPTATION.c.body)
            .join(ADAPTATION_USED, ADAPTATION_USED.c.adaptation == ADAPTATION.c.id)
            .where(ADAPTATION_USED.c.id.in_(last))
            .order_by(ADAPTATION.c.id)
        )
        with self._database.reading() as connection:
            bodies = connection.execute(query).scalars().all()
        return tuple(str(body) for body in bodies if len(body) <= _LONGEST)

    def learned(self) -> tuple[str, ...]:
        """Return all that was ever learned, used now or not, oldest first."""
        query = select(ADAPTATION.c.body).order_by(ADAPTATION.c.id)
        with self._database.reading() as connection:
            bodies = connection.execute(query).scalars().all()
        return tuple(str(body) for body in bodies if len(body) <= _LONGEST)

    def go_back(self, weights_sha256: str) -> bool:
        """Use what was used before, in the end the model as it came; tell if there was a step."""
        used = ADAPTATION_USED.c
        with self._database.writing() as connection:
            last = connection.execute(
                select(func.max(used.id)).where(used.weights_sha256 == weights_sha256)
            ).scalar_one()
            if last is None:
                return False
            connection.execute(delete(ADAPTATION_USED).where(used.id == last))
            return True


def _row(one: Correction) -> dict[str, object]:
    return {
        "finding_id": one.finding_id,
        "weights_sha256": one.weights_sha256,
        "patient": one.patient,
        "study_uid": one.study_uid,
        "at": one.at,
        "right": int(one.right),
        "pushes": json.dumps(one.pushes),
        "rest": one.rest,
    }


def _correction(row: Mapping[Any, Any]) -> Correction | None:
    """Return a row as a verdict, or nothing if somebody else wrote into it."""
    try:
        pairs = json.loads(row["pushes"])[:_MOST_PUSHES]
        pushes = tuple((str(name), float(push)) for name, push in pairs)
    except (ValueError, TypeError):
        return None
    if not all(math.isfinite(push) for _, push in pushes) or not math.isfinite(row["rest"]):
        return None
    return Correction(
        row["finding_id"],
        row["weights_sha256"],
        row["patient"],
        row["study_uid"],
        row["at"],
        bool(row["right"]),
        pushes,
        row["rest"],
    )
