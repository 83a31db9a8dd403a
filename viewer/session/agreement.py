"""Where the sources of the worked list agree: people, and models by their version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from viewer.core.assessment import Assessment
from viewer.core.finding import Finding, Status
from viewer.imaging.evaluation.pairing import pairs
from viewer.session.finding_list import source_of, threshold_of
from viewer.session.session import Session


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two sources: findings of both, of one alone (ids), and statements they share or dispute."""

    first: str
    second: str
    both: tuple[tuple[str, str], ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    same_statements: int = 0
    disputed: tuple[str, ...] = ()

    @property
    def positive(self) -> float | None:
        """The positive specific agreement, 2 both / (2 both + only a + only b); None without any.

        Without places where nothing was found there is no kappa; where these are many kappa
        comes close to this number (Hripcsak and Rothschild, JAMIA 2005).
        """
        alone = len(self.only_first) + len(self.only_second)
        return 2 * len(self.both) / (2 * len(self.both) + alone) if self.both or alone else None


def voices(session: Session) -> tuple[str, ...]:
    """Return all who have an opinion on findings or images: people first, then models."""
    said = session.record.value
    items: tuple[Finding | Assessment, ...] = (*said.findings, *said.assessments)
    people = [source_of(item.author) for item in items if not item.author.is_model]
    people += [verdict.by.name for item in items for verdict in item.history]
    models = [source_of(item.author) for item in items if item.author.is_model]
    return tuple(dict.fromkeys((*people, *models)))


def agreements(session: Session) -> tuple[Agreement, ...]:
    """Return how every two voices agree."""
    return tuple(compared(session, *two) for two in combinations(voices(session), 2))


def compared(session: Session, first: str, second: str) -> Agreement:
    """Return how two voices agree."""
    ours, theirs = _findings(session, first), _findings(session, second)
    both: list[tuple[str, str]] = []
    for space in dict.fromkeys(_space(session, one) for one in (*ours, *theirs)):
        a = [one for one in ours if _space(session, one) == space]
        b = [one for one in theirs if _space(session, one) == space]
        found = pairs(_centres(a), _diameters(a), _centres(b), _diameters(b))
        both += [(a[row].id, b[column].id) for row, column in found]
    known_a, known_b = {one for one, _ in both}, {other for _, other in both}
    same, disputed = _statements(session, first, second)
    return Agreement(
        first,
        second,
        tuple(both),
        tuple(one.id for one in ours if one.id not in known_a),
        tuple(one.id for one in theirs if one.id not in known_b),
        same,
        disputed,
    )


def disagreements(session: Session) -> tuple[str, ...]:
    """Return what not all voices share: findings in the order of the record, then statements."""
    found = agreements(session)
    alone = {id_ for one in found for id_ in (*one.only_first, *one.only_second)}
    alone |= {id_ for one in found for id_ in one.disputed}
    said = session.record.value
    items: tuple[Finding | Assessment, ...] = (*said.findings, *said.assessments)
    return tuple(item.id for item in items if item.id in alone)


def _findings(session: Session, voice: str) -> list[Finding]:
    """Return what a voice says is there; of a model as it gave it, whatever people made of it."""
    found = []
    for item in session.record.value.findings:
        if item.author.is_model and source_of(item.author) == voice:
            limit = threshold_of(voice, session.points.value, session.threshold.value)
            if item.score is None or item.score >= limit:
                found.append(item.as_model_had_it)
        elif _person_says(item, voice):
            found.append(item)
    return found


def _person_says(item: Finding | Assessment, name: str) -> bool:
    """Tell whether a person drew it and did not take it back, or stands behind it."""
    own = [verdict.status for verdict in item.history if verdict.by.name == name]
    if own:
        return own[-1] in (Status.ACCEPTED, Status.EDITED)
    return not item.author.is_model and source_of(item.author) == name


def _space(session: Session, item: Finding) -> str:
    opened = session.images.value.get(item.series_key)
    return (opened.frame_of_reference_uid if opened is not None else "") or item.series_key


def _centres(found: Sequence[Finding]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array([one.position for one in found], np.float64).reshape(-1, 3)


def _diameters(found: Sequence[Finding]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array([one.diameter_mm for one in found], np.float64)


def _statements(session: Session, first: str, second: str) -> tuple[int, tuple[str, ...]]:
    """Return how many statements two voices share, and which they dispute."""
    same, disputed = 0, []
    for item in session.record.value.assessments:
        ours, theirs = _says(item, first), _says(item, second)
        if ours is None or theirs is None:
            ours, theirs = _elsewhere(session, item, first, second)
        if ours is None or theirs is None:
            continue
        if ours == theirs:
            same += 1
        else:
            disputed.append(item.id)
    return same, tuple(disputed)


def _elsewhere(
    session: Session, item: Assessment, first: str, second: str
) -> tuple[bool | None, bool | None]:
    """Return what the first says here, and the second of the same kind and image elsewhere."""
    ours = _says(item, first)
    if ours is None:
        return None, None
    alike = (
        one
        for one in session.record.value.assessments
        if one.id != item.id and (one.kind, one.series_key) == (item.kind, item.series_key)
    )
    said = (_says(one, second) for one in alike)
    return ours, next((each for each in said if each is not None), None)


def _says(item: Assessment, voice: str) -> bool | None:
    """Return whether a voice says yes or no to a statement; None if it does not say."""
    own = [verdict.status for verdict in item.history if verdict.by.name == voice]
    if own:
        return own[-1] in (Status.ACCEPTED, Status.EDITED)
    if source_of(item.author) != voice:
        return None
    return True if item.score is None else item.score >= item.threshold
