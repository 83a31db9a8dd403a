"""One picture from its file straight into its place."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.study import Notice
from viewer.io.decoder_process import Job, settled
from viewer.io.decoders import Decoders, shared_decoders
from viewer.io.film import Film, film_in, more_frames
from viewer.io.fragments import Pieces, frame_pieces, has_jpeg_end, read_pieces
from viewer.io.picture import Layout, Picture, Tile
from viewer.io.syntaxes import CODECS, VIDEO


class Decoder:
    """Decodes the pictures of one series; remembers where frames lie in their files."""

    def __init__(self, decoders: Decoders | None = None) -> None:
        self._decoders = decoders
        self._pieces: dict[str, list[Pieces]] = {}
        self._mosaic: tuple[Path, NDArray[np.generic]] | None = None
        self._one_mosaic = threading.Lock()
        self._films: dict[Path, Film] = {}
        self.remarks: tuple[Notice, ...] = ()

    def read(self, picture: Picture, target: NDArray[np.generic]) -> None:
        """Fill `target` (row, column[, 3]) of the picture's stored type.

        Raises:
            Unreadable: if the picture is damaged, gone or changed; what `target`
                holds then is not to be shown.
        """
        if picture.tile is not None:
            target[...] = self._tile(picture, picture.tile)
            return
        if picture.transfer_syntax_uid in VIDEO:
            self._unroll(picture, target)
            return
        bits = target.reshape(-1).view(np.uint8).data
        try:
            if picture.straight:
                _read_straight(picture, bits)
            else:
                with picture.path.open("rb", buffering=0) as file:
                    _check_unchanged(file.fileno(), picture)
                    if not picture.codec:
                        self._check_end(file, picture)
                    payload = self._compressed(file, picture) if picture.codec else b""
                self._decode(picture, payload, bits, target)
        except FileNotFoundError as error:
            raise Unreadable("its file is gone", code="missing_file") from error
        except OSError as error:
            raise Unreadable(f"it cannot be read ({error.strerror})", code="unreadable") from error
        if picture.raised and not _at_the_bottom(picture, target):
            _lower(target, picture.layout)
        if picture.layout.plain:
            pixels = settled(target, picture.layout.bits_stored)
            if pixels is not target:
                target[...] = pixels

    def _tile(self, picture: Picture, tile: Tile) -> NDArray[np.generic]:
        """Return a slice of a mosaic, which is decoded once for all its slices."""
        whole = replace(picture, layout=tile.whole, frame=0, tile=None)
        with self._one_mosaic:
            if self._mosaic is None or self._mosaic[0] != picture.path:
                pixels = np.empty(whole.shape, whole.stored_type)
                self.read(whole, pixels)
                self._mosaic = picture.path, pixels
            pixels = self._mosaic[1]
        below, beside = tile.row + picture.layout.rows, tile.column + picture.layout.columns
        return pixels[tile.row : below, tile.column : beside]

    def _unroll(self, picture: Picture, target: NDArray[np.generic]) -> None:
        """Decode a frame of a video; at its last one, find out whether it goes on."""
        film = self._films.get(picture.path)
        if film is None:
            film = self._films[picture.path] = film_in(picture)
        film.read(picture.frame, target)
        count = picture.layout.frames
        if picture.frame == count - 1 and film.goes_on(count, target):
            self.remarks += (more_frames(count),)

    def close(self) -> None:
        """Put films away; whoever reads of them again has them unrolled anew."""
        for film in self._films.values():
            film.close()
        self._films.clear()

    def _compressed(self, file: BinaryIO, picture: Picture) -> bytes:
        name = str(picture.path)
        if picture.layout.frames == 1:
            pieces = frame_pieces(file, picture.place, 1, picture.stamp.size)
        else:
            if name not in self._pieces:
                found = frame_pieces(file, picture.place, picture.layout.frames, picture.stamp.size)
                self._pieces[name] = found
            pieces = self._pieces[name]
        if picture.frame >= len(pieces):
            raise Unreadable("its pixel data is cut off", code="truncated")
        return read_pieces(file, pieces[picture.frame])

    def _check_end(self, file: BinaryIO, picture: Picture) -> None:
        """Look for the end of a JPEG in colour: some decoders take long to miss it."""
        if CODECS.get(picture.transfer_syntax_uid) not in ("jpeg", "ljpeg", "jpegls"):
            return
        try:
            payload = self._compressed(file, picture)
        except Unreadable as refusal:
            if refusal.code == "truncated":
                raise
            return  # pydicom may tell the frames apart
        if not has_jpeg_end(payload):
            raise Unreadable("its pixel data is cut off", code="truncated")

    def _decode(
        self, picture: Picture, payload: bytes, bits: memoryview, target: NDArray[np.generic]
    ) -> None:
        layout = picture.layout
        job = Job(
            codec=picture.codec,
            rows=layout.rows,
            columns=layout.columns,
            dtype=target.dtype.str,
            bits=layout.bits_stored,
            colour=layout.colour,
            path=str(picture.path),
            frame=picture.frame,
            table=picture.table,
        )
        (self._decoders or shared_decoders()).decode(job, payload, bits)


def _check_unchanged(file: int, picture: Picture) -> None:
    status = os.fstat(file)
    if (status.st_size, status.st_mtime_ns) != (picture.stamp.size, picture.stamp.modified_ns):
        raise Unreadable("the file has changed since it was listed", code="changed")


def _read_straight(picture: Picture, bits: memoryview) -> None:
    """Read pixels as they lie in the file, by the system's own calls: this is most of the work."""
    start, wanted = picture.frame * picture.layout.frame_bytes, len(bits)
    held = picture.place.length or 0
    file = os.open(picture.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        _check_unchanged(file, picture)
        if start + wanted > held:
            raise _cut_off(held, start + wanted)
        os.lseek(file, picture.place.offset + start, os.SEEK_SET)
        got = 0
        while got < wanted:
            count = os.readv(file, [bits[got:]])
            if not count:
                raise _cut_off(got, wanted)
            got += count
    finally:
        os.close(file)


def _cut_off(got: int, wanted: int) -> Unreadable:
    return Unreadable(f"its pixel data ends after {got} of {wanted} bytes", code="truncated")


def _at_the_bottom(picture: Picture, pixels: NDArray[np.generic]) -> bool:
    """Tell whether a codec, which has a depth of its own, put the values into the lower bits."""
    compressed = picture.transfer_syntax_uid in CODECS
    return compressed and settled(pixels, picture.layout.bits_stored) is pixels


def _lower(pixels: NDArray[np.generic], layout: Layout) -> None:
    """Bring down values that a writer stored in the upper bits (retired; PS3.5 2003, 8.1.1)."""
    below = layout.high_bit + 1 - layout.bits_stored
    if (np.bitwise_and(pixels, (1 << below) - 1) != 0).any():
        raise Unreadable(
            "its pixels are not where its High Bit says, so their values are unknown",
            code="high_bit",
        )
    np.left_shift(pixels, layout.bits_allocated - 1 - layout.high_bit, out=pixels)
    np.right_shift(pixels, layout.bits_allocated - layout.bits_stored, out=pixels)
