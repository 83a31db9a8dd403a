"""The headers of the images that a saved object refers to.

Only what a derived object repeats of its source is taken, as clean values: a
defect in somebody's header must not become a defect of ours. The one frame of
reference is the caller's, because anonymised series are seen with a different
one in every slice.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.errors import InvalidDicomError
from pydicom.valuerep import DA, TM

from viewer.core.errors import Declined
from viewer.core.study import Series
from viewer.io.concepts import quiet, short
from viewer.io.identifiers import uid_from

_TEXTS = {
    "PatientName": 324,
    "PatientID": 64,
    "PatientSex": 16,
    "AccessionNumber": 16,
    "StudyID": 16,
    "ReferringPhysicianName": 324,
    "PositionReferenceIndicator": 64,
}
_OPTIONAL_TEXTS = {
    "IssuerOfPatientID": 64,
    "StudyDescription": 64,
    "PatientIdentityRemoved": 16,
    "DeidentificationMethod": 64,
    "Manufacturer": 64,
    "ManufacturerModelName": 64,
    "LossyImageCompression": 16,
}
_DATES: dict[str, type[DA | TM]] = {"PatientBirthDate": DA, "StudyDate": DA, "StudyTime": TM}
_OF_EVERY_SLICE = (
    "SOPClassUID",
    "SOPInstanceUID",
    "StudyInstanceUID",
    "SeriesInstanceUID",
    "PatientID",
    "Rows",
    "Columns",
    "ImagePositionPatient",
)
_OF_THE_FIRST = (
    "FrameOfReferenceUID",
    "Modality",
    "NumberOfFrames",
    "ImageOrientationPatient",
    "PixelSpacing",
    "LossyImageCompressionRatio",
    "LossyImageCompressionMethod",
    "SharedFunctionalGroupsSequence",
    "PerFrameFunctionalGroupsSequence",
    "DimensionOrganizationSequence",
    "DimensionIndexSequence",
)
_LIKE_THE_FIRST = ("FrameOfReferenceUID", "ImageOrientationPatient", "PixelSpacing")
_NEEDED = ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID")
_ALL = [*_TEXTS, *_OPTIONAL_TEXTS, *_DATES, *_OF_EVERY_SLICE, *_OF_THE_FIRST]


def source_headers(
    series: Series, frame_of_reference_uid: str = "", *, placed: bool = True
) -> list[Dataset]:
    """Read the headers of a series, one for each file, in reading order; the first is whole.

    `placed` asks for images that lie in the patient, as all that is said in mm needs.

    Raises:
        Declined: if the images have gone, or are not those that were listed.
    """
    if series.format != "DICOM" or not series.instances:
        raise Declined("The images are not DICOM, so no DICOM object can refer to them.")
    if placed and not series.in_patient:
        raise Declined(
            f"Where {series.title} lies in the patient is unknown, so no object can refer to it.",
            code="unknown_orientation",
        )
    paths = dict.fromkeys(instance.path for instance in series.instances)
    with quiet():
        first, *others = paths
        headers = [_clean(_read(first, _ALL), first)]
        headers += [_slice(_read(path, _OF_EVERY_SLICE), path) for path in others]
    _check_same(headers, series)
    uid = frame_of_reference_uid or series.frame_of_reference_uid
    uid = uid or str(headers[0].get("FrameOfReferenceUID", "")) or uid_from(series.uid, "frame")
    headers[0].FrameOfReferenceUID = uid
    _share(headers[0], series.instances[0].frame)
    for header in headers[1:]:
        for keyword in _LIKE_THE_FIRST:
            if keyword in headers[0]:
                header[keyword] = headers[0][keyword]
    return headers


def _read(path: Path, keywords: Sequence[str]) -> Dataset:
    try:
        return dcmread(path, stop_before_pixels=True, specific_tags=list(keywords))
    except (OSError, InvalidDicomError, ValueError, KeyError) as error:
        raise Declined(
            f"{path.name} can no longer be read, so the results cannot refer to it: "
            "open the study again from where it lies now.",
            code="source_gone",
        ) from error


def _clean(header: Dataset, path: Path) -> Dataset:
    """Return what is repeated of the first header, every value one that may be written."""
    clean = _slice(header, path)
    for keyword in _OF_THE_FIRST:
        if header.get(keyword) is not None:
            setattr(clean, keyword, header.get(keyword))
    for keyword, length in {**_TEXTS, **_OPTIONAL_TEXTS}.items():
        text = _text(header, keyword, length)
        if text or keyword in _TEXTS:
            setattr(clean, keyword, text)
    for keyword, kind in _DATES.items():
        setattr(clean, keyword, _date(str(header.get(keyword) or ""), kind))
    if clean.PatientSex not in ("M", "F", "O"):
        clean.PatientSex = ""
    clean.SliceThickness = 1  # highdicom asks for one; what we write comes from the grid
    return clean


def _share(header: Dataset, frame: int) -> None:
    """Say of an enhanced image as a whole what this frame says of itself.

    highdicom asks for one orientation and pixel size of the source; the frames of
    one series of ours have that, the other frames of their file may not.
    """
    shared, groups = (header.get(f"{w}FunctionalGroupsSequence") for w in ("Shared", "PerFrame"))
    if not shared or not groups or frame >= len(groups):
        return
    for keyword in ("PlaneOrientationSequence", "PixelMeasuresSequence"):
        if keyword not in shared[0] and keyword in groups[frame]:
            shared[0][keyword] = groups[frame][keyword]


def _slice(header: Dataset, path: Path) -> Dataset:
    """Return what tells one slice from the next."""
    clean = Dataset()
    for keyword in _OF_EVERY_SLICE:
        if header.get(keyword) is not None:
            setattr(clean, keyword, header.get(keyword))
    clean.PatientID = _text(header, "PatientID", 64)
    for keyword in _NEEDED:
        if not clean.get(keyword):
            raise Declined(f"{path.name} has no {keyword}, so no DICOM object can refer to it.")
    return clean


def _text(header: Dataset, keyword: str, length: int) -> str:
    value = header.get(keyword)
    if value is None:
        return ""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return short(" ".join(str(part) for part in value), length)
    return short(str(value), length)


def _date(text: str, kind: type[DA | TM]) -> str:
    """Return a date or time, or nothing where it is none."""
    try:
        kind(text)
    except ValueError:
        return ""
    return text


def _check_same(headers: Sequence[Dataset], series: Series) -> None:
    for header in headers:
        if header.StudyInstanceUID != series.study_uid or header.SeriesInstanceUID != series.uid:
            raise Declined(
                f"The files of {series.title} have changed since they were opened and now belong "
                "to another study: open it again.",
                code="source_changed",
            )
        if header.PatientID != headers[0].PatientID:
            raise Declined(
                f"The images of {series.title} name different patients, so nothing was saved.",
                code="mixed_patients",
            )
