"""How the worked list of findings is sorted and filtered, and what is in a line of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.finding import Finding, Status
from viewer.session.operating import Points
from viewer.session.record import Record


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
    """One line: its number from 1 (0 for what has no place), what it is of, and by whom."""

    number: int
    item: Finding | Assessment
    source: str

    @property
    def id(self) -> str:
        """The UID of what it is of."""
        return self.item.id

    @property
    def risk(self) -> float | None:
        """The rated risk; where nobody rated it the score."""
        rated = self.item.risk if isinstance(self.item, Finding) else None
        return self.item.score if rated is None else rated

    @property
    def site(self) -> str:
        """Where in the body it is; empty where that is not said."""
        site = self.item.site if isinstance(self.item, Finding) else None
        return site.meaning if site else ""

    @property
    def is_finding(self) -> bool:
        """Tell whether it has a place."""
        return isinstance(self.item, Finding)


def source_of(author: Author) -> str:
    """Return under which name the list has an author: models with their version."""
    return str(author)


def threshold_of(source: str, points: Points, general: float) -> float:
    """Return from which score on the proposals of a source are shown."""
    known = points.of(source)
    return general if known is None or source == points.chosen else known.threshold


def shown_findings(
    record: Record, points: Points, general: float, listing: Listing
) -> tuple[Finding, ...]:
    """Return the findings from their model's threshold on, and all that were judged or drawn."""
    thresholds: dict[Author, float] = {}
    shown = []
    for finding in record.findings:
        if finding.score is not None and finding.status is Status.PROPOSED:
            author = finding.author
            if author not in thresholds:
                thresholds[author] = threshold_of(source_of(author), points, general)
            if finding.score < thresholds[author]:
                continue
        shown.append(finding.as_model_had_it if listing.as_model else finding)
    return tuple(shown)


class VisibleFindings:
    """The findings that are shown, worked out once for all who ask until something changes."""

    def __init__(self) -> None:
        self._asked: tuple[Record, Points, float, Listing] | None = None
        self._found: tuple[Finding, ...] = ()

    def __call__(
        self, record: Record, points: Points, general: float, listing: Listing
    ) -> tuple[Finding, ...]:
        """Return what `shown_findings` does."""
        asked = (record, points, general, listing)
        if self._asked is None or any(a is not b for a, b in zip(asked, self._asked, strict=True)):
            self._found = shown_findings(*asked)
            self._asked = asked
        return self._found


@lru_cache(maxsize=2)
def numbers_of(record: Record) -> Mapping[str, int]:
    """Return the number of each finding by its id: its place in the record, from 1."""
    return MappingProxyType({one.id: number for number, one in enumerate(record.findings, start=1)})


def listed(record: Record, shown: tuple[Finding, ...], listing: Listing) -> tuple[Row, ...]:
    """Return the lines of the list: statements, then findings, filtered and sorted."""
    numbers = numbers_of(record)
    findings = (Row(numbers[one.id], one, source_of(one.author)) for one in shown)
    statements = (Row(0, one, source_of(one.author)) for one in record.assessments)
    kept = [row for row in (*statements, *findings) if _passes(row, listing)]
    return tuple(_sorted(kept, listing))


def _passes(row: Row, listing: Listing) -> bool:
    return (
        listing.source in ("", row.source)
        and listing.kind in ("", row.item.kind.meaning)
        and listing.status in (None, row.item.status)
    )


def _sorted(found: list[Row], listing: Listing) -> list[Row]:
    """Sort stably; what has no value for the order comes last either way."""
    key = _KEYS[listing.order]
    kept, without = [], []
    for row in found:
        value = key(row)
        if value is None:
            without.append(row)
        else:
            kept.append((value, row))
    kept.sort(key=lambda pair: pair[0], reverse=listing.falling)
    return [*(row for _, row in kept), *without]


_Value = tuple[float, str]
"""Numbers are sorted by the first, words by the second."""


def _number(value: float | None) -> _Value | None:
    return None if value is None else (value, "")


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
