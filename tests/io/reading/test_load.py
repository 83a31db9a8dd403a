from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.errors import Declined, Unreadable
from viewer.core.progress import Cancelled, Silent
from viewer.core.stack import Stack
from viewer.core.study import Instance
from viewer.core.volume import Fidelity, Volume
from viewer.core.window import Curve, Window
from viewer.io import filling
from viewer.io.budget import Budget
from viewer.io.load import load, open_series
from viewer.io.outward import Outward
from viewer.io.relisted import pictures_in


def ignore(_):
    return None


def slices(write, count, **changes: object):
    for number in range(1, count + 1):
        write(number, **changes)


def test_values_are_the_stored_ones_with_slope_and_intercept(write, series):
    slices(write, 4, RescaleSlope=2, RescaleIntercept=-1000)
    (only,) = series()
    volume = load(only, Silent())
    assert isinstance(volume, Volume)
    assert (volume.voxels.dtype, volume.slope, volume.intercept) == (np.int16, 2.0, -1000.0)
    assert volume.voxels[2, 1, 3] == 309
    assert volume.values()[2, 1, 3] == 2 * 309 - 1000
    assert (volume.unit, volume.modality) == ("[hnsf'U]", "CT")


def test_a_scale_for_each_slice_becomes_real_values(write, series):
    for number in (1, 2, 3):
        write(number, Modality="PT", RescaleSlope=number * 0.5, RescaleIntercept=0, Units="BQML")
    (only,) = series()
    volume = load(only, Silent())
    assert (volume.voxels.dtype, volume.slope, volume.unit) == (np.float32, 1.0, "Bq/ml")
    assert [float(plane[0, 0]) for plane in volume.voxels] == [50.0, 200.0, 450.0]


def test_the_middle_slice_is_there_at_once_and_the_others_are_not(write, series):
    slices(write, 9)
    (only,) = series()
    loading = open_series(only)
    assert loading.wanted == 4
    assert loading.image.voxels[4, 0, 0] == 500
    assert list(loading.fidelity.quality) == [0, 0, 0, 0, 2, 0, 0, 0, 0]


def test_another_first_slice_may_be_wanted(write, series):
    slices(write, 9)
    (only,) = series()
    loading = open_series(only, 7)
    assert loading.fidelity.quality[7] == Fidelity.ORIGINAL


def test_the_image_is_the_same_memory_from_first_to_last(write, series):
    slices(write, 9)
    (only,) = series()
    loading = open_series(only)
    before = loading.image
    after = loading.run(Silent(), ignore)
    assert np.shares_memory(before.voxels, after.voxels)
    assert before.voxels[8, 0, 0] == 900


def test_all_is_original_in_the_end(write, series):
    slices(write, 30)
    (only,) = series()
    seen: list[Fidelity] = []
    loading = open_series(only)
    loading.run(Silent(), seen.append)
    assert seen[-1].complete
    assert loading.notices == ()


def test_what_has_landed_stands_in_for_its_neighbours(write, series):
    slices(write, 40)
    (only,) = series()
    loading = open_series(only)
    quality = loading.fidelity.quality.copy()
    claimed = np.zeros(40, np.bool_)
    loading._filling.stand_in(quality, claimed, 3)
    assert list(quality[16:25]) == [0, 1, 1, 1, 2, 1, 1, 1, 0]
    assert loading.image.voxels[17, 0, 0] == loading.image.voxels[20, 0, 0] == 2100


def test_a_stand_in_never_covers_what_is_better_or_being_read(write, series):
    slices(write, 9)
    (only,) = series()
    loading = open_series(only)
    quality = np.array([0, 0, 0, 3, 2, 0, 0, 2, 0], np.uint8)
    claimed = np.array([0, 0, 0, 1, 1, 0, 1, 1, 0], np.bool_)
    loading._filling.stand_in(quality, claimed, 8)
    assert list(quality) == [0, 0, 0, 3, 2, 1, 0, 2, 1]


@given(st.integers(1, 60), st.data())
def test_every_slice_is_handed_out_once_nearest_first(count, data):
    start = data.draw(st.integers(0, count - 1))
    order = Outward(count, start)
    handed = []
    while (index := order.claim()) is not None:
        handed.append(index)
    assert sorted(handed) == list(range(count))
    distances = [abs(index - start) for index in handed]
    assert distances == sorted(distances)


