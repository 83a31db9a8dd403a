"""Enhanced multi-frame objects: volumes, moments, projections, and values frame by frame."""

from __future__ import annotations

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as Items

from tests.io.reading.enhanced import (
    COLUMNS,
    CT,
    MEASURES,
    MR,
    ORIENTATION,
    PET,
    ROWS,
    SHARED,
    UIDS,
    US_VOLUME,
    XA,
    XA_3D,
    frame_pixels,
    position,
    write_enhanced,
)
from viewer.cohort.listing import listing
from viewer.core.errors import Declined
from viewer.core.progress import Silent
from viewer.core.study import SeriesKind
from viewer.core.volume import Volume
from viewer.io.convert import Wish, convert
from viewer.io.forms import Form
from viewer.io.load import load
from viewer.io.scan import scan
from viewer.io.sources import source_headers
from viewer.io.time_step import time_step_s


@pytest.fixture
def enhanced(tmp_path):
    """Write an enhanced object into the test's folder."""

    def save(sop_class, modality, frames, shared=SHARED, name="1", **changes: object):
        return write_enhanced(tmp_path / name, sop_class, modality, frames, shared, **changes)

    return save


@pytest.mark.parametrize(
    ("said", "told_by", "labels"),
    [
        (
            [{"FrameContentSequence": {"TemporalPositionIndex": n}} for n in (1, 2, 3)],
            "time",
            ["time 1 of 3", "time 2 of 3", "time 3 of 3"],
        ),
        (
            [{"MREchoSequence": {"EffectiveEchoTime": n}} for n in (4.6, 9.2)],
            "echo time",
            ["echo time 4.6", "echo time 9.2"],
        ),
        (
            [{"MRDiffusionSequence": {"DiffusionBValue": n}} for n in (0.0, 50.0, 1000.0)],
            "b-value",
            ["b-value 0", "b-value 50", "b-value 1000"],
        ),
        (
            [{"MRDiffusionSequence": {"DiffusionBValue": 0.0}}]
            + [
                {
                    "MRDiffusionSequence": {
                        "DiffusionBValue": 1000.0,
                        "DiffusionGradientDirectionSequence": {"DiffusionGradientOrientation": d},
                    }
                }
                for d in ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0])
            ],
            "b-value and direction",
            ["b-value 0", "b-value 1000, direction 1", "b-value 1000, direction 2"],
        ),
        (
            [
                {"CardiacSynchronizationSequence": {"NominalCardiacTriggerDelayTime": n}}
                for n in (0.0, 45.5)
            ],
            "heart phase",
            ["heart phase 1 of 2", "heart phase 2 of 2"],
        ),
        (
            [
                {"RespiratorySynchronizationSequence": {"NominalPercentageOfRespiratoryPhase": n}}
                for n in (0.0, 50.0)
            ],
            "breathing phase",
            ["breathing phase 1 of 2", "breathing phase 2 of 2"],
        ),
    ],
)
def test_frames_of_the_same_places_are_moments(enhanced, series, said, told_by, labels):
    enhanced(MR, "MR", [{**position(z), **moment} for z in (0, 3, 6) for moment in said])
    (only,) = series()
    assert (only.kind, only.split_by) == (SeriesKind.FOUR_D, told_by)
    assert [part.split for part in only.parts] == labels
    count = len(said)
    for number, part in enumerate(only.parts):
        frames = [number + count * place for place in range(3)]
        assert [one.frame for one in part.instances] == frames
        volume = load(part, Silent())
        assert np.array_equal(volume.voxels, [frame_pixels(frame) for frame in frames])


def test_frames_are_told_apart_by_their_index_where_nothing_else_does(enhanced, series):
    frames = [
        {**position(z), "FrameContentSequence": {"DimensionIndexValues": [1, place, moment]}}
        for moment in (1, 2)
        for place, z in enumerate((0, 3, 6), start=1)
    ]
    pointers = []
    for tag in (0x00209056, 0x00209057, 0x00180010):
        item = Dataset()
        item.DimensionIndexPointer = tag
        pointers.append(item)
    enhanced(CT, "CT", frames, DimensionIndexSequence=Items(pointers))
    (only,) = series()
    assert only.kind is SeriesKind.FOUR_D
    assert only.split_by == "contrast/bolus agent"
    assert [one.frame for one in only.parts[1].instances] == [3, 4, 5]


