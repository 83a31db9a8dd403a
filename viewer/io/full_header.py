"""The head of any DICOM file, read by pydicom: enhanced objects, odd syntaxes, damaged heads."""

from __future__ import annotations

import os
import struct
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pydicom import dcmread
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset
from pydicom.multival import MultiValue
from pydicom.sequence import Sequence

from viewer.core.errors import Unreadable
from viewer.io import tags
from viewer.io.cutting import Cut, cut_out
from viewer.io.effort import inflated, odd_head, swollen, too_many_parts
from viewer.io.foreign import refuse_foreign
from viewer.io.frame_groups import frames_of
from viewer.io.header import Header, PixelPlace, Raw, Stamp
from viewer.io.mosaic import in_tiles, is_mosaic
from viewer.io.picture import layout_of
from viewer.io.pruning import Implausible, Short
from viewer.io.quick_header import NotPlain, program_in, read_meta
from viewer.io.quiet import quietly
from viewer.io.real_world import told_maps
from viewer.io.regions import told_regions
from viewer.io.syntaxes import BIG_ENDIAN, DEFLATED, IMPLICIT
from viewer.io.voi import told_tables

_ASKED = sorted(tags.WANTED | tags.NESTED | tags.HEAVY)
_UNDEFINED = 0xFFFFFFFF
_LONGEST_META = 1 << 20
_LONGEST_REST = 64 << 20
"""What a deflated file may hold besides its pixels."""


def read_fully(path: Path) -> Header:
    """Return the header of any file that pydicom understands.

    Raises:
        Unreadable: if it is no DICOM file or its head is damaged.
        OSError: if it cannot be read.
    """
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        stamp = Stamp(status.st_size, status.st_mtime_ns)
        start = file.read(144)
        _check_start(path, start, stamp.size, file)
        try:
            with quietly():
                return replace(_header(path, file, stamp), program=program_in(start))
        except Unreadable:
            raise
        except Implausible:
            raise too_many_parts(path) from None
        except Exception as error:  # pydicom raises almost anything on a mangled head
            if isinstance(error, OSError) and error.errno:
                raise
            sentence = f"{path.name} cannot be read: its head is damaged or cut off"
            raise Unreadable(sentence, code="damaged_header") from error


def _header(path: Path, file: BinaryIO, stamp: Stamp) -> Header:
    """Read a head from its wanted elements alone, or as a whole where it is odd."""
    file.seek(0)
    try:
        syntax, start = read_meta(file.read(_LONGEST_META))
        if syntax == DEFLATED:
            return _deflated(path, file, stamp, start)
        order, explicit = syntax != BIG_ENDIAN, syntax != IMPLICIT
        cut = cut_out(file, start, stamp.size, explicit=explicit, little=order)
    except (NotPlain, struct.error):
        return _odd(path, file, stamp)
    dataset = _dataset(cut, explicit=explicit, little=order)
    place, floating = None, False
    if cut.pixels_at is not None:
        place, floating = _find_pixels(file, cut.pixels_at, syntax)
    return _assembled(path, stamp, syntax, dataset, place, floating=floating)


def _odd(path: Path, file: BinaryIO, stamp: Stamp) -> Header:
    """Let pydicom make of a mangled head what it can, within bounds."""
    head = BytesIO(odd_head(path, file))
    dataset = dcmread(head, stop_before_pixels=True, force=True, specific_tags=_ASKED)
    syntax = str(dataset.file_meta.get("TransferSyntaxUID", IMPLICIT))
    place, floating = _find_pixels(file, head.tell(), syntax)
    return _assembled(path, stamp, syntax, dataset, place, floating=floating)


