"""Results of models that are put aside until the first read of their study is stored.

What is put aside is not in the record at all, so that no view, list, page or file can show it.
Outlines by our own plain rules, in which nothing was learned, are tools that the reader asks
for: they stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.finding import Finding
from viewer.core.key_image import KeyImage
from viewer.core.measurement import Measurement
from viewer.core.segmentation import Segmentation
from viewer.core.study import Study
from viewer.session.record import Record

Item: TypeAlias = Finding | Segmentation | Assessment | Measurement
_Item = TypeVar("_Item", bound=Item)


@dataclass(frozen=True, slots=True, eq=False)
class Sealing:
    """Which studies are read without the second reader first, and what it said of them.

    `asked` and `opened` are UIDs of studies; what was opened once is never closed again by
    `everywhere`.
    """

    everywhere: bool = False
    asked: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    aside: Record = field(default_factory=Record)
    looked_at: frozenset[str] = frozenset()
    """Keys of series with marks of other programs that the reader gave a reason to see."""

    def hides(self, study_uid: str) -> bool:
        """Tell whether the results of models on a study are put aside."""
        return study_uid in self.asked or (self.everywhere and study_uid not in self.opened)

    def sealed(self, study_uid: str) -> Sealing:
        """Return this with a study to be read without the second reader first."""
        return replace(
            self, asked=self.asked | {study_uid}, opened=self.opened - frozenset((study_uid,))
        )

    def unsealed(self, study_uid: str) -> Sealing:
        """Return this with a study whose results may be seen."""
        return replace(
            self, asked=self.asked - frozenset((study_uid,)), opened=self.opened | {study_uid}
        )

    def with_looked_at(self, keys: frozenset[str]) -> Sealing:
        """Return this with series that may be seen although another program marked them."""
        return replace(self, looked_at=self.looked_at | keys)

    def keys(self, studies: Iterable[Study]) -> frozenset[str]:
        """Return the series of those studies of which results of models are put aside."""
        if not (self.everywhere or self.asked):
            return frozenset()
        return frozenset().union(*(one.keys for one in studies if self.hides(one.uid)))


def items_of(record: Record) -> tuple[Item, ...]:
    """Return all that a model may have said."""
    return (*record.findings, *record.segmentations, *record.assessments, *record.measurements)


def _ids(record: Record) -> frozenset[str]:
    return frozenset(one.id for one in items_of(record))


def is_by_model(item: Item, reader: Author) -> bool:
    """Tell whether a model said it and this reader has not judged it."""
    if not item.author.is_model:
        return False
    if isinstance(item, Segmentation):
        return not item.author.is_rule
    if isinstance(item, Measurement):
        return True
    return all(verdict.by.name != reader.name for verdict in item.history)


def parted(
    record: Record, keys: frozenset[str], reader: Author, known: Record
) -> tuple[Record, Record]:
    """Return what of a record is shown, and what is put aside of the series `keys`.

    What is in `known` was seen already and stays.
    """
    seen = _ids(known)

    def goes(item: Item) -> bool:
        return item.series_key in keys and item.id not in seen and is_by_model(item, reader)

    aside = Record(
        findings=tuple(one for one in record.findings if goes(one)),
        segmentations=tuple(one for one in record.segmentations if goes(one)),
        assessments=tuple(one for one in record.assessments if goes(one)),
        measurements=tuple(one for one in record.measurements if goes(one)),
    )
    if aside.same_as(Record()):
        return record, aside
    return without_items(record, aside), aside


def by_others(record: Record, keys: frozenset[str], reader: Author) -> Record:
    """Return what persons other than this reader said of the series `keys`."""

    def is_others(item: Item | KeyImage) -> bool:
        by = item.author
        return item.series_key in keys and not by.is_model and by.name != reader.name

    return Record(
        tuple(one for one in record.findings if is_others(one)),
        tuple(one for one in record.segmentations if is_others(one)),
        tuple(one for one in record.measurements if is_others(one)),
        tuple(one for one in record.key_images if is_others(one)),
        tuple(one for one in record.assessments if is_others(one)),
    )


def left_to_see(record: Record, keys: frozenset[str], reader: Author) -> Record:
    """Return what of a record is neither a model's nor another person's, in the series `keys`."""
    own = without_items(record, by_others(record, keys, reader))
    return parted(own, keys, reader, Record())[0]


def without_items(record: Record, gone: Record) -> Record:
    """Return a record without what is in another."""
    ids, marked = _ids(gone), {one.shown for one in gone.key_images}
    return replace(
        record,
        findings=tuple(one for one in record.findings if one.id not in ids),
        segmentations=tuple(one for one in record.segmentations if one.id not in ids),
        assessments=tuple(one for one in record.assessments if one.id not in ids),
        measurements=tuple(one for one in record.measurements if one.id not in ids),
        key_images=tuple(one for one in record.key_images if one.shown not in marked),
    )


def with_items(record: Record, added: Record) -> Record:
    """Return a record with what it lacks of the items of another."""
    return replace(
        record,
        findings=_joined(record.findings, added.findings),
        segmentations=_joined(record.segmentations, added.segmentations),
        assessments=_joined(record.assessments, added.assessments),
        measurements=_joined(record.measurements, added.measurements),
        key_images=tuple(
            {one.shown: one for one in (*added.key_images, *record.key_images)}.values()
        ),
    )


def put_aside(older: Record, newer: Record) -> Record:
    """Return what is put aside by now: a new reading by the same model replaces its last."""
    return replace(
        older,
        findings=_renewed(older.findings, newer.findings),
        segmentations=_renewed(older.segmentations, newer.segmentations),
        assessments=_renewed(older.assessments, newer.assessments),
        measurements=_renewed(older.measurements, newer.measurements),
    )


def _renewed(ours: tuple[_Item, ...], theirs: tuple[_Item, ...]) -> tuple[_Item, ...]:
    again = {(one.series_key, str(one.author)) for one in theirs}
    ids = {one.id for one in theirs}
    kept = (
        one for one in ours if (one.series_key, str(one.author)) not in again and one.id not in ids
    )
    return (*kept, *theirs)


def _joined(ours: tuple[_Item, ...], theirs: Iterable[_Item]) -> tuple[_Item, ...]:
    known = {one.id for one in ours}
    return (*ours, *(one for one in theirs if one.id not in known))
