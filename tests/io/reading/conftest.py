"""Small DICOM files, written on the fly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import (
    CTImageStorage,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from viewer.core.progress import Silent
from viewer.core.study import Catalogue, Series
from viewer.io.scan import scan

Write: TypeAlias = Callable[..., Path]
SERIES = "1.2.826.0.1.3680043.8.498.2"


def picture(number: int, **changes: object) -> Dataset:
    """A CT slice of 8 x 6 pixels at z = number; `changes` replace or (None) remove attributes."""
    slice_ = Dataset()
    slice_.SpecificCharacterSet = "ISO_IR 192"
    slice_.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    slice_.SOPClassUID = CTImageStorage
    slice_.SOPInstanceUID = f"{SERIES}.{number}"
    slice_.StudyInstanceUID = f"{SERIES}.9999.1"
    slice_.SeriesInstanceUID = f"{SERIES}.9999.2"
    slice_.FrameOfReferenceUID = f"{SERIES}.9999.3"
    slice_.StudyDate, slice_.StudyTime, slice_.Modality = "20260203", "101500", "CT"
    slice_.SeriesDescription, slice_.SeriesNumber = "Thorax", 4
    slice_.PatientName, slice_.PatientID, slice_.PatientSex = "Doe^Jane", "P1", "F"
    slice_.PatientBirthDate = "19600101"
    slice_.InstanceNumber = number
    slice_.ImagePositionPatient = [-10.0, -20.0, float(number)]
    slice_.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    slice_.PixelSpacing = [0.5, 0.75]
    slice_.Rows, slice_.Columns, slice_.SamplesPerPixel = 8, 6, 1
    slice_.PhotometricInterpretation = "MONOCHROME2"
    slice_.BitsAllocated = slice_.BitsStored = 16
    slice_.HighBit, slice_.PixelRepresentation = 15, 1
    slice_.RescaleSlope, slice_.RescaleIntercept, slice_.RescaleType = 1, -1024, "HU"
    slice_.PixelData = pixels(number).tobytes()
    for name, value in changes.items():
        if value is None:
            delattr(slice_, name)
        else:
            setattr(slice_, name, value)
    return slice_


def pixels(number: int) -> np.ndarray:
    """What the slice of this number shows."""
    return (np.arange(48).reshape(8, 6) + 100 * number).astype(np.int16)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write one slice into the test's folder and return its path."""

    def save(
        number: int = 1, *, name: str = "", syntax: str = ExplicitVRLittleEndian, **changes: object
    ) -> Path:
        slice_ = picture(number, **changes)
        slice_.file_meta = FileMetaDataset()
        slice_.file_meta.TransferSyntaxUID = syntax
        path = tmp_path / (name or f"{number:04d}")
        path.parent.mkdir(parents=True, exist_ok=True)
        slice_.save_as(
            path,
            implicit_vr=syntax == ImplicitVRLittleEndian,
            little_endian=syntax != ExplicitVRBigEndian,
            enforce_file_format=True,
        )
        return path

    return save


@pytest.fixture
def listed(tmp_path: Path) -> Callable[[], Catalogue]:
    """List what is in the test's folder."""
    return lambda: scan([tmp_path], Silent())


@pytest.fixture
def series(listed: Callable[[], Catalogue]) -> Callable[[], list[Series]]:
    """List the series in the test's folder."""
    return lambda: [one for _, one in listed().all_series()]
