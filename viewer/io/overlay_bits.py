"""The bits of one overlay plane: packed on their own, or in a bit of the pixels."""

from __future__ import annotations

import numpy as np

from viewer.io.picture import Picture
from viewer.io.syntaxes import BIG_ENDIAN, DEFLATED, NATIVE


class Damaged(Exception):
    """A plane cannot be shown; the words, which end a sentence, say why."""


def frame_of_packed(data: bytes, pixels: int, number: int) -> bytes:
    """Return one frame of packed bits, beginning in the lowest bit of its first byte.

    Raises:
        Damaged: if the data ends before.
    """
    first, end = number * pixels, (number + 1) * pixels
    if len(data) * 8 < end:
        raise Damaged(f"its data ends after {len(data)} of {(end + 7) // 8} bytes")
    part = np.frombuffer(data, np.uint8)[first // 8 : (end + 7) // 8]
    bits = np.unpackbits(part, bitorder="little")[first % 8 : first % 8 + pixels]
    return np.packbits(bits, bitorder="little").tobytes()


def bits_in_pixels(picture: Picture, bit: int, rows: int, columns: int) -> bytes:
    """Return a plane that lies in an unused bit of the pixels, packed.

    Raises:
        Damaged: if that bit holds no plane, or cannot be reached.
    """
    layout = picture.layout
    width = layout.bits_allocated
    if (rows, columns) != (layout.rows, layout.columns) or layout.samples != 1:
        raise Damaged("it has no data of its own and is not of the size of the picture")
    if width not in (8, 16, 32) or not 0 <= bit < width:
        raise Damaged("it has no data")
    if layout.high_bit - layout.bits_stored < bit <= layout.high_bit:
        raise Damaged("it has no data, and its bit is one of the value of the pixels")
    if picture.transfer_syntax_uid not in {*NATIVE, BIG_ENDIAN} - {DEFLATED}:
        raise Damaged("it lies in compressed pixels")
    order = ">" if picture.transfer_syntax_uid == BIG_ENDIAN else "<"
    words = np.frombuffer(_stored(picture), f"{order}u{width // 8}")
    return np.packbits((words >> bit & 1).astype(np.uint8), bitorder="little").tobytes()


def _stored(picture: Picture) -> bytes:
    """Return the bytes of the pixels as they are in the file."""
    size, start = picture.layout.frame_bytes, picture.frame * picture.layout.frame_bytes
    held = picture.place.length or 0
    try:
        with picture.path.open("rb") as file:
            file.seek(picture.place.offset + start)
            found = file.read(size) if start + size <= held else b""
    except OSError as error:
        raise Damaged("the file is gone") from error
    if len(found) < size:
        raise Damaged("the pixels in which it lies are cut off")
    return found
