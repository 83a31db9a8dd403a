"""The wanted elements of a head, cut out so that the rest costs next to nothing.

Sequences nobody asked for are stepped over in place, however they are nested;
only what is wanted goes on to pydicom. Every step is counted, so that no file
takes longer than its size makes plausible.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from viewer.io import tags
from viewer.io.quick_header import LONG_FORM, SHORT_FORM, NotPlain

_UNDEFINED = 0xFFFFFFFF
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_KEPT = tags.WANTED | tags.NESTED | tags.HEAVY
_MOST_ELEMENTS = 50_000
_MOST_SKIPPED = 250_000
_MOST_KEPT = 50_000
_BYTES_PER_STEP = 256
_DEEPEST = 64
_LONGEST_VALUE = 32 << 20
_BLOCK = 64 << 20


class Implausible(Exception):
    """The head has more parts than any honest one."""


class Odd(NotPlain):
    """The head is not written as its transfer syntax says."""


class Short(NotPlain):
    """The head ends in the middle of something."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The wanted elements, as stored, and where the pixels begin if there are any."""

    body: bytes
    pixels_at: int | None


def cut_out(
    file: BinaryIO,
    at: int,
    size: int,
    *,
    explicit: bool,
    little: bool,
    asked: frozenset[int] = _KEPT,
) -> Cut:
    """Return the elements asked for, of a data set that begins at an offset.

    Raises:
        Implausible: if it has more parts than any honest one.
        Odd: if it is not written as expected.
        Short: if it ends within one of its elements.
    """
    order = "<" if little else ">"
    kept: list[bytes] = []
    steps = 0
    while at < size:
        steps += 1
        if steps > _MOST_ELEMENTS:
            raise Implausible
        file.seek(at)
        head = file.read(12)
        if len(head) < 8:
            raise Short
        tag, vr, length, start = _element(head, order, explicit=explicit)
        if tag >= tags.FLOAT_PIXELS and tag >> 16 == 0x7FE0 and tag & 0xFFFF in (8, 9, 0x10):
            return Cut(b"".join(kept), at)
        if tag >> 16 == 0xFFFE or (not explicit and tag < 0x00080000):
            raise Odd
        wanted = tag in asked
        if length == _UNDEFINED:
            if explicit and vr not in (b"SQ", b"UN"):
                raise Odd
            inner_explicit = explicit and vr == b"SQ"
            length = _nested(file, at + start, size, order, explicit=inner_explicit, wanted=wanted)
        elif at + start + length > size:
            raise Short
        elif wanted and (vr == b"SQ" or tag in tags.NESTED):
            _count_within(file, at + start, length, size, order)
        if wanted:
            if length > _LONGEST_VALUE:
                raise Implausible
            file.seek(at)
            kept.append(file.read(start + length))
        at += start + length
    return Cut(b"".join(kept), None)


def _element(head: bytes, order: str, *, explicit: bool) -> tuple[int, bytes, int, int]:
    """Return tag, value representation, length, and where the value begins."""
    group, element = struct.unpack_from(f"{order}HH", head)
    tag = group << 16 | element
    if not explicit:
        if head[4:6] in SHORT_FORM | LONG_FORM and group == 8:
            raise Odd
        return tag, b"", struct.unpack_from(f"{order}L", head, 4)[0], 8
    vr = head[4:6]
    if vr in SHORT_FORM:
        return tag, vr, struct.unpack_from(f"{order}H", head, 6)[0], 8
    if vr not in LONG_FORM or len(head) < 12:
        raise Odd
    return tag, vr, struct.unpack_from(f"{order}L", head, 8)[0], 12


def _most(size: int, at: int, *, wanted: bool) -> int:
    """Return how many parts of a sequence are plausible in a file of so many bytes."""
    return max(_MOST_KEPT, (size - at) // _BYTES_PER_STEP) if wanted else _MOST_SKIPPED


def _count_within(file: BinaryIO, at: int, length: int, size: int, order: str) -> None:
    """Count items in a wanted sequence of known length by their marks."""
    if length > _BLOCK:
        raise Implausible
    file.seek(at)
    mark = struct.pack(f"{order}HH", 0xFFFE, 0xE000)
    if file.read(length).count(mark) > _most(size, at + length, wanted=True):
        raise Implausible


def _nested(file: BinaryIO, at: int, size: int, order: str, *, explicit: bool, wanted: bool) -> int:
    """Return the bytes that a sequence of undefined length takes (PS3.5 7.5)."""
    file.seek(at)
    block = file.read(min(_BLOCK, size - at))
    try:
        return _walk(block, order, _most(size, at, wanted=wanted), explicit=explicit)
    except struct.error:
        if len(block) == _BLOCK:
            raise Implausible from None
        raise Short from None


def _walk(block: bytes, order: str, most: int, *, explicit: bool) -> int:
    """Step through a sequence; return where it ends."""
    heads = struct.Struct(f"{order}HHL").unpack_from
    shorts = struct.Struct(f"{order}H").unpack_from
    longs = struct.Struct(f"{order}L").unpack_from
    inside: list[tuple[bool, bool]] = [(True, explicit)]  # in a sequence or an item; how written
    at = steps = 0
    end = len(block)
    while inside:
        steps += 1
        if steps > most:
            raise Implausible
        if at > end or len(inside) > _DEEPEST:
            raise struct.error if at > end else Implausible
        group, element, length = heads(block, at)
        tag = group << 16 | element
        in_sequence, explicit = inside[-1]
        if group == 0xFFFE:
            at += 8
            if tag == _ITEM and in_sequence:
                if length == _UNDEFINED:
                    inside.append((False, explicit))
                else:
                    at += length
            elif tag == (_SEQUENCE_END if in_sequence else _ITEM_END):
                inside.pop()
            else:
                raise Odd
            continue
        if in_sequence:
            raise Odd
        at += 8
        kind = b"SQ"
        if explicit:
            kind = block[at - 4 : at - 2]
            if kind in SHORT_FORM:
                (length,) = shorts(block, at - 2)
            elif kind in LONG_FORM:
                (length,) = longs(block, at)
                at += 4
            else:
                raise Odd
        if length != _UNDEFINED:
            at += length
        elif kind in (b"SQ", b"UN"):
            inside.append((True, explicit and kind == b"SQ"))
        else:
            raise Odd
    return at
