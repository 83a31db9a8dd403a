"""The bytes of a SEG: the file, or where it is deflated as a whole, what comes out of it."""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from viewer.core.errors import Unreadable
from viewer.io.effort import swollen
from viewer.io.quick_header import read_meta
from viewer.io.syntaxes import DEFLATED

_BLOCK = 1 << 20
_LONGEST_META = 1 << 16
_MOST_INFLATED = 4 << 30
_MOST_RATIO = 1_100
"""Deflate cannot make anything smaller than this."""


@contextmanager
def opened(path: Path, syntax: str) -> Iterator[BinaryIO]:
    """Open a DICOM file; a deflated one inflated, its preamble and file meta as they were.

    Raises:
        Unreadable: if it swells beyond measure, or is damaged.
    """
    with path.open("rb") as file:
        if syntax != DEFLATED:
            yield file
            return
        with tempfile.TemporaryFile() as flat:
            _inflate(path, file, flat)
            flat.seek(0)
            yield flat


def _inflate(path: Path, file: BinaryIO, into: BinaryIO) -> None:
    """Write what a deflated data set inflates to, behind its file meta (PS3.5 A.5)."""
    _, start = read_meta(file.read(_LONGEST_META))
    size = os.fstat(file.fileno()).st_size
    file.seek(0)
    into.write(file.read(start))
    stream, total = zlib.decompressobj(-zlib.MAX_WBITS), 0
    try:
        while block := stream.unconsumed_tail or file.read(_BLOCK):
            part = stream.decompress(block, _BLOCK)
            total += len(part)
            if total > min(_MOST_INFLATED, _MOST_RATIO * size + _BLOCK):
                raise swollen(path)
            into.write(part)
    except zlib.error as error:
        raise Unreadable("it is deflated and damaged.", code="truncated") from error
