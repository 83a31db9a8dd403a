"""Protocols of hanging: which studies they are for, what hangs where, and how well they fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from viewer.core.study import Study
from viewer.session.hanging_traits import (
    Candidate,
    Condition,
    Trait,
    candidates_of,
    space_of,
)
from viewer.session.look import Layout, Viewing

MOST_CONDITIONS = 24
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Slot:
    """What hangs in one cell. Empty conditions leave it empty.

    `earlier` asks for the last study before this one. `with_slot` names a slot whose
    series must lie in the same patient space, as PET and CT of one examination. `under_slot`
    names one whose series is laid over this one.
    """

    conditions: tuple[Condition, ...] = ()
    viewing: Viewing = Viewing.ACQUISITION
    earlier: bool = False
    with_slot: int | None = None
    under_slot: int | None = None

    def __post_init__(self) -> None:
        if len(self.conditions) > MOST_CONDITIONS:
            raise ValueError("so much is asked of no series")

    @property
    def asks(self) -> tuple[Condition, ...]:
        """What must hold."""
        return tuple(one for one in self.conditions if one.asked)

    @property
    def wish(self) -> tuple[object, ...]:
        """Slots of the same wish show the same series."""
        return self.conditions, self.earlier, self.with_slot


@dataclass(frozen=True, slots=True)
class Protocol:
    """A way of hanging studies of a kind.

    It is used when the study fits and at least `least` different series are found.
    Without a layout the grid stays as it is.
    """

    id: str
    name: str
    slots: tuple[Slot, ...]
    study: tuple[Condition, ...] = ()
    layout: Layout | None = None
    least: int = 1
    enabled: bool = True
    shipped: bool = False

    def __post_init__(self) -> None:
        if not 0 < len(self.name.strip()) <= LONGEST_NAME or not self.name.isprintable():
            raise ValueError("a protocol has a name, and not a long one")
        cells = self.layout.cells if self.layout else Layout.FOUR.cells
        if not 0 < len(self.slots) <= cells or len(self.study) > MOST_CONDITIONS:
            raise ValueError("a protocol fills the views of its grid")
        if not 1 <= self.least <= len(self.slots):
            raise ValueError("at least one view and at most all are filled")
        named = (number for slot in self.slots for number in (slot.with_slot, slot.under_slot))
        paired = (number for number in named if number is not None)
        if any(not 0 <= number < len(self.slots) for number in paired):
            raise ValueError("a slot is paired with one that is not there")

    @property
    def looks_as_before(self) -> bool:
        """Tell whether one series takes all views, as when no protocol is used."""
        return self.layout is None and len({slot.wish for slot in self.slots}) == 1


@dataclass(frozen=True, slots=True)
class Fit:
    """How a protocol hangs a study: what in which slot, and what nowhere."""

    protocol: Protocol
    study: Study
    hung: tuple[Candidate | None, ...]
    unhung: tuple[Candidate, ...] = field(default=(), repr=False)

    @property
    def share(self) -> float:
        """How much of it is filled, 0 to 1; where there is no prior none is asked for."""
        slots = zip(self.protocol.slots, self.hung, strict=True)
        counted = [one is not None for slot, one in slots if slot.conditions and not slot.earlier]
        return sum(counted) / max(len(counted), 1)

    @property
    def series(self) -> int:
        """How many different pictures it hangs."""
        return len({(one.series.key, one.frame) for one in self.hung if one is not None})

    @property
    def why(self) -> str:
        """Why this protocol was taken, in one sentence."""
        asked = [one.sentence.rstrip(".") for one in self.protocol.study if one.asked]
        words = "; ".join(f"{one[0].lower()}{one[1:]}" for one in asked) or "it asks for no more"
        filled = sum(one is not None for one in self.hung)
        return f"{words}; {filled} of {len(self.hung)} views are filled."

    @property
    def left_out(self) -> str:
        """A sentence that names the series that hang nowhere; empty if all hang."""
        names = list(dict.fromkeys(one.series.title for one in self.unhung))
        if not names:
            return ""
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        return f"Not hung: {', '.join(names[:3])}{more}."


def fit(protocol: Protocol, study: Study, priors: Sequence[Study] = ()) -> Fit | None:
    """Return how a protocol would hang a study; None if it is not for it."""
    now = candidates_of(study)
    if not all(any(one.fits(asked) for one in now) for asked in protocol.study if asked.asked):
        return None
    before = [one for prior in priors for one in candidates_of(prior, earlier=True)]
    hung = _hung(protocol, now, before)
    taken = {one.series.key for one in hung if one is not None}
    unhung = tuple(one for one in now if one.series.key not in taken)
    found = Fit(protocol, study, hung, unhung)
    return found if found.series >= protocol.least else None


def best(
    protocols: Iterable[Protocol], study: Study, priors: Sequence[Study] = ()
) -> tuple[Fit, ...]:
    """Return the protocols that fit, the best first: the reader's own, then the fullest.

    Of those that fill as much the one higher in the list comes first.
    """
    found = [
        match
        for protocol in protocols
        if protocol.enabled and (match := fit(protocol, study, priors)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.protocol.shipped, -round(one.share, 3))))


def priors_of(study: Study, studies: Iterable[Study]) -> tuple[Study, ...]:
    """Return earlier studies of the same patient, the latest first.

    The same ID from another issuer is another person; without an ID nobody is the same.
    """
    patient = study.patient
    if not patient.id:
        return ()
    same = [
        other
        for other in studies
        if (other.patient.id, other.patient.issuer) == (patient.id, patient.issuer)
        and other.identity != study.identity
        and other.date
        and (other.date, other.time) < (study.date, study.time)
    ]
    return tuple(sorted(same, key=lambda one: (one.date, one.time), reverse=True))


def _hung(
    protocol: Protocol, now: Sequence[Candidate], before: Sequence[Candidate]
) -> tuple[Candidate | None, ...]:
    """Choose a series for every slot; the same wish gets the same, another wish another."""
    chosen: dict[tuple[object, ...], Candidate | None] = {}
    hung: list[Candidate | None] = []
    for number, slot in enumerate(protocol.slots):
        if slot.wish not in chosen:
            free = [
                one
                for one in (before if slot.earlier else now)
                if slot.conditions
                and all(one.fits(asked) for asked in slot.asks)
                and all(one != taken for taken in chosen.values())
                and _in_space(slot, one, hung)
            ]
            mates = [other for other in protocol.slots if other.with_slot == number]
            paired = [one for one in free if all(_has_mate(one, mate, now) for mate in mates)]
            chosen[slot.wish] = _best_of(slot, paired or free)
        hung.append(chosen[slot.wish])
    return tuple(hung)


def _has_mate(one: Candidate, mate: Slot, pool: Sequence[Candidate]) -> bool:
    """Tell whether a series that is asked for beside this one lies in the same space."""
    space = space_of(one.series)
    return any(
        other != one and space_of(other.series) == space != "" and all(map(other.fits, mate.asks))
        for other in pool
    )


def _in_space(slot: Slot, one: Candidate, hung: Sequence[Candidate | None]) -> bool:
    """Tell whether a series lies in the patient space of the one it is paired with."""
    if slot.with_slot is None or slot.with_slot >= len(hung):
        return True
    other = hung[slot.with_slot]
    return other is not None and space_of(one.series) == space_of(other.series) != ""


def _best_of(slot: Slot, free: Sequence[Candidate]) -> Candidate | None:
    """Return the one that most hints fit, of the latest study, with the most pictures."""
    if not free:
        return None
    first = free[0].study

    def worth(one: Candidate) -> tuple[int, bool, int]:
        hints = sum(one.fits(hint) for hint in slot.conditions if not hint.asked)
        parts = one.series.parts
        return hints, one.study == first, len((parts[0] if parts else one.series).instances)

    return max(free, key=worth)


def with_word(condition: Condition, word: str, *, asked: bool) -> Condition:
    """Return a condition that asks for another word, or only hints at it."""
    return replace(condition, word=word, asked=asked)


def ask(trait: Trait, word: str, *, asked: bool = True) -> Condition:
    """Return a condition."""
    return Condition(trait, word, asked)
