"""What tells pictures apart that show the same at the same place.

When it was pictured, or how strongly weighted: time, echo, b-value, heart
phase ... or two or three of these together. Where nothing tells, the order
in which the pictures were made at each place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import inf

from viewer.io.order_in_time import clips, ranked
from viewer.io.regular import arrange
from viewer.io.shot import Shot
from viewer.io.traits import (
    B_VALUE,
    COMBINING,
    FEWEST_PLACES,
    FILE,
    GRADIENT,
    REPEAT,
    TRAITS,
    WHEN,
    Place,
    Telling,
    Trait,
    dimensions,
    made,
    number_in,
    place_of,
)

_MOST_COMBINED = 8
_TIMELY = frozenset({"time", "heart phase", "breathing phase"})


def tell_apart(shots: Sequence[Shot]) -> Telling | None:
    """Return what tells pictures at the same places apart, if anything does."""
    places = Counter(place_of(shot) for shot in shots)
    most = max(places.values())
    if most == 1 or (len(places) == 1 and len(shots) > 2):
        return None
    told = _by_traits(shots, most) or _weights(shots) or ranked(shots) or _repeats(shots, [])
    timely = told is None or told.name in _TIMELY
    if timely and len(places) < most and not _fill_space(shots, told):
        return clips(shots) or told
    return told


def _fill_space(shots: Sequence[Shot], told: Telling | None) -> bool:
    """Tell whether the places are those of a volume, and most moments have them all."""
    one_each = list({place_of(shot): shot.placed for shot in shots}.values())
    if told is None or len(one_each) < FEWEST_PLACES:
        return False
    whole = sum(len(group) == len(one_each) for _, group in told.groups)
    return 2 * whole > len(told.groups) and arrange(one_each, list(range(len(one_each)))).regular


def _by_traits(shots: Sequence[Shot], most: int) -> Telling | None:
    """Return the first trait, or else the first few together, that tell all apart."""
    varying = []
    for trait in (*TRAITS, *dimensions(shots), FILE):
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
    plain = [one for one in varying if one[0].name in COMBINING]
    directions = [GRADIENT.said(shot) for shot in shots]
    if len(set(directions)) > 1:
        plain.insert(0, (GRADIENT, directions))
    plain.sort(key=lambda one: one[0] is not B_VALUE)
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
    times = [WHEN.said(shot) for shot in shots]
    pairs = set(zip(words, times, strict=True))
    if all(times) and len(pairs) == len(set(words)) == len(set(times)):
        return WHEN, times
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
    if trait is GRADIENT:
        return f"{trait.name} {rank}" if word else ""
    if trait is REPEAT and not word:
        return ""
    if trait.numbered:
        return f"{trait.name} {rank} of {total}" if together == 1 else f"{trait.name} {rank}"
    return f"{trait.name} {word}" if word else f"no {trait.name}"


def _ranks(shots: Sequence[Shot], trait: Trait, words: Sequence[str]) -> dict[str, int]:
    """Number what is said, by size or alphabet; directions as they were measured."""
    first: dict[str, tuple[int, int]] = {}
    for shot, word in zip(shots, words, strict=True):
        first[word] = min(first.get(word, made(shot)), made(shot))
    if trait is GRADIENT:
        unweighted = int("" in first)
        order = sorted(first, key=lambda word: (word != "", first[word], word))
        return {word: rank for rank, word in enumerate(order, start=1 - unweighted)}
    order = sorted(first, key=lambda word: (*_sortable(word), first[word]))
    return {word: rank for rank, word in enumerate(order, start=1)}


def _sortable(said: str) -> tuple[float, str]:
    number = number_in(said)
    return (inf, said) if number is None else (number, said)


def _weights(shots: Sequence[Shot]) -> Telling | None:
    """Part pictures that were measured several times with the same diffusion weight."""
    said = [(trait, [trait.said(shot) for shot in shots]) for trait in (B_VALUE, GRADIENT)]
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
        if len(of_place) != places or len(counts) != 1 or places < FEWEST_PLACES:
            return None
        for members in of_place.values() if counts != {1} else ():
            members.sort(key=lambda index: made(shots[index]))
            for number, index in enumerate(members, start=1):
                rank[index] = str(number)
    return _told(shots, [*together, (REPEAT, rank)])
