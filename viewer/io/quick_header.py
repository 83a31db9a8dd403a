"""A fast reader for the head of the usual DICOM file.

It knows explicit and implicit little endian with a preamble, checks every
bound, and reads only the wanted attributes. Whatever is unusual raises
`Unusual`, and the caller asks pydicom: this is a speed path, never a second
opinion.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from viewer.io import tags
from viewer.io.header import Header, PixelPlace, Raw, Stamp
from viewer.io.syntaxes import BIG_ENDIAN, DEFLATED, IMPLICIT, NATIVE, READABLE

_FIRST_READ = 16 * 1024
_LONGEST_HEAD = 4 * 1024 * 1024
_LONGEST_PRIVATE = 1024
_DEEPEST = 8
_UNDEFINED = 0xFFFFFFFF
_ITEM, _ITEM_END, _SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
LONG_FORM = frozenset(
    {b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"}
)
SHORT_FORM = frozenset({
    b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FD", b"FL", b"IS", b"LO", b"LT", b"PN",
    b"SH", b"SL", b"SS", b"ST", b"TM", b"UI", b"UL", b"US",
})  # fmt: skip
_QUICK_SYNTAXES = READABLE - {BIG_ENDIAN, DEFLATED}
_ODD_PIXELS = frozenset({tags.FLOAT_PIXELS, tags.DOUBLE_PIXELS, tags.PIXELS})
_PIXEL_KINDS = (b"OB", b"OW")
_LONGEST_TEXT = 16 * 1024
_TEXTS = tags.WANTED - set(tags.SHORTS) - set(tags.DOUBLES) - set(tags.PRIVATE)
"""Wanted attributes of which no more is to be checked than how long they are."""

_explicit = struct.Struct("<HH2sH").unpack_from
_implicit = struct.Struct("<HHL").unpack_from
_long = struct.Struct("<L").unpack_from


class NotPlain(Exception):
    """Something in a head that is read no further here."""


class Unusual(NotPlain):
    """The file is not of the plain kind this reader knows."""


class CutOff(Unusual):
    """The file ends in the middle of its head."""


class _MoreNeeded(NotPlain):
    """The head goes on behind the bytes read so far."""


def read_quickly(path: Path) -> Header:
    """Return the header of a usual file.

    Raises:
        Unusual: if anything about it is not usual.
        OSError: if it cannot be read.
    """
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        status = os.fstat(file)
        head = os.read(file, _FIRST_READ)
        while True:
            try:
                return _parse(path, head, Stamp(status.st_size, status.st_mtime_ns))
            except _MoreNeeded:
                if len(head) >= min(status.st_size, _LONGEST_HEAD):
                    raise (CutOff if len(head) >= status.st_size else Unusual) from None
                more = os.read(file, max(len(head) * 7, _FIRST_READ))
                if not more:
                    raise CutOff from None
                head += more
    finally:
        os.close(file)


def _parse(path: Path, head: bytes, stamp: Stamp) -> Header:
    if head[128:132] != b"DICM":
        raise Unusual
    try:
        syntax, start = read_meta(head)
        if syntax not in _QUICK_SYNTAXES:
            raise Unusual
        explicit = syntax != IMPLICIT
        raw, pixels = _elements(head, start, stamp.size, explicit=explicit)
    except struct.error:
        raise _MoreNeeded from None
    if pixels is not None and (pixels.length is None) == (syntax in NATIVE):
        raise Unusual
    if b"MOSAIC" in raw.get(tags.IMAGE_TYPE, b""):
        raise Unusual
    return Header(path, stamp, syntax, raw, pixels, program=program_in(head))


_PROGRAMS = {
    b"MZ": "a Windows program",
    b"\x7fELF": "a Linux program",
    b"#!": "a script",
    b"\xcf\xfa\xed\xfe": "a macOS program",
    b"\xca\xfe\xba\xbe": "a macOS program",
}


def program_in(preamble: bytes) -> str:
    """Return what a system would run a file as that begins so; empty for harmless ones."""
    return next((name for start, name in _PROGRAMS.items() if preamble.startswith(start)), "")


def read_meta(head: bytes) -> tuple[str, int]:
    """Return the transfer syntax and where the data set begins (PS3.10 7.1)."""
    at, syntax = 132, ""
    while True:
        group, element, vr, length = _explicit(head, at)
        if group != 2:
            return syntax, at
        at += 8
        if vr in LONG_FORM:
            (length,) = _long(head, at)
            at += 4
        elif vr not in SHORT_FORM:
            raise Unusual
        if element == 0x10:
            syntax = head[at : at + length].decode("latin-1").strip(" \0")
        at += length
        if at > len(head):
            raise _MoreNeeded


def _elements(head: bytes, at: int, size: int, *, explicit: bool) -> tuple[Raw, PixelPlace | None]:
    raw: Raw = {}
    last, end, wanted = 0, len(head), tags.WANTED
    long_form, short_form, texts = LONG_FORM, SHORT_FORM, _TEXTS
    while at != size:
        if explicit:
            group, element, vr, length = _explicit(head, at)
            at += 8
            if vr not in short_form:
                if vr not in long_form:
                    raise Unusual
                (length,) = _long(head, at)
                at += 4
        else:
            group, element, length = _implicit(head, at)
            at += 8
        tag = group << 16 | element
        if tag <= last or group == 0xFFFE:
            raise Unusual
        last = tag
        if tag in wanted:
            if length == _UNDEFINED or at + length > end:
                raise CutOff if at + length > size else _MoreNeeded
            if tag not in texts or length > _LONGEST_TEXT or (explicit and vr in long_form):
                _check_kind(tag, vr if explicit else b"", length)
            raw[tag] = head[at : at + length]
        elif tag >= tags.FLOAT_PIXELS:
            if tag == tags.PIXELS and (not explicit or vr in _PIXEL_KINDS):
                return raw, PixelPlace(at, None if length == _UNDEFINED else length)
            if tag in _ODD_PIXELS:
                raise Unusual
        elif tag in tags.NESTED:
            raise Unusual
        if length == _UNDEFINED:
            if explicit and vr != b"SQ":
                raise Unusual
            at = _skip_items(head, at, explicit=explicit, depth=1)
        else:
            at += length
        if at > end:
            raise CutOff if at > size else _MoreNeeded
    return raw, None


def _check_kind(tag: int, vr: bytes, length: int) -> None:
    if tag in tags.SHORTS:
        if (vr and vr not in (b"US", b"SS")) or length != 2:
            raise Unusual
    elif tag in tags.DOUBLES:
        if (vr and vr != b"FD") or length % 8:
            raise Unusual
    elif tag in tags.PRIVATE:
        if length > _LONGEST_PRIVATE:
            raise Unusual
    elif vr in LONG_FORM or length > _LONGEST_TEXT:
        raise Unusual


def _skip_items(head: bytes, at: int, *, explicit: bool, depth: int) -> int:
    """Return where a sequence of undefined length has ended (PS3.5 7.5)."""
    if depth > _DEEPEST:
        raise Unusual
    while True:
        group, element, length = _implicit(head, at)
        at += 8
        tag = group << 16 | element
        if tag == _SEQUENCE_END:
            return at
        if tag != _ITEM:
            raise Unusual
        if length != _UNDEFINED:
            at += length
        else:
            at = _skip_item(head, at, explicit=explicit, depth=depth)


def _skip_item(head: bytes, at: int, *, explicit: bool, depth: int) -> int:
    while True:
        vr = b""
        if explicit:
            group, element, vr, length = _explicit(head, at)
        else:
            group, element, length = _implicit(head, at)
        at += 8
        if group == 0xFFFE:
            if element != _ITEM_END & 0xFFFF:
                raise Unusual
            return at
        if explicit and vr in LONG_FORM:
            (length,) = _long(head, at)
            at += 4
        elif explicit and vr not in SHORT_FORM:
            raise Unusual
        if length != _UNDEFINED:
            at += length
        elif explicit and vr != b"SQ":
            raise Unusual
        else:
            at = _skip_items(head, at, explicit=explicit, depth=depth + 1)
        if at > len(head):
            raise _MoreNeeded
