"""The pixels of a SEG, frame by frame, as they lie in the file.

One-bit frames follow one another without padding, the lowest bit first (PS3.5 8.1.1); where
frames are compressed each begins anew. Only one frame, or a few, are in memory at a time.
"""

from __future__ import annotations

import os
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.io.decoder_process import Job
from viewer.io.decoders import shared_decoders
from viewer.io.fragments import Pieces, frame_pieces, read_pieces
from viewer.io.header import PixelPlace
from viewer.io.seg_source import opened
from viewer.io.syntaxes import CODECS, DEFLATED, DEFLATED_FRAME, NATIVE

Values: TypeAlias = NDArray[np.unsignedinteger]

_AHEAD = 4
"""Frames that are being decoded before they are asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Bits:
    """One frame of packed bits: `first` is the bit of `packed` that is its first pixel."""

    packed: NDArray[np.uint8]
    first: int


@dataclass(frozen=True, slots=True)
class SegPixels:
    """Where the frames of a SEG lie and how; `bits` are those of one pixel: 1, 8 or 16."""

    path: Path
    syntax: str
    offset: int
    length: int | None
    frames: int
    rows: int
    columns: int
    bits: int
    bits_stored: int

    @property
    def compressed(self) -> bool:
        """Tell whether each frame is compressed on its own."""
        return self.length is None

    def check(self, size: int) -> None:
        """Check that all frames can be there and be read.

        Raises:
            Unreadable: if the data set of `size` bytes ends before them, or nobody reads them.
        """
        if self.bits not in (1, 8, 16):
            raise Unreadable(f"its pixels have {self.bits} bits.", code="unsupported_pixels")
        if self.compressed:
            if self.syntax not in CODECS:
                raise Unreadable("its frames are compressed in a way that is not read.",
                                 code="unsupported_syntax")  # fmt: skip
            return
        if self.syntax not in NATIVE | {DEFLATED}:
            raise Unreadable("it is written in a way that is not read.", code="unsupported_syntax")
        wanted = (self.frames * self.rows * self.columns * self.bits + 7) // 8
        if min(self.length or 0, size - self.offset) < wanted:
            raise Unreadable("its pixel data end too early.", code="truncated")

    @contextmanager
    def reading(self) -> Iterator[FrameReader]:
        """Open the file for as long as its frames are read."""
        with opened(self.path, self.syntax) as file:
            yield FrameReader(self, file)


class FrameReader:
    """Reads frames of an open SEG."""

    def __init__(self, pixels: SegPixels, file: BinaryIO) -> None:
        self._pixels, self._file = pixels, file
        self._pieces: list[Pieces] = []
        if pixels.compressed:
            size = os.fstat(file.fileno()).st_size
            place = PixelPlace(pixels.offset, None)
            self._pieces = frame_pieces(file, place, pixels.frames, size)
            if len(self._pieces) < pixels.frames:
                raise Unreadable("its pixel data end too early.", code="truncated")

    @property
    def _dtype(self) -> np.dtype[np.unsignedinteger]:
        return np.dtype(np.uint16 if self._pixels.bits == 16 else np.uint8)

    def frames(self, numbers: Sequence[int]) -> Iterator[tuple[int, Bits | Values]]:
        """Go through frames: packed bits, or values (row, column); each is valid until the next."""
        if not self._pixels.compressed:
            yield from ((number, self._native(number)) for number in numbers)
            return
        ahead: deque[tuple[int, Future[Bits | Values]]] = deque()
        with ThreadPoolExecutor(_AHEAD, "segments") as pool:
            for number in numbers:
                payload = read_pieces(self._file, self._pieces[number])
                ahead.append((number, pool.submit(self._decoded, payload)))
                if len(ahead) >= _AHEAD:
                    first, work = ahead.popleft()
                    yield first, work.result()
            while ahead:
                first, work = ahead.popleft()
                yield first, work.result()

    def _native(self, number: int) -> Bits | Values:
        pixels = self._pixels
        count = pixels.rows * pixels.columns
        start = number * count * pixels.bits
        first = start // 8
        wanted = (start + count * pixels.bits + 7) // 8 - first
        self._file.seek(pixels.offset + first)
        content = self._file.read(wanted)
        if len(content) < wanted:
            raise Unreadable("its pixel data end too early.", code="truncated")
        if pixels.bits == 1:
            return Bits(np.frombuffer(content, np.uint8), start % 8)
        return self._values(content)

    def _values(self, content: bytes) -> Values:
        pixels = self._pixels
        flat: Values = np.frombuffer(content, self._dtype)
        return flat.reshape(pixels.rows, pixels.columns)

    def _decoded(self, payload: bytes) -> Bits | Values:
        pixels = self._pixels
        if pixels.bits == 1 and pixels.syntax == DEFLATED_FRAME:
            return Bits(_inflated(payload, (pixels.rows * pixels.columns + 7) // 8), 0)
        values = np.empty((pixels.rows, pixels.columns), self._dtype)
        job = Job(
            codec=CODECS[pixels.syntax],
            rows=pixels.rows,
            columns=pixels.columns,
            dtype=values.dtype.str,
            bits=pixels.bits_stored,
            colour=False,
            path="",
            frame=0,
            table=False,
        )
        shared_decoders().decode(job, payload, values.reshape(-1).view(np.uint8).data)
        if pixels.bits == 1:
            return Bits(np.packbits(values.ravel() != 0, bitorder="little"), 0)
        values.setflags(write=False)
        return values


def _inflated(payload: bytes, size: int) -> NDArray[np.uint8]:
    """Return the bytes of a frame that was deflated on its own (PS3.5 A.4.13), never more."""
    try:
        flat = zlib.decompressobj(-zlib.MAX_WBITS).decompress(payload, size)
    except zlib.error as error:
        raise Unreadable("its pixel data is damaged.", code="damaged") from error
    if len(flat) < size:
        raise Unreadable("its pixel data end too early.", code="truncated")
    return np.frombuffer(flat, np.uint8)
