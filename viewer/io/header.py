"""What the head of one DICOM file says, as text and numbers.

Two readers produce it: `quick_header` for the usual file and `full_header`
(pydicom) for everything else. Both hand over the stored bytes of the wanted
attributes, and they are understood here, once.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from viewer.io import tags
from viewer.io.characters import decode

_SPACE = " \0\t\r\n"

Raw: TypeAlias = dict[int, bytes]
"""The stored value of each attribute that is there, little endian."""


@dataclass(frozen=True, slots=True)
class PixelPlace:
    """Where the pixels lie in the file; `length` is None where they are in fragments."""

    offset: int
    length: int | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """How to tell that a file is still the one whose header was read."""

    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Header:
    """The wanted attributes of one file."""

    path: Path
    stamp: Stamp
    syntax: str
    raw: Raw = field(repr=False)
    pixels: PixelPlace | None
    float_pixels: bool = False
    frames: tuple[Raw, ...] = field(default=(), repr=False)
    """What each frame of an enhanced object says of itself, over `raw`."""
    program: str = ""
    """What a system would run this file as, if its preamble makes it a program (PS3.10 7.5)."""

    def texts(self, tag: int) -> tuple[str, ...]:
        """Return the values of a text attribute, stripped; empty if absent."""
        stored = self.raw.get(tag)
        if stored is None:
            return ()
        if tag not in tags.ENCODED:
            return _plain(stored)
        name = tag == tags.PATIENT_NAME
        text = decode(stored, self.raw.get(tags.CHARACTER_SET, b""), name=name)
        text = text.rstrip(_SPACE + "=") if name else text
        parts = [text] if tag in tags.FREE_TEXT else text.split("\\")
        return tuple(part.strip(_SPACE) for part in parts)

    def text(self, tag: int) -> str:
        """Return the first value as text; empty if absent."""
        values = self.texts(tag)
        return values[0] if values else ""

    def whole(self, tag: int) -> str:
        """Return all values as they are written, with their backslashes."""
        return "\\".join(self.texts(tag))

    def numbers(self, tag: int) -> tuple[float, ...]:
        """Return the values as finite numbers; empty if any is none."""
        stored = self.raw.get(tag)
        if stored is None:
            return ()
        if tag in tags.SHORTS:
            return tuple(float(n) for n in self._shorts(tag, stored))
        if tag in tags.DOUBLES:
            count = len(stored) // 8
            return _finite(struct.unpack(f"<{count}d", stored[: count * 8]))
        return _decimals(stored)

    def number(self, tag: int, otherwise: float) -> float:
        """Return the first value as a number."""
        values = self.numbers(tag)
        return values[0] if values else otherwise

    def integer(self, tag: int, otherwise: int = 0) -> int:
        """Return the first value as a whole number."""
        return int(self.number(tag, otherwise))

    def _shorts(self, tag: int, stored: bytes) -> tuple[int, ...]:
        padding = tag in (tags.PADDING, tags.PADDING_LIMIT)
        signed = padding and self.integer(tags.PIXEL_REPRESENTATION) == 1
        count = len(stored) // 2
        return struct.unpack(f"<{count}{'h' if signed else 'H'}", stored[: count * 2])


@lru_cache(maxsize=4096)
def _plain(stored: bytes) -> tuple[str, ...]:
    return tuple(part.strip(_SPACE) for part in stored.decode("latin-1").split("\\"))


@lru_cache(maxsize=4096)
def _decimals(stored: bytes) -> tuple[float, ...]:
    try:
        return _finite(tuple(float(text) for text in _plain(stored)))
    except ValueError:
        return ()


def _finite(values: tuple[float, ...]) -> tuple[float, ...]:
    return values if all(math.isfinite(value) for value in values) else ()
