"""Segmentations from DICOM SEG, ours and those of other tools.

Slices in which nothing was drawn are usually not stored; they come back when the grid of the
source images is given, else up to the outermost frames. Frames are drawn one by one into the
labels, so that no more is in memory than the labels themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import numpy as np
from highdicom.color import CIELabColor
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from viewer.core.code import ANATOMICAL_STRUCTURE
from viewer.core.errors import Unreadable
from viewer.core.geometry import Geometry, Position, Shape, position_of
from viewer.core.label_map import LabelMap
from viewer.core.progress import Progress, Silent
from viewer.core.segmentation import Colour, Mask, Segment, Segmentation
from viewer.core.study import Notice
from viewer.imaging.drawing_labels import draw_bits, draw_labels, draw_values, erase
from viewer.io.authorship import segment_author
from viewer.io.concepts import code_of
from viewer.io.identifiers import is_uid, uid_from
from viewer.io.seg_frames import SegFile, named, open_seg
from viewer.io.seg_grid import own_grid, places_on
from viewer.io.seg_kinds import SegKind
from viewer.io.seg_pixels import Bits, FrameReader, Values
from viewer.io.seg_room import label_room
from viewer.io.seg_words import colour_of

Labels: TypeAlias = NDArray[np.unsignedinteger]

OTHER_SPACE = "other_space"
_STATUSES = ("proposed", "accepted", "edited", "rejected")


@dataclass(frozen=True, slots=True)
class References:
    """Whose a saved object is, and which images it was made from."""

    patient_id: str
    study_uid: str
    series_uid: str
    frame_of_reference_uid: str
    instances: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReadSegments:
    """Label maps without overlap inside, as few as will do, and what the reader must know."""

    segmentations: tuple[Segmentation, ...]
    notices: tuple[Notice, ...] = ()


def read_segmentation(
    path: Path, geometry: Geometry | None = None, series_key: str = ""
) -> Segmentation:
    """Read a SEG as one label map, on the given grid or the smallest of its own.

    Without a `series_key` the segmentation names the UID of its source series.

    Raises:
        Unreadable: if it is damaged, off the grid, or its segments overlap.
    """
    layers = read_segmentations(path, geometry, series_key)
    if len(layers) > 1:
        raise Unreadable(
            f"{path.name}: its segments overlap, so they need {len(layers)} layers.",
            code="overlap",
        )
    return layers[0]


def read_segmentations(
    path: Path, geometry: Geometry | None = None, series_key: str = ""
) -> tuple[Segmentation, ...]:
    """Read a SEG as label maps without overlap inside, as few as will do.

    Raises:
        Unreadable: if it is damaged, or does not lie on the given grid.
        Declined: if there is no room for it.
    """
    return read_seg(path, geometry, series_key).segmentations


def read_seg(
    path: Path,
    geometry: Geometry | None = None,
    series_key: str = "",
    *,
    own: bool = False,
    progress: Progress | None = None,
) -> ReadSegments:
    """Read a SEG onto the voxels of a grid; `own` allows its own grid where it has another.

    Raises:
        Unreadable: if it is damaged, or lies on another grid and that is not allowed.
        Declined: if there is no room for it.
        Cancelled: if it is no longer wanted.
    """
    file = open_seg(path)
    try:
        grid, places, notices = _placed(file, geometry, own=own)
        drawing = _Drawing(file, grid, places)
        with file.pixels.reading() as frames:
            drawing.draw(frames, progress or Silent())
    except Unreadable as error:
        raise named(path, error) from error
    id_, _ = _names(file)
    return ReadSegments(
        tuple(
            _segmentation(file, id_ if n == 0 else uid_from(id_, str(n)), *layer, grid, series_key)
            for n, layer in enumerate(drawing.layers)
        ),
        (*notices, *drawing.notices()),
    )


def read_masks(path: Path, geometry: Geometry) -> dict[str, Mask]:
    """Read each segment as a mask cut out of a grid, under its tracking UID.

    Segments without a tracking UID or without voxels are left out.

    Raises:
        Unreadable: if the file is damaged, or does not lie on the grid.
    """
    read = read_seg(path, geometry)
    file = open_seg(path)
    _, labels = _names(file)
    tracked = {labels[number]: str(item.get("TrackingUID", "") or "")
               for number, item in file.segments.items()}  # fmt: skip
    masks: dict[str, Mask] = {}
    for layer in read.segmentations:
        for segment in layer.segments:
            mask = _cut_out(layer, segment.label)
            if mask is not None and tracked[segment.label]:
                masks[tracked[segment.label]] = mask
    return masks


def read_references(path: Path) -> References:
    """Return the patient, study, series and images that a SEG names."""
    return references_in(open_seg(path).dataset)


def positions_of(path: Path) -> tuple[Position, ...]:
    """Return the stored position of the first pixel of every frame, LPS mm."""
    return tuple(position_of(place) for place in open_seg(path).positions)


def _placed(
    file: SegFile, geometry: Geometry | None, *, own: bool
) -> tuple[Geometry, list[Shape], tuple[Notice, ...]]:
    """Return the grid to draw on, where each frame begins on it, and what is to be said of it."""
    if geometry is not None:
        places = places_on(file, geometry)
        if places is not None:
            return geometry, places, _spaces(file, geometry)
        if not own:
            raise Unreadable(f"{file.name}: it was not drawn on these images.", code="other_grid")
        theirs = str(file.dataset.get("FrameOfReferenceUID", "") or "")
        ours = geometry.frame_of_reference_uid
        if theirs and ours and theirs != ours:
            raise Unreadable(
                f"{file.name}: it was drawn in another patient space than that of these images.",
                code="other_space",
            )
    grid = own_grid(file)
    places = places_on(file, grid)
    if places is None:
        raise Unreadable(f"{file.name}: its frames are unevenly spaced.", code="uneven")
    return grid, places, (_other_grid(grid),) if geometry is not None else ()


def _spaces(file: SegFile, geometry: Geometry) -> tuple[Notice, ...]:
    """Say where a file lies on the voxels of the images but names another patient space."""
    theirs = str(file.dataset.get("FrameOfReferenceUID", "") or "")
    ours = geometry.frame_of_reference_uid
    if not theirs or not ours or theirs == ours:
        return ()
    sentence = (
        f"{file.name} names another patient space than that of these images, though its voxels "
        "are at the same places: see that it belongs to them."
    )
    return (Notice(OTHER_SPACE, sentence),)


def _other_grid(grid: Geometry) -> Notice:
    size = " x ".join(f"{step:.3g}" for step in grid.spacing_mm[::-1])
    sentence = (
        f"The segments lie on a grid of their own (voxels of {size} mm), not on the voxels of the "
        "images; they are shown there, not resampled."
    )
    return Notice("own_grid", sentence)


class _Drawing:
    """The frames of a SEG drawn into as few layers as will do."""

    def __init__(self, file: SegFile, grid: Geometry, places: list[Shape]) -> None:
        self._file, self._grid, self._places = file, grid, places
        _, self._labels = _names(file)
        self._kind = np.uint8 if max(self._labels.values()) < 256 else np.uint16
        self.layers: list[tuple[Labels, list[Segment]]] = []
        self._fractions, self._unknown = 0, 0

    def draw(self, frames: FrameReader, progress: Progress) -> None:
        if self._file.kind is SegKind.LABEL_MAP:
            self._draw_map(frames, progress)
            return
        for done, (number, item) in enumerate(self._file.segments.items()):
            progress.report(done / len(self._file.segments), self._file.name)
            self._draw_segment(number, item, frames)

    def notices(self) -> tuple[Notice, ...]:
        said = []
        if self._fractions:
            what = str(self._file.dataset.get("SegmentationFractionalType", "") or "FRACTION")
            told = {"PROBABILITY": "probabilities", "OCCUPANCY": "parts of voxels that are filled"}
            said.append(Notice("fractions", (
                f"The segments are stored as {told.get(what, 'fractions')}; voxels of at least "
                "one half are shown, the others are not."
            )))  # fmt: skip
        if self._unknown:
            sentence = f"{self._unknown} voxels name a segment that is not described; left out."
            said.append(Notice("unknown_labels", sentence))
        return tuple(said)

    def _draw_segment(self, number: int, item: Dataset, frames: FrameReader) -> None:
        segment = segment_of(self._labels[number], item)
        numbers = self._file.frames_of(number)
        layer = next((one for one in self.layers if self._fits(numbers, frames, one[0], segment)),
                     None)  # fmt: skip
        if layer is None:
            layer = self._new()
            self._fits(numbers, frames, layer[0], segment)
        layer[1].append(segment)

    def _new(self) -> tuple[Labels, list[Segment]]:
        self.layers.append((label_room(self._grid.shape, self._kind), []))
        return self.layers[-1]

    def _fits(
        self, numbers: Sequence[int], frames: FrameReader, into: Labels, segment: Segment
    ) -> bool:
        """Draw a segment where nothing is yet; take it back and tell if it met something."""
        drawn: list[int] = []
        for number, frame in frames.frames(numbers):
            drawn.append(number)
            if not self._drew(frame, into, self._places[number], segment.label):
                for each in drawn:
                    erase(segment.label, self._file.shape, into, self._places[each])
                return False
        return True

    def _drew(self, frame: Bits | Values, into: Labels, at: Shape, label: int) -> bool:
        if isinstance(frame, Bits):
            return draw_bits(frame.packed, frame.first, self._file.shape, into, at, label)
        full = self._file.full if self._file.kind is SegKind.FRACTIONAL else 1
        self._fractions += bool(((frame > 0) & (frame < full)).any())
        return draw_values(frame, (full + 1) // 2, into, at, label)

    def _draw_map(self, frames: FrameReader, progress: Progress) -> None:
        segments = self._file.segments
        table = np.full(65536, -1, np.int64)
        table[0] = 0
        table[int(self._file.dataset.get("PixelPaddingValue", 0) or 0)] = 0
        for number in segments:
            table[number] = self._labels[number]
        voxels, listed = self._new()
        listed.extend(segment_of(self._labels[n], item) for n, item in segments.items())
        count = len(self._places)
        for number, frame in frames.frames(range(count)):
            if number % 16 == 0:
                progress.report(number / count, self._file.name)
            if isinstance(frame, Bits):
                raise Unreadable("a label map of single bits.", code="unsupported_pixels")
            unknown = draw_labels(frame, table, voxels, self._places[number])
            if unknown < 0:
                raise Unreadable("two of its frames contradict each other.", code="same_place")
            self._unknown += unknown


def _cut_out(layer: Segmentation, label: int) -> Mask | None:
    box = layer.label_map.extent(label)
    if box is None:
        return None
    low, high = tuple(side.start for side in box), tuple(side.stop for side in box)
    grid = layer.geometry.crop((low[0], low[1], low[2]), (high[0], high[1], high[2]))
    return Mask(layer.label_map.box(box) == label, grid)


def _names(file: SegFile) -> tuple[str, dict[int, int]]:
    """Return the id of the segmentation and the label of each segment number."""
    numbers = {number: number for number in file.segments}
    ids, labels = set(), {}
    for number, item in file.segments.items():
        id_, _, label = str(item.get("TrackingID", "") or "").rpartition("/")
        if not is_uid(id_) or not label.isdecimal() or not 0 < int(label) < 65536:
            return str(file.dataset.SOPInstanceUID), numbers
        ids.add(id_)
        labels[number] = int(label)
    if len(ids) != 1 or len(set(labels.values())) != len(labels):
        return str(file.dataset.SOPInstanceUID), numbers
    return ids.pop(), labels


def segment_of(label: int, item: Dataset) -> Segment:
    """Return an item of a Segment Sequence (PS3.3 C.8.20.4) as a segment of this label.

    Raises:
        Unreadable: if it does not say what it is.
    """
    types = item.get("SegmentedPropertyTypeCodeSequence")
    if not types:
        raise Unreadable("a segment does not say what it is.", code="bad_code")
    type_ = code_of(types[0])
    categories = item.get("SegmentedPropertyCategoryCodeSequence")
    category = code_of(categories[0]) if categories else ANATOMICAL_STRUCTURE
    name = str(item.get("SegmentLabel", "") or type_.meaning)
    return Segment(label, name, type_, category, _colour(item, label))


def _colour(item: Dataset, label: int) -> Colour:
    lab = item.get("RecommendedDisplayCIELabValue")
    if lab is None or len(lab) != 3:
        return colour_of(label)
    red, green, blue = CIELabColor.from_dicom_value(tuple(int(x) for x in lab)).to_rgb()
    return int(red), int(green), int(blue)


def _segmentation(
    file: SegFile,
    id_: str,
    voxels: Labels,
    segments: list[Segment],
    grid: Geometry,
    series_key: str,
) -> Segmentation:
    dataset = file.dataset
    status = str(dataset.get("ContentLabel", "") or "").lower()
    title = dataset.get("ContentDescription") or dataset.get("SeriesDescription") or file.name
    return Segmentation(
        id=id_,
        title=str(title),
        label_map=LabelMap.of(voxels),
        geometry=grid,
        segments=tuple(segments),
        author=segment_author(
            file.segments[min(file.segments)], str(dataset.get("ContentCreatorName", "") or "")
        ),
        series_key=series_key or references_in(dataset).series_uid,
        status=status if status in _STATUSES else "imported",
    )


def references_in(dataset: Dataset) -> References:
    """Return the patient, study, series and images that the head of a SEG names."""
    series = next(iter(dataset.get("ReferencedSeriesSequence") or ()), Dataset())
    instances = series.get("ReferencedInstanceSequence") or dataset.get("SourceImageSequence") or ()
    return References(
        patient_id=str(dataset.get("PatientID", "") or ""),
        study_uid=str(dataset.get("StudyInstanceUID", "") or ""),
        series_uid=str(series.get("SeriesInstanceUID", "") or ""),
        frame_of_reference_uid=str(dataset.get("FrameOfReferenceUID", "") or ""),
        instances=tuple(str(item.ReferencedSOPInstanceUID) for item in instances),
    )
