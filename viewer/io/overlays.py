"""Overlay planes of DICOM files: read apart from the pixels, and only where there are any.

Each of up to sixteen groups (60xx) is a plane of bits (PS3.3 C.9.2), packed into
Overlay Data, or in old files in a bit of the pixels that holds no value
(PS3.5 8.1.2, retired). A plane of one frame that names none lies over every
frame; others over the frames from Image Frame Origin on.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset
from pydicom.multival import MultiValue

from viewer.core.graphics import Graphic, Graphics, Shown
from viewer.core.progress import Progress
from viewer.core.study import Notice
from viewer.io import tags
from viewer.io.cutting import cut_out
from viewer.io.effort import inflated, odd_head
from viewer.io.overlay_bits import Damaged, bits_in_pixels, frame_of_packed
from viewer.io.picture import Layout, Picture, Tile
from viewer.io.pruning import Implausible
from viewer.io.quick_header import NotPlain, read_meta
from viewer.io.quiet import quietly
from viewer.io.syntaxes import BIG_ENDIAN, DEFLATED, IMPLICIT

GROUPS = tuple(range(0x6000, 0x6020, 2))
_ELEMENTS = (
    0x10, 0x11, 0x15, 0x22, 0x40, 0x45, 0x50, 0x51, 0x100, 0x102, 0x1500, 0x3000,
)  # fmt: skip
_ASKED = frozenset(
    {tags.CHARACTER_SET, *(group << 16 | element for group in GROUPS for element in _ELEMENTS)}
)
_LONGEST_META = 1 << 20
_MOST_BYTES = 256 << 20
_MOST_FRAMES = 100_000
_LONGEST_WORDS = 256
_MOST_COMPLAINTS = 5


@dataclass(frozen=True, slots=True)
class Plane:
    """One group of a file as it is stored; `data` is None where its bits lie in the pixels.

    `words` are its label, its description and its subtype.
    """

    group: int
    rows: int
    columns: int
    frames: int
    first_frame: int | None
    origin: tuple[int, int]
    region: bool
    words: tuple[str, str, str]
    data: bytes | None = field(repr=False)
    bit: int

    def number_over(self, frame: int) -> int | None:
        """Return which of its frames lies over a frame of the file, if any; all from 0."""
        if self.first_frame is None:
            return 0 if self.frames == 1 else (frame if frame < self.frames else None)
        number = frame - (self.first_frame - 1)
        return number if 0 <= number < self.frames else None

    def drawn(self, packed: bytes) -> Graphic:
        """Return one of its frames as what is drawn over a picture."""
        return Graphic(self.rows, self.columns, packed, self.origin, self.region, *self.words)


def graphics_over(pictures: Sequence[Picture], progress: Progress) -> Graphics:
    """Read what files draw over their pictures; what is damaged is left out and named.

    Raises:
        Cancelled: if the work is no longer wanted.
    """
    drawn = [picture for picture in pictures if picture.drawn_over]
    planes: dict[Shown, tuple[Graphic, ...]] = {}
    complaints: dict[str, None] = {}
    read: tuple[Path, list[Plane]] | None = None
    taken = 0
    for number, picture in enumerate(drawn):
        progress.report(number / len(drawn), picture.path.name)
        if read is None or read[0] != picture.path:
            read = (picture.path, _planes(picture.path, complaints))
        found = _over(picture, read[1], complaints)
        taken += sum(len(graphic.packed) for graphic in found)
        if taken > _MOST_BYTES:
            complaints["There is more drawn over the pictures than is shown."] = None
            break
        if found:
            planes[picture.sop_instance_uid, picture.frame] = tuple(found)
    return Graphics(planes, _notices(list(complaints)))


def _notices(complaints: list[str]) -> tuple[Notice, ...]:
    more = len(complaints) - _MOST_COMPLAINTS
    said = complaints[:_MOST_COMPLAINTS]
    if more > 0:
        said.append(f"{more} more overlay planes cannot be shown.")
    return tuple(Notice("overlay", sentence) for sentence in said)


def _planes(path: Path, complaints: dict[str, None]) -> list[Plane]:
    """Return the planes of a file; complain of those that cannot be."""
    try:
        with path.open("rb") as file, quietly():
            dataset, big = _elements(path, file)
            return _found(path, dataset, complaints, swap=big)
    except Exception:  # pydicom raises almost anything on a mangled head
        complaints[f"What {path.name} draws over its pictures cannot be read."] = None
        return []


def _found(path: Path, dataset: Dataset, complaints: dict[str, None], *, swap: bool) -> list[Plane]:
    planes = []
    for group in GROUPS:
        if (group, 0x10) not in dataset:
            continue
        try:
            planes.append(_plane(dataset, group, swap=swap))
        except (Damaged, TypeError, ValueError) as why:
            reason = str(why) if isinstance(why, Damaged) else "it is not written as it should be"
            complaints[_complaint(path, group, reason)] = None
    return planes


def _elements(path: Path, file: BinaryIO) -> tuple[Dataset, bool]:
    """Return the elements of all planes, and whether they are big endian."""
    try:
        syntax, start = read_meta(file.read(_LONGEST_META))
        size = file.seek(0, 2)
        source: BinaryIO = file
        if syntax == DEFLATED:
            content, _ = inflated(path, file, start, size)
            source, start, size = BytesIO(content), 0, len(content)
        little, explicit = syntax != BIG_ENDIAN, syntax != IMPLICIT
        cut = cut_out(source, start, size, explicit=explicit, little=little, asked=_ASKED)
    except Implausible:
        raise
    except (NotPlain, struct.error):
        head = BytesIO(odd_head(path, file))
        odd = dcmread(head, stop_before_pixels=True, force=True, specific_tags=sorted(_ASKED))
        return odd, odd.file_meta.get("TransferSyntaxUID") == BIG_ENDIAN
    return read_dataset(BytesIO(cut.body), not explicit, little), not little


def _plane(dataset: Dataset, group: int, *, swap: bool) -> Plane:
    rows, columns = _whole(dataset, group, 0x10), _whole(dataset, group, 0x11)
    frames = _whole(dataset, group, 0x15, 1) or 1
    if rows < 1 or columns < 1 or not 1 <= frames <= _MOST_FRAMES:
        raise Damaged(f"it has {rows} rows, {columns} columns and {frames} frames")
    origin = _value(dataset, group, 0x50) or [1, 1]
    if not isinstance(origin, (list, MultiValue)) or len(origin) != 2:
        raise Damaged("it does not say where it lies")
    data = _value(dataset, group, 0x3000)
    bits = _data(dataset, group, swap=swap) if data else None
    first = _value(dataset, group, 0x51)
    return Plane(
        group,
        rows,
        columns,
        frames,
        None if first in (None, "") else int(str(first)),
        (int(origin[0]) - 1, int(origin[1]) - 1),
        str(_value(dataset, group, 0x40) or "G") == "R",
        (
            _words(dataset, group, 0x1500),
            _words(dataset, group, 0x22),
            _words(dataset, group, 0x45),
        ),
        bits,
        _whole(dataset, group, 0x102, 0),
    )


def _data(dataset: Dataset, group: int, *, swap: bool) -> bytes:
    """Return the packed bits, words turned round where they are big endian (PS3.5 8.2)."""
    element = dataset[group, 0x3000]
    stored = bytes(element.value)
    if swap and element.VR != "OB":
        return np.frombuffer(stored[: len(stored) // 2 * 2], ">u2").astype("<u2").tobytes()
    return stored


def _over(picture: Picture, planes: list[Plane], complaints: dict[str, None]) -> list[Graphic]:
    """Return what is drawn over one picture; planes without a single point are nothing."""
    found: list[Graphic] = []
    tile = picture.tile
    stored = picture if tile is None else replace(picture, layout=tile.whole, frame=0, tile=None)
    for plane in planes:
        number = plane.number_over(stored.frame)
        if number is None:
            continue
        try:
            if plane.data is None:
                packed = bits_in_pixels(stored, plane.bit, plane.rows, plane.columns)
            else:
                packed = frame_of_packed(plane.data, plane.rows * plane.columns, number)
        except Damaged as why:
            complaints[_complaint(picture.path, plane.group, str(why))] = None
            continue
        if any(packed):
            drawn = plane.drawn(packed)
            found.append(drawn if tile is None else _within(drawn, tile, picture.layout))
    return found


def _within(graphic: Graphic, tile: Tile, layout: Layout) -> Graphic:
    """Return what of a graphic over a mosaic lies over one of its tiles."""
    over = np.zeros((layout.rows, layout.columns), np.bool_)
    rows = _overlap(graphic.origin[0] - tile.row, graphic.rows, layout.rows)
    columns = _overlap(graphic.origin[1] - tile.column, graphic.columns, layout.columns)
    over[rows[0], columns[0]] = graphic.mask[rows[1], columns[1]]
    packed = np.packbits(over, bitorder="little").tobytes()
    return replace(graphic, rows=layout.rows, columns=layout.columns, packed=packed, origin=(0, 0))


def _overlap(first: int, count: int, room: int) -> tuple[slice, slice]:
    """Return where a line of `count` from `first` on lies in a room, and which part of it does."""
    start = min(max(first, 0), room)
    stop = max(min(first + count, room), start)
    return slice(start, stop), slice(start - first, stop - first)


def _complaint(path: Path, group: int, reason: str) -> str:
    return f"The overlay plane {group:04X} of {path.name} is not shown: {reason}."


def _value(dataset: Dataset, group: int, element: int) -> object:
    return dataset[group, element].value if (group, element) in dataset else None


def _whole(dataset: Dataset, group: int, element: int, otherwise: int | None = None) -> int:
    value = _value(dataset, group, element)
    if value in (None, "") and otherwise is not None:
        return otherwise
    return int(str(value))


def _words(dataset: Dataset, group: int, element: int) -> str:
    return str(_value(dataset, group, element) or "").strip()[:_LONGEST_WORDS]
