"""How strongly, and along which direction, a picture is weighted by diffusion.

The standard's attributes come first (PS3.3 C.8.13.5.9); makers wrote the same into
elements of their own before, and those are believed only beside their mark.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from typing import TypeAlias

from viewer.io import tags
from viewer.io.header import Header

Gradient: TypeAlias = tuple[float, float, float]

_SIEMENS = "SIEMENS MR HEADER"
_GE_ACQUISITION, _GE_PARAMETERS = "GEMS_ACQU_01", "GEMS_PARM_01"
_PHILIPS_IMAGING, _PHILIPS_MR = "Philips Imaging DD 001", "Philips MR Imaging DD 005"
_GE_OFFSET = 1_000_000_000
_GE_STEP = 100_000
_STRONGEST = 1_000_000
_DIGITS = 3


def b_value(head: Header) -> float | None:
    """Return the b-value in s/mm2, or nothing where none is told."""
    for told in (
        head.numbers(tags.FRAME_B_VALUE),
        head.numbers(tags.B_VALUE),
        _texts(head, tags.SIEMENS_MR, _SIEMENS, tags.SIEMENS_B_VALUE),
        _ge_b_value(head),
        _floats(head, tags.PHILIPS_IMAGING, _PHILIPS_IMAGING, tags.PHILIPS_B_VALUE),
    ):
        if told and 0 <= told[0] <= _STRONGEST:
            return told[0]
    return None


def gradient(head: Header) -> Gradient | None:
    """Return the direction, rounded, or nothing where there is none, as without weighting."""
    for told in (
        head.numbers(tags.FRAME_GRADIENT),
        head.numbers(tags.GRADIENT),
        _doubles(head, tags.SIEMENS_MR, _SIEMENS, tags.SIEMENS_GRADIENT),
        _each(head, tags.SIEMENS_MR, _GE_ACQUISITION, tags.GE_GRADIENT, floats=False),
        _each(head, tags.PHILIPS_MR, _PHILIPS_MR, tags.PHILIPS_GRADIENT, floats=True),
    ):
        if len(told) == 3:
            x, y, z = (round(number, _DIGITS) + 0.0 for number in told)
            return (x, y, z) if any((x, y, z)) else None
    return None


def _from(head: Header, mark: int, maker: str) -> bool:
    """Tell whether a block of private elements is this maker's (PS3.5 7.8)."""
    return head.raw.get(mark, b"").decode("latin-1").strip(" \0") == maker


def _texts(head: Header, mark: int, maker: str, tag: int) -> tuple[float, ...]:
    return head.numbers(tag) if _from(head, mark, maker) else ()


def _doubles(head: Header, mark: int, maker: str, tag: int) -> tuple[float, ...]:
    return _unpacked(head.raw.get(tag, b""), 8) if _from(head, mark, maker) else ()


def _floats(head: Header, mark: int, maker: str, tag: int) -> tuple[float, ...]:
    return _unpacked(head.raw.get(tag, b""), 4) if _from(head, mark, maker) else ()


def _each(
    head: Header, mark: int, maker: str, three: Sequence[int], *, floats: bool
) -> tuple[float, ...]:
    """Return the first value of each of several elements; nothing unless all are there."""
    read = _floats if floats else _texts
    parts = [read(head, mark, maker, tag) for tag in three]
    return tuple(part[0] for part in parts if part) if all(parts) else ()


def _unpacked(stored: bytes, width: int) -> tuple[float, ...]:
    if not stored or len(stored) % width:
        return ()
    numbers = struct.unpack(f"<{len(stored) // width}{'d' if width == 8 else 'f'}", stored)
    return numbers if all(math.isfinite(number) for number in numbers) else ()


def _ge_b_value(head: Header) -> tuple[float, ...]:
    """Return the first of GE's values, which some versions write with a billion on top."""
    told = _texts(head, tags.GE_PARM, _GE_PARAMETERS, tags.GE_B_VALUE)
    if not told:
        return ()
    return (told[0] % _GE_STEP if told[0] >= _GE_OFFSET else told[0],)
