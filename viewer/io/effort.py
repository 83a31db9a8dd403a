"""Whether a file would cost more to read than any honest one; bombs are refused unread."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import BinaryIO

from viewer.core.errors import Unreadable
from viewer.io.quick_header import NotPlain, read_meta
from viewer.io.syntaxes import DEFLATED

_LONGEST_HEAD = 64 << 20
_MOST_ITEMS = 200_000
_MOST_INFLATED = 1 << 30
_BLOCK = 1 << 20
_ITEMS = (b"\xfe\xff\x00\xe0", b"\xff\xfe\xe0\x00")


def check_effort(path: Path, file: BinaryIO) -> None:
    """Let a file pass that pydicom reads in bounded time and memory.

    Raises:
        Unreadable: if it holds far too many items, or swells when inflated.
    """
    file.seek(0)
    head = file.read(_LONGEST_HEAD)
    if max(head.count(item) for item in _ITEMS) > _MOST_ITEMS:
        sentence = f"{path.name} holds more nested items than any image has"
        raise Unreadable(sentence, code="implausible_head")
    try:
        syntax, start = read_meta(head)
    except (NotPlain, struct.error):
        return
    if syntax == DEFLATED:
        _check_inflated(path, file, start)


def _check_inflated(path: Path, file: BinaryIO, start: int) -> None:
    file.seek(start)
    stream, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
    try:
        while block := stream.unconsumed_tail or file.read(_BLOCK):
            size += len(stream.decompress(block, _BLOCK))
            if size > _MOST_INFLATED:
                sentence = f"{path.name} swells beyond all measure when inflated"
                raise Unreadable(sentence, code="implausible_size")
    except zlib.error as error:
        raise Unreadable(f"{path.name} is deflated and damaged", code="truncated") from error
