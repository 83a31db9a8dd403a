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
from viewer.io.decoder_process import Job, settled
from viewer.io.decoders import Decoders, shared_decoders
from viewer.io.fragments import Pieces, frame_pieces, read_pieces
from viewer.io.picture import Layout, Picture, Tile
from viewer.io.syntaxes import CODECS


class Decoder:
    """Decodes the pictures of one series; remembers where frames lie in their files."""

    def __init__(self, decoders: Decoders | None = None) -> None:
        self._decoders = decoders
        self._pieces: dict[str, list[Pieces]] = {}
        self._mosaic: tuple[Path, NDArray[np.generic]] | None = None
        self._one_mosaic = threading.Lock()

    def read(self, picture: Picture, target: NDArray[np.generic]) -> None:
        """Fill `target` (row, column[, 3]) of the picture's stored type.

        Raises:
            Unreadable: if the picture is damaged, gone or changed; what `target`
                holds then is not to be shown.
        """
        if picture.tile is not None:
            target[...] = self._tile(picture, picture.tile)
            return
        bits = target.reshape(-1).view(np.uint8).data
        try:
            with picture.path.open("rb", buffering=0) as file:
                _check_unchanged(file, picture)
                if picture.straight:
                    _read_straight(file, picture, bits)
                else:
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


def _check_unchanged(file: BinaryIO, picture: Picture) -> None:
    status = os.fstat(file.fileno())
    if (status.st_size, status.st_mtime_ns) != (picture.stamp.size, picture.stamp.modified_ns):
        raise Unreadable("the file has changed since it was listed", code="changed")


def _read_straight(file: BinaryIO, picture: Picture, bits: memoryview) -> None:
    start = picture.frame * picture.layout.frame_bytes
    held = picture.place.length or 0
    if start + len(bits) > held:
        raise Unreadable(
            f"its pixel data ends after {held} of {start + len(bits)} bytes", code="truncated"
        )
    file.seek(picture.place.offset + start)
    got = 0
    while got < len(bits):
        count = file.readinto(bits[got:])  # type: ignore[attr-defined]  # raw files have it
        if not count:
            raise Unreadable(
                f"its pixel data ends after {got} of {len(bits)} bytes", code="truncated"
            )
        got += count


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
