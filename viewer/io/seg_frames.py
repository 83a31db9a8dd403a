"""A DICOM SEG as it lies in the file: its segments, and where each of its frames is.

Written apart from the writer, with nothing but the file's own attributes, so that reading
back is a real check. What is said of each frame is read by `seg_walk`, its pixels by
`seg_pixels`, and only when they are wanted.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.filereader import read_dataset

from viewer.core.errors import Unreadable
from viewer.core.geometry import Array
from viewer.io import tags
from viewer.io.concepts import quiet
from viewer.io.cutting import element_at, nested_length
from viewer.io.object_file import DAMAGE, first_line
from viewer.io.pruning import Implausible
from viewer.io.quick_header import NotPlain, read_meta
from viewer.io.seg_kinds import BINARY_OR_FRACTIONAL, LABEL_MAP, SegKind
from viewer.io.seg_pixels import SegPixels
from viewer.io.seg_source import opened
from viewer.io.seg_walk import FrameHeads, Short, frame_heads
from viewer.io.syntaxes import BIG_ENDIAN, IMPLICIT

_LONGEST_META = 1 << 16
_UNDEFINED = 0xFFFFFFFF
_FIRST_LOOK = 16 << 20
_MOST_GROUPS = 1 << 30
"""Bytes that may say where frames lie."""
_MOST_FRAMES = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class SegFile:
    """A SEG as it lies in the file. `right` and `down` are those of a `Plane`.

    `dataset` is its head, without frames and pixels; `positions` (n, 3) are those of the first
    pixel of each frame, LPS mm; `numbers` (n,) are the segments they belong to, 0 in a label map.
    """

    name: str
    kind: SegKind
    dataset: Dataset = field(repr=False)
    pixels: SegPixels
    positions: Array = field(repr=False)
    numbers: NDArray[np.int64] = field(repr=False)
    right: Array = field(repr=False)
    down: Array = field(repr=False)
    spacing_mm: tuple[float, float]
    thickness_mm: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of a frame."""
        return self.pixels.rows, self.pixels.columns

    @property
    def segments(self) -> dict[int, Dataset]:
        """The description of each segment under its number; a background is none."""
        items = {int(item.SegmentNumber): item for item in self.dataset.SegmentSequence}
        return {number: items[number] for number in sorted(items) if number > 0}

    @property
    def full(self) -> int:
        """The stored value that means all of a pixel, where fractions are stored."""
        return max(int(self.dataset.get("MaximumFractionalValue", 1) or 1), 1)

    def frames_of(self, segment: int) -> list[int]:
        """Return the frames in which a segment may have pixels."""
        if self.kind is SegKind.LABEL_MAP:
            return list(range(len(self.numbers)))
        return [int(n) for n in np.flatnonzero(self.numbers == segment)]


def open_seg(path: Path) -> SegFile:
    """Read a SEG without its pixels.

    Raises:
        Unreadable: if it is none, is damaged, or does not say where its frames lie.
    """
    try:
        with quiet():
            return _open(path)
    except Unreadable as error:
        raise named(path, error) from error
    except (*DAMAGE, NotPlain, Implausible, struct.error) as error:
        raise Unreadable(
            f"{path.name} is no readable DICOM segmentation ({first_line(error)}).",
            code="bad_segmentation",
        ) from error


def named(path: Path, error: Unreadable) -> Unreadable:
    """Return a refusal that names its file."""
    said = str(error)
    return Unreadable(said if path.name in said else f"{path.name}: {said}", code=error.code)


def _open(path: Path) -> SegFile:
    with path.open("rb") as file:
        syntax, start = read_meta(file.read(_LONGEST_META))
    if syntax == BIG_ENDIAN:
        raise Unreadable("it is written big endian, which is not read.", code="unsupported_syntax")
    with opened(path, syntax) as file:
        size = os.fstat(file.fileno()).st_size
        file.seek(start)
        implicit = syntax == IMPLICIT
        dataset = read_dataset(
            file, implicit, True, stop_when=lambda tag, _, __: tag >= tags.FRAME_GROUPS
        )
        _check_head(dataset)
        heads, place = _behind(file, size, _count(dataset), explicit=not implicit)
        pixels = _pixels(path, syntax, dataset, place)
        pixels.check(size)
    return _seg_file(path, dataset, pixels, heads)


