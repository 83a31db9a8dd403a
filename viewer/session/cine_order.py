"""Which picture cine shows next: on and on, to and fro, or once, within a range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """What cine does after the last picture."""

    LOOP = "loop"
    """Begin again with the first."""
    BOUNCE = "bounce"
    """Go back to the first, and on again."""
    ONCE = "once"
    """Stop there."""


@dataclass(frozen=True, slots=True)
class Span:
    """The pictures of a series that cine plays, from 0, both ends included."""

    key: str
    first: int
    last: int

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last:
            raise ValueError(f"cine from {self.first} to {self.last}")


@dataclass(frozen=True, slots=True)
class Next:
    """The picture to show, None to stop, and whether cine goes backwards from there."""

    number: int | None
    backwards: bool = False


def following(now: int, there: Sequence[int], way: Way, *, backwards: bool = False) -> Next:
    """Return what comes after a picture among those that are there, in rising order."""
    if not there:
        return Next(None if way is Way.ONCE else now, backwards)
    back = backwards and way is Way.BOUNCE
    earlier = [number for number in there if number < now]
    later = [number for number in there if number > now]
    if back and earlier:
        return Next(earlier[-1], backwards=True)
    if later:
        return Next(later[0])
    if way is Way.BOUNCE and earlier:
        return Next(earlier[-1], backwards=True)
    return Next(there[0] if way is not Way.ONCE else None)
