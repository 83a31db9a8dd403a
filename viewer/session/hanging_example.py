"""A protocol from an arrangement: what is common to the series that hang in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from viewer.core.study import Study
from viewer.session.hanging_rules import Protocol, Slot
from viewer.session.hanging_traits import (
    LONGEST_WORD,
    Candidate,
    Condition,
    Trait,
    candidates_of,
    space_of,
    words_of,
)
from viewer.session.look import Look
from viewer.session.session import Session

_MOST_WORDS = 4
_TOLD_APART_BY = (Trait.SIDE, Trait.VIEW, Trait.ORIENTATION, Trait.CONTRAST)


def by_example(session: Session, name: str) -> Protocol | None:
    """Return a protocol that hangs studies like this one as it hangs now; None if nothing does."""
    hanging = session.hanging.value
    looks = hanging.cells[: hanging.layout.cells]
    found = [_hung(session, look) for look in looks]
    studies = [one.study for one in found if one is not None]
    if not studies:
        return None
    study = max(studies, key=lambda one: (one.date, one.time))
    slots = tuple(_slot(one, look, study, found) for one, look in zip(found, looks, strict=True))
    different = len({one.series.key for one in found if one is not None and one.study == study})
    return Protocol(
        id=uuid4().hex,
        name=name,
        slots=slots,
        study=_of_study(study, found),
        layout=hanging.layout,
        least=max((different + 1) // 2, 1),
    )


def _hung(session: Session, look: Look) -> Candidate | None:
    """Return what hangs in a view; of a 4D series not the moment but the whole."""
    key = look.series_key
    group = session.catalogue.value.group_of(key) if key else None
    found = session.catalogue.value.find(group.key if group else key) if key else None
    if found is None:
        return None
    study, series = found
    frame = look.frame if look.frame < len(series.instances) else 0
    exact = Candidate(study, series, frame)
    return exact if exact in candidates_of(study) else Candidate(study, series)


def _of_study(study: Study, hung: Sequence[Candidate | None]) -> tuple[Condition, ...]:
    """Return what is asked of studies: every modality that hangs, and where in the body."""
    own = [one for one in hung if one is not None and one.study == study]
    modalities = dict.fromkeys(one.series.modality for one in own if one.series.modality)
    parts = dict.fromkeys(one.series.body_part for one in own if one.series.body_part)
    asked = [_condition(Trait.MODALITY, modality) for modality in modalities]
    if len(parts) == 1:
        asked += [_condition(Trait.BODY_PART, part) for part in parts]
    return tuple(asked)


def _slot(
    one: Candidate | None, look: Look, study: Study, hung: Sequence[Candidate | None]
) -> Slot:
    if one is None:
        return Slot(viewing=look.viewing)
    earlier = one.study != study
    rivals = [other for other in candidates_of(one.study) if other != one and _like(one, other)]
    conditions = [
        _condition(trait, one.said(trait))
        for trait in (Trait.MODALITY, Trait.KIND)
        if one.said(trait)
    ]
    conditions += [
        _condition(trait, one.said(trait), asked=_differs(one, rivals, trait))
        for trait in _TOLD_APART_BY
        if one.said(trait)
    ]
    conditions += _words(one, rivals)
    return Slot(tuple(conditions), look.viewing, earlier, _mate(one, hung), _upper(look, hung))


def _upper(look: Look, hung: Sequence[Candidate | None]) -> int | None:
    """Return the first view of the series that is laid over this one, if it hangs itself."""
    key = "" if look.fusion is None else look.fusion.series_key
    keys = [
        () if one is None else (one.series.key, *(part.key for part in one.series.parts))
        for one in hung
    ]
    return next((number for number, own in enumerate(keys) if key and key in own), None)


def _like(one: Candidate, other: Candidate) -> bool:
    return all(one.said(trait) == other.said(trait) for trait in (Trait.MODALITY, Trait.KIND))


def _differs(one: Candidate, rivals: Sequence[Candidate], trait: Trait) -> bool:
    return any(other.said(trait) != one.said(trait) for other in rivals)


def _words(one: Candidate, rivals: Sequence[Candidate]) -> list[Condition]:
    """Return the words of a description; asked are those that tell it from other series."""
    others = [set(words_of(other.series)) for other in rivals if other.series != one.series]
    rare = sorted(words_of(one.series), key=lambda word: sum(word in said for said in others))
    conditions = []
    for word in rare[:_MOST_WORDS]:
        tells = bool(others) and sum(word in said for said in others) < len(others)
        others = [said for said in others if word in said] if tells else others
        conditions.append(Condition(Trait.WORDS, _short(word), tells))
    return conditions


def _mate(one: Candidate, hung: Sequence[Candidate | None]) -> int | None:
    """Return the first view of another modality in the same patient space, if it comes before."""
    for number, other in enumerate(hung):
        if other == one:
            return None
        if other is None or other.series.modality == one.series.modality:
            continue
        if other.study == one.study and space_of(other.series) == space_of(one.series) != "":
            return number
    return None


def _condition(trait: Trait, said: str, *, asked: bool = True) -> Condition:
    """Return what asks for this; only a hint where it cannot be written as a word."""
    word = _short(said)
    return Condition(trait, word, asked and word == said.strip())


def _short(text: str) -> str:
    """Return a text of a file as the word of a condition."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain.replace(",", " ").strip()[:LONGEST_WORD] or "?"
