"""Label maps as an RT structure set: one closed contour for each area in each slice.

Holes are reached by keyholes (PS3.3 C.8.8.6.3), so that every reader understands them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence as Items
from pydicom.tag import Tag
from pydicom.uid import UID, ExplicitVRLittleEndian

from viewer import __version__
from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.errors import Declined
from viewer.core.geometry import Array, Geometry
from viewer.core.label_map import Box
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.study import Series
from viewer.imaging.polygons import outlines
from viewer.io.authorship import algorithm_type
from viewer.io.concepts import person_name, quiet, short
from viewer.io.identifiers import new_uid
from viewer.io.seg import MANUFACTURER, MODEL
from viewer.io.sources import source_headers
from viewer.io.structures import STRUCTURE_SET

_COPIED = (
    "PatientName", "PatientID", "IssuerOfPatientID", "PatientBirthDate", "PatientSex",
    "PatientIdentityRemoved", "DeidentificationMethod", "StudyInstanceUID", "StudyDate",
    "StudyTime", "AccessionNumber", "StudyID", "StudyDescription", "ReferringPhysicianName",
)  # fmt: skip
_CONTOUR_DATA = Tag(0x3006, 0x0050)
_SAME_SLICE = 0.1
"""Slices by which a picture may lie beside the slice it is."""
_DETACHED_STUDY = "1.2.840.10008.3.1.2.3.1"


def write_structures(
    path: Path,
    segmentation: Segmentation,
    series: Series,
    *,
    reader: Author | None = None,
    headers: Sequence[Dataset] | None = None,
    series_number: int = 9800,
) -> str:
    """Write a label map of a series as an RT structure set; return its SOP instance UID.

    Raises:
        Declined: if the images cannot be referred to, or nothing was drawn.
    """
    return write_structure_groups(
        path, [segmentation], series, reader=reader, headers=headers, series_number=series_number
    )


def write_structure_groups(
    path: Path,
    groups: Sequence[Segmentation],
    series: Series,
    *,
    reader: Author | None = None,
    headers: Sequence[Dataset] | None = None,
    series_number: int = 9800,
) -> str:
    """Write label groups of one grid, which may overlap, as an RT structure set.

    Contours lie in the stored slices; their points are exact to 1e-6 mm. Reading them back
    gives the same voxels. Return the SOP instance UID.

    Raises:
        Declined: if the images cannot be referred to, or nothing was drawn.
    """
    if all(_box_of(one, segment) is None for one in groups for segment in one.segments):
        raise Declined("There is nothing drawn to be saved as structures.", code="empty")
    segmentation = groups[0]
    grid = segmentation.geometry
    headers = headers or source_headers(series, grid.frame_of_reference_uid)
    now = datetime.now().astimezone()
    dataset = _head(headers[0], series, now, series_number)
    person = reader if segmentation.author.is_model else segmentation.author
    name = person_name(person.name) if person and not person.is_model else ""
    dataset.StructureSetLabel = short(segmentation.title, 16) or "Structures"
    dataset.StructureSetName = short(segmentation.title)
    dataset.StructureSetDate, dataset.StructureSetTime = _moment(now)
    dataset.ReferencedFrameOfReferenceSequence = Items([_referenced(headers, series)])
    dataset.StructureSetROISequence = Items()
    dataset.ROIContourSequence = Items()
    dataset.RTROIObservationsSequence = Items()
    images = _Images(headers, series, grid)
    named = ((one, segment) for one in groups for segment in one.segments)
    for number, (group, segment) in enumerate(named, start=1):
        lines = list(_lines(group, segment, images))
        dataset.StructureSetROISequence.append(_roi(number, segment, group, headers[0]))
        dataset.ROIContourSequence.append(_drawn(number, segment, lines))
        dataset.RTROIObservationsSequence.append(_observed(number, segment, str(name)))
    dataset.ApprovalStatus = "UNAPPROVED"
    with quiet():
        dataset.save_as(path, enforce_file_format=True)
    return str(dataset.SOPInstanceUID)


def _head(source: Dataset, series: Series, now: datetime, number: int) -> Dataset:
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.MediaStorageSOPClassUID = UID(STRUCTURE_SET)
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.SpecificCharacterSet = "ISO_IR 192"
    for keyword in _COPIED:
        if keyword in source:
            dataset[keyword] = source[keyword]
    dataset.SOPClassUID, dataset.SOPInstanceUID = UID(STRUCTURE_SET), UID(new_uid())
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    dataset.InstanceCreationDate, dataset.InstanceCreationTime = _moment(now)
    dataset.Modality = "RTSTRUCT"
    dataset.SeriesInstanceUID, dataset.SeriesNumber = new_uid(), number
    title = f"Structures of {series.title}"
    dataset.SeriesDescription = short(f"SYNTHETIC {title}" if series.synthetic else title)
    dataset.SeriesDate, dataset.SeriesTime = _moment(now)
    dataset.OperatorsName = ""
    dataset.Manufacturer, dataset.ManufacturerModelName = MANUFACTURER, MODEL
    dataset.SoftwareVersions, dataset.DeviceSerialNumber = __version__, "none"
    dataset.FrameOfReferenceUID = source.FrameOfReferenceUID
    dataset.PositionReferenceIndicator = ""
    dataset.InstanceNumber = 1
    return dataset


def _moment(now: datetime) -> tuple[str, str]:
    return now.strftime("%Y%m%d"), now.strftime("%H%M%S")


def _referenced(headers: Sequence[Dataset], series: Series) -> Dataset:
    """Return the patient space and the images in which it was drawn."""
    of_series, of_study, frame = Dataset(), Dataset(), Dataset()
    of_series.SeriesInstanceUID = series.uid
    of_series.ContourImageSequence = Items([_image(header) for header in headers])
    of_study.ReferencedSOPClassUID = _DETACHED_STUDY
    of_study.ReferencedSOPInstanceUID = headers[0].StudyInstanceUID
    of_study.RTReferencedSeriesSequence = Items([of_series])
    frame.FrameOfReferenceUID = headers[0].FrameOfReferenceUID
    frame.RTReferencedStudySequence = Items([of_study])
    return frame


def _image(header: Dataset, frame: int | None = None) -> Dataset:
    item = Dataset()
    item.ReferencedSOPClassUID = header.SOPClassUID
    item.ReferencedSOPInstanceUID = header.SOPInstanceUID
    if frame is not None:
        item.ReferencedFrameNumber = frame
    return item


class _Images:
    """Which stored picture lies in which slice of a grid."""

    def __init__(self, headers: Sequence[Dataset], series: Series, grid: Geometry) -> None:
        self._grid = grid
        named: Sequence[Dataset] = ()
        if len(headers) == len(series.instances):
            named = [_image(header) for header in headers]
        elif len(headers) == 1:
            named = [_image(headers[0], one.frame + 1) for one in series.instances]
        pictures = [
            (image, one.plane.origin)
            for image, one in zip(named, series.instances, strict=False)
            if one.plane is not None
        ]
        self._by_slice: dict[int, Dataset] = {}
        for picture, origin in pictures:
            place = float(grid.to_index(origin)[0])
            if abs(place - round(place)) < _SAME_SLICE:
                self._by_slice[round(place)] = picture

    def of(self, index: int) -> Dataset | None:
        """Return the reference to the picture in a slice; None if there is none."""
        return self._by_slice.get(index)


def _box_of(segmentation: Segmentation, segment: Segment) -> Box | None:
    return segmentation.label_map.extent(segment.label)


def _lines(
    segmentation: Segmentation, segment: Segment, images: _Images
) -> Iterator[tuple[Array, Dataset | None]]:
    """Go through the contours of a segment, each with the image it lies on."""
    box = _box_of(segmentation, segment)
    if box is None:
        return
    block = segmentation.label_map.box(box) == segment.label
    corner = np.array([side.start for side in box[1:]], float)
    for index, mask in enumerate(block, start=box[0].start):
        if not mask.any():
            continue
        for line in outlines(np.pad(mask, 1)):
            places = np.column_stack([np.full(len(line), float(index)), line - 1 + corner])
            yield segmentation.geometry.to_patient(places), images.of(index)


def _roi(number: int, segment: Segment, segmentation: Segmentation, source: Dataset) -> Dataset:
    item = Dataset()
    item.ROINumber = number
    item.ReferencedFrameOfReferenceUID = source.FrameOfReferenceUID
    item.ROIName = short(segment.name)
    author = segmentation.author
    item.ROIGenerationAlgorithm = algorithm_type(author, segmentation.status)
    if author.helpers:
        item.ROIGenerationDescription = short(", ".join(author.helpers))
    return item


def _drawn(number: int, segment: Segment, lines: Sequence[tuple[Array, Dataset | None]]) -> Dataset:
    item = Dataset()
    item.ROIDisplayColor = [int(part) for part in segment.colour]
    item.ReferencedROINumber = number
    if lines:
        item.ContourSequence = Items([_contour(n, *line) for n, line in enumerate(lines, start=1)])
    return item


def _contour(number: int, points: Array, image: Dataset | None) -> Dataset:
    item = Dataset()
    if image is not None:
        item.ContourImageSequence = Items([image])
    item.ContourGeometricType = "CLOSED_PLANAR"
    item.NumberOfContourPoints = len(points)
    item.ContourNumber = number
    _put_points(item, points)
    return item


def _put_points(item: Dataset, points: Array) -> None:
    """Put in the coordinates as they are written, which pydicom would check one by one."""
    text = "\\".join(_decimal(value) for value in points.ravel().tolist())
    item[_CONTOUR_DATA] = DataElement(_CONTOUR_DATA, "DS", text, already_converted=True)


def _decimal(value: float) -> str:
    """Return a number in the 16 letters of a decimal string (PS3.5 6.2)."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text if len(text) <= 16 else f"{value:.9g}"


def _observed(number: int, segment: Segment, interpreter: str) -> Dataset:
    item = Dataset()
    item.ObservationNumber = number
    item.ReferencedROINumber = number
    item.RTROIIdentificationCodeSequence = Items([_coded(segment.type)])
    item.RTROIInterpretedType = "ORGAN"
    item.ROIInterpreter = interpreter
    return item


def _coded(code: Code) -> Dataset:
    item = Dataset()
    item.CodeValue = short(code.value, 16)
    item.CodingSchemeDesignator = short(code.scheme, 16)
    item.CodeMeaning = short(code.meaning, 64) or item.CodeValue
    return item
