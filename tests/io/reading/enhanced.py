"""Enhanced multi-frame objects, made frame by frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence as Items
from pydicom.uid import ExplicitVRLittleEndian

MR, CT, PET = (f"1.2.840.10008.5.1.4.1.1.{end}" for end in ("4.1", "2.1", "130"))
XA, XA_3D, US_VOLUME = (f"1.2.840.10008.5.1.4.1.1.{end}" for end in ("12.1.1", "13.1.1", "6.2"))
UIDS = "1.2.826.0.1.3680043.8.498.77"
ROWS, COLUMNS = 6, 5

Groups = Mapping[str, Mapping[str, object]]
"""Functional group sequences by keyword: attributes by keyword; a mapping is a nested one."""

ORIENTATION: Groups = {"PlaneOrientationSequence": {"ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}}
MEASURES: Groups = {"PixelMeasuresSequence": {"PixelSpacing": [0.5, 0.75], "SliceThickness": 9}}
SHARED: Groups = {**ORIENTATION, **MEASURES}


def position(z: float) -> Groups:
    """Say where a frame lies."""
    return {"PlanePositionSequence": {"ImagePositionPatient": [-10.0, -20.0, z]}}


def frame_pixels(number: int) -> np.ndarray:
    """What the frame of this number (from 0) shows."""
    return (np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS) + 100 * number).astype(np.uint16)


def groups(said: Groups) -> Dataset:
    """Return functional groups as a data set."""
    dataset = Dataset()
    for keyword, attributes in said.items():
        item = Dataset()
        for name, value in attributes.items():
            nested = groups({name: value}) if isinstance(value, Mapping) else None
            setattr(item, name, value if nested is None else nested[name].value)
        setattr(dataset, keyword, Items([item]))
    return dataset


def write_enhanced(
    path: Path,
    sop_class: str,
    modality: str,
    frames: Sequence[Groups],
    shared: Groups = SHARED,
    **changes: object,
) -> Path:
    """Write an enhanced object; `changes` replace or (None) remove attributes of the whole."""
    whole = Dataset()
    whole.SOPClassUID, whole.SOPInstanceUID = sop_class, f"{UIDS}.{path.name}.1"
    whole.StudyInstanceUID, whole.SeriesInstanceUID = f"{UIDS}.2", f"{UIDS}.3"
    whole.FrameOfReferenceUID, whole.Modality = f"{UIDS}.4", modality
    whole.ImageType = ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]
    whole.PatientName, whole.PatientID, whole.InstanceNumber = "Doe^Jane", "P1", 1
    whole.Rows, whole.Columns, whole.SamplesPerPixel = ROWS, COLUMNS, 1
    whole.PhotometricInterpretation = "MONOCHROME2"
    whole.BitsAllocated = whole.BitsStored = 16
    whole.HighBit, whole.PixelRepresentation, whole.NumberOfFrames = 15, 0, len(frames)
    whole.SharedFunctionalGroupsSequence = Items([groups(shared)])
    whole.PerFrameFunctionalGroupsSequence = Items([groups(frame) for frame in frames])
    whole.PixelData = b"".join(frame_pixels(n).tobytes() for n in range(len(frames)))
    for name, value in changes.items():
        if value is None:
            delattr(whole, name)
        else:
            setattr(whole, name, value)
    whole.file_meta = FileMetaDataset()
    whole.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    whole.save_as(path, enforce_file_format=True)
    return path
