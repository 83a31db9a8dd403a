"""Image crops of findings with a verdict, for networks to learn from; kept only with consent.

They are pieces of the patient's image without a word about the patient, packed, in the one
database that is readable for this user alone. A crop without its verdict is never given out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from viewer.core.correction import Correction
from viewer.core.crop import LARGEST_BYTES, Crop
from viewer.store.database import Database
from viewer.store.tables import CORRECTION, CROP

MOST_BYTES = 256 << 20
"""Of all crops together, packed; the oldest go first."""
_SIDES = 4


class Crops:
    """Crops by finding; see `Corrections` for the verdicts that they belong to."""

    def __init__(self, database: Database, most_bytes: int = MOST_BYTES) -> None:
        self._database = database
        self._most_bytes = most_bytes

    def keep(self, corrections: Iterable[Correction], crops: Mapping[str, Crop]) -> None:
        """Keep the crops of some verdicts, each in place of an older one of the same finding.

        Raises:
            Declined: if the database cannot be written.
        """
        known = ((one, crops.get(one.finding_id)) for one in corrections)
        rows = [_row(one, crop) for one, crop in known if crop is not None]
        if not rows:
            return
        wish = upsert(CROP)
        changed = {
            column.name: wish.excluded[column.name]
            for column in CROP.columns
            if column.name != "finding_id"
        }
        with self._database.writing() as connection:
            connection.execute(wish.on_conflict_do_update(["finding_id"], set_=changed), rows)
            self._make_room(connection)

    def of(self, weights_sha256: str) -> tuple[Crop, ...]:
        """Return the crops of the verdicts on one model; what somebody else wrote is left out."""
        query = (
            select(CROP.c.finding_id, CROP.c.sides, CROP.c.content)
            .join(CORRECTION, CORRECTION.c.finding_id == CROP.c.finding_id)
            .where(CROP.c.weights_sha256 == weights_sha256)
            .order_by(CROP.c.at, CROP.c.finding_id)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(one for one in map(_crop, rows) if one is not None)

    def counts(self) -> Mapping[str, int]:
        """Return by weights how many crops there are."""
        query = select(CROP.c.weights_sha256, func.count()).group_by(CROP.c.weights_sha256)
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def forget_all(self) -> None:
        """Forget all crops; the verdicts stay."""
        with self._database.writing() as connection:
            connection.execute(delete(CROP))

    def _make_room(self, connection: Connection) -> None:
        """Delete the oldest until no more than so many bytes are left."""
        query = select(CROP.c.finding_id, func.length(CROP.c.content)).order_by(
            CROP.c.at.desc(), CROP.c.finding_id
        )
        total, gone = 0, []
        for id_, size in connection.execute(query).all():
            total += size
            if total > self._most_bytes:
                gone.append(id_)
        for id_ in gone:
            connection.execute(delete(CROP).where(CROP.c.finding_id == id_))


def _row(one: Correction, crop: Crop) -> dict[str, object]:
    return {
        "finding_id": one.finding_id,
        "weights_sha256": one.weights_sha256,
        "study_uid": one.study_uid,
        "at": one.at,
        "sides": ",".join(map(str, crop.voxels.shape)),
        "content": zlib.compress(np.ascontiguousarray(crop.voxels).tobytes(), 6),
    }


def _crop(row: Mapping[Any, Any]) -> Crop | None:
    try:
        sides = tuple(int(side) for side in str(row["sides"]).split(","))
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(row["content"], LARGEST_BYTES + 1)
        if len(sides) != _SIDES or min(sides) < 1:
            return None
        voxels: NDArray[np.uint8] = np.frombuffer(content, np.uint8).reshape(sides)
        return Crop(row["finding_id"], voxels)
    except (ValueError, TypeError, zlib.error):
        return None
