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
_AS_THEY_ARE = (
    "SOPClassUID",
    "SOPInstanceUID",
    "StudyInstanceUID",
    "SeriesInstanceUID",
    "FrameOfReferenceUID",
    "Modality",
    "Rows",
    "Columns",
    "NumberOfFrames",
    "ImagePositionPatient",
    "ImageOrientationPatient",
    "PixelSpacing",
    "LossyImageCompressionRatio",
    "LossyImageCompressionMethod",
    "SharedFunctionalGroupsSequence",
    "PerFrameFunctionalGroupsSequence",
    "DimensionOrganizationSequence",
    "DimensionIndexSequence",
)
_ALL = [*_TEXTS, *_OPTIONAL_TEXTS, *_DATES, *_AS_THEY_ARE]


def source_headers(series: Series, frame_of_reference_uid: str = "") -> list[Dataset]:
    """Read the headers of a series, one for each file, in reading order.

    Raises:
        Declined: if the images have gone, or are not those that were listed.
    """
    if series.format != "DICOM" or not series.instances:
        raise Declined("The images are not DICOM, so no DICOM object can refer to them.")
    paths = dict.fromkeys(instance.path for instance in series.instances)
    with quiet():
        headers = [_clean(_read(path), path) for path in paths]
    _check_same(headers, series)
    uid = frame_of_reference_uid or series.frame_of_reference_uid
    uid = uid or str(headers[0].get("FrameOfReferenceUID", "")) or uid_from(series.uid, "frame")
    for header in headers:
        header.FrameOfReferenceUID = uid
        header.SliceThickness = 1  # highdicom asks for one; what we write comes from the grid
    return headers


def _read(path: Path) -> Dataset:
    try:
        return dcmread(path, stop_before_pixels=True, specific_tags=list(_ALL))
    except (OSError, InvalidDicomError, ValueError, KeyError) as error:
        raise Declined(
            f"{path.name} can no longer be read, so the results cannot refer to it: "
            "open the study again from where it lies now.",
            code="source_gone",
        ) from error


def _clean(header: Dataset, path: Path) -> Dataset:
    """Return what is repeated of a header, every value one that may be written."""
    clean = Dataset()
    for keyword in _AS_THEY_ARE:
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
    for keyword in ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"):
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
