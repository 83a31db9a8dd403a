"""A small 4D series on disk: a bright square that grows brighter from moment to moment."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, MRImageStorage, generate_uid

SLICES, ROWS, COLUMNS = 3, 16, 20
STEP_MS = 50.0


def value_at(moment: int, number: int) -> int:
    """Return the value of the square in a slice of a moment (both from 0)."""
    return 100 * moment + 10 * number + 5


def write_moments(folder: Path, count: int = 4, *, frame_of_reference: str = "1.2.826.9") -> Path:
    """Write a cardiac MR series of `count` trigger times with three slices each."""
    folder.mkdir(parents=True, exist_ok=True)
    study, series = generate_uid(), generate_uid()
    for moment in range(count):
        for number in range(SLICES):
            dataset = _head(study, series, moment, number, count)
            if frame_of_reference:
                dataset.FrameOfReferenceUID = frame_of_reference
            pixels = np.zeros((ROWS, COLUMNS), np.uint16)
            pixels[4:12, 4:12] = value_at(moment, number)
            dataset.PixelData = pixels.tobytes()
            name = f"{moment:03d}-{number:02d}.dcm"
            dataset.save_as(folder / name, enforce_file_format=True)
    return folder


def _head(study: str, series: str, moment: int, number: int, count: int) -> Dataset:
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = MRImageStorage
    uid = generate_uid()
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = uid
    dataset.StudyInstanceUID, dataset.SeriesInstanceUID = study, series
    dataset.PatientID, dataset.PatientName = "P4D", "Heart^Beating"
    dataset.Modality, dataset.SeriesDescription, dataset.SeriesNumber = "MR", "cine", 4
    dataset.InstanceNumber = number * count + moment + 1
    dataset.TriggerTime = moment * STEP_MS
    dataset.ImagePositionPatient = [0.0, 0.0, 8.0 * number]
    dataset.ImageOrientationPatient = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0]
    dataset.PixelSpacing, dataset.SliceThickness = [2.0, 2.0], 8.0
    dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = ROWS, COLUMNS, 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    dataset.PixelRepresentation = 0
    dataset.WindowCenter, dataset.WindowWidth = 200, 400
    return dataset
