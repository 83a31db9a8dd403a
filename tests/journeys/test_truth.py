"""One bright voxel at a known place, from DICOM to screen to DICOM, however the grid lies.

48 ways to lay the axes of a grid along those of the patient. Truth is computed
here from header values alone; what was saved is read by pydicom and highdicom.
"""

from __future__ import annotations

from itertools import permutations, product
from pathlib import Path

import highdicom
import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian

from tests.orders import sampled
from viewer.core.author import Author
from viewer.core.code import NODULE
from viewer.core.finding import Finding, Status
from viewer.core.geometry import position_of
from viewer.core.progress import Silent
from viewer.core.segmentation import Mask, Segment, Segmentation
from viewer.core.study import Study
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.imaging.statistics import measure_mask
from viewer.io.concepts import quiet
from viewer.io.load import load
from viewer.io.results import Results, save_results
from viewer.io.scan import scan
from viewer.render.describe import describe
from viewer.render.paint import paint
from viewer.render.probe import probe
from viewer.session.images import OpenImage
from viewer.session.look import Look, Viewing
from viewer.session.session import Place, Session

SHAPE = (7, 9, 8)
SPACING = np.array([2.5, 0.75, 1.25])
ORIGIN = np.array([-31.25, 17.5, -240.75])
BRIGHT = (5, 2, 6)
HU = 700.0
AXES = [
    np.eye(3)[list(order)] * np.array(signs)[:, None]
    for order in permutations(range(3))
    for signs in product((1, -1), repeat=3)
]
READER = Author("Dr. Roe")
MODEL = Author("Model", is_model=True, version="1", weights_sha256="ab" * 32)
SIZE = (90, 80)
SIDES = {"L": (1, 0, 0), "R": (-1, 0, 0), "P": (0, 1, 0), "A": (0, -1, 0), "H": (0, 0, 1),
         "F": (0, 0, -1)}  # fmt: skip
LOOKS = [
    (sideways, upside_down, turns)
    for sideways, upside_down in product((False, True), repeat=2)
    for turns in (0, 1, 3)
]


def place(index, axes) -> np.ndarray:
    """Where a voxel lies: origin plus steps along each axis."""
    return ORIGIN + (np.asarray(index, float) * SPACING) @ axes


def write(folder: Path, axes: np.ndarray) -> None:
    """Write the slices in no order, with thickness and spacing that are wrong."""
    for number in np.random.default_rng(3).permutation(SHAPE[0]):
        picture = Dataset()
        picture.file_meta = FileMetaDataset()
        picture.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        picture.SOPClassUID, picture.SOPInstanceUID = CTImageStorage, f"1.2.3.4.{number + 1}"
        picture.StudyInstanceUID, picture.SeriesInstanceUID = "1.2.3.1", "1.2.3.2"
        picture.FrameOfReferenceUID, picture.PatientID, picture.PatientName = "1.2.3.3", "P", "Doe"
        picture.Modality, picture.InstanceNumber = "CT", int(number) + 1
        picture.Rows, picture.Columns = SHAPE[1:]
        picture.ImagePositionPatient = list(place((number, 0, 0), axes))
        picture.ImageOrientationPatient = [*axes[2], *axes[1]]
        picture.PixelSpacing = list(SPACING[1:])
        picture.SliceThickness = picture.SpacingBetweenSlices = 9
        picture.SamplesPerPixel, picture.PhotometricInterpretation = 1, "MONOCHROME2"
        picture.BitsAllocated, picture.BitsStored, picture.HighBit = 16, 16, 15
        picture.PixelRepresentation, picture.RescaleType = 0, "HU"
        picture.RescaleSlope, picture.RescaleIntercept = 2, -1000
        pixels = np.zeros(SHAPE[1:], np.uint16)
        if number == BRIGHT[0]:
            pixels[BRIGHT[1:]] = (HU + 1000) / 2
        picture.PixelData = pixels.tobytes()
        picture.save_as(folder / f"{100 - number}.dcm", enforce_file_format=True)


def where_bright(session: Session, look: Look) -> tuple[np.ndarray, str]:
    """Return where on a view the brightest pixels are, in LPS mm, and what is said of that."""
    session.hanging.set(session.hanging.value.changed(0, lambda _: look))
    scene = describe(session, 0, SIZE)
    grey = paint(scene)[..., 0]
    row, column = np.argwhere(grey == grey.max()).mean(axis=0)
    assert grey.max() == 255
    assert np.median(grey) == 0
    check_letters(scene)
    return np.asarray(scene.to_patient((column, row))), said_at(session, look, scene)


def said_at(session: Session, look: Look, scene) -> str:
    """Return the value and the place that are said where the crosshair is."""
    opened = session.image_in(0)
    said = probe(opened, look, scene, scene.to_screen(session.place.value.position))
    return f"{said.value} at {said.place}"


def check_letters(scene) -> None:
    """See that walking to each edge of the picture leads to the side that its letter names."""
    middle = np.asarray(scene.to_patient((SIZE[0] / 2, SIZE[1] / 2)))
    edges = {"left": (0, SIZE[1] / 2), "right": (SIZE[0], SIZE[1] / 2), "top": (SIZE[0] / 2, 0),
             "bottom": (SIZE[0] / 2, SIZE[1])}  # fmt: skip
    for name, point in edges.items():
        way = np.asarray(scene.to_patient(point)) - middle
        assert np.allclose(way / np.linalg.norm(way), SIDES[getattr(scene.letters, name)])


