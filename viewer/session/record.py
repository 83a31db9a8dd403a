"""All that was said about the open images, and the one history that undoes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from operator import is_

import numpy as np
from numpy.typing import NDArray

from viewer.core.assessment import Assessment
from viewer.core.finding import Finding
from viewer.core.geometry import Position
from viewer.core.graphics import Shown
from viewer.core.key_image import KeyImage
from viewer.core.measurement import Measurement
from viewer.core.segmentation import Segmentation


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """All statements about the images, by people and by models alike."""

    findings: tuple[Finding, ...] = ()
    segmentations: tuple[Segmentation, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    key_images: tuple[KeyImage, ...] = ()
    assessments: tuple[Assessment, ...] = ()

    def key_image(self, shown: Shown) -> KeyImage | None:
        """Return the mark on a stored picture, if somebody made one."""
        return next((one for one in self.key_images if one.shown == shown), None)

    def finding(self, id_: str) -> Finding | None:
        """Return the finding of this id, if there is one."""
        return next((finding for finding in self.findings if finding.id == id_), None)

    def with_finding(self, changed: Finding) -> Record:
        """Return this record with one finding put in, or in place of its older self."""
        if self.finding(changed.id) is None:
            return replace(self, findings=(*self.findings, changed))
        same = (changed if old.id == changed.id else old for old in self.findings)
        return replace(self, findings=tuple(same))

    def assessment(self, id_: str) -> Assessment | None:
        """Return the statement about a whole image of this id, if there is one."""
        return next((one for one in self.assessments if one.id == id_), None)

    def with_assessment(self, changed: Assessment) -> Record:
        """Return this record with one statement put in, or in place of its older self."""
        if self.assessment(changed.id) is None:
            return replace(self, assessments=(*self.assessments, changed))
        same = (changed if old.id == changed.id else old for old in self.assessments)
        return replace(self, assessments=tuple(same))

    def with_segmentation(self, changed: Segmentation) -> Record:
        """Return this record with one segmentation put in, or in place of its older self."""
        if all(old.id != changed.id for old in self.segmentations):
            return replace(self, segmentations=(*self.segmentations, changed))
        same = (changed if old.id == changed.id else old for old in self.segmentations)
        return replace(self, segmentations=tuple(same))

    def with_reading(
        self,
        series_key: str,
        author: str,
        findings: tuple[Finding, ...],
        segmentations: tuple[Segmentation, ...],
        assessments: tuple[Assessment, ...] = (),
    ) -> Record:
        """Return this record with a model's new reading of one series.

        What the same model had proposed before on it goes, unless a person has
        judged it; what was judged is not proposed a second time. `author` is the
        name of the model, with its version where other versions are to stay.
        """

        def is_theirs(item: Finding | Segmentation | Assessment) -> bool:
            same = author in (item.author.name, item.author.as_it_came)
            return same and item.series_key == series_key

        def stays(item: Finding | Segmentation | Assessment) -> bool:
            return not (is_theirs(item) and item.status == "proposed")

        kept = tuple(item for item in self.findings if stays(item))
        shapes = tuple(item for item in self.segmentations if stays(item))
        judged = [item for item in kept if is_theirs(item)]
        new = (item for item in findings if not any(_are_one(item, old) for old in judged))
        outlined = {item.id for item in shapes}
        said = tuple(item for item in self.assessments if stays(item))
        known = {item.kind for item in said if is_theirs(item)}
        stated = (item for item in assessments if item.kind not in known)
        return replace(
            self,
            findings=(*kept, *new),
            segmentations=(*shapes, *(one for one in segmentations if one.id not in outlined)),
            assessments=(*said, *stated),
        )

    def of(self, keys: frozenset[str]) -> Record:
        """Return what was said about these series."""
        return Record(
            tuple(item for item in self.findings if item.series_key in keys),
            tuple(item for item in self.segmentations if item.series_key in keys),
            tuple(item for item in self.measurements if item.series_key in keys),
            tuple(item for item in self.key_images if item.series_key in keys),
            tuple(item for item in self.assessments if item.series_key in keys),
        )

    def same_as(self, other: Record) -> bool:
        """Tell whether another record says the same, by the very same items."""
        return all(
            len(ours) == len(theirs) and all(map(is_, ours, theirs))
            for ours, theirs in (
                (self.findings, other.findings),
                (self.segmentations, other.segmentations),
                (self.measurements, other.measurements),
                (self.key_images, other.key_images),
                (self.assessments, other.assessments),
            )
        )

    def large_items(self) -> tuple[Finding | Segmentation, ...]:
        """Return the items that hold arrays."""
        return (*(one for one in self.findings if one.mask is not None), *self.segmentations)

    def without(self, keys: frozenset[str]) -> Record:
        """Return what was said about all other series."""
        return Record(
            tuple(item for item in self.findings if item.series_key not in keys),
            tuple(item for item in self.segmentations if item.series_key not in keys),
            tuple(item for item in self.measurements if item.series_key not in keys),
            tuple(item for item in self.key_images if item.series_key not in keys),
            tuple(item for item in self.assessments if item.series_key not in keys),
        )


def _are_one(one: Finding, other: Finding) -> bool:
    """Tell whether two findings are the same spot: each has the middle of the other in its box."""
    return _holds(one, other.position) and _holds(other, one.position)


def _holds(finding: Finding, place: Position) -> bool:
    sides = zip(finding.low, place, finding.high, strict=True)
    return all(low <= part <= high for low, part, high in sides)


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One thing that was done: its title, and the record before and after.

    `new_bytes` is how much memory the arrays take that it brought along.
    """

    title: str
    before: Record
    after: Record
    new_bytes: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "new_bytes", _new_bytes(self.before, self.after))


