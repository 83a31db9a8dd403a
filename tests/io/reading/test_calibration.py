"""What a pixel measures, for every way in which a file can say it, or fail to."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset

from viewer.cohort.listing import listing
from viewer.core.errors import Unreadable
from viewer.core.progress import Silent
from viewer.core.scale import Scale, ScaleKind
from viewer.core.volume import Volume
from viewer.io import tags
from viewer.io.calibration import scale_of
from viewer.io.header import Header, Stamp
from viewer.io.heads import header_of
from viewer.io.judge import judged
from viewer.io.load import load
from viewer.io.picture import pictures_of

STORAGE = "1.2.840.10008.5.1.4.1.1."
FLAT = {"ImagePositionPatient": None, "ImageOrientationPatient": None}
CAPTURE = {**FLAT, "SOPClassUID": STORAGE + "7", "Modality": "OT"}
SHADOWS = {
    "CR": STORAGE + "1", "DX": STORAGE + "1.1", "MG": STORAGE + "1.2", "IO": STORAGE + "1.3",
    "PX": STORAGE + "1.1", "XA": STORAGE + "12.1", "RF": STORAGE + "12.2",
}  # fmt: skip


def shadow(modality: str = "DX", **said: object) -> dict[str, object]:
    return {
        **FLAT, "SOPClassUID": SHADOWS[modality], "Modality": modality, "PixelSpacing": None, **said
    }  # fmt: skip


@pytest.fixture
def scale(write, series):
    """Write a picture that says this of its pixels, and read what they measure."""

    def read(**said: object) -> Scale:
        write(1, **said)
        (only,) = series()
        frame = load(only, Silent()).frames[0]
        assert frame.spacing_mm == frame.scale.patient_mm
        return frame.scale

    return read


@pytest.mark.parametrize("modality", SHADOWS)
def test_a_shadow_with_the_spacing_of_its_detector_says_so(scale, modality):
    found = scale(**shadow(modality, ImagerPixelSpacing=[0.2, 0.1]))
    assert (found.kind, found.spacing_mm) == (ScaleKind.DETECTOR, (0.2, 0.1))
    assert found.unit == "mm at the detector"
    assert found.patient_mm is None


@pytest.mark.parametrize("said", [
    {"PixelSpacing": [0.14, 0.14], "ImagerPixelSpacing": [0.14, 0.14]},
    {"PixelSpacing": [0.14, 0.14]},
])  # fmt: skip
def test_pixel_spacing_that_is_not_calibrated_is_the_detectors(scale, said):
    found = scale(**shadow(**said))
    assert (found.kind, found.spacing_mm) == (ScaleKind.DETECTOR, (0.14, 0.14))


@pytest.mark.parametrize("how", ["GEOMETRY", "FIDUCIAL"])
def test_calibrated_spacing_is_the_patients_and_tells_how(scale, how):
    found = scale(**shadow(
        "CR", PixelSpacing=[0.12, 0.12], PixelSpacingCalibrationType=how,
        PixelSpacingCalibrationDescription="Kugel 25 mm", ImagerPixelSpacing=[0.15, 0.15],
    ))  # fmt: skip
    assert (found.kind, found.patient_mm) == (ScaleKind.CALIBRATED, (0.12, 0.12))
    assert found.sentence.endswith("(Kugel 25 mm).")
    assert found.unit == f"mm, calibrated ({how.lower()}: Kugel 25 mm)"


def test_spacing_changed_away_from_the_detectors_is_the_patients_and_says_so(scale):
    found = scale(**shadow(PixelSpacing=[0.12, 0.12], ImagerPixelSpacing=[0.14, 0.14]))
    assert (found.kind, found.patient_mm) == (ScaleKind.CORRECTED, (0.12, 0.12))
    assert found.unit == "mm, corrected for magnification"


def test_spacing_wider_than_the_detectors_is_never_the_patients(scale):
    found = scale(**shadow(PixelSpacing=[0.28, 0.28], ImagerPixelSpacing=[0.14, 0.14]))
    assert (found.kind, found.patient_mm) == (ScaleKind.DETECTOR, None)


@pytest.mark.parametrize(("said", "kind", "spacing"), [
    ({}, ScaleKind.DETECTOR, 0.3),
    ({"RTImageSID": "1500", "RadiationMachineSAD": "1000"}, ScaleKind.ESTIMATED, 0.2),
])  # fmt: skip
def test_a_radiotherapy_picture_is_measured_in_its_plane_or_at_the_axis(scale, said, kind, spacing):
    found = scale(
        **FLAT, SOPClassUID=STORAGE + "481.1", Modality="RTIMAGE", PixelSpacing=None,
        ImagePlanePixelSpacing=[0.3, 0.3], **said,
    )  # fmt: skip
    assert found.kind is kind
    assert found.spacing_mm == pytest.approx((spacing, spacing))


@pytest.mark.parametrize(("said", "factor"), [
    ({"EstimatedRadiographicMagnificationFactor": "1.3"}, 1.3),
    ({"DistanceSourceToDetector": "1200", "DistanceSourceToPatient": "800"}, 1.5),
    ({"EstimatedRadiographicMagnificationFactor": "1.3", "DistanceSourceToDetector": "1200",
      "DistanceSourceToPatient": "800"}, 1.3),
])  # fmt: skip
@pytest.mark.parametrize("modality", ["XA", "MG"])
def test_a_known_magnification_gives_estimated_millimetres(scale, modality, said, factor):
    found = scale(**shadow(modality, ImagerPixelSpacing=[0.3, 0.3], **said))
    assert found.kind is ScaleKind.ESTIMATED
    assert found.spacing_mm == pytest.approx((0.3 / factor, 0.3 / factor))
    assert found.patient_mm is None
    assert found.unit == f"mm, estimated at magnification {factor:g}"


@pytest.mark.parametrize("said", [
    {"EstimatedRadiographicMagnificationFactor": "0"},
    {"EstimatedRadiographicMagnificationFactor": "40"},
    {"DistanceSourceToDetector": "1200", "DistanceSourceToPatient": "0"},
    {"DistanceSourceToDetector": "800", "DistanceSourceToPatient": "1200"},
    {"DistanceSourceToDetector": "1200"},
])  # fmt: skip
def test_a_magnification_that_cannot_be_is_not_used(scale, said):
    found = scale(**shadow("XA", ImagerPixelSpacing=[0.3, 0.3], **said))
    assert (found.kind, found.spacing_mm) == (ScaleKind.DETECTOR, (0.3, 0.3))


@pytest.mark.parametrize("modality", SHADOWS)
def test_a_shadow_that_says_nothing_is_measured_in_pixels(scale, modality):
    found = scale(**shadow(modality))
    assert (found.kind, found.spacing_mm, found.unit) == (ScaleKind.PIXELS, None, "px")


def test_a_scanned_film_has_the_millimetres_of_its_sheet(scale):
    found = scale(**CAPTURE, PixelSpacing=None, NominalScannedPixelSpacing=[0.17, 0.17])
    assert (found.kind, found.patient_mm) == (ScaleKind.SCANNED, None)
    assert found.unit == "mm on the scanned sheet"


@pytest.mark.parametrize("modality", ["OT", "CT", "MR", "NM", "US", "SC"])
def test_a_captured_picture_is_measured_in_pixels_whatever_it_claims(scale, modality):
    found = scale(**{**CAPTURE, "Modality": modality}, PixelSpacing=[1, 1])
    assert (found.kind, found.unit) == (ScaleKind.PIXELS, "px")
    assert "not said to be the patient's" in found.sentence


def test_a_shape_of_pixels_alone_gives_pixels_of_that_shape(scale):
    found = scale(**CAPTURE, PixelSpacing=None, PixelAspectRatio=["4", "3"])
    assert (found.kind, found.unit) == (ScaleKind.ASPECT, "px")
    assert found.size == pytest.approx((4 / 3, 1.0))


@pytest.mark.parametrize("spacing", [[0, 0], [-1, 1], [1e9, 1e9], ["1"], [0.1, 0]])
def test_spacing_that_cannot_be_is_no_spacing(scale, spacing):
    assert scale(**shadow("CR", ImagerPixelSpacing=spacing)).kind is ScaleKind.PIXELS


def frames(count: int, **shared: object) -> dict[str, object]:
    """What makes an enhanced object of so many frames, one above the other."""

    def group(**said: Dataset) -> Dataset:
        made = Dataset()
        for name, inner in said.items():
            setattr(made, name, [inner])
        return made

    def item(**said: object) -> Dataset:
        made = Dataset()
        for name, value in said.items():
            setattr(made, name, value)
        return made

    return {
        **FLAT,
        "NumberOfFrames": count, "PixelData": bytes(96 * count), "PixelSpacing": None,
        "SharedFunctionalGroupsSequence": [
            group(**{name: item(**said) for name, said in shared.items()})
        ],
        "PerFrameFunctionalGroupsSequence": [
            group(PlanePositionSequence=item(ImagePositionPatient=[0, 0, 2.0 * number]))
            for number in range(count)
        ],
    }  # fmt: skip


@pytest.mark.parametrize(("shared", "kind", "spacing"), [
    ({}, ScaleKind.DETECTOR, 0.3),
    ({"ProjectionPixelCalibrationSequence": {"ObjectPixelSpacingInCenterOfBeam": [0.2, 0.2]}},
     ScaleKind.ESTIMATED, 0.2),
])  # fmt: skip
def test_an_enhanced_angiogram_tells_its_scale_in_its_groups(scale, shared, kind, spacing):
    detector = {"ImagerPixelSpacing": [0.3, 0.3]}
    found = scale(
        **frames(2, FramePixelDataPropertiesSequence=detector, **shared),
        SOPClassUID=STORAGE + "12.1.1", Modality="XA",
    )  # fmt: skip
    assert found.kind is kind
    assert found.spacing_mm == pytest.approx((spacing, spacing))
    if kind is ScaleKind.ESTIMATED:
        assert found.magnification == pytest.approx(1.5)


def test_a_tomosynthesis_is_made_of_sections_and_no_shadow(write, series):
    write(
        1,
        **frames(
            4,
            PlaneOrientationSequence={"ImageOrientationPatient": [1, 0, 0, 0, 1, 0]},
            PixelMeasuresSequence={"PixelSpacing": [0.1, 0.1]},
        ),
        SOPClassUID=STORAGE + "13.1.3", Modality="MG",
    )  # fmt: skip
    (only,) = series()
    volume = load(only, Silent())
    assert isinstance(volume, Volume)
    assert volume.geometry.spacing_mm == pytest.approx((2.0, 0.1, 0.1))


def test_info_tells_the_scale_and_no_millimetres_but_the_patients(write, tmp_path):
    write(1, **shadow("XA", ImagerPixelSpacing=[0.3, 0.3], DistanceSourceToDetector="1200",
                      DistanceSourceToPatient="800"))  # fmt: skip
    (entry,) = listing([tmp_path], Silent()).series
    assert entry.spacing_mm is None
    assert entry.pixel_scale.kind == "estimated"
    assert entry.pixel_scale.spacing_mm == pytest.approx((0.2, 0.2))
    assert entry.pixel_scale.magnification == 1.5


def test_info_tells_the_millimetres_of_a_calibrated_radiograph(write, tmp_path):
    write(1, **shadow(PixelSpacing=[0.2, 0.1], PixelSpacingCalibrationType="FIDUCIAL"))
    (entry,) = listing([tmp_path], Silent()).series
    assert entry.spacing_mm == (None, 0.2, 0.1)
    assert entry.pixel_scale.kind == "calibrated"


# what others made


def path_of(name: str) -> Path:
    return Path(str(get_testdata_file(name, download=False)))


def test_every_public_file_without_spacing_in_the_patient_is_in_pixels():
    """Where another reader says 1.0 mm."""
    counted = 0
    for path in sorted(path_of("CT_small.dcm").parent.parent.rglob("*.dcm")):
        try:
            header = judged(header_of(path))
        except Unreadable:
            continue
        pictures = pictures_of(header)
        spaced = tags.PIXEL_SPACING in header.raw and tags.ORIENTATION in header.raw
        section = header.text(tags.MODALITY) in ("CT", "MR", "PT")
        if not pictures or header.frames or spaced or section:
            continue
        counted += 1
        assert pictures[0].spacing_mm is None, path.name
        if not header.raw.keys() & {tags.ULTRASOUND_REGIONS, tags.IMAGER_PIXEL_SPACING}:
            assert pictures[0].scale.unit == "px", path.name
    assert counted >= 45


def test_a_header_without_anything_measures_nothing():

    assert scale_of(Header(Path(), Stamp(0, 0), "", {}, None)).kind is ScaleKind.PIXELS
