"""The eight bad series, and all the ways in which one series is several."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.core.study import SeriesKind

AXIAL, SAGITTAL = [1, 0, 0, 0, 1, 0], [0, 1, 0, 0, 0, -1]


def codes(series) -> list[str]:
    return [notice.code for notice in series.notices]


def at(x: float, y: float, z: float) -> dict[str, list[float]]:
    return {"ImagePositionPatient": [x, y, z]}


def stack_of(series, write, positions):
    for number, position in enumerate(positions, start=1):
        write(number, **at(*position))
    (only,) = series()
    return only


def test_an_even_series_is_a_volume_without_a_word(write, series):
    only = stack_of(series, write, [(0, 0, 2.5 * n) for n in range(10)])
    assert only.kind is SeriesKind.VOLUME
    assert only.notices == ()


def test_a_volume_is_sorted_along_its_normal_whatever_its_numbers_say(write, series):
    only = stack_of(series, write, [(0, 0, z) for z in (30, 10, 20, 40, 0)])
    assert [one.number for one in only.instances] == [5, 2, 3, 1, 4]


def test_slice_thickness_and_spacing_between_slices_are_not_believed(write, series):
    for number in range(1, 6):
        write(number, SliceThickness=9, SpacingBetweenSlices=7)
    (only,) = series()
    assert only.kind is SeriesKind.VOLUME


def test_rounding_of_positions_is_forgiven(write, series):
    only = stack_of(series, write, [(0, 0, round(n * 3.3333333, 2)) for n in range(30)])
    assert only.kind is SeriesKind.VOLUME


def test_a_tilted_gantry_is_named(write, series):
    tilt = np.radians(15)
    steps = [(0, 5 * n * np.tan(tilt), 5 * n) for n in range(8)]
    only = stack_of(series, write, steps)
    assert only.kind is SeriesKind.STACK
    assert codes(only) == ["tilted"]
    assert "15.0 degrees" in only.notices[0].sentence


def test_a_missing_slice_is_named_with_its_neighbours(write, series):
    for number in (1, 2, 3, 4, 6, 7, 8):
        write(number)
    (only,) = series()
    assert only.kind is SeriesKind.STACK
    assert codes(only) == ["missing_slice"]
    assert only.notices[0].sentence == "1 slice is missing between slices 4 and 6."


def test_several_missing_slices_are_counted(write, series):
    for number in (1, 2, 5, 6, 7, 8, 9, 10, 12, 13):
        write(number)
    (only,) = series()
    assert only.notices[0].sentence == "3 slices are missing between slices 2 and 5, 10 and 12."


def test_a_change_of_slice_distance_is_named(write, series):
    places = [0, 1, 2, 3, 4, 5, 6, 8.5, 11, 13.5, 16]
    only = stack_of(series, write, [(0, 0, z) for z in places])
    assert only.kind is SeriesKind.STACK
    assert codes(only) == ["mixed_spacing"]
    assert "from 1 to 2.5 mm at slice 7" in only.notices[0].sentence


def test_uneven_distances_are_named(write, series):
    only = stack_of(series, write, [(0, 0, z) for z in (0, 1, 2.3, 3.1, 4.6, 5.2, 6.9)])
    assert only.kind is SeriesKind.STACK
    assert codes(only) == ["uneven"]


def test_a_foreign_slice_aside_of_the_others_is_named(write, series):
    places = [(0.0, 0.0, float(n)) for n in range(9)]
    places[4] = (9.9, 0.0, 4.0)
    only = stack_of(series, write, places)
    assert only.kind is SeriesKind.STACK
    assert codes(only) == ["foreign_slice"]
    assert "Slice 5" in only.notices[0].sentence


def test_a_foreign_slice_between_the_others_is_named(write, series):
    only = stack_of(series, write, [(0, 0, z) for z in (0, 2, 4, 5.1, 6, 8, 10)])
    assert only.kind is SeriesKind.STACK
    assert codes(only) == ["foreign_slice"]
    assert "Slice 4" in only.notices[0].sentence


def test_two_slices_at_one_place_are_named(write, series):
    for number, place in enumerate((0, 1, 2, 2, 3, 4), start=1):
        write(number, **at(0, 0, place), AcquisitionNumber=1)
    (only,) = series()
    assert only.kind is SeriesKind.STACK
    assert codes(only) == ["duplicate_position"]
    assert "3 and 4" in only.notices[0].sentence


def test_mixed_orientations_are_parted_and_said(write, series):
    for number in range(1, 6):
        write(number)
    for number in range(6, 9):
        write(number, **at(number, 0, 0), ImageOrientationPatient=SAGITTAL)
    axial, sagittal = series()
    assert (axial.split, sagittal.split) == ("axial", "sagittal")
    assert axial.uid == sagittal.uid
    assert axial.key != sagittal.key
    assert axial.kind is sagittal.kind is SeriesKind.VOLUME
    assert codes(axial) == codes(sagittal) == ["mixed_orientation"]


def test_a_scout_is_parted_from_the_slices(write, series):
    write(99, ImageType=["ORIGINAL", "PRIMARY", "LOCALIZER"], **at(0, 0, 500))
    for number in range(1, 6):
        write(number)
    sections, scout = series()
    assert sections.kind is SeriesKind.VOLUME
    assert codes(sections) == ["scout"]
    assert (scout.split, scout.kind) == ("scout", SeriesKind.STACK)


def test_one_slice_alone_is_no_volume(write, series):
    write()
    (only,) = series()
    assert (only.kind, codes(only)) == (SeriesKind.STACK, ["single_slice"])


def test_pixel_spacings_and_sizes_are_parted(write, series):
    for number in range(1, 5):
        write(number)
    for number in range(5, 8):
        write(number, PixelSpacing=[0.4, 0.4])
    for number in range(8, 10):
        write(number, Rows=4, Columns=6, PixelData=bytes(48))
    assert sorted((len(one.instances), one.rows) for one in series()) == [(2, 4), (3, 8), (4, 8)]
    assert len({one.key for one in series()}) == 3


def test_one_odd_pixel_spacing_does_not_spoil_the_others(write, series):
    for number in range(1, 8):
        write(number)
    write(8, PixelSpacing=[0.9, 0.9])
    volume, odd = series()
    assert volume.kind is SeriesKind.VOLUME
    assert codes(volume) == ["mixed_pixel_spacing"]
    assert len(odd.instances) == 1


def test_frames_of_reference_are_never_mixed(write, series):
    for number in range(1, 5):
        write(number)
    for number in range(5, 9):
        write(number, FrameOfReferenceUID="1.2.3.4")
    first, second = series()
    assert {first.frame_of_reference_uid, second.frame_of_reference_uid} > {"1.2.3.4"}
    assert first.kind is second.kind is SeriesKind.VOLUME


@pytest.mark.parametrize(
    ("attribute", "values", "told_by", "split"),
    [
        ("TemporalPositionIdentifier", (1, 2), "time", "time 1 of 2"),
        ("EchoTime", (12.5, 80), "echo time", "echo time 12.5"),
        ("EchoNumbers", (1, 2), "echo", "echo 1"),
        ("AcquisitionNumber", (3, 4), "acquisition", "acquisition 3"),
        ("AcquisitionTime", ("101500", "101731.25"), "time", "time 1 of 2"),
        ("TriggerTime", (40.5, 81), "heart phase", "heart phase 1 of 2"),
    ],
)
def test_volumes_at_the_same_places_are_one_series_of_moments(
    write, series, attribute, values, told_by, split
):
    number = 0
    for value in values:
        for z in range(5):
            number += 1
            write(number, **at(0, 0, z), **{attribute: value})
    (only,) = series()
    assert (only.kind, only.split, only.split_by) == (SeriesKind.FOUR_D, "", told_by)
    first, second = only.parts
    assert first.split == split
    assert first.kind is second.kind is SeriesKind.VOLUME
    assert [one.number for one in first.instances] == [1, 2, 3, 4, 5]
    assert only.instances == first.instances + second.instances


def test_what_shows_different_things_stays_apart(write, series):
    number = 0
    for kind in "MP":
        for z in range(5):
            number += 1
            write(number, **at(0, 0, z), ImageType=["ORIGINAL", "PRIMARY", kind])
    magnitude, phase = series()
    assert magnitude.kind is phase.kind is SeriesKind.VOLUME
    assert (magnitude.split, phase.split) == ("kind M", "kind P")


def test_a_new_acquisition_for_each_slice_does_not_part_a_volume(write, series):
    for number in range(1, 7):
        write(number, AcquisitionNumber=number)
    (only,) = series()
    assert only.kind is SeriesKind.VOLUME


def test_heart_phases_at_one_place_are_a_clip(write, series):
    for number in range(1, 21):
        write(number, **at(0, 0, 7), TriggerTime=40.5 * number)
    (only,) = series()
    assert only.kind is SeriesKind.CINE
    assert len(only.instances) == 20


@pytest.mark.parametrize("places", [(0, 8), (0, 8, 30)])
def test_heart_phases_at_few_or_uneven_places_are_a_clip_for_each(write, series, places):
    number = 0
    for z in places:
        for phase in range(12):
            number += 1
            write(number, **at(0, 0, z), TriggerTime=40 * phase + z / 10)
    found = [(one.kind, len(one.instances)) for one in series()]
    assert found == [(SeriesKind.CINE, 12)] * len(places)


def test_heart_phases_at_even_places_are_moments_of_a_volume(write, series):
    number = 0
    for z in (0, 8, 16):
        for phase in range(12):
            number += 1
            write(number, **at(0, 0, z), TriggerTime=40 * phase + z / 10)
    (only,) = series()
    assert (only.kind, only.split_by, len(only.parts)) == (SeriesKind.FOUR_D, "heart phase", 12)
    assert [one.number for one in only.parts[1].instances] == [2, 14, 26]


def test_keys_are_the_same_on_every_scan(write, series):
    for number in range(1, 6):
        write(number)
    write(6, PixelSpacing=[0.9, 0.9])
    assert [one.key for one in series()] == [one.key for one in series()]


def test_radiographs_become_frames_without_a_place(write, series):
    for number in (2, 1):
        write(
            number,
            SOPClassUID="1.2.840.10008.5.1.4.1.1.1",
            Modality="CR",
            ImagePositionPatient=None,
            ImageOrientationPatient=None,
        )
    (only,) = series()
    assert only.kind is SeriesKind.STACK
    assert [one.number for one in only.instances] == [1, 2]
    assert all(one.plane is None for one in only.instances)
    assert only.notices == ()
