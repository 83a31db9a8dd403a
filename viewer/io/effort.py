"""How much of a file may be read and inflated before it is taken for a bomb."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import BinaryIO

from viewer.core.errors import Unreadable

_LONGEST_HEAD = 64 << 20
_MOST_INFLATED = 256 << 20
_MOST_RATIO = 200
_ODD_HEAD = 1 << 20
_MOST_ITEMS = 50_000
_BLOCK = 1 << 20
_ITEMS = (b"\xfe\xff\x00\xe0", b"\xff\xfe\xe0\x00")


def odd_head(path: Path, file: BinaryIO) -> bytes:
    """Return as much of a file as pydicom may take on where its head is not as it should be.

    Raises:
        Unreadable: if it holds far too many items.
    """
    file.seek(0)
    head = file.read(_ODD_HEAD)
    if max(head.count(item) for item in _ITEMS) > _MOST_ITEMS:
        raise too_many_parts(path)
    return head


def too_many_parts(path: Path) -> Unreadable:
    """Return the refusal of a head with more parts than any honest one."""
    sentence = f"{path.name} holds more nested items than any image has"
    return Unreadable(sentence, code="implausible_head")


def inflated(path: Path, file: BinaryIO, start: int, size: int) -> tuple[bytes, int]:
    """Return the beginning of a deflated data set, and the size of the whole.

    Raises:
        Unreadable: if it swells beyond measure, or is damaged.
    """
    file.seek(start)
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    head, total = bytearray(), 0
    try:
        while block := stream.unconsumed_tail or file.read(_BLOCK):
            part = stream.decompress(block, _BLOCK)
            total += len(part)
            if len(head) < _LONGEST_HEAD:
                head += part
            if total > _MOST_INFLATED and total > _MOST_RATIO * size:
                raise swollen(path)
    except zlib.error as error:
        raise Unreadable(f"{path.name} is deflated and damaged", code="truncated") from error
    return bytes(head), total


def swollen(path: Path) -> Unreadable:
    """Return the refusal of a file that holds far less than it inflates to."""
    sentence = f"{path.name} swells beyond all measure when inflated"
    return Unreadable(sentence, code="implausible_size")
