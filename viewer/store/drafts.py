"""What was said about a study and not yet saved: on the disk before the next gesture.

Each draft is whole: all findings, segmentations and measurements of a study
after one gesture. Only chunks of arrays that are new are written.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, delete, func, insert, select

from viewer.core.assessment import Assessment
from viewer.core.errors import Unreadable
from viewer.core.finding import Finding
from viewer.core.key_image import KeyImage
from viewer.core.measurement import Measurement
from viewer.core.segmentation import Segmentation
from viewer.store.database import Database, now
from viewer.store.locks import Locks
from viewer.store.serial import CHUNK_BYTES, pack, unpack
from viewer.store.tables import CHUNK, DRAFT, DRAFT_CHUNK

_KEPT = 20
_COMPRESSION = 1
_AT_ONCE = 10_000
"""Names in one question: SQLite takes no more than 32,766."""
_LONGEST_BODY = 1 << 28


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """All that was said about a study after one gesture; `at` is set when it is recorded."""

    title: str
    findings: tuple[Finding, ...] = ()
    segmentations: tuple[Segmentation, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    at: str = ""
    key_images: tuple[KeyImage, ...] = ()
    assessments: tuple[Assessment, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A study with a draft: its last gesture and when that was."""

    study_uid: str
    title: str
    at: str


def parts_of(draft: Draft) -> tuple[tuple[object, ...], ...]:
    """Return the lists of a draft in the order in which they are kept."""
    return (
        draft.findings,
        draft.segmentations,
        draft.measurements,
        draft.key_images,
        draft.assessments,
    )


class Drafts:
    """The drafts of all studies, the last few of each."""

    def __init__(self, database: Database, locks: Locks | None = None) -> None:
        self._database, self._locks = database, locks

    def record(self, study_uid: str, draft: Draft) -> None:
        """Write a draft; it is on the disk when this returns.

        Raises:
            Declined: if it cannot be written, or somebody else works on the study now.
        """
        packed = pack(parts_of(draft))
        row = {
            "study_uid": study_uid,
            "at": now(),
            "title": draft.title,
            "body": zlib.compress(packed.text.encode(), _COMPRESSION),
        }
        with self._database.writing() as connection:
            if self._locks is not None:
                self._locks.require(connection, study_uid)
            _put_chunks(connection, packed.chunks)
            number = connection.execute(insert(DRAFT).returning(DRAFT.c.id), row).scalar_one()
            if packed.chunks:
                links = [{"draft_id": number, "name": name} for name in packed.chunks]
                connection.execute(insert(DRAFT_CHUNK), links)
            _forget_older(connection, study_uid)

    def latest(self, study_uid: str) -> Draft | None:
        """Return the last draft of a study, if there is one.

        Raises:
            Unreadable: if it is damaged.
        """
        query = select(DRAFT).where(DRAFT.c.study_uid == study_uid).order_by(DRAFT.c.id.desc())
        with self._database.reading() as connection:
            row = connection.execute(query.limit(1)).mappings().first()
            if row is None:
                return None
            body = _inflated(row["body"], _LONGEST_BODY).decode(errors="replace")
            parts = unpack(body, lambda name: _chunk(connection, name))
        findings, segmentations, measurements, key_images, assessments = _lists(parts)
        return Draft(
            row["title"],
            cast("tuple[Finding, ...]", findings),
            cast("tuple[Segmentation, ...]", segmentations),
            cast("tuple[Measurement, ...]", measurements),
            row["at"],
            cast("tuple[KeyImage, ...]", key_images),
            cast("tuple[Assessment, ...]", assessments),
        )

    def waiting(self) -> tuple[Waiting, ...]:
        """Return the studies that have a draft, the latest first."""
        last = select(func.max(DRAFT.c.id)).group_by(DRAFT.c.study_uid)
        columns = select(DRAFT.c.study_uid, DRAFT.c.title, DRAFT.c.at)
        query = columns.where(DRAFT.c.id.in_(last)).order_by(DRAFT.c.id.desc())
        with self._database.reading() as connection:
            return tuple(Waiting(*row) for row in connection.execute(query))

    def clear(self, study_uid: str) -> None:
        """Forget the drafts of a study: it was saved, or is not wanted."""
        with self._database.writing() as connection:
            connection.execute(delete(DRAFT).where(DRAFT.c.study_uid == study_uid))
            _sweep(connection)


def _put_chunks(connection: Connection, chunks: Mapping[str, memoryview]) -> None:
    """Write the chunks that are not there yet."""
    names, there = list(chunks), set[str]()
    for at in range(0, len(names), _AT_ONCE):
        some = CHUNK.c.name.in_(names[at : at + _AT_ONCE])
        there.update(connection.execute(select(CHUNK.c.name).where(some)).scalars())
    for name in chunks.keys() - there:
        chunk = chunks[name]
        content = zlib.compress(chunk, _COMPRESSION)
        row = {"name": name, "size": chunk.nbytes, "content": content}
        connection.execute(insert(CHUNK), row)


def _chunk(connection: Connection, name: str) -> bytes:
    content = connection.execute(select(CHUNK.c.content).where(CHUNK.c.name == name)).scalar()
    if content is None:
        raise Unreadable("A part of the draft is missing.")
    return _inflated(content, CHUNK_BYTES)


def _inflated(content: bytes, most: int) -> bytes:
    """Return what was compressed, and never more than was agreed."""
    inflater = zlib.decompressobj()
    try:
        inflated = inflater.decompress(content, most)
    except zlib.error as error:
        raise Unreadable(f"A part of the draft is damaged ({error}).") from error
    if not inflater.eof:
        raise Unreadable("A part of the draft is cut off or too long.")
    return inflated


def _forget_older(connection: Connection, study_uid: str) -> None:
    newest = select(DRAFT.c.id).where(DRAFT.c.study_uid == study_uid)
    kept = newest.order_by(DRAFT.c.id.desc()).limit(_KEPT)
    older = (DRAFT.c.study_uid == study_uid) & DRAFT.c.id.not_in(kept)
    if connection.execute(delete(DRAFT).where(older)).rowcount:
        _sweep(connection)


def _sweep(connection: Connection) -> None:
    """Remove the chunks that no draft refers to."""
    connection.execute(delete(CHUNK).where(CHUNK.c.name.not_in(select(DRAFT_CHUNK.c.name))))


def _lists(parts: object) -> tuple[tuple[object, ...], ...]:
    """Return the lists of a draft, each with nothing but its own kind in it.

    Older drafts know nothing of marked pictures and statements about whole images.
    """
    kinds = (Finding, Segmentation, Measurement, KeyImage, Assessment)
    if isinstance(parts, tuple) and 3 <= len(parts) <= len(kinds):
        lists = (*parts, *((),) * (len(kinds) - len(parts)))
        fits = (
            isinstance(items, tuple) and _all(items, kind)
            for items, kind in zip(lists, kinds, strict=True)
        )
        if all(fits):
            return lists
    raise Unreadable("The draft holds something else than findings and segmentations.")


def _all(items: Iterable[object], kind: type) -> bool:
    return all(isinstance(item, kind) for item in items)
