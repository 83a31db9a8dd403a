"""The heads of PNG, JPEG and BMP files: what is in them, and whether all of it is there.

They are read here, byte by byte, before any decoder sees the file: a picture that
claims more than it can hold, or that is cut off, never gets so far.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.study import Notice

LARGEST_PICTURE = 256 << 20
"""The bytes of one picture, decoded."""
_LARGEST_FILE = 512 << 20
_MOST_CHUNKS = 200_000
_MOST_EXPANSION = 5_000
_MM_PER_INCH = 25.4

_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_LOSSLESS = (0xC3, 0xF7)
_ARITHMETIC = range(0xC9, 0xCC)
_FRAMES = (0xC0, 0xC1, 0xC2, 0xC3, 0xF7)
_OTHER_FRAMES = (0xC5, 0xC6, 0xC7, *_ARITHMETIC, 0xCD, 0xCE, 0xCF)

TURNS = {
    2: "mirrored", 3: "turned by 180 degrees", 4: "mirrored upside down",
    5: "mirrored and turned by 90 degrees", 6: "turned by 90 degrees clockwise",
    7: "mirrored and turned by 90 degrees", 8: "turned by 90 degrees counterclockwise",
}  # fmt: skip
"""What is done to a picture whose file asks for it (EXIF and TIFF 6.0, Orientation)."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One picture of a file as it is stored: `number` counts from 0.

    `orientation` is how it is to be turned before it is shown (1: not at all). `palette`
    is (entries, 3) where indices are stored.
    """

    number: int
    rows: int
    columns: int
    dtype: str
    colour: bool = False
    orientation: int = 1
    inverted: bool = False
    palette: NDArray[np.uint8] | None = field(default=None, repr=False)

    @property
    def shown(self) -> tuple[int, int]:
        """Rows and columns as it is shown."""
        turned = self.orientation >= 5
        return (self.columns, self.rows) if turned else (self.rows, self.columns)


@dataclass(frozen=True, slots=True, eq=False)
class PictureFile:
    """A file of pictures: its format, its pages, what to know of it, and a hash of its content."""

    path: Path
    format: str
    pages: tuple[Page, ...]
    notices: tuple[Notice, ...]
    digest: str = ""


def check_size(path: Path, rows: int, columns: int, pixel_bytes: int, held: int) -> None:
    """Check that a picture is not larger than any honest one, or than its file can hold.

    Raises:
        Unreadable: if it is.
    """
    if rows < 1 or columns < 1:
        raise Unreadable(f"{path.name} has a picture of no size", code="damaged_header")
    size = rows * columns * pixel_bytes
    if size > LARGEST_PICTURE or size > _MOST_EXPANSION * held + (1 << 16):
        told = f"{columns} x {rows} pixels"
        raise Unreadable(
            f"{path.name} claims {told}, far more than is opened here", code="implausible_size"
        )


def resolution_in_words(per_inch: float) -> str:
    """Say that dots per inch are not about the patient; nothing if there are none."""
    if not 1 <= per_inch <= 100_000:
        return ""
    return f" The {per_inch:.0f} dots per inch that the file names are about print or screen."


def uncalibrated(words: str = "") -> Notice:
    """Return what is said of every picture whose file knows of no patient."""
    return Notice("no_calibration", f"No calibration: lengths are in pixels.{words}")


def turned_notice(orientation: int) -> tuple[Notice, ...]:
    """Say that a picture was turned as its file asks."""
    if orientation not in TURNS:
        return ()
    return (Notice("turned", f"The picture was {TURNS[orientation]}, as its file asks (EXIF)."),)


def cut_off(path: Path) -> Unreadable:
    """Return what is raised where a picture is not all there."""
    return Unreadable(f"{path.name} is cut off: not all of its picture is there", code="truncated")


def read_png(path: Path, file: BinaryIO) -> PictureFile:
    """Return what is in a PNG file; see `picture_kinds`."""
    held = path.stat().st_size
    file.seek(8)
    found: dict[bytes, bytes] = {}
    for _ in range(_MOST_CHUNKS):
        length, name = struct.unpack(">I4s", file.read(8))
        at = file.tell()
        if at + length + 4 > held:
            raise cut_off(path)
        short = name in (b"IHDR", b"pHYs", b"eXIf", b"tRNS", b"acTL") and length < 1 << 16
        found.setdefault(name, file.read(length) if short else b"")
        if name == b"IEND":
            break
        file.seek(at + length + 4)
    if not {b"IHDR", b"IDAT", b"IEND"} <= found.keys():
        raise cut_off(path)
    columns, rows, depth, colour = struct.unpack(">IIBB", found[b"IHDR"][:10])
    if colour not in _SAMPLES:
        raise Unreadable(f"{path.name} has a damaged head", code="damaged_header")
    check_size(path, rows, columns, _SAMPLES[colour] * max(1, depth // 8), held)
    exif = _exif(found.get(b"eXIf", b""))
    notices = [uncalibrated(resolution_in_words(_png_per_inch(found.get(b"pHYs", b""))))]
    notices += turned_notice(exif.orientation)
    coloured = colour in (2, 3, 6)
    if colour in (4, 6) or b"tRNS" in found:
        notices.append(_TRANSPARENT)
    if b"acTL" in found:
        notices.append(Notice("animation", "The file is animated; its still picture is shown."))
    if coloured and depth == 16:
        notices.append(DEEP_COLOUR)
    page = Page(0, rows, columns, "u2" if depth == 16 else "u1", coloured, exif.orientation)
    return PictureFile(path, "PNG", (page,), tuple(notices))


_TRANSPARENT = Notice("transparency", "The transparency in the file is not shown.")
DEEP_COLOUR = Notice("colour_depth", "Colours of 16 bits are shown with 8.")
CONVERTED = Notice("colour_converted", "The colours for print (CMYK) were turned into RGB.")
LOSSY = Notice("lossy", "The pictures were compressed with loss; values are not exact.")


def _png_per_inch(stored: bytes) -> float:
    if len(stored) < 9 or stored[8] != 1:
        return 0.0
    return float(struct.unpack(">I", stored[:4])[0] * _MM_PER_INCH / 1000)


def read_jpeg(path: Path, file: BinaryIO) -> PictureFile:
    """Return what is in a JPEG file; see `picture_kinds`."""
    held = path.stat().st_size
    if held > _LARGEST_FILE:
        raise Unreadable(f"{path.name} is too large for a JPEG picture", code="implausible_size")
    data = file.read()
    head = _jpeg_segments(path, data)
    if _end_of_scans(data, head.scan_at) < 0:
        raise cut_off(path)
    frame, kind = head.frame, head.kind
    depth, rows, columns, samples = struct.unpack(">BHHB", frame[:6])
    if kind not in _FRAMES or samples not in (1, 3, 4) or not 2 <= depth <= 16 or rows == 0:
        raise Unreadable(
            f"{path.name} is a JPEG picture of a kind that is not read", code="unsupported_syntax"
        )
    check_size(path, rows, columns, samples * (1 if depth <= 8 else 2), held)
    exif = _exif(head.exif)
    per_inch = head.per_inch or exif.per_inch
    notices = [uncalibrated(resolution_in_words(per_inch)), *turned_notice(exif.orientation)]
    notices += [LOSSY] if kind not in _LOSSLESS else []
    notices += [CONVERTED] if samples == 4 else []
    dtype = "u1" if depth <= 8 else "u2"
    page = Page(0, rows, columns, dtype, samples > 1, exif.orientation)
    return PictureFile(path, "JPEG", (page,), tuple(notices))


@dataclass(slots=True)
class _Segments:
    """What the segments before the first scan say."""

    frame: bytes = b""
    kind: int = 0
    exif: bytes = b""
    per_inch: float = 0.0
    scan_at: int = 0


def _jpeg_segments(path: Path, data: bytes) -> _Segments:
    """Go through the segments up to the first scan (ITU-T T.81 B.1.1)."""
    found = _Segments()
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise Unreadable(f"{path.name} has a damaged head", code="damaged_header")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            break
        (length,) = struct.unpack_from(">H", data, at + 2)
        body = data[at + 4 : at + 2 + length]
        if marker in (*_FRAMES, *_OTHER_FRAMES):
            found.frame, found.kind = body, marker
        elif marker == 0xE0 and body.startswith(b"JFIF\0"):
            unit, across = struct.unpack_from(">BH", body, 7)
            found.per_inch = across * {1: 1.0, 2: 2.54}.get(unit, 0.0)
        elif marker == 0xE1 and body.startswith(b"Exif\0\0"):
            found.exif = body[6:]
        elif marker == 0xDA:
            found.scan_at = at
            break
        at += 2 + length
    if not found.scan_at or not found.frame:
        raise cut_off(path)
    return found


def _end_of_scans(data: bytes, at: int) -> int:
    """Return where the mark of the end stands behind the scans; -1 if nowhere."""
    while True:
        found = _MARKER.search(data, at)
        if found is None:
            return -1
        if data[found.start() + 1] == 0xD9:
            return found.start()
        if found.end() + 2 > len(data):
            return -1
        at = found.end() + struct.unpack_from(">H", data, found.end())[0]


@dataclass(frozen=True, slots=True)
class _Exif:
    orientation: int = 1
    per_inch: float = 0.0


def _exif(block: bytes) -> _Exif:
    """Return what EXIF says that concerns us; what makes no sense is left aside."""
    if block[:4] not in (b"II*\0", b"MM\0*"):
        return _Exif()
    order = "<" if block[:2] == b"II" else ">"
    try:
        (at,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, at)
        told: dict[int, float] = {}
        for number in range(min(count, 200)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHII", block, at + 2 + 12 * number)
            if kind == 3:
                (value,) = struct.unpack_from(f"{order}H", block, at + 10 + 12 * number)
            if tag == 0x011A and kind == 5:
                above, below = struct.unpack_from(f"{order}II", block, value)
                told[tag] = above / below if below else 0.0
            elif kind == 3:
                told[tag] = float(value)
    except struct.error:
        return _Exif()
    unit = 2.54 if told.get(0x0128) == 3 else 1.0
    orientation = int(told.get(0x0112, 1))
    return _Exif(orientation if 1 <= orientation <= 8 else 1, told.get(0x011A, 0.0) * unit)


def read_bmp(path: Path, file: BinaryIO) -> PictureFile:
    """Return what is in a BMP file; see `picture_kinds`."""
    held = path.stat().st_size
    head = file.read(54)
    (start,) = struct.unpack_from("<I", head, 10)
    size, columns, rows, _, bits, packing = struct.unpack_from("<IiiHHI", head, 14)
    across = struct.unpack_from("<i", head, 38)[0]
    if size < 40 or bits not in (8, 24, 32) or packing != 0:
        raise Unreadable(
            f"{path.name} is a BMP picture of a kind that is not read", code="unsupported_syntax"
        )
    check_size(path, abs(rows), columns, max(1, bits // 8), held)
    if start + (columns * bits + 31) // 32 * 4 * abs(rows) > held:
        raise cut_off(path)
    grey = False
    if bits == 8:
        file.seek(14 + size)
        table = np.frombuffer(file.read(1024)[: (start - 14 - size) // 4 * 4], np.uint8)
        grey = bool((np.ptp(table.reshape(-1, 4)[:, :3].astype(int), axis=1) == 0).all())
    notices = (uncalibrated(resolution_in_words(across * _MM_PER_INCH / 1000)),)
    return PictureFile(path, "BMP", (Page(0, abs(rows), columns, "u1", not grey),), notices)
