"""The moments of a 4D series: how they are called, which one is shown, how they are played."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from viewer.core.study import Series
from viewer.session.cine_order import Span, Way

_PLURALS = {
    "time": "times",
    "moment": "moments",
    "b-value": "b-values",
    "echo": "echoes",
    "echo time": "echo times",
    "inversion time": "inversion times",
    "heart phase": "heart phases",
    "kind": "kinds of image",
    "acquisition": "acquisitions",
}


class Through(StrEnum):
    """What cine goes through."""

    MOMENTS = "moments"
    SLICES = "slices"


@dataclass(frozen=True, slots=True)
class Playing:
    """How cine plays: through what, how often a second (None: as the file says), and again.

    `spans` are the ranges that are played, for series that are not played as a whole;
    `backwards` tells that it is on its way back.
    """

    through: Through = Through.MOMENTS
    per_second: float | None = None
    way: Way = Way.LOOP
    backwards: bool = False
    spans: tuple[Span, ...] = ()

    @property
    def loop(self) -> bool:
        """Tell whether it goes on after the last picture."""
        return self.way is not Way.ONCE

    def span_of(self, key: str) -> Span | None:
        """Return the range of a series that is played; None for all of it."""
        return next((span for span in self.spans if span.key == key), None)

    def with_span(self, key: str, first: int, last: int) -> Playing:
        """Return this with a range for a series."""
        others = tuple(span for span in self.spans if span.key != key)
        return replace(self, spans=(*others, Span(key, first, last)))

    def whole(self, key: str) -> Playing:
        """Return this with all of a series played again."""
        return replace(self, spans=tuple(span for span in self.spans if span.key != key))


def number_of(group: Series, key: str) -> int | None:
    """Return the number (from 0) of the moment of this key."""
    return next((n for n, part in enumerate(group.parts) if part.key == key), None)


def moment_name(group: Series, number: int) -> str:
    """Return what a moment is called: "time 3 of 20", "b-value 1000"."""
    said = group.parts[number].split
    return said or f"{group.split_by or 'moment'} {number + 1} of {len(group.parts)}"


def moments_in_words(group: Series, count: int | None = None) -> str:
    """Return how many moments there are, or of so many, what they are: "20 times"."""
    count = len(group.parts) if count is None else count
    names = (group.split_by or "moment").split(" and ")
    several = (_PLURALS.get(name, f"{name}s") for name in names)
    return f"{count} {' and '.join(names if count == 1 else several)}"