def _deflated(path: Path, file: BinaryIO, stamp: Stamp, start: int) -> Header:
    content, size = inflated(path, file, start, stamp.size)
    try:
        cut = cut_out(BytesIO(content), 0, len(content), explicit=True, little=True)
    except Short:
        if len(content) < size:
            raise swollen(path) from None
        raise
    dataset = _dataset(cut, explicit=True, little=True)
    place = PixelPlace(0, stamp.size) if "Rows" in dataset else None
    at = len(content) if cut.pixels_at is None else cut.pixels_at
    _, floating = _find_pixels(BytesIO(content), at, DEFLATED)
    header = _assembled(path, stamp, DEFLATED, dataset, place, floating=floating)
    layout = layout_of(header)
    if size > 2 * layout.frames * layout.frame_bytes + _LONGEST_REST:
        raise swollen(path)
    return header


def _dataset(cut: Cut, *, explicit: bool, little: bool) -> Dataset:
    return read_dataset(BytesIO(cut.body), not explicit, little)


def _assembled(
    path: Path,
    stamp: Stamp,
    syntax: str,
    dataset: Dataset,
    place: PixelPlace | None,
    *,
    floating: bool,
) -> Header:
    raw = _raw(dataset, swap=syntax == BIG_ENDIAN)
    _add_derived(dataset, raw)
    header = Header(path, stamp, syntax, raw, place, floating, frames_of(dataset))
    return in_tiles(header, _csa_of(dataset)) if is_mosaic(header) else header


def _csa_of(dataset: Dataset) -> bytes:
    """Return Siemens' private header as it is stored; empty where there is none."""
    item = dataset.get_item(tags.CSA_HEADER) if tags.CSA_HEADER in dataset else None
    return item.value if item is not None and isinstance(item.value, bytes) else b""


def _check_start(path: Path, start: bytes, size: int, file: BinaryIO) -> None:
    """Let in what has the DICOM prefix, or begins like a data set that lacks it."""
    if size == 0:
        raise Unreadable(f"{path.name} is empty", code="empty")
    if start[128:132] == b"DICM":
        return
    if len(start) >= 8 and start[0] in (2, 8) and start[1] == 0 and start[3] == 0:
        return
    refuse_foreign(path.name, file)
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


def _issuer(qualifiers: object) -> bytes:
    """Return by which universal name the issuer of a patient ID is known (PS3.3 C.7.1.1)."""
    if not isinstance(qualifiers, Sequence) or not len(qualifiers):
        return b""
    said = (qualifiers[0].get(name) for name in ("UniversalEntityID", "UniversalEntityIDType"))
    words = " ".join(str(one).strip() for one in said if one)
    return words.replace("\\", " ").encode("latin-1", errors="replace")


def _as_text(value: object) -> bytes:
    parts = value if isinstance(value, (list, MultiValue)) else [value or ""]
    return "\\".join(str(part) for part in parts).encode("latin-1", errors="replace")


def _reversed(value: bytes, width: int) -> bytes:
    return b"".join(value[at : at + width][::-1] for at in range(0, len(value), width))


def _add_derived(dataset: Dataset, raw: Raw) -> None:
    if tags.ULTRASOUND_REGIONS in dataset:
        raw[tags.ULTRASOUND_REGIONS] = told_regions(dataset)
    if tags.MODALITY_LUT in dataset:
        raw[tags.MODALITY_LUT] = _kind_of_table(dataset)
    if tags.MAPPING in dataset:
        raw[tags.MAPPING] = told_maps(dataset.get("RealWorldValueMappingSequence"))
    if tags.ISSUER_QUALIFIERS in dataset:
        raw[tags.ISSUER_QUALIFIERS] = _issuer(dataset.get("IssuerOfPatientIDQualifiersSequence"))
    tables = told_tables(dataset)
    if tables:
        raw[tags.VOI_LUT] = tables


def _kind_of_table(dataset: Dataset) -> bytes:
    """Return the Modality LUT Type of the first table: what its values are."""
    tables = dataset.get("ModalityLUTSequence")
    if not isinstance(tables, Sequence) or not len(tables):
        return b""
    return str(tables[0].get("ModalityLUTType") or "").encode("latin-1", errors="replace")


def _find_pixels(file: BinaryIO, at: int, syntax: str) -> tuple[PixelPlace | None, bool]:
    """Return where the pixels begin if their element does here, and whether they are floats."""
    file.seek(at)
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
