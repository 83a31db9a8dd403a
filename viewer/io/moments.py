"""What tells pictures apart that lie at the same place.

First what is measured (magnitude or phase, another unit, another kernel): those
are different pictures. Then when, or how strongly weighted, the same was
measured: time, echo, b-value, heart phase ... or two or three of these
together. Where nothing does, their order at each place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf, isfinite
from typing import TypeAlias

from viewer.io import tags
from viewer.io.diffusion import b_value, gradient
from viewer.io.regular import arrange
from viewer.io.shot import Shot

Place: TypeAlias = tuple[int, int, int]
Groups: TypeAlias = dict[str, list[Shot]]

PLACE, KIND = "place", "kind"
"""Names of what makes pictures no moments of one volume: where they lie, what they show."""

_FEWEST_PLACES = 3
"""Two slices are evenly spaced whatever they are, so they make a clip each."""


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


def most_at_a_place(shots: Sequence[Shot]) -> int:
    """Return how many pictures lie at the place that has most."""
    return max(Counter(place_of(shot) for shot in shots).values())


def kinds(shots: Sequence[Shot]) -> Groups:
    """Part pictures that lie at the same places by what they show, if that differs."""
    most = most_at_a_place(shots)
    groups: dict[tuple[str, ...], list[Shot]] = defaultdict(list)
    for shot in shots:
        groups[_kind(shot)].append(shot)
    if most == 1 or not 1 < len(groups) <= 2 * most:
        return {"": list(shots)}
    if any(most_at_a_place(group) == most for group in groups.values()):
        return {"": list(shots)}
    largest = {place_of(shot) for shot in max(groups.values(), key=len)}
    for group in groups.values():
        places = {place_of(shot) for shot in group}
        if 2 * len(places & largest) < len(places):
            return {"": list(shots)}
    return _shortened(groups)


def _kind(shot: Shot) -> tuple[str, ...]:
    head = shot.head
    words = head.texts(tags.IMAGE_TYPE)
    more = (tags.COMPLEX_COMPONENT, tags.DATA_TYPE, tags.KERNEL)
    raw_type = ("magnitude", "phase", "real", "imaginary")
    ge = head.raw.get(tags.GE_RAW_TYPE, b"")[:2]
    made = int.from_bytes(ge, "little") if len(ge) == 2 else 0
    part = raw_type[made] if 0 < made < len(raw_type) else ""
    unit = "" if shot.picture.unit == "1" else shot.picture.unit
    return (*words, *(head.whole(tag) for tag in more), part, unit)


def _shortened(groups: dict[tuple[str, ...], list[Shot]]) -> Groups:
    """Name kinds of image by the words in which they differ."""
    common = set.intersection(*(set(words) for words in groups))
    named: Groups = {}
    for words, group in sorted(groups.items()):
        short = " ".join(word for word in words if word and word not in common)
        name = short or "\\".join(word for word in words if word)
        while name in named:
            name += "'"
        named[name] = group
    return named


def _attribute(*attributes: int) -> Callable[[Shot], str]:
    def said(shot: Shot) -> str:
        words = " ".join(shot.head.whole(tag) for tag in attributes).strip()
        number = _number(words)
        return words if number is None or len(words) > 15 else f"{number:.15g}"

    return said


def _number(said: str) -> float | None:
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


_B_VALUE = Trait("b-value", _b_value)
_GRADIENT = Trait("direction", _gradient, numbered=True)
_WHEN = Trait(
    "time",
    _attribute(
        tags.ACQUIRED_AT, tags.ACQUISITION_DATE, tags.ACQUISITION_TIME, tags.FRAME_ACQUIRED_AT
    ),
    numbered=True,
)
_TRAITS = (
    Trait("time", _attribute(tags.TEMPORAL_POSITION), numbered=True),
    Trait("time", _attribute(tags.TIME_OFFSET), numbered=True),
    Trait("echo", _attribute(tags.ECHO_NUMBER)),
    Trait("echo time", _attribute(tags.ECHO_TIME)),
    Trait("inversion time", _attribute(tags.INVERSION_TIME)),
    _B_VALUE,
    Trait(KIND, _attribute(tags.IMAGE_TYPE)),
    Trait("heart phase", _attribute(tags.TRIGGER_TIME), numbered=True),
    Trait("heart phase", _attribute(tags.HEART_PERCENT), numbered=True),
    Trait("breathing phase", _attribute(tags.BREATH_PERCENT), numbered=True),
    Trait("time", _attribute(tags.FRAME_REFERENCE_TIME), numbered=True),
    Trait("acquisition", _attribute(tags.ACQUISITION_NUMBER)),
    _WHEN,
)
_REPEAT = Trait("repeat", lambda _: "", numbered=True)
_FILE = Trait("file", lambda shot: str(shot.picture.path), numbered=True)
_COMBINING = frozenset(trait.name for trait in _TRAITS) - {KIND}
_MOST_COMBINED = 8
_MOST_DIMENSIONS = 8

_TIMELY = frozenset({"time", "heart phase", "breathing phase"})


def tell_apart(shots: Sequence[Shot]) -> Telling | None:
    """Return what tells pictures at the same places apart, if anything does."""
    places = Counter(place_of(shot) for shot in shots)
    most = max(places.values())
    if most == 1 or (len(places) == 1 and len(shots) > 2):
        return None
    told = _by_traits(shots, most) or _weights(shots) or _ranked(shots) or _repeats(shots, [])
    timely = told is None or told.name in _TIMELY
    if timely and len(places) < most and not _fill_space(shots, told):
        return _clips(shots) or told
    return told


def _fill_space(shots: Sequence[Shot], told: Telling | None) -> bool:
    """Tell whether the places are those of a volume, and most moments have them all."""
    one_each = list({place_of(shot): shot.placed for shot in shots}.values())
    if told is None or len(one_each) < _FEWEST_PLACES:
        return False
    whole = sum(len(group) == len(one_each) for _, group in told.groups)
    return 2 * whole > len(told.groups) and arrange(one_each, list(range(len(one_each)))).regular


def _by_traits(shots: Sequence[Shot], most: int) -> Telling | None:
    """Return the first trait, or else the first few together, that tell all apart."""
    varying = []
    for trait in (*_TRAITS, *_dimensions(shots), _FILE):
        words = [trait.said(shot) for shot in shots]
        if 1 < len(set(words)) <= 2 * most:  # what differs in every picture tells nothing
            varying.append((trait, words))
            if _each_place_once(shots, words):
                return _told(shots, [_as_time(shots, trait, words)])
    for together in _combined(shots, varying):
        words = [
            "\n".join(of_shot) for of_shot in zip(*(said for _, said in together), strict=True)
        ]
        if len(set(words)) <= 2 * most and _each_place_once(shots, words):
            return _told(shots, together)
    return None


def _combined(
    shots: Sequence[Shot], varying: Sequence[tuple[Trait, list[str]]]
) -> Iterator[list[tuple[Trait, list[str]]]]:
    """Go through pairs, then threes, of traits; weight and direction of diffusion first."""
    plain = [one for one in varying if one[0].name in _COMBINING]
    directions = [_gradient(shot) for shot in shots]
    if len(set(directions)) > 1:
        plain.insert(0, (_GRADIENT, directions))
    plain.sort(key=lambda one: one[0] is not _B_VALUE)
    for count in (2, 3):
        for together in combinations(plain[:_MOST_COMBINED], count):
            if len({trait.name for trait, _ in together}) == count:
                yield list(together)


def _each_place_once(shots: Sequence[Shot], words: Sequence[str]) -> bool:
    return len({(word, place_of(shot)) for word, shot in zip(words, shots, strict=True)}) == len(
        shots
    )


def _as_time(shots: Sequence[Shot], trait: Trait, words: list[str]) -> tuple[Trait, list[str]]:
    """Call acquisitions moments in time where each was made at one of its own."""
    if trait.name != "acquisition":
        return trait, words
    times = [_WHEN.said(shot) for shot in shots]
    pairs = set(zip(words, times, strict=True))
    if all(times) and len(pairs) == len(set(words)) == len(set(times)):
        return _WHEN, times
    return trait, words


def _told(shots: Sequence[Shot], together: Sequence[tuple[Trait, list[str]]]) -> Telling:
    """Put pictures into groups by what they say, in order, each with its label."""
    ranks = [_ranks(shots, trait, words) for trait, words in together]
    groups: dict[tuple[int, ...], list[Shot]] = defaultdict(list)
    labels: dict[tuple[int, ...], str] = {}
    for index, shot in enumerate(shots):
        rank = tuple(
            of_word[words[index]] for of_word, (_, words) in zip(ranks, together, strict=True)
        )
        groups[rank].append(shot)
        labels[rank] = ", ".join(
            filter(
                None,
                (
                    _label(trait, words[index], number, len(of_word), len(together))
                    for (trait, words), number, of_word in zip(together, rank, ranks, strict=True)
                ),
            )
        )
    names = " and ".join(dict.fromkeys(trait.name for trait, _ in together))
    return Telling(names, tuple((labels[rank], tuple(groups[rank])) for rank in sorted(groups)))


def _label(trait: Trait, word: str, rank: int, total: int, together: int) -> str:
    if trait is _GRADIENT:
        return f"{trait.name} {rank}" if word else ""
    if trait is _REPEAT and not word:
        return ""
    if trait.numbered:
        return f"{trait.name} {rank} of {total}" if together == 1 else f"{trait.name} {rank}"
    return f"{trait.name} {word}" if word else f"no {trait.name}"


def _ranks(shots: Sequence[Shot], trait: Trait, words: Sequence[str]) -> dict[str, int]:
    """Number what is said, by size or alphabet; directions as they were measured."""
    first: dict[str, tuple[int, int]] = {}
    for shot, word in zip(shots, words, strict=True):
        first[word] = min(first.get(word, _made(shot)), _made(shot))
    if trait is _GRADIENT:
        unweighted = int("" in first)
        order = sorted(first, key=lambda word: (word != "", first[word], word))
        return {word: rank for rank, word in enumerate(order, start=1 - unweighted)}
    order = sorted(first, key=lambda word: (*_sortable(word), first[word]))
    return {word: rank for rank, word in enumerate(order, start=1)}


def _made(shot: Shot) -> tuple[int, int]:
    """Return the number of a picture, and of the frame in it."""
    return shot.picture.number, shot.picture.frame


def _sortable(said: str) -> tuple[float, str]:
    number = _number(said)
    return (inf, said) if number is None else (number, said)


def _dimensions(shots: Sequence[Shot]) -> list[Trait]:
    """Return what the index of an enhanced object's frames counts (PS3.3 C.7.6.17)."""
    counts = {len(shot.head.texts(tags.DIMENSION_INDEX)) for shot in shots}
    count = counts.pop() if len(counts) == 1 else 0

    def trait(position: int) -> Trait:
        def said(shot: Shot) -> str:
            return shot.head.texts(tags.DIMENSION_INDEX)[position]

        names = shots[0].head.texts(tags.DIMENSION_NAMES)
        return Trait(names[position] if position < len(names) else "index", said)

    return [trait(position) for position in range(min(count, _MOST_DIMENSIONS))]


