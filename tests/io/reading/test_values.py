"""What stored numbers mean: scales, tables, windows and SUV, against values worked out by hand."""

from __future__ import annotations

import math

import nibabel
import numpy as np
import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import PositronEmissionTomographyImageStorage

from viewer.cohort.listing import listing
from viewer.core.progress import Silent
from viewer.core.stack import Stack
from viewer.core.volume import Volume
from viewer.io.load import load, open_series
from viewer.io.scan import scan


def codes(series) -> set[str]:
    return {notice.code for notice in open_series(series).notices}


def item(**values: object) -> Dataset:
    made = Dataset()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def table(first: int, entries: list[int], **more: object) -> Dataset:
    made = item(LUTDescriptor=[len(entries), first, 16], **more)
    made.add_new("LUTData", "US", entries)
    return made


# modality


def test_a_modality_table_leads_to_values_and_its_ends_hold_beyond_it(write, series):
    lut = table(2, [100, 200, 400], ModalityLUTType="US")
    stored = np.zeros((8, 6), np.uint16)
    stored[0, :6] = 0, 2, 3, 4, 5, 60000
    write(
        1, PixelRepresentation=0, PixelData=stored.tobytes(), ModalityLUTSequence=[lut],
        RescaleSlope=None, RescaleIntercept=None, RescaleType=None,
    )  # fmt: skip
    (only,) = series()
    image = load(only, Silent())
    values = image.frames[0].pixels if isinstance(image, Stack) else image.values()[0]
    assert values[0].tolist() == [100, 100, 200, 400, 400, 400]
    assert image.unit == "1"


def test_each_frame_has_the_scale_it_names(write, series):
    stored = np.full((3, 8, 6), 10, np.int16)
    groups = [
        item(
            PlanePositionSequence=[item(ImagePositionPatient=[0, 0, 2.0 * number])],
            PixelValueTransformationSequence=[
                item(RescaleSlope=slope, RescaleIntercept=number, RescaleType="US")
            ],
        )
        for number, slope in enumerate((1, 2, 0.5))
    ]
    shared = item(
        PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])],
        PixelMeasuresSequence=[item(PixelSpacing=[1, 1])],
    )
    write(
        1, NumberOfFrames=3, PixelData=stored.tobytes(), Modality="MR",
        SharedFunctionalGroupsSequence=[shared], PerFrameFunctionalGroupsSequence=groups,
        RescaleSlope=None, RescaleIntercept=None, RescaleType=None, ImagePositionPatient=None,
        ImageOrientationPatient=None, PixelSpacing=None,
    )  # fmt: skip
    (only,) = series()
    volume = load(only, Silent())
    assert isinstance(volume, Volume)
    assert volume.values()[:, 0, 0].tolist() == [10.0, 21.0, 7.0]


# graphics


def test_words_that_are_burned_into_the_pictures_are_named(write, series, tmp_path):
    write(1, BurnedInAnnotation="YES")
    (only,) = series()
    assert "burned_in" in codes(only)
    (listed,) = listing([tmp_path], Silent()).series
    assert "burned_in" in {notice.code for notice in listed.warnings}
    write(1, BurnedInAnnotation="NO")
    (only,) = series()
    assert "burned_in" not in codes(only)


# SUV


def pet(write, **changes: object) -> None:
    injection = item(
        RadiopharmaceuticalStartTime="090000", RadionuclideTotalDose=4e8, RadionuclideHalfLife=6600
    )
    said = {
        "SOPClassUID": PositronEmissionTomographyImageStorage, "Modality": "PT", "Units": "BQML",
        "CorrectedImage": ["ATTN", "DECY"], "DecayCorrection": "START", "PatientWeight": 70,
        "SeriesDate": "20260203", "SeriesTime": "105000", "AcquisitionDate": "20260203",
        "AcquisitionTime": "105500", "RescaleIntercept": 0, "RescaleType": None,
        "RadiopharmaceuticalInformationSequence": [injection],
        "WindowCenter": 10_000, "WindowWidth": 20_000,
    }  # fmt: skip
    for number in (1, 2, 3):
        slope = changes.get("RescaleSlope", 2)
        each = {"RescaleSlope": slope(number) if callable(slope) else slope}
        write(number, **(said | changes | each))


def test_a_pet_volume_is_in_suv_and_so_are_its_windows(write, series):
    pet(write)
    (only,) = series()
    volume = load(only, Silent())
    assert isinstance(volume, Volume)
    assert (volume.unit, volume.voxels.dtype) == ("g/ml{SUVbw}", np.int16)
    assert math.isclose(volume.values()[1, 0, 0], 200 * 2 * 70_000 / 2e8, rel_tol=1e-6)
    assert math.isclose(volume.windows[0][1].width, 7.0)
    assert not codes(only)


def test_a_scale_of_its_own_for_each_slice_leads_to_suv_too(write, series):
    pet(write, RescaleSlope=lambda number: number * 0.5)
    (only,) = series()
    volume = load(only, Silent())
    expected = [number * 100 * number * 0.5 * 70_000 / 2e8 for number in (1, 2, 3)]
    assert np.allclose(volume.values()[:, 0, 0], expected)
    assert volume.unit == "g/ml{SUVbw}"


def test_a_pet_volume_without_a_weight_stays_in_becquerel_and_says_why(write, series):
    pet(write, PatientWeight="")
    (only,) = series()
    volume = load(only, Silent())
    assert (volume.unit, volume.slope) == ("Bq/ml", 2.0)
    (notice,) = [one for one in open_series(only).notices if one.code == "no_suv"]
    assert notice.sentence == "No SUV: the patient's weight is missing."


@pytest.mark.data
def test_the_head_and_neck_pet_is_in_suv_by_its_own_decay_factor(data):
    folder = data / "pet_headneck_qin01" / "PET"
    (only,) = [one for _, one in scan([folder], Silent()).all_series() if one.rows]
    volume = load(only, Silent())
    assert isinstance(volume, Volume)
    assert volume.unit == "g/ml{SUVbw}"
    head = pydicom.dcmread(only.instances[0].path)
    # injected 11:39:00, corrected to 13:02:44.678; 66.2 kg, 381.47 MBq, half-life 6,586.2 s
    left_bq = 381_470_000 * 2 ** (-5024.678 / 6586.2)
    expected = head.pixel_array * (float(head.RescaleSlope) * 66_200 / left_bq)
    assert np.allclose(volume.values()[0], expected, rtol=1e-5, atol=1e-6)
    # the scanner's own decay factors agree that the reference is the start of the series
    first, last = 1.0095017, 1.1558029
    assert math.isclose(last / first, 2 ** (1285.969 / 6586.2), rel_tol=1e-4)


@pytest.mark.data
def test_the_sarcoma_pet_has_the_suv_that_another_tool_gave_it(data):
    folder = data / "petctmr_sarcoma_dicom" / "STS_022" / "PET" / "image"
    (only,) = [one for _, one in scan([folder], Silent()).all_series()]
    volume = load(only, Silent())
    assert isinstance(volume, Volume)
    assert volume.unit == "g/ml{SUVbw}"
    other = nibabel.load(data / "petctmr_sarcoma" / "STS_022" / "PET.nii.gz")
    theirs = np.asarray(other.dataobj, np.float64).transpose(2, 1, 0)
    assert np.allclose(volume.values(), theirs, atol=1e-5)
