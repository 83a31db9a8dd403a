"""How the worked list of findings is sorted and filtered, and what is in a line of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from operator import itemgetter

import numpy as np

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.finding import Finding, Status
from viewer.session.once import Once
from viewer.session.operating import Points
from viewer.session.record import Record
from viewer.session.spots import Spots


class Order(StrEnum):
    """What the list is sorted by."""

    NUMBER = "number"
    SCORE = "score"
    RISK = "risk"
    KIND = "kind"
    SITE = "site"
    SIZE = "size"
    VOLUME = "volume"
    STATUS = "status"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Listing:
    """How the list is sorted and what of it is listed; empty filters let everything through."""

    order: Order = Order.NUMBER
    falling: bool = False
    source: str = ""
    status: Status | None = None
    kind: str = ""
    as_model: bool = False
    """Whether what a person changed is shown as the model had it."""
    comparing: bool = False
    """Whether it is told how the sources agree."""

    @property
    def filters(self) -> bool:
        """Tell whether anything is left out."""
        return bool(self.source or self.kind or self.status is not None)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One line: its number from 1 (0 for what has no place), what it is of, and by whom.

    `risk` is as rated, where nobody rated it the score; `site` is empty where it is not said.
    """

    number: int
    item: Finding | Assessment
    source: str
    risk: float | None
    site: str

    @property
    def id(self) -> str:
        """The UID of what it is of."""
        return self.item.id

    @property
    def is_finding(self) -> bool:
        """Tell whether it has a place."""
        return self.number > 0


def source_of(author: Author) -> str:
    """Return under which name the list has an author: models with their version."""
    return str(author)


def threshold_of(source: str, points: Points, general: float) -> float:
    """Return from which score on the proposals of a source are shown."""
    known = points.of(source)
    return general if known is None or source == points.chosen else known.threshold


class FindingList:
    """What of a record is shown and listed, worked out once for all who ask until it changes."""

    def __init__(self) -> None:
        self._every = Once(_every)
        self._shown = Once(_shown)
        self._rows = Once(self._with_rows)
        self._ordered = Once(_ordered)
        self._listed = Once(_listed)
        self._known: dict[int, Row] = {}

    def shown(self, record: Record, points: Points, general: float, listing: Listing) -> Spots:
        """Return the findings from their model's threshold on, and all that were judged or drawn.

        `general` is the threshold of the chosen model, and of models that have none of their own.
        """
        return self._shown(self._every(record, listing.as_model), record, points, general)

    def rows(
        self, record: Record, points: Points, general: float, listing: Listing
    ) -> tuple[Row, ...]:
        """Return the lines of the list: statements and shown findings, filtered and sorted."""
        every = self._every(record, listing.as_model)
        ordered = self._ordered(self._rows(every, record), listing.order, listing.falling)
        return self._listed(ordered, self.shown(record, points, general, listing), listing)

    def _with_rows(self, every: Spots, record: Record) -> tuple[Row, ...]:
        """Return a line for every statement and every finding, those from before where they stay.

        Lines are known by the address of what they are of, which they keep alive.
        """
        names: dict[int, str] = {}
        rows = []
        for number, item in (*((0, one) for one in record.assessments), *every):
            row = self._known.get(id(item))
            if row is None or row.item is not item or row.number != number:
                author = id(item.author)
                names[author] = names.get(author) or source_of(item.author)
                row = _row(number, item, names[author])
            rows.append(row)
        self._known = {id(row.item): row for row in rows}
        return tuple(rows)


def _every(record: Record, as_model: bool) -> Spots:  # noqa: FBT001 - told apart by `Once`
    found = record.findings
    return Spots.of([one.as_model_had_it for one in found] if as_model else found)


def _shown(every: Spots, record: Record, points: Points, general: float) -> Spots:
    thresholds: dict[int, float] = {}
    hidden = []
    for place, finding in enumerate(record.findings):
        if finding.score is None or finding.status is not Status.PROPOSED:
            continue
        author = id(finding.author)
        if author not in thresholds:
            thresholds[author] = threshold_of(source_of(finding.author), points, general)
        if finding.score < thresholds[author]:
            hidden.append(place)
    mask = np.ones(len(every), np.bool_)
    mask[hidden] = False
    return every.only(mask)


def _row(number: int, item: Finding | Assessment, source: str) -> Row:
    if isinstance(item, Assessment):
        return Row(number, item, source, item.score, "")
    rated = item.risk
    site = item.site.meaning if item.site else ""
    return Row(number, item, source, item.score if rated is None else rated, site)


def _listed(ordered: tuple[Row, ...], shown: Spots, listing: Listing) -> tuple[Row, ...]:
    there = {0, *shown.numbers.tolist()}
    rows = (row for row in ordered if row.number in there)
    return tuple([row for row in rows if _passes(row, listing)] if listing.filters else rows)


def _passes(row: Row, listing: Listing) -> bool:
    return (
        listing.source in ("", row.source)
        and listing.kind in ("", row.item.kind.meaning)
        and listing.status in (None, row.item.status)
    )


def _ordered(found: tuple[Row, ...], order: Order, falling: bool) -> tuple[Row, ...]:  # noqa: FBT001
    """Sort stably; what has no value for the order comes last either way."""
    if order is Order.NUMBER and not falling:
        return found
    key = _KEYS[order]
    kept, without = [], []
    for row in found:
        value = key(row)
        if value is None:
            without.append(row)
        else:
            kept.append((value, row))
    kept.sort(key=itemgetter(0), reverse=falling)
    return (*(row for _, row in kept), *without)


_Value = tuple[float, str]
"""Numbers are sorted by the first, words by the second."""


def _number(value: float | None) -> _Value | None:
    """Return a number to sort by; what is none has no place among the others."""
    return None if value is None or not isfinite(value) else (value, "")


def _word(value: str) -> _Value | None:
    return (0.0, value) if value else None


_KEYS: dict[Order, Callable[[Row], _Value | None]] = {
    Order.NUMBER: lambda row: _number(row.number),
    Order.SCORE: lambda row: _number(row.item.score),
    Order.RISK: lambda row: _number(row.risk),
    Order.KIND: lambda row: _word(row.item.note or row.item.kind.meaning),
    Order.SITE: lambda row: _word(row.site),
    Order.SIZE: lambda row: _number(
        row.item.diameter_mm if isinstance(row.item, Finding) else None
    ),
    Order.VOLUME: lambda row: _number(
        row.item.volume_mm3 if isinstance(row.item, Finding) else None
    ),
    Order.STATUS: lambda row: _word(row.item.status.value),
    Order.SOURCE: lambda row: _word(row.source),
}