def _weights(shots: Sequence[Shot]) -> Telling | None:
    """Part pictures that were measured several times with the same diffusion weight."""
    said = [(trait, [trait.said(shot) for shot in shots]) for trait in (_B_VALUE, _GRADIENT)]
    varying = [one for one in said if len(set(one[1])) > 1]
    return _repeats(shots, varying) if varying else None


def _repeats(shots: Sequence[Shot], together: Sequence[tuple[Trait, list[str]]]) -> Telling | None:
    """Count how often the same was pictured, if that is as often at every place."""
    groups: dict[tuple[str, ...], dict[Place, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, shot in enumerate(shots):
        groups[tuple(words[index] for _, words in together)][place_of(shot)].append(index)
    places = len({place_of(shot) for shot in shots})
    rank = [""] * len(shots)
    for of_place in groups.values():
        counts = {len(members) for members in of_place.values()}
        if len(of_place) != places or len(counts) != 1 or places < _FEWEST_PLACES:
            return None
        for members in of_place.values() if counts != {1} else ():
            members.sort(key=lambda index: _made(shots[index]))
            for number, index in enumerate(members, start=1):
                rank[index] = str(number)
    return _told(shots, [*together, (_REPEAT, rank)])


def _clips(shots: Sequence[Shot]) -> Telling | None:
    """Return the pictures of each place, if each was made at a moment of its own."""
    at_place = _in_time(shots)
    if at_place is None:
        return None
    firsts = sorted(at_place, key=lambda members: min(shot.picture.number for shot in members))
    total = len(firsts)
    return Telling(
        PLACE,
        tuple((f"place {n} of {total}", tuple(group)) for n, group in enumerate(firsts, start=1)),
    )


def _ranked(shots: Sequence[Shot]) -> Telling | None:
    """Return the first pictures of all places, the second ones, and so on."""
    at_place = _in_time(shots)
    if at_place is None or len({len(members) for members in at_place}) != 1:
        return None
    beats = len({shot.head.whole(tags.TRIGGER_TIME) for shot in shots}) > 1
    name, total = "heart phase" if beats else "time", len(at_place[0])
    ranks = zip(*at_place, strict=True)
    return Telling(
        name, tuple((f"{name} {n} of {total}", group) for n, group in enumerate(ranks, start=1))
    )


def _in_time(shots: Sequence[Shot]) -> list[list[Shot]] | None:
    """Return the pictures of each place in the order they were made, if that is known."""
    at_place: dict[Place, list[Shot]] = defaultdict(list)
    for shot in shots:
        at_place[place_of(shot)].append(shot)
    for members in at_place.values():
        members.sort(key=lambda shot: (_moment(shot), shot.picture.number))
        if len({_moment(shot) for shot in members}) != len(members):
            return None
    return list(at_place.values())


def _moment(shot: Shot) -> tuple[float, float, str]:
    head = shot.head
    times = (tags.FRAME_ACQUIRED_AT, tags.ACQUISITION_TIME, tags.ACQUIRED_AT, tags.CONTENT_TIME)
    return (
        head.number(tags.TEMPORAL_POSITION, 0),
        head.number(tags.TRIGGER_TIME, 0),
        next(filter(None, (head.text(tag) for tag in times)), ""),
    )
