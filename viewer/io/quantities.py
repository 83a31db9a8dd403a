"""What pictures of the same places show: the same, or different things (phase, kernel, unit)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from viewer.io import tags
from viewer.io.shot import Shot
from viewer.io.traits import Groups, place_of


def kinds(shots: Sequence[Shot]) -> Groups:
    """Part pictures that lie at the same places by what they show, if that differs."""
    most = _most_at_a_place(shots)
    groups: dict[tuple[str, ...], list[Shot]] = defaultdict(list)
    for shot in shots:
        groups[_kind(shot)].append(shot)
    if most == 1 or not 1 < len(groups) <= 2 * most:
        return {"": list(shots)}
    if any(_most_at_a_place(group) == most for group in groups.values()):
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


def _most_at_a_place(shots: Sequence[Shot]) -> int:
    return max(Counter(place_of(shot) for shot in shots).values())
