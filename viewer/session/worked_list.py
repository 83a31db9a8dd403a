"""The worked list of a session: its lines, its sources, and the threshold of each model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from viewer.core.assessment import Assessment
from viewer.core.finding import Finding
from viewer.session.finding_list import Row, source_of
from viewer.session.operating import Operating, Point
from viewer.session.record import Record
from viewer.session.session import Session


def rows(session: Session) -> tuple[Row, ...]:
    """Return the lines of the list as the reader sees them."""
    points, threshold = session.points.value, session.threshold.value
    return session.list.rows(session.record.value, points, threshold, session.listing.value)


def item_of(session: Session, id_: str) -> Finding | Assessment | None:
    """Return the finding, or the statement about a whole image, of this id."""
    said = session.record.value
    return said.finding(id_) or said.assessment(id_)


def sources(session: Session) -> tuple[str, ...]:
    """Return all sources of the record, people first."""
    return _told(session.record.value).sources


def models(session: Session) -> tuple[str, ...]:
    """Return the models in the list whose proposals have a score."""
    return _told(session.record.value).models


def kinds(session: Session) -> tuple[str, ...]:
    """Return the kinds of all that is in the record."""
    return _told(session.record.value).kinds


def was_changed(session: Session) -> bool:
    """Tell whether a person changed where or how large a model had a finding."""
    return _told(session.record.value).changed


def is_rated(session: Session) -> bool:
    """Tell whether the risk of any finding was rated."""
    return _told(session.record.value).rated


@dataclass(frozen=True, slots=True)
class _Told:
    """What there is in a record, as the panel offers it."""

    sources: tuple[str, ...]
    models: tuple[str, ...]
    kinds: tuple[str, ...]
    changed: bool
    rated: bool


@lru_cache(maxsize=2)
def _told(said: Record) -> _Told:
    items: tuple[Finding | Assessment, ...] = (*said.findings, *said.assessments)
    authors = {id(one.author): one.author for one in items}
    scored = {id(one.author): one.author for one in said.findings if one.score is not None}
    kinds = {id(one.kind): one.kind.meaning for one in items}
    people_first = sorted(authors.values(), key=lambda one: one.is_model)
    return _Told(
        sources=tuple(dict.fromkeys(map(source_of, people_first))),
        models=tuple(dict.fromkeys(source_of(one) for one in scored.values() if one.is_model)),
        kinds=tuple(dict.fromkeys(kinds.values())),
        changed=any(one.original is not None for one in said.findings),
        rated=any(one.explanation and one.risk is not None for one in said.findings),
    )


# -- each model its own threshold ---------------------------------------------------------------


def take_point(session: Session, model: str, threshold: float, operating: Operating) -> None:
    """Note the threshold and the promise of a model that has read; it becomes the chosen one."""
    session.points.set(session.points.value.with_point(Point(model, threshold, operating)))
    choose_model(session, model)


def choose_model(session: Session, model: str) -> None:
    """Have the threshold be that of a model; the one before keeps its own."""
    points = session.points.value
    before = points.of(points.chosen)
    if before is not None and points.chosen != model:
        points = points.with_point(replace(before, threshold=session.threshold.value))
    for name in (model, *models(session)):
        if points.of(name) is None:
            points = points.with_point(Point(name, session.threshold.value))
    found = points.of(model) or Point(model, session.threshold.value)
    session.points.set(replace(points, chosen=model))
    session.operating.set(found.operating)
    session.threshold.set(found.threshold)
