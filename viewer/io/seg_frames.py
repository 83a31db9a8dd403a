"""The frames of a DICOM SEG: which segment, where in the patient, which pixels.

Written apart from the writer, with nothing but the file's own attributes and
its bits, so that reading back is a real check. One-bit frames follow one
another without padding (PS3.5 8.1.1), lowest bit first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from viewer.core.errors import Unreadable
from viewer.core.geometry import Array, Position, position_of
from viewer.io.concepts import quiet
from viewer.io.object_file import DAMAGE, first_line, read_object

_BINARY_OR_FRACTIONAL = "1.2.840.10008.5.1.4.1.1.66.4"
_LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7"


@dataclass(frozen=True, slots=True)
class SegFrame:
    """One frame: the segment it belongs to (0 for a label map) and its first pixel."""

    segment: int
    position: Position


@dataclass(frozen=True, slots=True, eq=False)
class SegFile:
    """A SEG as it lies in the file. `right` and `down` are those of a `Plane`."""

    name: str
    dataset: Dataset = field(repr=False)
    frames: tuple[SegFrame, ...] = field(repr=False)
    right: Array = field(repr=False)
    down: Array = field(repr=False)
    spacing_mm: tuple[float, float]
    thickness_mm: float
    shape: tuple[int, int]
    values: NDArray[np.generic] | None = field(repr=False)

    @property
    def segments(self) -> dict[int, Dataset]:
        """The description of each segment under its number; a background is none."""
        items = {int(item.SegmentNumber): item for item in self.dataset.SegmentSequence}
        return {number: item for number, item in items.items() if number > 0}

    def frames_of(self, segment: int) -> list[int]:
        """Return the frames in which a segment may have pixels."""
        return [n for n, frame in enumerate(self.frames) if frame.segment in (0, segment)]

    def pixels(self, number: int, segment: int) -> NDArray[np.bool_]:
        """Return which pixels (row, column) of one frame belong to a segment."""
        if self.values is None:
            return self._bits(number)
        values = self.values[number]
        if self.frames[number].segment == 0:
            return np.asarray(values == segment)
        full = int(self.dataset.get("MaximumFractionalValue", 1) or 1)
        return np.asarray(values.astype(np.int64) * 2 >= full)

    def _bits(self, number: int) -> NDArray[np.bool_]:
        count = self.shape[0] * self.shape[1]
        start = number * count
        packed = np.frombuffer(self.dataset.PixelData, np.uint8)
        some = packed[start // 8 : (start + count + 7) // 8]
        bits = np.unpackbits(some, bitorder="little")[start % 8 : start % 8 + count]
        return bits.reshape(self.shape).astype(np.bool_)


def open_seg(path: Path) -> SegFile:
    """Read a SEG with its frames.

    Raises:
        Unreadable: if it is none, is damaged, or does not say where its frames lie.
    """
    try:
        with quiet():
            return _open(path)
    except Unreadable as error:
        raise Unreadable(f"{path.name}: {error}", code=error.code) from error
    except DAMAGE as error:
        raise Unreadable(
            f"{path.name} is no readable DICOM segmentation ({first_line(error)}).",
            code="bad_segmentation",
        ) from error


def _open(path: Path) -> SegFile:
    dataset = read_object(path)
    if dataset.get("SOPClassUID") not in (_BINARY_OR_FRACTIONAL, _LABEL_MAP):
        raise Unreadable("this is not a DICOM segmentation.", code="no_segmentation")
    if not dataset.get("SegmentSequence"):
        raise Unreadable("no segment is described.", code="no_segments")
    shared = dataset.SharedFunctionalGroupsSequence[0]
    groups = list(dataset.PerFrameFunctionalGroupsSequence)
    shape = (int(dataset.Rows), int(dataset.Columns))
    if len(groups) != int(dataset.get("NumberOfFrames", 1) or 1) or min(shape) < 1:
        raise Unreadable("it describes more or fewer frames than it has.", code="bad_frames")
    orientation = _same([_orientation(shared, group) for group in groups], "orientations")
    measures = _same([_measures(shared, group) for group in groups], "pixel sizes")
    frames = tuple(_frame(dataset, shared, group) for group in groups)
    return SegFile(
        path.name,
        dataset,
        frames,
        right=np.array(orientation[:3]),
        down=np.array(orientation[3:]),
        spacing_mm=(measures[0], measures[1]),
        thickness_mm=measures[2],
        shape=shape,
        values=_values(dataset, len(groups), shape),
    )


def _group(shared: Dataset, group: Dataset, keyword: str) -> Dataset:
    """Return the functional group of a frame, its own or the shared one (PS3.3 C.7.6.16)."""
    for place in (group, shared):
        if place.get(keyword):
            item = place.get(keyword)[0]
            if isinstance(item, Dataset):
                return item
    raise Unreadable(
        "its frames have no place in a patient, so they cannot be laid over images.",
        code="no_geometry",
    )


def _orientation(shared: Dataset, group: Dataset) -> tuple[float, ...]:
    item = _group(shared, group, "PlaneOrientationSequence")
    axes = tuple(float(x) for x in item.ImageOrientationPatient)
    right, down = np.array(axes[:3]), np.array(axes[3:])
    lengths = abs(np.linalg.norm(right) - 1) < 1e-2 and abs(np.linalg.norm(down) - 1) < 1e-2
    if len(axes) != 6 or not lengths or abs(float(right @ down)) > 1e-2:
        raise Unreadable("its orientation is impossible.", code="bad_geometry")
    return axes


def _measures(shared: Dataset, group: Dataset) -> tuple[float, ...]:
    item = _group(shared, group, "PixelMeasuresSequence")
    between = abs(float(item.get("SpacingBetweenSlices") or item.get("SliceThickness") or 0))
    rows, columns = (float(x) for x in item.PixelSpacing)
    if not (0 < rows < 1e4 and 0 < columns < 1e4):
        raise Unreadable("its pixels have no size.", code="bad_geometry")
    return rows, columns, between


def _frame(dataset: Dataset, shared: Dataset, group: Dataset) -> SegFrame:
    place = _group(shared, group, "PlanePositionSequence")
    position = position_of([float(x) for x in place.ImagePositionPatient])
    if not np.isfinite(position).all():
        raise Unreadable("a frame lies nowhere.", code="bad_geometry")
    if dataset.SOPClassUID == _LABEL_MAP:
        return SegFrame(0, position)
    item = _group(shared, group, "SegmentIdentificationSequence")
    return SegFrame(int(item.ReferencedSegmentNumber), position)


def _same(values: Sequence[tuple[float, ...]], what: str) -> tuple[float, ...]:
    if not values or not np.allclose(values, values[0], atol=1e-4):
        raise Unreadable(f"its frames have several {what}.", code="bad_geometry")
    return values[0]


def _values(dataset: Dataset, frames: int, shape: tuple[int, int]) -> NDArray[np.generic] | None:
    """Return frames of whole values; None where they are single bits, checked to be all there."""
    count = frames * shape[0] * shape[1]
    bits = int(dataset.BitsAllocated)
    compressed = dataset.file_meta.TransferSyntaxUID.is_encapsulated
    if not compressed and len(dataset.PixelData) < (count * bits + 7) // 8:
        raise Unreadable("its pixel data end too early.", code="truncated")
    if bits == 1 and not compressed:
        return None
    return np.asarray(dataset.pixel_array).reshape(frames, *shape)
