"""The worked list of a session: its lines, its sources, and the threshold of each model."""

from __future__ import annotations

from dataclasses import replace
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
    return _sources(session.record.value)


@lru_cache(maxsize=2)
def _sources(said: Record) -> tuple[str, ...]:
    found: tuple[Finding | Assessment, ...] = (*said.findings, *said.assessments)
    authors = dict.fromkeys(one.author for one in found)
    named = dict.fromkeys(source_of(one) for one in sorted(authors, key=lambda one: one.is_model))
    return tuple(named)


def models(session: Session) -> tuple[str, ...]:
    """Return the models in the list whose proposals have a score."""
    return _models(session.record.value)


@lru_cache(maxsize=2)
def _models(said: Record) -> tuple[str, ...]:
    found = (one for one in said.findings if one.score is not None)
    return tuple(dict.fromkeys(source_of(one.author) for one in found if one.author.is_model))


def kinds(session: Session) -> tuple[str, ...]:
    """Return the kinds of all that is in the record."""
    return _kinds(session.record.value)


@lru_cache(maxsize=2)
def _kinds(said: Record) -> tuple[str, ...]:
    found: tuple[Finding | Assessment, ...] = (*said.findings, *said.assessments)
    return tuple(dict.fromkeys(one.kind.meaning for one in found))


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
