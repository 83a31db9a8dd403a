from __future__ import annotations

import numpy as np
import pytest

from tests.ai.network_phantom import Channel, ball, preparation, stored_otherwise, volume_of
from viewer.ai.engine import memory, preparing
from viewer.ai.engine.preparing import prepare
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined
from viewer.core.progress import Cancelled, Silent
from viewer.core.stack import Frame, Stack
from viewer.core.units import Way, Ways
from viewer.core.volume import Origin

CT = Channel("CT", 0.0, 100.0)
PET = Channel("PT", 0.0, 10.0, optional=True)
MR = Channel("MR", standardised=True)


def prepared(how, image, *others: object):
    return prepare(how, Inputs(image, others), Silent())


def pet(values, **more: object):
    return volume_of(values, (4.0, 3.0, 3.0), modality="PT", unit="g/ml{SUVbw}", **more)


def test_a_range_is_spread_over_0_to_1_and_clipped():
    values = np.array([-50, 0, 50, 100, 900], np.int16).reshape(1, 1, 5)
    got = prepared(preparation(CT), volume_of(values))
    assert got.channels.ravel().tolist() == [0, 0, 0.5, 1, 1]
    assert got.channels.dtype == np.float32
    assert got.present == (True,)
    assert got.inside.all()


def test_slope_and_intercept_of_the_file_count():
    values = np.array([1000, 1050], np.int16).reshape(1, 1, 2)
    got = prepared(preparation(CT), volume_of(values, slope=2.0, intercept=-2000.0))
    assert got.channels.ravel().tolist() == [0, 1]


def test_padding_counts_as_the_low_end_and_is_not_inside():
    values = np.array([-3000, 50, 100], np.int16).reshape(1, 1, 3)
    got = prepared(preparation(CT), volume_of(values, padding=(-3000, -2000)))
    assert got.channels.ravel().tolist() == [0, 0.5, 1]
    assert got.inside.ravel().tolist() == [False, True, True]


def test_standardising_is_over_what_is_brighter_than_the_mean():
    values = np.zeros((4, 10, 10), np.int16)
    values[1:3, 2:8, 2:8] = np.random.default_rng(0).integers(80, 120, (2, 6, 6))
    got = prepared(preparation(MR), volume_of(values, modality="MR", unit="1"))
    body = got.channels[0][values > 0]
    assert body.mean() == pytest.approx(0, abs=1e-5)
    assert body.std() == pytest.approx(1, abs=1e-5)


def test_a_picture_of_one_value_has_no_deviation_and_stays_finite():
    got = prepared(preparation(MR), volume_of(np.full((2, 3, 4), 7, np.int16), modality="MR"))
    assert not got.channels.any()


def test_a_missing_image_that_may_be_missing_is_0_everywhere():
    got = prepared(preparation(CT, PET), volume_of(ball()))
    assert got.present == (True, False)
    assert not got.channels[1].any()
    assert not got.inside[1].any()


def test_a_missing_image_that_must_be_there_is_told():
    with pytest.raises(Declined, match=r"also needs a magnetic resonance image") as why:
        prepared(preparation(CT, MR), volume_of(ball()))
    assert why.value.code == "missing_image"


def test_an_image_of_another_space_is_refused_or_left_out_and_told():
    elsewhere = pet(np.ones((4, 5, 6), np.float32), frame="9.9")
    with pytest.raises(Declined) as why:
        prepared(preparation(CT, Channel("PT", 0.0, 10.0)), volume_of(ball()), elsewhere)
    assert why.value.code == "other_space"
    got = prepared(preparation(CT, PET), volume_of(ball()), elsewhere)
    assert got.present == (True, False)
    assert [notice.code for notice in got.notices] == ["left_out"]


def test_an_image_of_another_kind_is_refused():
    with pytest.raises(Declined, match="was made for CT, PT; this is a magnetic") as why:
        prepared(preparation(CT, PET), volume_of(ball(), modality="MR", unit="1"))
    assert why.value.code == "not_ct_pt"


def test_a_stack_is_refused():
    frame = Frame(np.zeros((2, 2), np.uint8), None, None, Origin("", ""))
    with pytest.raises(Declined) as why:
        prepared(preparation(CT), Stack((frame,), "1", "DX", "s"))
    assert why.value.code == "no_volume"


def test_a_file_that_does_not_say_its_kind_is_taken_and_that_is_told():
    got = prepared(preparation(PET, CT), volume_of(ball(), modality="", unit="1"))
    assert got.front == 1
    assert [notice.code for notice in got.notices] == ["kind_unsaid"]


def test_pet_in_becquerel_is_given_in_suv_if_its_file_can():
    known = (Way("Bq/ml", "Bq/ml"), Way("SUVbw", "g/ml{SUVbw}", 0.001))
    values = np.full((2, 3, 4), 5000, np.int16)
    image = volume_of(values, modality="PT", unit="Bq/ml", ways=Ways(known, "Bq/ml"))
    how = preparation(Channel("PT", 0.0, 10.0))
    assert np.allclose(prepared(how, image).channels, 0.5)
    with pytest.raises(Declined) as why:
        prepared(how, volume_of(values, modality="PT", unit="Bq/ml"))
    assert why.value.code == "not_suvbw"


def test_ct_that_is_not_in_hu_is_refused():
    with pytest.raises(Declined) as why:
        prepared(preparation(CT), volume_of(ball(), unit="1"))
    assert why.value.code == "not_hu"


