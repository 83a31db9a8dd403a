"""What a picture says that may tell it from others at its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TypeAlias

from viewer.io import tags
from viewer.io.diffusion import b_value, gradient
from viewer.io.shot import Shot

Place: TypeAlias = tuple[int, int, int]
Groups: TypeAlias = dict[str, list[Shot]]

PLACE, KIND = "place", "kind"
"""Names of what makes pictures no moments of one volume: where they lie, what they show."""

FEWEST_PLACES = 3
"""Two slices are evenly spaced whatever they are, so they make a clip each."""
_MOST_DIMENSIONS = 8


@dataclass(frozen=True, slots=True)
class Trait:
    """Something a picture says that may tell it from others at its place.

    Where `numbered`, what it says is no name for the reader, but its rank is.
    """

    name: str
    said: Callable[[Shot], str]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """Pictures parted by what tells them apart: a label, in order, and the pictures."""

    name: str
    groups: tuple[tuple[str, tuple[Shot, ...]], ...]


def place_of(shot: Shot) -> Place:
    """Return where a picture lies, in hundredths of a mm."""
    x, y, z = (round(value * 100) for value in shot.placed.origin)
    return x, y, z


def made(shot: Shot) -> tuple[int, int]:
    """Return the number of a picture, and of the frame in it."""
    return shot.picture.number, shot.picture.frame


def _attribute(*attributes: int) -> Callable[[Shot], str]:
    def said(shot: Shot) -> str:
        words = " ".join(shot.head.whole(tag) for tag in attributes).strip()
        number = number_in(words)
        return words if number is None or len(words) > 15 else f"{number:.15g}"

    return said


def number_in(said: str) -> float | None:
    """Return a text as a number, if it is one."""
    try:
        number = float(said)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _b_value(shot: Shot) -> str:
    told = b_value(shot.head)
    return "" if told is None else f"{told:g}"


def _gradient(shot: Shot) -> str:
    told = gradient(shot.head)
    return "" if told is None else " ".join(f"{number:g}" for number in told)


B_VALUE = Trait("b-value", _b_value)
GRADIENT = Trait("direction", _gradient, numbered=True)
WHEN = Trait(
    "time",
    _attribute(
        tags.ACQUIRED_AT, tags.ACQUISITION_DATE, tags.ACQUISITION_TIME, tags.FRAME_ACQUIRED_AT
    ),
    numbered=True,
)
TRAITS = (
    Trait("time", _attribute(tags.TEMPORAL_POSITION), numbered=True),
    Trait("time", _attribute(tags.TIME_OFFSET), numbered=True),
    Trait("echo", _attribute(tags.ECHO_NUMBER)),
    Trait("echo time", _attribute(tags.ECHO_TIME)),
    Trait("inversion time", _attribute(tags.INVERSION_TIME)),
    B_VALUE,
    Trait(KIND, _attribute(tags.IMAGE_TYPE)),
    Trait("heart phase", _attribute(tags.TRIGGER_TIME), numbered=True),
    Trait("heart phase", _attribute(tags.HEART_PERCENT), numbered=True),
    Trait("breathing phase", _attribute(tags.BREATH_PERCENT), numbered=True),
    Trait("time", _attribute(tags.FRAME_REFERENCE_TIME), numbered=True),
    Trait("acquisition", _attribute(tags.ACQUISITION_NUMBER)),
    WHEN,
)
REPEAT = Trait("repeat", lambda _: "", numbered=True)
FILE = Trait("file", lambda shot: str(shot.picture.path), numbered=True)
COMBINING = frozenset(trait.name for trait in TRAITS) - {KIND}


def dimensions(shots: Sequence[Shot]) -> list[Trait]:
    """Return what the index of an enhanced object's frames counts (PS3.3 C.7.6.17)."""
    counts = {len(shot.head.texts(tags.DIMENSION_INDEX)) for shot in shots}
    count = counts.pop() if len(counts) == 1 else 0

    def trait(position: int) -> Trait:
        def said(shot: Shot) -> str:
            return shot.head.texts(tags.DIMENSION_INDEX)[position]

        names = shots[0].head.texts(tags.DIMENSION_NAMES)
        return Trait(names[position] if position < len(names) else "index", said)

    return [trait(position) for position in range(min(count, _MOST_DIMENSIONS))]