def test_magnitude_and_phase_of_an_enhanced_object_are_two_series(enhanced, series):
    enhanced(
        MR,
        "MR",
        [
            {**position(z), "MRImageFrameTypeSequence": {"ComplexImageComponent": kind}}
            for z in (0, 3, 6)
            for kind in ("MAGNITUDE", "PHASE")
        ],
    )
    magnitude, phase = series()
    assert (magnitude.split, phase.split) == ("kind MAGNITUDE", "kind PHASE")
    assert magnitude.kind is phase.kind is SeriesKind.VOLUME


def test_files_of_one_moment_each_are_moments(enhanced, series):
    for number in (1, 2, 3):
        enhanced(
            PET, "PT", [position(z) for z in (0, 3, 6)], name=str(number), InstanceNumber=number,
            AcquisitionDateTime=f"2026020310{10 + number}00",
        )  # fmt: skip
    (only,) = series()
    assert (only.kind, only.split_by, len(only.parts)) == (SeriesKind.FOUR_D, "time", 3)
    assert time_step_s(only) == 60.0


def test_what_a_frame_says_is_believed_over_what_all_share(enhanced, series):
    shared = {
        **ORIENTATION,
        "PixelMeasuresSequence": {"PixelSpacing": [9, 9]},
        "PixelValueTransformationSequence": {"RescaleSlope": 5, "RescaleIntercept": 7},
        "FrameVOILUTSequence": {"WindowCenter": 1, "WindowWidth": 2},
    }
    frames = [
        {
            **position(z),
            **MEASURES,
            "PixelValueTransformationSequence": {
                "RescaleSlope": z + 1, "RescaleIntercept": -z, "RescaleType": "HU",
            },
            "FrameVOILUTSequence": {"WindowCenter": 40, "WindowWidth": 400},
        }
        for z in (0, 3, 6)
    ]  # fmt: skip
    enhanced(CT, "CT", frames, shared)
    volume = load(series()[0], Silent())
    assert isinstance(volume, Volume)
    assert np.allclose(volume.geometry.spacing_mm, (3, 0.5, 0.75))
    truth = [frame_pixels(n) * (z + 1.0) - z for n, z in enumerate((0, 3, 6))]
    assert np.allclose(volume.values(), truth)
    assert volume.unit == "[hnsf'U]"
    ((_, window),) = volume.windows
    assert (window.centre, window.width) == (40, 400)


def test_what_all_share_holds_for_frames_that_say_nothing(enhanced, series):
    shared = {
        **SHARED,
        "PixelValueTransformationSequence": {"RescaleSlope": 2, "RescaleIntercept": -1000},
    }
    enhanced(CT, "CT", [position(z) for z in (6, 3, 0)], shared)
    volume = load(series()[0], Silent())
    truth = [frame_pixels(n) * 2.0 - 1000 for n in (2, 1, 0)]
    assert np.allclose(volume.values(), truth)


def mapping(slope: float, intercept: float, unit: str) -> dict:
    return {
        "RealWorldValueMappingSequence": {
            "RealWorldValueSlope": slope,
            "RealWorldValueIntercept": intercept,
            "RealWorldValueFirstValueMapped": 0,
            "RealWorldValueLastValueMapped": 9999,
            "MeasurementUnitsCodeSequence": {"CodeValue": unit, "CodingSchemeDesignator": "UCUM"},
        }
    }


def test_enhanced_pet_has_the_unit_of_its_value_map(enhanced, series):
    frames = [{**position(z), **mapping(0.5 + z, 0.0, "Bq/ml")} for z in (0, 3, 6)]
    enhanced(PET, "PT", frames)
    volume = load(series()[0], Silent())
    assert volume.unit == "Bq/ml"
    assert np.allclose(volume.values(), [frame_pixels(n) * (0.5 + 3 * n) for n in range(3)])


def test_a_value_map_that_contradicts_the_rescale_gives_no_unit(enhanced, series):
    rescale = {"PixelValueTransformationSequence": {"RescaleSlope": 2, "RescaleIntercept": 0}}
    frames = [{**position(z), **rescale, **mapping(0.5, 0.0, "Bq/ml")} for z in (0, 3, 6)]
    enhanced(PET, "PT", frames)
    volume = load(series()[0], Silent())
    assert volume.unit == "1"
    assert np.allclose(volume.values(), [frame_pixels(n) * 2.0 for n in range(3)])