class History:
    """What can be undone and redone, newest last. Bounded, because memory is.

    Records share what did not change, so that a step costs little more than what
    it changed; arrays that only older steps still hold are counted.
    """

    def __init__(self, longest: int = 500, most_bytes: int = 1 << 30) -> None:
        self._longest, self._most_bytes = longest, most_bytes
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._oldest = Record(), 0

    def add(self, step: Step) -> None:
        """Remember a step; what had been undone is gone."""
        self._done.append(step)
        del self._done[: -self._longest]
        self._undone.clear()
        while len(self._done) > 1 and self._about_bytes() > self._most_bytes:
            del self._done[: max(1, len(self._done) // 10)]

    def _about_bytes(self) -> int:
        """Return what the steps hold, without a look at what each of them shares with others."""
        oldest = self._done[0].before
        if self._oldest[0] is not oldest:
            self._oldest = oldest, _new_bytes(Record(), oldest)
        return self._oldest[1] + sum(step.new_bytes for step in self._done)

    def undo(self) -> Step | None:
        """Return the newest step and move it to what can be redone."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Step | None:
        """Return the step undone last and move it back."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]

    def forget(self, keys: frozenset[str]) -> None:
        """Forget what was done to these series, as when they are closed; the rest stays."""
        self.rewrite(lambda record: record.without(keys))

    def rewrite(self, change: Callable[[Record], Record]) -> None:
        """Have every record been another; steps that then change nothing are forgotten."""
        self._oldest = Record(), 0
        changed: dict[int, tuple[Record, Record]] = {}

        def other(record: Record) -> Record:
            if id(record) not in changed:
                changed[id(record)] = record, change(record)
            return changed[id(record)][1]

        for steps in (self._done, self._undone):
            left = [Step(one.title, other(one.before), other(one.after)) for one in steps]
            steps[:] = [one for one in left if not one.before.same_as(one.after)]

    def clear(self) -> None:
        """Forget everything."""
        self._oldest = Record(), 0
        self._done.clear()
        self._undone.clear()

    @property
    def held_bytes(self) -> int:
        """How much memory the arrays of all steps take, each counted once."""
        records = (record for one in self._done for record in (one.before, one.after))
        items = {id(item): item for record in records for item in record.large_items()}
        arrays = {id(array): array for item in items.values() for array in _arrays(item)}
        return sum(array.nbytes for array in arrays.values() if any(array.strides))

    @property
    def next_undo(self) -> Step | None:
        """The step that undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Step | None:
        """The step that redo would make again."""
        return self._undone[-1] if self._undone else None

    @property
    def undo_title(self) -> str | None:
        """What undo would take back."""
        return self._done[-1].title if self._done else None

    @property
    def redo_title(self) -> str | None:
        """What redo would bring back."""
        return self._undone[-1].title if self._undone else None


def _new_bytes(before: Record, after: Record) -> int:
    """Return how much memory the arrays take that one record has and the other has not."""
    were = {id(item) for item in before.large_items()}
    new = [item for item in after.large_items() if id(item) not in were]
    if not new:
        return 0
    still = {id(item) for item in after.large_items()}
    gone = (item for item in before.large_items() if id(item) not in still)
    older = {id(array) for item in gone for array in _held(item)}
    arrays = (array for item in new for array in _held(item) if id(array) not in older)
    return sum(_own(array).nbytes for array in arrays if any(array.strides))


def _held(item: Finding | Segmentation) -> Iterator[NDArray[np.generic]]:
    if isinstance(item, Segmentation):
        yield from item.label_map.held()
    elif item.mask is not None:
        yield item.mask.voxels


def _arrays(item: Finding | Segmentation) -> tuple[NDArray[np.generic], ...]:
    """Return the arrays that an item holds, or is a view of."""
    return tuple(_own(array) for array in _held(item))


def _own(held: NDArray[np.generic]) -> NDArray[np.generic]:
    return held.base if isinstance(held.base, np.ndarray) else held
