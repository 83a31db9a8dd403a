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
from viewer.io.frame_groups import GROUPED, GROUPED_SEQUENCES, GROUPED_WHOLE
from viewer.io.pruning import UNDEFINED as _UNDEFINED
from viewer.io.pruning import Implausible, Odd, Short, Wanted, pruned
from viewer.io.quick_header import LONG_FORM, SHORT_FORM

_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
_SEGMENTATIONS = tuple(f"1.2.840.10008.5.1.4.1.1.66.{end}".encode() for end in (4, 7))
"""Objects of tens of thousands of frames, none of which is a picture: `seg_frames` reads them."""
_KEPT = tags.WANTED | tags.NESTED | tags.HEAVY
_MOST_ELEMENTS = 50_000
_MOST_SKIPPED = 250_000
_MOST_KEPT = 20_000
_MOST_GROUPED = (150_000, 400_000)
_BYTES_PER_GROUPED = 256
_LONGEST_UNKNOWN = 1 << 20
_DEEPEST = 64
_LONGEST_VALUE = 32 << 20
_BLOCK = 64 << 20


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
    steps, segmentation = 0, False
    while at < size:
        steps += 1
        if steps > _MOST_ELEMENTS:
            raise Implausible
        file.seek(at)
        head = file.read(12)
        if len(head) < 8:
            raise Short
        tag, vr, length, start = element_at(head, order, explicit=explicit)
        if tag >= tags.FLOAT_PIXELS and tag >> 16 == 0x7FE0 and tag & 0xFFFF in (8, 9, 0x10):
            return Cut(b"".join(kept), at)
        if tag >> 16 == 0xFFFE or (not explicit and tag < 0x00080000):
            raise Odd
        if tag == tags.FRAME_GROUPS and segmentation:
            return Cut(b"".join(kept), None)
        wanted = tag in asked
        if length == _UNDEFINED and explicit and vr not in (b"SQ", b"UN"):
            raise Odd
        if length != _UNDEFINED and at + start + length > size:
            raise Short
        if wanted and (length == _UNDEFINED or _is_sequence(tag, vr)):
            kept.append(head[: start - 4] + struct.pack(f"{order}L", _UNDEFINED))
            told, length = _sequence(file, at + start, (size, length), order, tag, vr)
            kept.append(told)
        elif wanted:
            if length > (_LONGEST_UNKNOWN if tag in tags.NESTED else _LONGEST_VALUE):
                raise Implausible
            file.seek(at)
            kept.append(file.read(start + length))
            if tag == tags.SOP_CLASS:
                segmentation = kept[-1][start:].strip(b" \0") in _SEGMENTATIONS
        elif length == _UNDEFINED:
            length = nested_length(file, at + start, size, order, explicit=vr == b"SQ")
        at += start + length
    return Cut(b"".join(kept), None)


def element_at(head: bytes, order: str, *, explicit: bool) -> tuple[int, bytes, int, int]:
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


def _is_sequence(tag: int, vr: bytes) -> bool:
    return vr == b"SQ" or (not vr and tag in tags.NESTED)


def _sequence(
    file: BinaryIO, at: int, ends: tuple[int, int], order: str, tag: int, vr: bytes
) -> tuple[bytes, int]:
    """Return the value of a wanted sequence, pruned, and the bytes that it takes."""
    size, length = ends
    if length != _UNDEFINED and length > _BLOCK:
        raise Implausible
    file.seek(at)
    block = file.read(min(_BLOCK, size - at))
    wanted = Wanted(_MOST_KEPT)
    if tag in (tags.FRAME_GROUPS, tags.SHARED_GROUPS):
        least, most = _MOST_GROUPED
        most = min(max(least, size // _BYTES_PER_GROUPED), most)
        wanted = Wanted(most, GROUPED, GROUPED_SEQUENCES, GROUPED_WHOLE)
    try:
        return pruned(block, order, length, wanted, explicit=vr == b"SQ")
    except Short:
        if len(block) == _BLOCK:
            raise Implausible from None
        raise


def nested_length(file: BinaryIO, at: int, size: int, order: str, *, explicit: bool) -> int:
    """Return the bytes that a sequence of undefined length takes (PS3.5 7.5)."""
    file.seek(at)
    block = file.read(min(_BLOCK, size - at))
    try:
        return _walk(block, order, _MOST_SKIPPED, explicit=explicit)
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