def _check_head(dataset: Dataset) -> None:
    if dataset.get("SOPClassUID") not in (BINARY_OR_FRACTIONAL, LABEL_MAP):
        raise Unreadable("this is not a DICOM segmentation.", code="no_segmentation")
    for tag in dataset.keys():  # noqa: SIM118 - iterating the data set itself would decode it
        element: object = dataset.get_item(tag)
        if isinstance(element, RawDataElement) and element.value is not None:
            short = len(element.value) < element.length != _UNDEFINED
            if short:
                raise Unreadable("the file ends too early; copy it again.", code="truncated")
    if not dataset.get("SegmentSequence"):
        raise Unreadable("no segment is described.", code="no_segments")


def _count(dataset: Dataset) -> int:
    count = int(dataset.get("NumberOfFrames", 1) or 1)
    if not 0 < count <= _MOST_FRAMES:
        raise Unreadable("it claims more frames than any has.", code="bad_frames")
    return count


def _behind(
    file: BinaryIO, size: int, count: int, *, explicit: bool
) -> tuple[FrameHeads, tuple[int, int | None]]:
    """Read on behind the head: what is said of frames, and offset and length of the pixels."""
    at, heads = file.tell(), None
    while at + 8 <= size:
        file.seek(at)
        tag, vr, length, start = element_at(file.read(12), "<", explicit=explicit)
        open_ended = length == _UNDEFINED
        if tag in (tags.PIXELS, tags.FLOAT_PIXELS, tags.DOUBLE_PIXELS):
            if heads is None or tag != tags.PIXELS:
                break
            return heads, (at + start, None if open_ended else length)
        if tag == tags.FRAME_GROUPS:
            nested = vr != b"UN" and explicit
            heads, length = _heads(file, at + start, size, None if open_ended else length, count,
                                   explicit=nested)  # fmt: skip
        elif open_ended:
            length = nested_length(file, at + start, size, "<", explicit=vr == b"SQ")
        at += start + length
    if heads is None:
        raise Unreadable("it does not say where its frames lie.", code="no_geometry")
    raise Unreadable("the file ends before its pixels; copy it again.", code="truncated")


def _heads(
    file: BinaryIO, at: int, size: int, length: int | None, count: int, *, explicit: bool
) -> tuple[FrameHeads, int]:
    """Read the sequence that says of each frame where it lies."""
    rest = size - at
    if length is not None and length > rest:
        raise Unreadable("the file ends too early; copy it again.", code="truncated")
    look = min(rest, _FIRST_LOOK if length is None else length)
    while look <= _MOST_GROUPS:
        file.seek(at)
        block = np.frombuffer(file.read(look), np.uint8)
        try:
            heads, used = frame_heads(block, length, count, explicit=explicit)
        except Short:
            if look >= rest or length is not None:
                raise Unreadable("the file ends too early; copy it again.",
                                 code="truncated") from None  # fmt: skip
            look = min(rest, 4 * look)
            continue
        if len(heads) != count:
            raise Unreadable("it describes more or fewer frames than it has.", code="bad_frames")
        return heads, used
    raise Unreadable("it says more of its frames than any does.", code="implausible_head")


def _pixels(path: Path, syntax: str, dataset: Dataset, place: tuple[int, int | None]) -> SegPixels:
    rows, columns = int(dataset.Rows), int(dataset.Columns)
    if min(rows, columns) < 1:
        raise Unreadable("its frames have no pixels.", code="bad_frames")
    bits = int(dataset.BitsAllocated)
    offset, length = place
    return SegPixels(
        path, syntax, offset, length, _count(dataset), rows, columns, bits,
        int(dataset.get("BitsStored", bits) or bits),
    )  # fmt: skip