@given(st.integers(2, 60), st.data())
def test_wanting_another_slice_makes_it_the_next(count, data):
    order = Outward(count, count // 2)
    taken = {order.claim() for _ in range(data.draw(st.integers(0, count - 1)))}
    wanted = data.draw(st.integers(0, count - 1))
    order.start_from(wanted)
    following = order.claim()
    assert following is not None
    if wanted not in taken:
        assert following == wanted


def test_a_wanted_slice_is_read_next(write, series):
    slices(write, 30)
    (only,) = series()
    loading = open_series(only)
    loading.want(28)
    loading._land_next()
    assert loading.fidelity.quality[28] == Fidelity.ORIGINAL


def test_a_damaged_slice_is_named_and_keeps_its_gap(write, series):
    slices(write, 7, PixelPaddingValue=-2000)
    (only,) = series()
    path = only.instances[2].path
    path.write_bytes(path.read_bytes()[:-20])
    loading = open_series(only)
    volume = loading.run(Silent(), ignore)
    assert list(loading.fidelity.quality) == [2, 2, 3, 2, 2, 2, 2]
    assert not loading.fidelity.complete
    (notice,) = loading.notices
    assert notice.code == "damaged"
    assert notice.sentence.startswith("Slice 3 (0003): ")
    assert (volume.voxels[2] == -2000).all()
    assert volume.voxels[3, 0, 0] == 400


def test_a_gap_without_a_padding_value_is_filled_with_the_lowest(write, series):
    slices(write, 7)
    (only,) = series()
    path = only.instances[6].path
    path.unlink()
    volume = load(only, Silent())
    assert (volume.voxels[6] == 400).all()


def test_a_slice_cut_off_before_it_was_listed_is_damaged_too(write, series):
    slices(write, 5)
    path = write(2)
    path.write_bytes(path.read_bytes()[:-20])
    (only,) = series()
    loading = open_series(only)
    loading.run(Silent(), ignore)
    assert list(loading.fidelity.quality) == [2, 3, 2, 2, 2]
    assert "ends after" in loading.notices[0].sentence


def test_a_file_that_changed_since_it_was_listed_is_not_read(write, series):
    slices(write, 3)
    (only,) = series()
    write(2, PatientName="Somebody^Else^Entirely")
    loading = open_series(only)
    loading.run(Silent(), ignore)
    assert "has changed" in loading.notices[0].sentence


def test_damage_in_a_stack_is_written_on_its_frame(write, series):
    for number in (1, 2, 4, 9):
        write(number)
    path = write(4)
    (only,) = series()
    path.write_bytes(path.read_bytes()[:-20])
    stack = load(only, Silent())
    assert isinstance(stack, Stack)
    assert [bool(frame.damage) for frame in stack.frames] == [False, False, True, False]


def test_a_cancelled_load_stops_and_leaves_no_thread(write, series):
    slices(write, 30)
    (only,) = series()
    before = threading.active_count()

    class Unwanted:
        def report(self, done: float, doing: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        load(only, Unwanted())
    assert threading.active_count() == before


def test_a_mistake_of_ours_rises_out_of_the_threads(write, series, monkeypatch):
    slices(write, 5)
    (only,) = series()
    loading = open_series(only)

    def broken(self, decoder):
        raise ZeroDivisionError

    monkeypatch.setattr(filling.PictureSlot, "read", broken)
    with pytest.raises(ZeroDivisionError):
        loading.run(Silent(), ignore)


def test_what_fits_neither_into_memory_nor_on_disk_is_declined_before_it_is_allocated(
    write, series, monkeypatch
):
    slices(write, 3)
    (only,) = series()
    full = Budget(lambda: 10, lambda _: 10)
    monkeypatch.setattr(filling, "shared_budget", lambda: full)
    with pytest.raises(Declined, match="of memory, and only") as declined:
        open_series(only)
    assert declined.value.code == "too_large"


def test_an_object_is_declined_with_what_it_is(write, series):
    write(1, SOPClassUID="1.2.840.10008.5.1.4.1.1.481.3", Modality="RTSTRUCT", PixelData=None)
    (only,) = series()
    with pytest.raises(Declined, match="radiotherapy structures"):
        open_series(only)


def test_a_series_listed_elsewhere_is_read_again(write, series):
    slices(write, 4)
    (only,) = series()
    plain = tuple(
        Instance(
            one.path, one.sop_instance_uid, one.sop_class_uid, one.transfer_syntax_uid, one.number,
            one.frame, one.plane,
        )
        for one in only.instances
    )  # fmt: skip
    elsewhere = replace(only, instances=plain)
    assert list(pictures_in(elsewhere)) == list(only.instances)
    plain[1].path.unlink()
    with pytest.raises(Unreadable, match="gone"):
        open_series(elsewhere)


def test_windows_come_with_their_names(write, series):
    slices(
        write, 3, WindowCenter=[40, -600], WindowWidth=[400, 1500],
        WindowCenterWidthExplanation=["WINDOW1", "LUNG"],
    )  # fmt: skip
    (only,) = series()
    windows = load(only, Silent()).windows
    lung = Window(-600, 1500, Curve.LINEAR)
    assert windows == (("WINDOW1", Window(40, 400, Curve.LINEAR)), ("LUNG", lung))


def test_inverted_pictures_are_marked_and_not_altered(write, series):
    slices(write, 3, PhotometricInterpretation="MONOCHROME1")
    (only,) = series()
    volume = load(only, Silent())
    assert volume.inverted
    assert volume.voxels[0, 0, 0] == 100


def test_every_slice_knows_the_image_it_came_from(write, series):
    slices(write, 3)
    (only,) = series()
    volume = load(only, Silent())
    assert [origin.sop_instance_uid[-2:] for origin in volume.origins] == [".1", ".2", ".3"]


def test_bits_above_those_stored_are_not_taken_for_values(write, series):
    overlay = (np.full((8, 6), 1234, np.uint16) | 0x7000).tobytes()
    slices(write, 2, PixelRepresentation=0, BitsStored=12, HighBit=11, PixelData=overlay)
    (only,) = series()
    assert (load(only, Silent()).voxels == 1234).all()


def test_negative_values_are_extended_from_the_bits_stored(write, series):
    low = (np.full((8, 6), -5, np.int16) & 0x0FFF).tobytes()
    slices(write, 2, BitsStored=12, HighBit=11, PixelData=low)
    (only,) = series()
    assert (load(only, Silent()).voxels == -5).all()


def test_a_clip_of_many_frames_is_read_frame_by_frame(write, series):
    frames = np.arange(5 * 48, dtype=np.int16)
    flat = {"ImagePositionPatient": None, "ImageOrientationPatient": None}
    write(
        1, SOPClassUID="1.2.840.10008.5.1.4.1.1.12.1", Modality="XA", NumberOfFrames=5,
        PixelData=frames.tobytes(), **flat,
    )  # fmt: skip
    (only,) = series()
    clip = load(only, Silent())
    assert [frame.pixels[0, 0] for frame in clip.frames] == [0, 48, 96, 144, 192]
    assert [frame.origin.frame for frame in clip.frames] == [0, 1, 2, 3, 4]


def test_colour_pictures_are_shown_in_colour(write, series):
    colours = np.arange(8 * 6 * 3, dtype=np.uint8)
    write(
        1, Modality="XC", SOPClassUID="1.2.840.10008.5.1.4.1.1.77.1.4", SamplesPerPixel=3,
        PhotometricInterpretation="RGB", PlanarConfiguration=0, BitsAllocated=8, BitsStored=8,
        HighBit=7, PixelRepresentation=0, PixelData=colours.tobytes(),
    )  # fmt: skip
    (only,) = series()
    frame = load(only, Silent()).frames[0]
    assert np.array_equal(frame.pixels, colours.reshape(8, 6, 3))


def test_a_stack_says_why_it_is_no_volume(write, series):
    for number in (1, 2, 4, 5):
        write(number)
    (only,) = series()
    stack = load(only, Silent())
    assert stack.reason == "1 slice is missing between slices 2 and 4."
    assert all(frame.plane is not None for frame in stack.frames)


def test_values_in_the_upper_bits_are_brought_down(write, series):
    for number in (1, 2, 3):
        raised = ((np.arange(48, dtype=np.int16) - 20) << 4).tobytes()
        write(number, BitsStored=12, HighBit=15, PixelData=raised)
    (only,) = series()
    volume = load(only, Silent())
    assert np.array_equal(volume.voxels[0].ravel(), np.arange(48) - 20)


def test_values_that_are_not_where_the_high_bit_says_are_not_shown(write, series):
    for number in (1, 2, 3):
        write(number, BitsStored=12, HighBit=15)
    (only,) = series()
    loading = open_series(only)
    loading.run(Silent(), ignore)
    assert len([notice for notice in loading.notices if notice.code == "damaged"]) == 3


def test_slices_in_different_units_are_shown_without_one(write, series):
    for number in (1, 2, 3):
        write(number)
    write(4, RescaleSlope=None, RescaleIntercept=None, RescaleType=None)
    (only,) = series()
    loading = open_series(only)
    volume = loading.run(Silent(), ignore)
    assert volume.unit == "1"
    assert "mixed_units" in [notice.code for notice in loading.notices]
