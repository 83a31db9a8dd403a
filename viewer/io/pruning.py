"""A sequence without what nobody asks for, and never more of it than is plausible.

What an enhanced object says of thousands of frames is mostly the maker's own.
Only the wanted elements are copied, so that pydicom reads little; every step is
counted, whatever lengths a file claims.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

from viewer.io.quick_header import LONG_FORM, SHORT_FORM, NotPlain

UNDEFINED = 0xFFFFFFFF
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_DEEPEST = 128
"""Sequences and items in each other."""
_MOST_STEPS = 2_500_000


class Implausible(Exception):
    """The head has more parts than any honest one."""


class Odd(NotPlain):
    """The head is not written as its transfer syntax says."""


class Short(NotPlain):
    """The head ends in the middle of something."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is kept of a sequence: so many elements at most, all of them if no tags are named."""

    most: int
    tags: frozenset[int] | None = None
    sequences: frozenset[int] = frozenset()
    """Which are sequences, where the file does not tell (implicit VR)."""
    whole: frozenset[int] = frozenset()
    """Sequences of which all is kept."""


@dataclass(slots=True)
class _Inside:
    """Where the walk is: in an item or in a sequence, which ends there (or at its mark, if -1)."""

    in_item: bool
    end: int
    explicit: bool
    kept: bool
    whole: bool


def pruned(
    block: bytes, order: str, length: int, wanted: Wanted, *, explicit: bool
) -> tuple[bytes, int]:
    """Return a sequence's value with what is wanted, of undefined length, and the bytes it takes.

    Raises:
        Implausible: if it has more parts than any honest one.
        Odd: if it is not written as expected.
        Short: if the block ends within it.
    """
    try:
        return _Walk(block, order, wanted).through(length, explicit=explicit)
    except struct.error:
        raise Short from None


class _Walk:
    """Steps through one sequence, copying."""

    def __init__(self, block: bytes, order: str, wanted: Wanted) -> None:
        self._block, self._wanted = block, wanted
        self._tags = wanted.tags or frozenset()
        self._heads = struct.Struct(f"{order}HHL").unpack_from
        self._shorts = struct.Struct(f"{order}H").unpack_from
        self._longs = struct.Struct(f"{order}L").unpack_from
        pack = struct.Struct(f"{order}HHL").pack
        self._item = pack(0xFFFE, 0xE000, UNDEFINED)
        self._ends = (pack(0xFFFE, 0xE0DD, 0), pack(0xFFFE, 0xE00D, 0))
        self._undefined = struct.pack(f"{order}L", UNDEFINED)
        self._kept: list[bytes] = []
        self._count = 0
        self._inside: list[_Inside] = []

    def through(self, length: int, *, explicit: bool) -> tuple[bytes, int]:
        """Walk to the end of a sequence."""
        at = 0
        top = _Inside(False, 0, explicit, kept=True, whole=self._wanted.tags is None)
        self._enter(at, length, top)
        for _ in range(_MOST_STEPS):
            here = self._inside[-1]
            if here.end >= 0 and at >= here.end:
                if at > here.end:
                    raise Odd
                self._leave()
            else:
                at = self._step(here, at)
            if not self._inside:
                return b"".join(self._kept), at
        raise Implausible

    def _enter(self, at: int, length: int, inside: _Inside) -> None:
        inside.end = -1 if length == UNDEFINED else at + length
        if inside.end > len(self._block):
            raise Short
        if len(self._inside) >= _DEEPEST:
            raise Implausible
        self._inside.append(inside)

    def _leave(self) -> None:
        left = self._inside.pop()
        if left.kept:
            self._kept.append(self._ends[left.in_item])

    def _step(self, here: _Inside, at: int) -> int:
        """Take one item, mark or element; return where the next begins."""
        group, element, length = self._heads(self._block, at)
        if group == 0xFFFE:
            self._mark(here, element, at + 8, length)
            return at + 8
        if not here.in_item:
            raise Odd
        return self._element(here, group << 16 | element, at, length)

    def _mark(self, here: _Inside, element: int, at: int, length: int) -> None:
        if element == _ITEM & 0xFFFF and not here.in_item:
            if here.kept:
                self._keep(self._item)
            self._enter(at, length, replace(here, in_item=True))
        elif here.end < 0 and element == (_ITEM_END if here.in_item else _SEQUENCE_END) & 0xFFFF:
            self._leave()
        else:
            raise Odd

    def _element(self, here: _Inside, tag: int, start: int, length: int) -> int:
        block, at, kind = self._block, start + 8, b""
        if here.explicit:
            kind = block[start + 4 : start + 6]
            if kind in SHORT_FORM:
                (length,) = self._shorts(block, start + 6)
            elif kind in LONG_FORM:
                (length,) = self._longs(block, at)
                at += 4
            else:
                raise Odd
        wanted = here.kept and (here.whole or tag in self._tags)
        nested = kind == b"SQ" or (not kind and tag in self._wanted.sequences)
        if length != UNDEFINED and not (nested and wanted):
            if at + length > len(block):
                raise Short
            if wanted:
                self._keep(block[start : at + length])
            return at + length
        if kind not in (b"SQ", b"UN", b""):
            raise Odd
        if wanted:
            self._keep(block[start : at - 4] + self._undefined)
        whole = here.whole or tag in self._wanted.whole
        self._enter(at, length, _Inside(False, 0, kind == b"SQ", kept=wanted, whole=whole))
        return at

    def _keep(self, part: bytes) -> None:
        self._count += 1
        if self._count > self._wanted.most:
            raise Implausible
        self._kept.append(part)
