"""The header of a DICOM file as rows to read: tag, name, VR and value, sequences with their items.

Whatever a file says, the list stays small: depth, items, rows and the length
of values are limited, and where something is left out a row says so.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from pydicom import dcmread
from pydicom.datadict import dictionary_description, dictionary_VR, keyword_for_tag
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset, FileDataset
from pydicom.multival import MultiValue
from pydicom.tag import BaseTag

from viewer.core.errors import Unreadable
from viewer.core.progress import Progress
from viewer.io.header import Header
from viewer.io.heads import header_of
from viewer.io.object_file import first_line
from viewer.io.outline import outline
from viewer.io.quiet import quietly
from viewer.io.syntaxes import DEFLATED
from viewer.io.tags import BITS_ALLOCATED, DOUBLE_PIXELS, FLOAT_PIXELS, FRAME_GROUPS, PIXELS

DEEPEST = 12
MOST_ITEMS = 100
MOST_ROWS = 10_000
LONGEST_VALUE = 2_000
_LONGEST_STORED = 1 << 16
_MOST_VALUES = 256
_SHOWN_OCTETS = 24
_LONGEST_HEAD = 16 << 20
_MOST_MARKS = 50_000
_ITEM_MARKS = (b"\xfe\xff\x00\xe0", b"\xff\xfe\xe0\x00")


@dataclass(frozen=True, slots=True)
class Tag:
    """One row. `number` is "(0010,0010)", or empty for the items of a sequence and for remarks.

    `opened` says that rows inside were searched for and found.
    """

    number: str
    name: str
    keyword: str = ""
    vr: str = ""
    value: str = ""
    inside: tuple[Tag, ...] = ()
    opened: bool = False

    def says(self, wanted: str) -> bool:
        """Tell whether its number, keyword, name or value contains a text in small letters."""
        digits = self.number.strip("()").replace(",", "")
        words = (self.number, digits, self.keyword, self.name, self.value)
        return any(wanted in word.lower() for word in words)


def tags_of(path: Path, frame: int, progress: Progress) -> tuple[Tag, ...]:
    """Return the header of a DICOM file without its pixels.

    Of a sequence with very many items the first are listed, and of the frames
    of an enhanced object also the item of `frame` (from 0).

    Raises:
        Unreadable: if it is no DICOM file, or damaged beyond reading.
        Cancelled: if the work is no longer wanted.
    """
    progress.report(0.0, path.name)
    left_out: tuple[tuple[int, str], ...] = ()
    try:
        header = _header(path)
        with quietly():
            dataset, left_out = _read(path, header)
    except OSError as error:
        raise Unreadable(f"{path.name} is gone or cannot be read.", code="missing_file") from error
    except Unreadable:
        raise
    except Exception as error:  # pydicom raises almost anything on a mangled head
        sentence = f"The header of {path.name} cannot be read: {first_line(error)}."
        raise Unreadable(sentence, code="damaged_header") from error
    return _Lister(frame, progress).everything(dataset, header, left_out)


def _header(path: Path) -> Header | None:
    """Return the head of a file; None of one that holds too much, of which an outline is left."""
    try:
        return header_of(path)
    except Unreadable as refusal:
        if refusal.code == "implausible_head":
            return None
        raise


def _read(path: Path, header: Header | None) -> tuple[FileDataset, tuple[tuple[int, str], ...]]:
    """Read a header up to its pixels, and say which parts are too large or deep to be listed."""
    if header is not None and header.syntax == DEFLATED:
        return dcmread(path, stop_before_pixels=True, force=True), ()
    if header is not None:
        end = header.stamp.size if header.pixels is None else header.pixels.offset
        with path.open("rb") as file:
            head = file.read(min(end, _LONGEST_HEAD))
        if end <= _LONGEST_HEAD and max(map(head.count, _ITEM_MARKS)) <= _MOST_MARKS:
            with suppress(RecursionError):
                return dcmread(io.BytesIO(head), stop_before_pixels=True, force=True), ()
    rest = outline(path)
    return dcmread(io.BytesIO(rest.content), stop_before_pixels=True, force=True), rest.left_out


def found(tags: tuple[Tag, ...], wanted: str) -> tuple[Tag, ...]:
    """Return the rows that say something, and those around them."""
    wanted = wanted.strip().lower()
    return tuple(_found(tags, wanted)) if wanted else tags


def _found(tags: tuple[Tag, ...], wanted: str) -> Iterator[Tag]:
    for tag in tags:
        inside = tuple(_found(tag.inside, wanted))
        if inside:
            yield replace(tag, inside=inside, opened=True)
        elif tag.says(wanted):
            yield tag


class _Lister:
    """Lists one file; counts rows, so that no file makes more than there may be."""

    def __init__(self, frame: int, progress: Progress) -> None:
        self._frame, self._progress = frame, progress
        self._left = MOST_ROWS

    def everything(
        self, dataset: FileDataset, header: Header | None, left_out: tuple[tuple[int, str], ...]
    ) -> tuple[Tag, ...]:
        cut = [
            Tag(_number(tag), _name(tag), _keyword(tag), "", why) if tag else Tag("", why)
            for tag, why in ((BaseTag(tag), why) for tag, why in left_out)
        ]
        with quietly():
            meta = tuple(self._rows(getattr(dataset, "file_meta", Dataset()), 0))
            rows = [*self._rows(dataset, 0), *cut]
        pixels = () if header is None else _pixels(header)
        return (*meta, *sorted(rows, key=lambda row: row.number or "~"), *pixels)

    def _rows(self, dataset: Dataset, depth: int) -> Iterator[Tag]:
        for tag in sorted(dataset.keys()):
            if self._left <= 0:
                yield Tag("", f"More than {MOST_ROWS} elements; the others are not shown")
                return
            self._left -= 1
            self._progress.report(1 - self._left / MOST_ROWS)
            yield self._row(dataset, tag, depth)

    def _row(self, dataset: Dataset, tag: BaseTag, depth: int) -> Tag:
        number = _number(tag)
        raw: object = dataset.get_item(tag)
        if isinstance(raw, RawDataElement) and _too_long(raw):
            stored = raw.value or b""
            return Tag(number, _name(tag), _keyword(tag), raw.VR or "", _octets(stored))
        try:
            element = dataset[tag]
            inside = tuple(self._items(element, depth)) if element.VR == "SQ" else ()
            value = _counted(element) if element.VR == "SQ" else _text(element)
        except Exception as error:  # pydicom raises almost anything on a mangled value
            value = f"cannot be read: {first_line(error)}"
            vr = (raw.VR or "") if isinstance(raw, RawDataElement) else ""
            return Tag(number, _name(tag), _keyword(tag), vr, value)
        return Tag(number, _full_name(element), element.keyword, element.VR, value, inside)

    def _items(self, sequence: DataElement, depth: int) -> Iterator[Tag]:
        items = sequence.value
        if depth + 1 >= DEEPEST and len(items):
            yield Tag("", f"Deeper than {DEEPEST} levels; not shown")
            return
        chosen = list(range(min(len(items), MOST_ITEMS)))
        by_frame = int(sequence.tag) == FRAME_GROUPS
        if by_frame and MOST_ITEMS <= self._frame < len(items):
            chosen.insert(0, self._frame)
        for number in chosen:
            seen = " (the frame in view)" if by_frame and number == self._frame else ""
            rows = tuple(self._rows(items[number], depth + 1))
            yield Tag("", f"Item {number + 1}{seen}", inside=rows)
            if self._left <= 0:
                return
        if len(items) > len(chosen):
            yield Tag("", f"{len(items) - len(chosen)} more items are not shown")


def _too_long(raw: RawDataElement) -> bool:
    """Tell whether a value is too long to be worth understanding; items are never."""
    if raw.value is None or len(raw.value) <= _LONGEST_STORED:
        return False
    if raw.VR not in (None, "UN"):
        return raw.VR != "SQ"
    try:
        return dictionary_VR(raw.tag) != "SQ"
    except KeyError:
        return True


def _number(tag: BaseTag) -> str:
    return f"({tag.group:04X},{tag.element:04X})"


def _name(tag: BaseTag) -> str:
    try:
        return dictionary_description(tag)
    except KeyError:
        return "Private element" if tag.is_private else "Unknown element"


def _keyword(tag: BaseTag) -> str:
    return keyword_for_tag(tag)


def _full_name(element: DataElement) -> str:
    """Return the name of an element, for private ones together with whose it is."""
    if not element.tag.is_private:
        return _name(element.tag)
    if element.tag.is_private_creator:
        return "Private creator"
    known = element.name.strip("[]")
    name = "Private element" if known == "Private tag data" else known
    return f"{name} · {_clean(element.private_creator or 'no creator')}"


def _counted(sequence: DataElement) -> str:
    count = len(sequence.value)
    return "1 item" if count == 1 else f"{count} items"


def _text(element: DataElement) -> str:
    value = element.value
    if value is None:
        return ""
    if isinstance(value, bytes):
        return _octets(value)
    if isinstance(value, MultiValue | list | tuple):
        text = "\\".join(str(one) for one in islice(value, _MOST_VALUES))
        return _shortened(text, f"{len(value)} values", more=len(value) > _MOST_VALUES)
    text = str(value)
    return _shortened(text, f"{len(text)} characters")


def _shortened(text: str, all_of_it: str, *, more: bool = False) -> str:
    if len(text) <= LONGEST_VALUE and not more:
        return _clean(text)
    return f"{_clean(text[:LONGEST_VALUE])} … ({all_of_it})"


def _clean(text: str) -> str:
    """Return text without characters that would turn or hide what stands beside them."""
    return "".join(one if one.isprintable() or one in "\n\t" else "\ufffd" for one in text)


def _octets(value: bytes) -> str:
    """Return text that was stored as bytes, or the first of the bytes."""
    bare = value.rstrip(b"\0 ")
    start = bare[:LONGEST_VALUE]
    if start and all(32 <= octet < 127 for octet in start):
        return _shortened(start.decode("ascii"), f"{len(bare)} bytes", more=len(bare) > len(start))
    if not value:
        return ""
    more = " …" if len(value) > _SHOWN_OCTETS else ""
    return f"{len(value)} bytes: {value[:_SHOWN_OCTETS].hex(' ')}{more}"


def _pixels(header: Header) -> Iterator[Tag]:
    """Return a row for the pixels, which are not read."""
    if header.pixels is None:
        return
    wide = header.integer(BITS_ALLOCATED) == 64
    number = (DOUBLE_PIXELS if wide else FLOAT_PIXELS) if header.float_pixels else PIXELS
    tag = BaseTag(number)
    length = header.pixels.length
    value = "compressed, in fragments" if length is None else f"{length} bytes"
    yield Tag(f"({tag.group:04X},{tag.element:04X})", _name(tag), _keyword(tag), "", value)