def test_enhanced_projections_are_a_clip_without_a_place(enhanced, series):
    enhanced(XA, "XA", [position(z) for z in (0, 0, 0, 0)])
    (only,) = series()
    assert (only.kind, len(only.instances)) == (SeriesKind.CINE, 4)
    assert all(one.plane is None for one in only.instances)


def test_rotational_angiography_reconstructed_in_three_dimensions_is_a_volume(enhanced, series):
    enhanced(XA_3D, "XA", [position(z) for z in (0, 3, 6)])
    (only,) = series()
    assert only.kind is SeriesKind.VOLUME
    assert load(only, Silent()).geometry.shape == (3, ROWS, COLUMNS)


def in_volume(z: float) -> dict:
    return {"PlanePositionVolumeSequence": {"ImagePositionVolume": [-4.0, 2.0, float(z)]}}


VOLUME_SHARED = {
    **MEASURES,
    "PlaneOrientationVolumeSequence": {"ImageOrientationVolume": [1.0, 0.0, 0.0, 0.0, 1.0, 0.0]},
}


def test_an_ultrasound_volume_is_one_in_mm_but_not_in_the_patient(enhanced, series, tmp_path):
    enhanced(
        US_VOLUME, "US", [in_volume(z) for z in (0, 0.8, 1.6)], VOLUME_SHARED,
        VolumeFrameOfReferenceUID=f"{UIDS}.9", UltrasoundAcquisitionGeometry="PATIENT",
    )  # fmt: skip
    (only,) = series()
    assert only.kind is SeriesKind.VOLUME
    assert [notice.code for notice in only.notices] == ["unknown_orientation"]
    assert only.frame_of_reference_uid == f"{UIDS}.9"
    volume = load(only, Silent())
    assert np.allclose(volume.geometry.spacing_mm, (0.8, 0.5, 0.75))
    (told,) = listing([tmp_path], Silent()).series
    assert told.affine is None
    assert told.spacing_mm is not None


def test_moments_of_an_ultrasound_volume_know_their_time(enhanced, series):
    frames = [
        {**in_volume(z), "TemporalPositionSequence": {"TemporalPositionTimeOffset": t * 0.05}}
        for t in range(4)
        for z in (0, 0.8, 1.6)
    ]
    enhanced(US_VOLUME, "US", frames, VOLUME_SHARED)
    (only,) = series()
    assert (only.kind, only.split_by, len(only.parts)) == (SeriesKind.FOUR_D, "time", 4)
    assert time_step_s(only) == pytest.approx(0.05)
    assert only.frame_of_reference_uid == ""  # the file's own one is that of the patient


def test_frames_of_which_nothing_is_said_are_listed_without_a_place(enhanced, series):
    path_frames = [position(z) for z in (0, 3, 6)]
    enhanced(
        MR, "MR", path_frames, NumberOfFrames=5,
        PixelData=b"".join(frame_pixels(n).tobytes() for n in range(5)),
    )  # fmt: skip
    placed, flat = sorted(series(), key=lambda one: -len(one.instances))
    assert (placed.kind, len(placed.instances)) == (SeriesKind.VOLUME, 3)
    assert sorted(one.frame for one in flat.instances) == [3, 4]
    assert all(one.plane is None for one in flat.instances)


@pytest.mark.data
def test_the_many_contrasts_of_one_enhanced_object_stay_apart(data):
    told = listing([data / "mr_enhanced_nema"], Silent())
    mixed = [one for one in told.series if one.description.startswith("Various contrasts")]
    assert [one.kind for one in mixed] == ["volume"] * 4
    assert all(one.moments == 1 for one in told.series)


def test_no_object_is_placed_on_an_ultrasound_volume(enhanced, series):
    enhanced(US_VOLUME, "US", [in_volume(z) for z in (0, 0.8, 1.6)], VOLUME_SHARED)
    with pytest.raises(Declined, match="in the patient is unknown"):
        source_headers(series()[0])


def test_what_is_not_in_the_patient_is_not_converted_into_it(enhanced, series, tmp_path):
    path = enhanced(US_VOLUME, "US", [in_volume(z) for z in (0, 0.8, 1.6)], VOLUME_SHARED)
    for form in (Form.NIFTI, Form.NRRD):
        made = convert([path], Wish(tmp_path / form, form), "", Silent())
        assert not made.left_out
        ((_, again),) = scan([tmp_path / form], Silent()).all_series()
        assert not again.in_patient
        assert np.allclose(load(again, Silent()).geometry.spacing_mm, (0.8, 0.5, 0.75), atol=1e-6)