def words(position: np.ndarray) -> str:
    """Return a place as a reader would say it."""
    sides = (("L", "R"), ("P", "A"), ("H", "F"))
    parts = [
        f"{s[0] if x >= 0 else s[1]} {abs(x):.1f}" for s, x in zip(sides, position, strict=True)
    ]
    return "  ".join(parts) + " mm"


def found(volume: Volume) -> Finding:
    """Return what is brighter than the rest as a finding that a person accepted."""
    ((s, r, c),) = np.argwhere(volume.values() > 0)
    start, stop = (s, r, c), (s + 1, r + 1, c + 1)
    mask = Mask(np.ones((1, 1, 1), np.bool_), volume.geometry.crop(start, stop))
    numbers = measure_mask(volume, mask)
    proposed = Finding(
        "2.25.77", NODULE, None, position_of(numbers.centre), numbers.low, numbers.high,
        numbers.diameter_mm, numbers.volume_mm3, volume.series_key, MODEL, score=0.5,
        mean_value=numbers.mean, unit=numbers.unit, mask=mask,
    )  # fmt: skip
    return proposed.judged(Status.ACCEPTED, READER, "2026-01-02T03:04:05+00:00")


def segmented(volume: Volume) -> Segmentation:
    labels = (volume.values() > 0).astype(np.uint8)
    segment = Segment(1, "Bright", NODULE)
    return Segmentation(
        "2.25.78", "Bright", labels, volume.geometry, (segment,), MODEL, volume.series_key,
        "accepted",
    )  # fmt: skip


def items(dataset: Dataset):
    """Go through all content items of a report."""
    for item in dataset.get("ContentSequence", []):
        yield item
        yield from items(item)


def number_called(report: Dataset, meaning: str) -> float:
    for item in items(report):
        if item.ValueType == "NUM" and meaning in item.ConceptNameCodeSequence[0].CodeMeaning:
            return float(item.MeasuredValueSequence[0].NumericValue)
    raise AssertionError(f"the report has no {meaning}")


@pytest.mark.parametrize(
    "axes", sampled(AXES), ids=lambda a: ",".join(f"{x:.0f}" for x in a.ravel())
)
def test_one_bright_voxel_is_where_it_was_on_every_view_and_in_every_file(axes, tmp_path):
    (tmp_path / "ct").mkdir()
    write(tmp_path / "ct", axes)
    truth = place(BRIGHT, axes)
    ((study, series),) = scan([tmp_path / "ct"], Silent()).all_series()
    volume = load(series, Silent())
    assert isinstance(volume, Volume)
    assert volume.value_at(position_of(truth)) == HU

    session = Session(READER)
    session.show(OpenImage(study, series, volume))
    session.place.set(Place(position_of(truth), "1.2.3.3"))
    for viewing in (Viewing.AXIAL, Viewing.CORONAL, Viewing.SAGITTAL, Viewing.ACQUISITION):
        for sideways, upside_down, turns in LOOKS if viewing is Viewing.AXIAL else LOOKS[::5]:
            look = Look(
                series.key, viewing, Window(0, 500), smooth=False, flipped_sideways=sideways,
                flipped_upside_down=upside_down, quarter_turns=turns,
            )  # fmt: skip
            seen, said = where_bright(session, look)
            assert np.abs(seen - truth).max() < 0.3
            assert said == f"700 HU at {words(truth)}"

    check_saved(tmp_path / "out", study, volume, truth)


def check_saved(folder: Path, study: Study, volume: Volume, truth: np.ndarray) -> None:
    """Save what was found, and read it with other programs' readers."""
    finding = found(volume)
    assert np.allclose(finding.position, truth, atol=1e-6)
    results = Results(
        study, study.series[0], volume, (finding,), (segmented(volume),), reader=READER
    )
    saved = save_results(folder, results, Silent())
    for name in ("seg_findings.dcm", "seg_bright.dcm"):
        with quiet():
            grid = highdicom.seg.segread(folder / name).get_volume(combine_segments=True)
        (index,) = np.argwhere(grid.array)
        assert np.allclose(grid.map_indices_to_reference(index[None]), truth, atol=1e-3)
    report = pydicom.dcmread(folder / "sr_findings.dcm")
    points = [
        np.reshape(item.GraphicData, (-1, 3))
        for item in items(report)
        if item.ValueType == "SCOORD3D"
    ]
    assert points
    for cloud in points:
        assert np.allclose((cloud.min(axis=0) + cloud.max(axis=0)) / 2, truth, atol=1e-3)
    assert number_called(report, "Volume") == pytest.approx(np.prod(SPACING))
    assert number_called(report, "ttenuation") == pytest.approx(HU)
    assert (report.PatientID, report.VerificationFlag) == ("P", "UNVERIFIED")
    frames = {str(item.ReferencedFrameOfReferenceUID) for item in items(report)
              if item.ValueType == "SCOORD3D"}  # fmt: skip
    assert frames == {"1.2.3.3"}
    assert len(saved.files) >= 4
