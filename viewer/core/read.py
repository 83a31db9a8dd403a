"""A read as it was stored: who found what, when, before or after seeing what models found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.finding import Finding, Status
from viewer.core.measurement import Measurement
from viewer.core.outline import Outline, dice

_CLOSE_MM = 1e-3


class ReadKind(StrEnum):
    """What happened to a study that is read without models first."""

    SEALED = "sealed"
    FIRST = "first read"
    SHOWN_EARLY = "shown early"
    PICTURE = "picture shown early"
    """A series with marks of another program was looked at; models stayed hidden."""
    SECOND = "second read"


@dataclass(frozen=True, slots=True)
class Read:
    """What one person had found at one moment; it never changes again.

    `begun_at` is when the study was opened, `at` when this was stored (ISO 8601, UTC).
    `reason` says why results of models were looked at early, or that they had been seen before.
    """

    study_uid: str
    kind: ReadKind
    by: Author
    at: str
    begun_at: str = ""
    reason: str = ""
    findings: tuple[Finding, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    models: tuple[str, ...] = ()
    outlines: tuple[Outline, ...] = ()

    @property
    def items(self) -> tuple[Finding | Assessment, ...]:
        """All that was said of places, and of whole images."""
        return (*self.findings, *self.assessments)

    @property
    def is_a_read(self) -> bool:
        """Tell whether it holds what somebody found, not only that results were hidden or shown."""
        return self.kind in (ReadKind.FIRST, ReadKind.SECOND)


class ChangeKind(StrEnum):
    """What became of a finding between two reads."""

    ADDED = "added"
    DROPPED = "dropped"
    EDITED = "edited"
    REDRAWN = "redrawn"
    TAKEN = "taken from the model"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise in the later read; `reason` is what the reader said of it.

    `before` is what it was, where it was there. `dice` is the overlap of an outline with what it
    was (0 to 1); None where that is not known.
    """

    kind: ChangeKind
    item: Finding | Assessment | Outline
    reason: str = ""
    before: Finding | Assessment | Outline | None = None
    dice: float | None = None


def changes(first: Read, later: Read) -> tuple[Change, ...]:
    """Return what is otherwise in the later of two reads, in the order of the lists.

    Compares voxels of outlines: not for the window's thread.
    """
    before = {item.id: item for item in first.items}
    after = {item.id: item for item in later.items}
    found = [change for item in after.values() for change in _change(before.get(item.id), item)]
    gone = (item for item in before.values() if item.id not in after and _counts(item))
    dropped = (Change(ChangeKind.DROPPED, item, before=item) for item in gone)
    return (*found, *dropped, *_redrawn(first, later))


def _redrawn(first: Read, later: Read) -> list[Change]:
    """Return what became of outlines."""
    before = {one.id: one for one in first.outlines}
    found = []
    for new in later.outlines:
        old = before.pop(new.id, None)
        if old is None:
            taken = new.author.is_model or not set(later.models).isdisjoint(new.author.helpers)
            found.append(Change(ChangeKind.TAKEN if taken else ChangeKind.ADDED, new))
        elif old.sha256 != new.sha256:
            found.append(Change(ChangeKind.REDRAWN, new, before=old, dice=dice(old, new)))
        elif (old.name, old.kind) != (new.name, new.kind):
            found.append(Change(ChangeKind.EDITED, new, before=old))
    return [*found, *(Change(ChangeKind.DROPPED, one, before=one) for one in before.values())]


def _counts(item: Finding | Assessment) -> bool:
    """Tell whether a person says that it is there."""
    return item.stands or (not item.author.is_model and item.status is not Status.REJECTED)


def _change(old: Finding | Assessment | None, new: Finding | Assessment) -> list[Change]:
    reason = new.history[-1].reason if new.history else ""
    stood, stands = old is not None and _counts(old), _counts(new)
    if stands and not stood:
        kind = ChangeKind.TAKEN if new.author.is_model else ChangeKind.ADDED
        return [Change(kind, new, reason)]
    if stood and not stands:
        return [Change(ChangeKind.DROPPED, new, reason, old)]
    if stands and old is not None and _differ(old, new):
        return [Change(ChangeKind.EDITED, new, reason, old)]
    newly = old is None or old.status is not Status.REJECTED
    if new.status is Status.REJECTED and newly:
        return [Change(ChangeKind.REJECTED, new, reason)]
    return []


def _differ(old: Finding | Assessment, new: Finding | Assessment) -> bool:
    if (old.kind, old.note) != (new.kind, new.note):
        return True
    if not (isinstance(old, Finding) and isinstance(new, Finding)):
        return False
    if old.site != new.site or abs(old.volume_mm3 - new.volume_mm3) > _CLOSE_MM:
        return True
    ours, theirs = (*old.low, *old.high), (*new.low, *new.high)
    return any(abs(a - b) > _CLOSE_MM for a, b in zip(ours, theirs, strict=True))
