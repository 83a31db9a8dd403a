"""Reads as they were stored, and when results of models were hidden or shown; only appended to."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy import func, insert, select

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.errors import Unreadable
from viewer.core.finding import Finding
from viewer.core.measurement import Measurement
from viewer.core.outline import Outline
from viewer.core.read import Read, ReadKind
from viewer.store.database import Database
from viewer.store.serial import pack, unpack
from viewer.store.tables import STUDY_READ

_LONGEST = 1 << 28
_MOST = 1000
_WITHOUT_OUTLINES = 3
"""How many parts a read had when outlines were not among them."""


@dataclass(frozen=True, slots=True)
class State:
    """What a reader did last with a study."""

    study_uid: str
    who: str
    kind: ReadKind


class Reads:
    """The reads of all studies. The database itself refuses to change or delete one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, read: Read) -> None:
        """Append a read; it is on the disk when this returns.

        Raises:
            Declined: if the database cannot be written.
        """
        row = {
            "study_uid": read.study_uid,
            "kind": read.kind.value,
            "who": read.by.name,
            "at": read.at,
            "begun_at": read.begun_at,
            "reason": read.reason,
            "models": json.dumps(read.models),
            "body": _packed(read),
        }
        with self._database.writing() as connection:
            connection.execute(insert(STUDY_READ).values(row))

    def of(self, study_uid: str) -> tuple[Read, ...]:
        """Return the reads of a study by all readers, oldest first.

        Raises:
            Unreadable: if one is damaged.
        """
        query = select(STUDY_READ).where(STUDY_READ.c.study_uid == study_uid)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(STUDY_READ.c.id).limit(_MOST)).mappings().all()
        return tuple(
            replace(
                _unpacked(row["body"]),
                study_uid=row["study_uid"],
                kind=ReadKind(row["kind"]),
                by=Author(row["who"]),
                at=row["at"],
                begun_at=row["begun_at"],
                reason=row["reason"],
                models=tuple(map(str, json.loads(row["models"]))),
            )
            for row in rows
        )

    def states(self) -> tuple[State, ...]:
        """Return what each reader did last with each study that was ever read without models."""
        counts = STUDY_READ.c.kind != ReadKind.PICTURE.value
        last = (
            select(func.max(STUDY_READ.c.id))
            .where(counts)
            .group_by(STUDY_READ.c.who, STUDY_READ.c.study_uid)
        )
        columns = select(STUDY_READ.c.study_uid, STUDY_READ.c.who, STUDY_READ.c.kind)
        with self._database.reading() as connection:
            rows = connection.execute(columns.where(STUDY_READ.c.id.in_(last)))
            return tuple(State(uid, who, ReadKind(kind)) for uid, who, kind in rows)

    def studies(self) -> tuple[str, ...]:
        """Return the UIDs of all studies that have a read."""
        query = select(STUDY_READ.c.study_uid).distinct().order_by(STUDY_READ.c.study_uid)
        with self._database.reading() as connection:
            return tuple(connection.execute(query).scalars())


def _packed(read: Read) -> bytes:
    """Return findings, statements, measurements and outlines with their arrays in one piece."""
    packed = pack((read.findings, read.assessments, read.measurements, read.outlines))
    chunks = {name: base64.b64encode(part).decode() for name, part in packed.chunks.items()}
    return zlib.compress(json.dumps({"text": packed.text, "chunks": chunks}).encode(), 1)


def _unpacked(body: bytes) -> Read:
    inflater = zlib.decompressobj()
    try:
        tree = json.loads(inflater.decompress(body, _LONGEST))
        chunks = {
            str(n): base64.b64decode(part, validate=True) for n, part in tree["chunks"].items()
        }
        parts = unpack(str(tree["text"]), chunks.__getitem__)
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise Unreadable(f"A stored read is damaged ({error}).") from error
    kinds = (Finding, Assessment, Measurement, Outline)
    if isinstance(parts, tuple) and len(parts) == _WITHOUT_OUTLINES:
        parts = (*parts, ())
    if not (isinstance(parts, tuple) and len(parts) == len(kinds)) or not all(
        isinstance(items, tuple) and all(isinstance(item, kind) for item in items)
        for items, kind in zip(parts, kinds, strict=True)
    ):
        raise Unreadable("A stored read holds something else than findings.")
    findings, assessments, measurements, outlines = parts
    return Read(
        "",
        ReadKind.FIRST,
        Author("unknown"),
        "",
        findings=cast("tuple[Finding, ...]", findings),
        assessments=cast("tuple[Assessment, ...]", assessments),
        measurements=cast("tuple[Measurement, ...]", measurements),
        outlines=cast("tuple[Outline, ...]", outlines),
    )
