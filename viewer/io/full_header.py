"""The head of any DICOM file, read by pydicom: enhanced objects, odd syntaxes, damaged heads."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO

from pydicom import dcmread
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from viewer.core.errors import Unreadable
from viewer.io import tags
from viewer.io.effort import check_effort
from viewer.io.frame_groups import frames_of, ultrasound_spacing
from viewer.io.header import Header, PixelPlace, Raw, Stamp
from viewer.io.quiet import quietly
from viewer.io.syntaxes import BIG_ENDIAN, DEFLATED, IMPLICIT

_ASKED = sorted(tags.WANTED | tags.NESTED)
_UNDEFINED = 0xFFFFFFFF


def read_fully(path: Path) -> Header:
    """Return the header of any file that pydicom understands.

    Raises:
        Unreadable: if it is no DICOM file or its head is damaged.
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        stamp = Stamp(status.st_size, status.st_mtime_ns)
        _check_start(path, file.read(144), stamp.size)
        check_effort(path, file)
        file.seek(0)
        try:
            with quietly():
                return _header(path, file, stamp)
        except Exception as error:  # pydicom raises almost anything on a mangled head
            if isinstance(error, OSError) and error.errno:
                raise
            sentence = f"{path.name} cannot be read: its head is damaged or cut off"
            raise Unreadable(sentence, code="damaged_header") from error


def _header(path: Path, file: BinaryIO, stamp: Stamp) -> Header:
    dataset = dcmread(file, stop_before_pixels=True, force=True, specific_tags=_ASKED)
    syntax = str(dataset.file_meta.get("TransferSyntaxUID", IMPLICIT))
    place, floating = (None, False) if syntax == DEFLATED else _find_pixels(file, syntax)
    if syntax == DEFLATED and "Rows" in dataset:
        place = PixelPlace(0, stamp.size)
    raw = _raw(dataset, swap=syntax == BIG_ENDIAN)
    if syntax == DEFLATED:  # only integers say how many of their bits are stored
        wide = raw.get(tags.BITS_ALLOCATED) in (b"\x20\0", b"\x40\0")
        floating = wide and tags.BITS_STORED not in raw
    _add_derived(dataset, raw)
    return Header(path, stamp, syntax, raw, place, floating, frames_of(dataset))


def _check_start(path: Path, start: bytes, size: int) -> None:
    """Let in what has the DICOM prefix, or begins like a data set that lacks it."""
    if size == 0:
        raise Unreadable(f"{path.name} is empty", code="empty")
    if start[128:132] == b"DICM":
        return
    if len(start) >= 8 and start[0] in (2, 8) and start[1] == 0 and start[3] == 0:
        return
    raise Unreadable(f"{path.name} is not a DICOM file", code="not_an_image")


def _raw(dataset: Dataset, *, swap: bool) -> Raw:
    raw: Raw = {}
    for tag in dataset.keys():  # noqa: SIM118  # a data set iterates over elements
        if int(tag) not in tags.WANTED:
            continue
        item = dataset.get_item(tag)
        value = (item.value or b"") if isinstance(item, RawDataElement) else _as_text(item.value)
        binary = 2 if int(tag) in tags.SHORTS else 8 if int(tag) in tags.DOUBLES else 0
        if binary and len(value) % binary:
            continue
        raw[int(tag)] = _reversed(value, binary) if swap and binary else value
    return raw


def _as_text(value: object) -> bytes:
    parts = value if isinstance(value, (list, MultiValue)) else [value or ""]
    return "\\".join(str(part) for part in parts).encode("latin-1", errors="replace")


def _reversed(value: bytes, width: int) -> bytes:
    return b"".join(value[at : at + width][::-1] for at in range(0, len(value), width))


def _add_derived(dataset: Dataset, raw: Raw) -> None:
    spacing = ultrasound_spacing(dataset)
    if spacing is not None:
        raw[tags.ULTRASOUND_SPACING] = f"{spacing[0]}\\{spacing[1]}".encode()
    if tags.MODALITY_LUT in dataset:
        raw[tags.MODALITY_LUT] = b""


def _find_pixels(file: BinaryIO, syntax: str) -> tuple[PixelPlace | None, bool]:
    """Return where the pixels begin, right where pydicom stopped, and whether they are floats."""
    at = file.tell()
    start = file.read(12)
    order = ">" if syntax == BIG_ENDIAN else "<"
    if len(start) < 8:
        return None, False
    group, element = struct.unpack(f"{order}HH", start[:4])
    if group != 0x7FE0 or element not in (0x08, 0x09, 0x10):
        return None, False
    if start[4:6] in (b"OB", b"OW", b"OF", b"OD", b"UN") and len(start) == 12:
        at, length = at + 12, start[8:]
    else:
        at, length = at + 8, start[4:8]
    (size,) = struct.unpack(f"{order}L", length)
    return PixelPlace(at, None if size == _UNDEFINED else size), element != 0x10
