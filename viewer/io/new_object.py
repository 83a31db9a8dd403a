"""What every object that we make has in common: whose it is, who made it, when.

Written from clean headers of the images (`sources`), always as a new series, with
a Laterality that is empty because the images may show both sides (PS3.3 C.7.3.1.1.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

from viewer import __version__
from viewer.core.code import Code
from viewer.io.concepts import OUR_SCHEME, coded, quiet, short
from viewer.io.identifiers import new_uid
from viewer.io.seg import MANUFACTURER, MODEL

_PATIENT = (
    *("PatientName", "PatientID", "PatientBirthDate", "PatientSex", "IssuerOfPatientID"),
    *("PatientIdentityRemoved", "DeidentificationMethod"),
)
_STUDY = (
    *("StudyInstanceUID", "StudyDate", "StudyTime", "ReferringPhysicianName", "StudyID"),
    *("AccessionNumber", "StudyDescription"),
)


def new_object(
    header: Dataset, sop_class: str, modality: str, number: int, description: str
) -> Dataset:
    """Return an object of the patient and study of a header, in a series of its own."""
    made = Dataset()
    moment = datetime.now().astimezone()
    made.SpecificCharacterSet = "ISO_IR 192"
    for keyword in (*_PATIENT, *_STUDY):
        if keyword in header:
            made[keyword] = header[keyword]
    made.SOPClassUID, made.SOPInstanceUID = sop_class, new_uid()
    made.Modality, made.SeriesInstanceUID = modality, new_uid()
    made.SeriesNumber, made.InstanceNumber = number, 1
    made.SeriesDescription = short(description)
    made.Laterality = ""
    made.Manufacturer, made.ManufacturerModelName = MANUFACTURER, MODEL
    made.DeviceSerialNumber, made.SoftwareVersions = "none", __version__
    date, time = moment.strftime("%Y%m%d"), moment.strftime("%H%M%S")
    made.SeriesDate = made.InstanceCreationDate = date
    made.SeriesTime = made.InstanceCreationTime = time
    return made


def stamp_content(made: Dataset, *, content: str = "Content") -> None:
    """Say when the content was made: now."""
    setattr(made, f"{content}Date", made.InstanceCreationDate)
    setattr(made, f"{content}Time", made.InstanceCreationTime)


def code_item(code: Code) -> Dataset:
    """Return a code as an item of a sequence."""
    item = Dataset()
    stored = coded(code)
    item.CodeValue, item.CodeMeaning = stored.value, stored.meaning
    item.CodingSchemeDesignator = stored.scheme_designator
    return item


def name_our_scheme(made: Dataset) -> None:
    """Say whose the codes of our own scheme are (PS3.3 C.12.1.1.8)."""
    item = Dataset()
    item.CodingSchemeDesignator, item.CodingSchemeName = OUR_SCHEME, "Skiagram"
    item.CodingSchemeResponsibleOrganization = "Skiagram project"
    made.CodingSchemeIdentificationSequence = [item]


def image_item(header: Dataset, frames: Sequence[int] | None = None) -> Dataset:
    """Return an image as others refer to it; frames count from 1."""
    item = Dataset()
    item.ReferencedSOPClassUID = header.SOPClassUID
    item.ReferencedSOPInstanceUID = header.SOPInstanceUID
    if frames:
        item.ReferencedFrameNumber = list(frames) if len(frames) > 1 else frames[0]
    return item


def write_object(path: Path, made: Dataset) -> str:
    """Write an object as DICOM file; return its UID."""
    made.file_meta = FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    with quiet():
        made.save_as(path, enforce_file_format=True)
    return str(made.SOPInstanceUID)
