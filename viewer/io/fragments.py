"""Where the frames of compressed pixel data lie in a file (PS3.5 A.4)."""

from __future__ import annotations

import struct
from bisect import bisect_left
from typing import BinaryIO, TypeAlias

from viewer.core.errors import Unreadable
from viewer.io.header import PixelPlace

Pieces: TypeAlias = tuple[tuple[int, int], ...]
"""Offset and length of the fragments that make up one frame."""

_ITEM = 0xFFFEE000
_SEQUENCE_END = 0xFFFEE0DD
_MOST_FRAGMENTS = 1_000_000
_STREAM_STARTS = (b"\xff\xd8\xff", b"\xff\x4f\xff\x51")


def frame_pieces(file: BinaryIO, place: PixelPlace, frames: int, size: int) -> list[Pieces]:
    """Return the fragments of every frame; the last may be missing where a file is cut off.

    Raises:
        Unreadable: if the fragments cannot be told to frames.
    """
    table, fragments, whole = _fragments(file, place.offset, size)
    if frames == 1:
        return [tuple((offset, length) for offset, length, _ in fragments)] if whole else []
    if len(table) == frames:
        return _by_table(table, fragments, whole=whole)
    if len(fragments) <= frames:
        return [((offset, length),) for offset, length, _ in fragments]
    starts = _starts(file, fragments)
    if len(starts) == frames and starts[0] == 0:
        return _by_table(tuple(starts), fragments, whole=whole)
    raise Unreadable("its frames cannot be told apart", code="damaged")


def stream_pieces(file: BinaryIO, place: PixelPlace, size: int) -> Pieces:
    """Return the fragments of a stream of many frames (a video), with what is left of the last.

    Raises:
        Unreadable: if there are none.
    """
    _, fragments, whole = _fragments(file, place.offset, size)
    pieces = [(offset, length) for offset, length, _ in fragments]
    end = sum(pieces[-1]) if pieces else place.offset + 8
    if not whole and size - end > 8:
        pieces.append((end + 8, size - end - 8))
    if not pieces:
        raise Unreadable("its pixel data is cut off", code="truncated")
    return tuple(pieces)


def _starts(file: BinaryIO, fragments: list[tuple[int, int, int]]) -> list[int]:
    """Return the distances of fragments in which a JPEG or JPEG 2000 stream begins."""
    found = []
    for offset, _, away in fragments:
        file.seek(offset)
        if file.read(4).startswith(_STREAM_STARTS):
            found.append(away)
    return found


def _fragments(
    file: BinaryIO, at: int, size: int
) -> tuple[tuple[int, ...], list[tuple[int, int, int]], bool]:
    """Return the offset table, all fragments, and whether the file goes on to their end.

    A fragment is its offset, its length and its distance from the first.
    """
    _, table_length = _item(file, at)
    file.seek(at + 8)
    table_bytes = file.read(min(table_length, size))
    count = len(table_bytes) // 4
    table = struct.unpack(f"<{count}L", table_bytes[: count * 4])
    start = at = at + 8 + table_length
    found: list[tuple[int, int, int]] = []
    while at + 8 <= size and len(found) < _MOST_FRAGMENTS:
        tag, length = _item(file, at)
        if tag == _SEQUENCE_END:
            return table, found, True
        if at + 8 + length > size:
            break
        found.append((at + 8, length, at - start))
        at += 8 + length
    return table, found, at == size  # some writers leave out the end


def _item(file: BinaryIO, at: int) -> tuple[int, int]:
    file.seek(at)
    head = file.read(8)
    if len(head) < 8:
        raise Unreadable("its pixel data is cut off", code="truncated")
    group, element, length = struct.unpack("<HHL", head)
    tag = group << 16 | element
    if tag not in (_ITEM, _SEQUENCE_END):
        raise Unreadable("its compressed pixel data is damaged", code="damaged")
    return tag, length


def _by_table(
    table: tuple[int, ...], fragments: list[tuple[int, int, int]], *, whole: bool
) -> list[Pieces]:
    ends = (*table[1:], 1 << 62)
    away = [distance for _, _, distance in fragments]
    frames: list[Pieces] = [
        tuple(
            (offset, length)
            for offset, length, _ in fragments[bisect_left(away, start) : bisect_left(away, end)]
        )
        for start, end in zip(table, ends, strict=True)
    ]
    if not whole:
        # the file ends somewhere in the last frame of which anything is there
        while frames and not frames[-1]:
            frames.pop()
        frames = frames[:-1]
    return frames


def has_jpeg_end(payload: bytes) -> bool:
    """Tell whether a JPEG or JPEG-LS stream goes on to its end."""
    return b"\xff\xd9" in payload.rstrip(b"\0")[-16:]


def read_pieces(file: BinaryIO, pieces: Pieces) -> bytes:
    """Return the compressed bytes of one frame.

    Raises:
        Unreadable: if some are missing.
    """
    parts: list[bytes] = []
    for offset, length in pieces:
        file.seek(offset)
        parts.append(file.read(length))
        if len(parts[-1]) < length:
            raise Unreadable("its pixel data is cut off", code="truncated")
    if not parts:
        raise Unreadable("its pixel data is cut off", code="truncated")
    return b"".join(parts)