def _seg_file(path: Path, dataset: Dataset, pixels: SegPixels, heads: FrameHeads) -> SegFile:
    shared = _shared(dataset)
    orientation = _same(_filled(heads.orientation, shared.orientation), "orientations")
    spacing = _same(_filled(heads.spacing, shared.spacing), "pixel sizes")
    between = np.where(np.isnan(heads.between), heads.thickness, heads.between)
    thickness = _filled(between[:, None], np.array([_thickness(shared)]))[:, 0]
    right, down = orientation[:3], orientation[3:]
    lengths = [abs(float(np.linalg.norm(side)) - 1) for side in (right, down)]
    if max(lengths) >= 1e-2 or abs(float(right @ down)) > 1e-2:
        raise Unreadable("its orientation is impossible.", code="bad_geometry")
    if not (float(spacing.min()) > 0 and float(spacing.max()) < 1e4):
        raise Unreadable("its pixels have no size.", code="bad_geometry")
    kind = _kind(dataset)
    numbers = np.where(heads.segment > 0, heads.segment, _only(shared.segment))
    if kind is SegKind.LABEL_MAP:
        numbers = np.zeros(len(heads), np.int64)
    elif not (numbers > 0).all():
        raise Unreadable("a frame belongs to no segment.", code="bad_frames")
    return SegFile(
        path.name, kind, dataset, pixels,
        _filled(heads.position, shared.position), numbers, right, down,
        (float(spacing[0]), float(spacing[1])), abs(float(np.nan_to_num(thickness[0]))),
    )  # fmt: skip


def _kind(dataset: Dataset) -> SegKind:
    if dataset.SOPClassUID == LABEL_MAP:
        return SegKind.LABEL_MAP
    fractional = str(dataset.get("SegmentationType", "")) == "FRACTIONAL"
    return SegKind.FRACTIONAL if fractional else SegKind.BINARY


def _only(numbers: NDArray[np.int64]) -> int:
    return int(numbers[0]) if len(numbers) else 0


def _thickness(shared: FrameHeads) -> float:
    return float(shared.thickness[0] if np.isnan(shared.between[0]) else shared.between[0])


def _shared(dataset: Dataset) -> FrameHeads:
    """Return what all frames share, in the form of what each says (PS3.3 C.7.6.16)."""
    items = dataset.get("SharedFunctionalGroupsSequence") or ()
    item = next(iter(items), Dataset())

    def numbers(group: str, keyword: str, count: int) -> Array:
        groups = item.get(group)
        said = groups[0].get(keyword) if groups else None
        if said is None or said == "":
            return np.full((1, count), np.nan)
        values = np.atleast_1d(np.array(said, np.float64))
        if values.size != count:
            raise Unreadable("a number of its frames is missing.", code="bad_geometry")
        return values.reshape(1, count)

    groups = item.get("SegmentIdentificationSequence")
    number = int(groups[0].get("ReferencedSegmentNumber", 0) or 0) if groups else 0
    return FrameHeads(
        np.array([number], np.int64),
        numbers("PlanePositionSequence", "ImagePositionPatient", 3),
        numbers("PlaneOrientationSequence", "ImageOrientationPatient", 6),
        numbers("PixelMeasuresSequence", "PixelSpacing", 2),
        numbers("PixelMeasuresSequence", "SliceThickness", 1)[:, 0],
        numbers("PixelMeasuresSequence", "SpacingBetweenSlices", 1)[:, 0],
    )


def _filled(own: Array, shared: Array) -> Array:
    """Return what frames say, or where they say nothing, what all share; NaN if neither does."""
    return np.asarray(np.where(np.isnan(own), shared, own))


def _same(values: Array, what: str) -> Array:
    if not np.isfinite(values).all():
        raise Unreadable(
            "its frames have no place in a patient, so they cannot be laid over images.",
            code="no_geometry",
        )
    if not np.allclose(values, values[0], atol=1e-4):
        raise Unreadable(f"its frames have several {what}.", code="bad_geometry")
    return np.asarray(values[0])
