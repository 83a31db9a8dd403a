"""The directories of TIFF and BigTIFF files: every page in them, checked before it is decoded.

TIFF 6.0 (Adobe 1992). Pages that are smaller copies of others are left aside.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.study import Notice
from viewer.io.picture_heads import (
    CONVERTED,
    DEEP_COLOUR,
    LOSSY,
    Page,
    PictureFile,
    check_size,
    cut_off,
    resolution_in_words,
    turned_notice,
    uncalibrated,
)

_MOST_PAGES = 20_000
_MOST_TAGS = 1_000
_MOST_VALUES = 4 << 20
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 16: 8, 17: 8}
_LETTERS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 16: "Q", 17: "q"}
_RATIONAL = 5
_SUBFILE, _WIDTH, _LENGTH, _BITS, _COMPRESSION, _PHOTOMETRIC = 254, 256, 257, 258, 259, 262
_STRIPS, _ORIENTATION, _SAMPLES, _STRIP_BYTES, _X_RESOLUTION = 273, 274, 277, 279, 282
_PLANAR, _UNIT, _COLOUR_MAP, _TILES, _TILE_BYTES = 284, 296, 320, 324, 325
_EXTRA, _FORMAT, _DEPTH = 338, 339, 32997
_WANTED = {
    _SUBFILE, _WIDTH, _LENGTH, _BITS, _COMPRESSION, _PHOTOMETRIC, _STRIPS, _ORIENTATION, _SAMPLES,
    _STRIP_BYTES, _X_RESOLUTION, _PLANAR, _UNIT, _COLOUR_MAP, _TILES, _TILE_BYTES, _EXTRA, _FORMAT,
    _DEPTH,
}  # fmt: skip
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _PALETTE, _CMYK, _YCBCR = 0, 1, 2, 3, 5, 6
_PACKINGS = {1, 2, 3, 4, 5, 7, 8, 32773, 32946, 34887, 34925, 50000}
_PLAIN, _JPEG = 1, 7
_NAMES = {6: "old JPEG", 34712: "JPEG 2000", 33003: "JPEG 2000", 33005: "JPEG 2000",
          34713: "NEF", 50001: "WebP", 50002: "JPEG XL"}  # fmt: skip
_KINDS = {
    (1, 1): "u1", (8, 1): "u1", (12, 1): "u2", (16, 1): "u2", (32, 1): "u4", (64, 1): "u8",
    (8, 2): "i1", (16, 2): "i2", (32, 2): "i4", (64, 2): "i8",
    (16, 3): "f2", (32, 3): "f4", (64, 3): "f8",
}  # fmt: skip


@dataclass(slots=True)
class _Reader:
    """A file, how its numbers are written, and how wide its offsets are."""

    file: BinaryIO
    order: str
    big: bool
    held: int
    tables: dict[int, NDArray[np.uint8]] = field(default_factory=dict)
    values_left: int = _MOST_VALUES

    def numbers(self, letters: str, at: int) -> tuple[int, ...]:
        """Return numbers at a place in the file."""
        count = struct.calcsize(f"{self.order}{letters}")
        self.file.seek(at)
        return struct.unpack(f"{self.order}{letters}", self.file.read(count))


def read_tiff(path: Path, file: BinaryIO) -> PictureFile:
    """Return the pages of a TIFF file.

    Raises:
        Unreadable: if it is cut off, damaged, too large, or of a kind that is not read.
        OSError: if it cannot be read.
    """
    start = file.read(8)
    order = "<" if start[:2] == b"II" else ">"
    big = start[2:4] in (b"+\0", b"\0+")
    reader = _Reader(file, order, big, path.stat().st_size)
    directories = _directories(path, reader)
    pages = []
    notices: list[Notice] = []
    shrunk = 0
    for number, said in enumerate(directories):
        if int(said.one(_SUBFILE)) & 1:
            shrunk += 1
            continue
        pages.append(_page(path, number, said, reader))
        notices += _remarks(said, pages[-1])
    if not pages:
        raise Unreadable(f"{path.name} has no picture in it", code="not_an_image")
    if shrunk:
        notices.append(Notice("reduced", "Smaller copies of the pictures are left aside."))
    first = directories[0]
    scale = uncalibrated(resolution_in_words(first.resolution))
    return PictureFile(path, "TIFF", tuple(pages), (scale, *dict.fromkeys(notices)))


class _Directory:
    """What one page says of itself."""

    def __init__(self, values: dict[int, tuple[float, ...]], table_at: int) -> None:
        self._values, self.table_at = values, table_at

    def all(self, tag: int) -> tuple[float, ...]:
        """Return all values of a tag."""
        return self._values.get(tag, ())

    def one(self, tag: int, otherwise: float = 0) -> float:
        """Return the first value of a tag."""
        values = self.all(tag)
        return values[0] if values else otherwise

    @property
    def resolution(self) -> float:
        """Dots per inch; 0 where none are named."""
        unit = {2: 1.0, 3: 2.54}.get(int(self.one(_UNIT, 2)), 0.0)
        return self.one(_X_RESOLUTION) * unit


def _directories(path: Path, reader: _Reader) -> list[_Directory]:
    wide = "Q" if reader.big else "I"
    (at,) = reader.numbers(wide, 8 if reader.big else 4)
    found: list[_Directory] = []
    seen: set[int] = set()
    while at:
        if at in seen or len(found) >= _MOST_PAGES:
            raise Unreadable(
                f"{path.name} claims more pages than it can hold", code="implausible_size"
            )
        seen.add(at)
        directory, at = _directory(path, reader, at)
        found.append(directory)
    return found


def _directory(path: Path, reader: _Reader, at: int) -> tuple[_Directory, int]:
    """Return what a directory says, and where the next one is (0: nowhere)."""
    wide, entry = ("Q", 20) if reader.big else ("I", 12)
    width = 8 if reader.big else 4
    (count,) = reader.numbers("Q" if reader.big else "H", at)
    if count > _MOST_TAGS:
        raise Unreadable(f"{path.name} has a damaged head", code="damaged_header")
    first = at + (8 if reader.big else 2)
    values: dict[int, tuple[float, ...]] = {}
    table_at = 0
    for number in range(count):
        place = first + number * entry
        tag, kind, many = reader.numbers(f"HH{wide}", place)
        if tag not in _WANTED or kind not in _SIZES:
            continue
        size = _SIZES[kind] * many
        inside = place + 4 + width
        value_at = inside if size <= width else reader.numbers(wide, inside)[0]
        if value_at + size > reader.held:
            raise cut_off(path)
        reader.values_left -= many
        if reader.values_left < 0:
            raise Unreadable(
                f"{path.name} claims more parts than any honest file", code="implausible_size"
            )
        if tag == _COLOUR_MAP:
            table_at = value_at
        values[tag] = _values(reader, kind, many, value_at)
    (after,) = reader.numbers(wide, first + count * entry)
    return _Directory(values, table_at), after


def _values(reader: _Reader, kind: int, many: int, at: int) -> tuple[float, ...]:
    if kind == _RATIONAL:
        pairs = reader.numbers(f"{min(many, 1) * 2}I", at)
        return (pairs[0] / pairs[1],) if len(pairs) == 2 and pairs[1] else ()
    if kind not in _LETTERS:
        return ()
    return reader.numbers(f"{many}{_LETTERS[kind]}", at)


def _page(path: Path, number: int, said: _Directory, reader: _Reader) -> Page:
    rows, columns = int(said.one(_LENGTH)), int(said.one(_WIDTH))
    samples, packing = int(said.one(_SAMPLES, 1)), int(said.one(_COMPRESSION, 1))
    bits, photometric = said.all(_BITS) or (1.0,), int(said.one(_PHOTOMETRIC, _BLACK_IS_ZERO))
    if packing not in _PACKINGS:
        what = _NAMES.get(packing, f"scheme {packing}")
        raise Unreadable(
            f"{path.name} is a TIFF packed as {what}, which is not read", code="unsupported_syntax"
        )
    dtype = _KINDS.get((int(bits[0]), int(said.one(_FORMAT, 1))))
    colour = photometric in (_RGB, _CMYK, _YCBCR, _PALETTE)
    wanted = {_RGB: (3, 4, 5), _CMYK: (4,), _YCBCR: (3,), _PALETTE: (1,)}
    fits = samples in wanted.get(photometric, (1, 2)) and photometric <= _YCBCR
    fits = fits and (not colour or dtype in ("u1", "u2"))
    fits = fits and (photometric != _YCBCR or packing == _JPEG)
    if dtype is None or len(set(bits)) > 1 or not fits or said.one(_DEPTH, 1) > 1:
        kind = f"{samples} samples of {bits[0]:.0f} bits"
        raise Unreadable(
            f"{path.name} has pictures of a kind that is not read ({kind})",
            code="unsupported_pixels",
        )
    check_size(path, rows, columns, samples * np.dtype(dtype).itemsize, reader.held)
    _check_there(path, said, reader, bits=int(bits[0]) * samples * columns * rows)
    orientation = int(said.one(_ORIENTATION, 1))
    return Page(
        number,
        rows,
        columns,
        dtype,
        colour,
        orientation if 1 <= orientation <= 8 else 1,
        photometric == _WHITE_IS_ZERO,
        _palette(path, said, reader, int(bits[0])) if photometric == _PALETTE else None,
    )


def _check_there(path: Path, said: _Directory, reader: _Reader, bits: int) -> None:
    """Check that every strip or tile lies in the file, and that there are enough bytes."""
    places = said.all(_STRIPS) or said.all(_TILES)
    counts = said.all(_STRIP_BYTES) or said.all(_TILE_BYTES)
    if not places or len(places) != len(counts):
        raise Unreadable(f"{path.name} has a damaged head", code="damaged_header")
    ends = max(place + count for place, count in zip(places, counts, strict=True))
    few = said.one(_COMPRESSION, 1) == _PLAIN and sum(counts) * 8 < bits
    if ends > reader.held or few:
        raise cut_off(path)


def _palette(path: Path, said: _Directory, reader: _Reader, bits: int) -> NDArray[np.uint8]:
    """Return the colours of indices, 8 bits each; tables that pages share are kept once."""
    if bits not in (8, 16):
        raise Unreadable(
            f"{path.name} has a palette of a kind that is not read", code="unsupported_pixels"
        )
    table = said.all(_COLOUR_MAP)
    if len(table) != 3 << bits:
        raise Unreadable(f"{path.name} has a damaged palette", code="damaged_header")
    if said.table_at not in reader.tables:
        colours = np.array(table).reshape(3, -1).T
        reader.tables[said.table_at] = (colours / (257 if colours.max() > 255 else 1)).astype("u1")
    return reader.tables[said.table_at]


def _remarks(said: _Directory, page: Page) -> tuple[Notice, ...]:
    remarks: list[Notice] = [*turned_notice(page.orientation)]
    if int(said.one(_COMPRESSION, 1)) == _JPEG:
        remarks.append(LOSSY)
    if int(said.one(_PHOTOMETRIC)) == _CMYK:
        remarks.append(CONVERTED)
    if page.colour and page.palette is None and page.dtype == "u2":
        remarks.append(DEEP_COLOUR)
    if said.all(_EXTRA):
        remarks.append(Notice("transparency", "The transparency in the file is not shown."))
    return tuple(remarks)
