"""Which views move together, and where those are that do not.

Views share one place per patient space. A view can be put into a group of its own (A, B, C),
whose members follow one another and nobody else, or be left alone. Two patient spaces are
joined by hand: a pair says by how many mm the one stands off the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from viewer.core.geometry import Position, position_of


class Group(StrEnum):
    """With whom a view moves."""

    ALL = "all"
    """With every other that nobody has put elsewhere."""
    A = "A"
    B = "B"
    C = "C"
    ALONE = "alone"

    @property
    def named(self) -> bool:
        """Tell whether it was put together by hand."""
        return self in (Group.A, Group.B, Group.C)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two patient spaces that were brought in line: a place of `one` + `offset_mm` is in `other`.

    Directions are those of the patient, so that it does not matter how slices were stored.
    """

    one: str
    other: str
    offset_mm: Position

    def across(self, space: str, position: Position) -> tuple[str, Position] | None:
        """Return where a position of one space lies in the other, None if it is in neither."""
        if space == self.one:
            return self.other, position_of(np.add(position, self.offset_mm))
        if space == self.other:
            return self.one, position_of(np.subtract(position, self.offset_mm))
        return None

    @property
    def spaces(self) -> frozenset[str]:
        """Both frames of reference."""
        return frozenset((self.one, self.other))


@dataclass(frozen=True, slots=True)
class FramePair:
    """Two series without a place in the patient: frame n of `one` goes with n + `offset`."""

    one: str
    other: str
    offset: int

    def across(self, key: str, frame: int) -> tuple[str, int] | None:
        """Return the frame of the other series, None if it is neither."""
        if key == self.one:
            return self.other, frame + self.offset
        if key == self.other:
            return self.one, frame - self.offset
        return None


@dataclass(frozen=True, slots=True)
class Linking:
    """Groups of views (those not named move with all), pairs, and where each group was last.

    `places` are by the key of a group and the frame of reference.
    """

    groups: tuple[tuple[int, Group], ...] = ()
    pairs: tuple[Pair, ...] = ()
    frame_pairs: tuple[FramePair, ...] = ()
    places: tuple[tuple[str, str, Position], ...] = ()

    def group(self, cell: int) -> Group:
        """Return the group of a view."""
        return next((group for number, group in self.groups if number == cell), Group.ALL)

    def key(self, cell: int) -> str:
        """Return what the views that share a place have in common."""
        group = self.group(cell)
        return f"{group.value} {cell}" if group is Group.ALONE else group.value

    def with_group(self, cell: int, group: Group) -> Linking:
        """Return this with a view in another group."""
        others = tuple(one for one in self.groups if one[0] != cell)
        return replace(self, groups=others if group is Group.ALL else (*others, (cell, group)))

    def place(self, key: str, space: str) -> Position | None:
        """Return where a group was last in a patient space."""
        found = (at for group, uid, at in self.places if group == key and uid == space)
        return next(found, None)

    def seen_from(self, space: str) -> tuple[object, ...]:
        """Return all that matters to views of one patient space."""
        places = tuple(sorted(one for one in self.places if one[1] == space))
        return self.groups, self.pairs, self.frame_pairs, places

    def moved(self, key: str, space: str, position: Position) -> Linking:
        """Return this with a group at another place, and in the spaces paired with that one."""
        new = self.everywhere(space, position)
        left = (one for one in self.places if one[0] != key or one[1] not in new)
        return replace(self, places=(*left, *((key, uid, at) for uid, at in new.items())))

    def everywhere(self, space: str, position: Position) -> dict[str, Position]:
        """Return a position in its own patient space and in all that are in line with it."""
        found = {space: position}
        waiting = [space]
        while waiting:
            here = waiting.pop()
            for pair in self.pairs:
                other = pair.across(here, found[here])
                if other is not None and other[0] not in found:
                    found[other[0]] = other[1]
                    waiting.append(other[0])
        return found

    def paired(self, one: str, other: str, offset_mm: Position) -> Linking:
        """Return this with two spaces in line, in place of how they were before."""
        spaces = frozenset((one, other))
        pairs = tuple(pair for pair in self.pairs if pair.spaces != spaces)
        return replace(self, pairs=(*pairs, Pair(one, other, offset_mm)))

    def frames_paired(self, one: str, other: str, offset: int) -> Linking:
        """Return this with the frames of two series in line."""
        keys = {one, other}
        pairs = tuple(pair for pair in self.frame_pairs if {pair.one, pair.other} != keys)
        return replace(self, frame_pairs=(*pairs, FramePair(one, other, offset)))

    def kept(self, spaces: frozenset[str], keys: frozenset[str]) -> Linking:
        """Return this as far as it is about these spaces and series, the only ones still open."""
        pairs = tuple(pair for pair in self.pairs if pair.spaces <= spaces)
        frames = tuple(pair for pair in self.frame_pairs if {pair.one, pair.other} <= keys)
        places = tuple(place for place in self.places if place[1] in spaces)
        return replace(self, pairs=pairs, frame_pairs=frames, places=places)

    def unpaired(self, spaces: frozenset[str], keys: frozenset[str]) -> Linking:
        """Return this without the pairs of these spaces and series."""
        pairs = tuple(pair for pair in self.pairs if not pair.spaces & spaces)
        frames = tuple(pair for pair in self.frame_pairs if not {pair.one, pair.other} & keys)
        return replace(self, pairs=pairs, frame_pairs=frames)
