"""Pictures of the same places in the order they were made, where no word they say parts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from viewer.io import tags
from viewer.io.shot import Shot
from viewer.io.traits import PLACE, Place, Telling, place_of


def clips(shots: Sequence[Shot]) -> Telling | None:
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


def ranked(shots: Sequence[Shot]) -> Telling | None:
    """Return the first pictures of all places, the second ones, and so on.

    Where a place lacks some, its heart phases are known by their trigger times.
    """
    at_place = _in_time(shots)
    if at_place is None:
        return None
    total = max(len(members) for members in at_place)
    full = [members for members in at_place if len(members) == total]
    if 2 * len(full) <= len(at_place):
        return None
    typical = [median(_trigger(shot) for shot in group) for group in zip(*full, strict=True)]
    ranks: list[list[Shot]] = [[] for _ in range(total)]
    for members in at_place:
        numbers = _nearest([_trigger(shot) for shot in members], typical)
        if numbers is None:
            return None
        for number, shot in zip(numbers, members, strict=True):
            ranks[number].append(shot)
    name = "heart phase" if len({_trigger(shot) for shot in shots}) > 1 else "time"
    labelled = ((f"{name} {n} of {total}", tuple(ranks[n - 1])) for n in range(1, total + 1))
    return Telling(name, tuple(labelled))


def _nearest(times: Sequence[float], typical: Sequence[float]) -> list[int] | None:
    """Return which of the typical times each time is, if no two are the same."""
    if len(times) == len(typical):
        return list(range(len(times)))
    numbers = [min(range(len(typical)), key=lambda n: abs(typical[n] - time)) for time in times]
    return numbers if len(set(numbers)) == len(numbers) else None


def _trigger(shot: Shot) -> float:
    return shot.head.number(tags.TRIGGER_TIME, 0)


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