def test_others_lie_where_they_are_in_the_patient():
    """A slope along each axis of the patient is the same on the grid of the image in front."""
    coarse = pet(np.zeros((20, 24, 26), np.float32))
    x, y, z = coarse.geometry.to_patient(np.moveaxis(np.indices(coarse.voxels.shape), 0, -1)).T
    slope = pet((5 + 0.02 * x + 0.03 * y - 0.05 * z).T.astype(np.float32))
    for other in list(stored_otherwise(slope))[::7]:
        got = prepared(preparation(CT, PET), volume_of(ball()), other)
        places = np.moveaxis(np.indices(got.geometry.shape), 0, -1)
        x, y, z = np.moveaxis(got.geometry.to_patient(places), -1, 0)
        wanted = (5 + 0.02 * x + 0.03 * y - 0.05 * z) / 10
        assert got.inside[1].all()
        assert np.allclose(got.channels[1], wanted, atol=2e-3)


def test_what_other_images_do_not_reach_is_not_inside_and_0():
    small = pet(np.full((3, 4, 4), 10, np.float32))
    got = prepared(preparation(CT, PET), volume_of(ball()), small)
    assert 0 < got.inside[1].mean() < 0.5
    assert (got.channels[1][got.inside[1]] == 1).all()
    assert not got.channels[1][~got.inside[1]].any()


@pytest.mark.parametrize("front", [True, False])
def test_what_is_too_fine_for_the_grid_becomes_even(front):
    stripes = (100 * (np.indices((4, 48, 48))[2] % 2)).astype(np.int16)
    if front:
        got = prepared(preparation(CT, spacing_mm=(2.0, 4.0, 4.0)), volume_of(stripes)).channels[0]
    else:
        fine = volume_of(stripes.astype(np.float32) / 10, modality="PT", unit="g/ml{SUVbw}")
        coarse = volume_of(np.zeros((4, 10, 10), np.int16), (2.0, 4.0, 4.0))
        got = prepared(preparation(CT, PET), coarse, fine).channels[1]
    assert np.abs(got[:, 2:-2, 2:-2] - 0.5).max() < 0.06


def test_all_48_ways_to_store_a_scan_give_the_very_same_input():
    values = np.random.default_rng(0).integers(0, 100, (12, 20, 22)).astype(np.int16)
    volume = volume_of(values, (2.0, 1.0, 1.1))
    how = preparation(spacing_mm=(3.0, 1.5, 1.5))
    wanted = prepared(how, volume)
    for stored in stored_otherwise(volume):
        got = prepared(how, stored)
        assert np.array_equal(got.channels, wanted.channels)
        assert np.allclose(got.geometry.affine, wanted.geometry.affine, atol=1e-9)


def test_what_would_not_fit_in_memory_is_refused_in_numbers(monkeypatch):
    monkeypatch.setattr(memory, "available_bytes", lambda: 3 << 20)
    with pytest.raises(Declined, match=r"need 1?\d+ MB of memory .* 3 MB are free") as why:
        prepared(preparation(spacing_mm=(0.5, 0.5, 0.5)), volume_of(ball()))
    assert why.value.code == "too_little_memory"


def test_preparing_stops_where_it_is_cancelled():
    class Unwanted:
        def report(self, done, doing=""):
            raise Cancelled

    with pytest.raises(Cancelled):
        prepare(preparation(), Inputs(volume_of(ball())), Unwanted())


def test_of_two_images_of_a_kind_the_one_in_the_right_unit_is_taken():
    suv = pet(np.full((4, 5, 6), 5, np.float32))
    counts = volume_of(np.full((4, 5, 6), 900, np.float32), (4.0, 3.0, 3.0), modality="PT", unit="")
    front = volume_of(np.zeros((4, 5, 6), np.int16), (4.0, 3.0, 3.0))
    for channel in (Channel("PT", 0.0, 10.0), PET):
        got = prepared(preparation(CT, channel), front, counts, suv)
        assert got.channels[1].max() == pytest.approx(0.5)


def test_an_image_that_may_be_missing_is_left_out_where_its_unit_is_wrong():
    counts = volume_of(np.full((4, 5, 6), 900, np.float32), (4.0, 3.0, 3.0), modality="PT", unit="")
    front = volume_of(np.zeros((4, 5, 6), np.int16), (4.0, 3.0, 3.0))
    got = prepared(preparation(CT, PET), front, counts)
    assert got.present == (True, False)
    assert [notice.code for notice in got.notices] == ["left_out"]
    with pytest.raises(Declined) as why:
        prepared(preparation(CT, Channel("PT", 0.0, 10.0)), front, counts)
    assert why.value.code == "not_suvbw"


def test_the_memory_that_a_large_other_image_takes_is_asked_for_before(monkeypatch):
    asked: list[int] = []
    monkeypatch.setattr(memory, "available_bytes", lambda: 1 << 40)
    monkeypatch.setattr(preparing, "require", lambda needed, _: asked.append(needed))
    large = volume_of(np.zeros((60, 90, 90), np.int16), modality="PT", unit="g/ml{SUVbw}")
    prepared(preparation(CT, PET), volume_of(np.zeros((2, 3, 4), np.int16)), large)
    assert asked[0] >= 4 * large.voxels.size


@pytest.mark.parametrize(("over", "counted"), [("all", slice(None)), ("nonzero", slice(2, None))])
def test_standardising_over_all_or_over_what_is_not_0(over, counted):
    values = np.array([0, 0, 10, 20, 60], np.int16)
    volume = volume_of(values.reshape(1, 1, 5), modality="MR", unit="1")
    got = prepared(preparation(Channel("MR", standardised=True, over=over)), volume)
    here = values[counted].astype(float)
    wanted = np.zeros(5)
    wanted[counted] = (here - here.mean()) / here.std()
    assert got.channels.ravel() == pytest.approx(wanted, abs=1e-5)
