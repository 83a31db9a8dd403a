"""A head without what is too large or too deep in it to be listed, and what that is."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from viewer.io import tags
from viewer.io.cutting import element_at, nested_length
from viewer.io.pruning import UNDEFINED, Implausible
from viewer.io.quick_header import NotPlain, read_meta
from viewer.io.syntaxes import BIG_ENDIAN, IMPLICIT

_LONGEST_META = 1 << 20
_LONGEST_VALUE = 1 << 20
_LONGEST_SEQUENCE = 4 << 20
_MOST_ITEMS = 10_000
_MOST_ELEMENTS = 20_000
_MOST_BYTES = 32 << 20


@dataclass(frozen=True, slots=True)
class Outline:
    """The file without its pixels and its heavy parts; the tags of these, and why they are out.

    Tag 0 stands for all that follows.
    """

    content: bytes
    left_out: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    tag: int
    at: int
    length: int
    sequence: bool


def outline(path: Path) -> Outline:
    """Return what of a head can be listed.

    Raises:
        NotPlain: if it has no beginning that can be understood.
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        meta = file.read(_LONGEST_META)
        try:
            syntax, start = read_meta(meta)
        except struct.error:
            raise NotPlain from None
        order, explicit = "><"[syntax != BIG_ENDIAN], syntax != IMPLICIT
        kept, left_out, held = [meta[:start]], [], 0
        try:
            for part in _parts(file, start, order, explicit=explicit):
                stored, why = _stored(file, part, order)
                if why or held + len(stored) > _MOST_BYTES:
                    left_out.append((part.tag, why or f"{part.length} bytes; not shown"))
                else:
                    kept.append(stored)
                    held += len(stored)
        except (Implausible, NotPlain, struct.error):
            left_out.append((0, "Damaged or nested too deep from here on; not shown"))
    return Outline(b"".join(kept), tuple(left_out))


def _parts(file: BinaryIO, at: int, order: str, *, explicit: bool) -> Iterator[_Part]:
    """Go through the elements of a data set up to its pixels."""
    size = file.seek(0, 2)
    for _ in range(_MOST_ELEMENTS):
        if at >= size:
            return
        file.seek(at)
        tag, kind, length, start = element_at(file.read(12), order, explicit=explicit)
        if tag >= tags.FLOAT_PIXELS:
            return
        sequence = kind == b"SQ" or length == UNDEFINED
        if length == UNDEFINED:
            length = nested_length(file, at + start, size, order, explicit=kind == b"SQ")
        yield _Part(tag, at, start + length, sequence)
        at += start + length
    raise Implausible


def _stored(file: BinaryIO, part: _Part, order: str) -> tuple[bytes, str]:
    """Return an element as it is stored, or why it is not listed."""
    if part.length > (_LONGEST_SEQUENCE if part.sequence else _LONGEST_VALUE):
        return b"", f"{part.length} bytes; not shown"
    file.seek(part.at)
    stored = file.read(part.length)
    items = stored.count(struct.pack(f"{order}HH", 0xFFFE, 0xE000)) if part.sequence else 0
    return stored, f"{items} items; not shown" if items > _MOST_ITEMS else ""
