"""What the network is shown."""

import numpy as np
import pytest

from viewer.ai.tumour.lessons import COMBINATIONS, SIDE, Copy, Lessons, copies_of, without
from viewer.ai.tumour.patients import common_part
from viewer.ai.tumour.preparation import CHANNELS


@pytest.fixture
def copies():
    """A patient of one copy, whose channels tell where a piece was cut."""
    shape = (40, 36, 44)
    places = np.stack(np.indices(shape)).astype(np.float32) + 1
    inside = np.zeros(shape, np.float32)
    inside[18:22, 16:20, 20:24] = 1
    return [[Copy(places, inside, np.argwhere(inside > 0.5))]]


def test_the_same_chance_always_draws_the_same_batch(copies):
    lessons = Lessons(copies)
    one, two = (lessons(np.random.default_rng(5)) for _ in range(2))
    assert np.array_equal(one["input"], two["input"])
    assert np.array_equal(one["truth"], two["truth"])


def test_a_batch_holds_pieces_of_one_size_with_their_truth(copies):
    batch = Lessons(copies, batch=3)(np.random.default_rng(0))
    assert batch["input"].shape == (3, len(CHANNELS), SIDE, SIDE, SIDE)
    assert batch["truth"].shape == (3, 1, SIDE, SIDE, SIDE)
    assert batch["input"].dtype == batch["truth"].dtype == np.float32


def test_half_of_the_pieces_and_more_hold_tumour_and_not_only_in_their_middle(copies):
    lessons = Lessons(copies, batch=80)
    truth = lessons(np.random.default_rng(2))["truth"][:, 0]
    with_tumour = truth.any(axis=(1, 2, 3))
    assert with_tumour.mean() > 0.5
    middles = [np.argwhere(one).mean(axis=0) for one in truth[with_tumour]]
    assert np.ptp(middles, axis=0).min() >= 8


def test_every_image_is_left_out_now_and_then_but_never_all(copies):
    seen = Lessons(copies, batch=150)(np.random.default_rng(1))["input"]
    there = np.abs(seen).reshape(*seen.shape[:2], -1).max(axis=2) > 0
    assert 0.15 < 1 - there[:, 0].mean() < 0.6
    assert not there[:, 1].all()
    assert not there[:, 2].all()
    assert there.any(axis=1).mean() > 0.9


def test_leaving_an_image_out_makes_its_channel_nothing_and_no_other():
    channels = np.ones((3, 2, 2, 2), np.float32)
    left = without(channels, ("PT", "MR"))
    assert left[0].all()
    assert not left[1].any()
    assert left[2].all()


def test_every_combination_of_three_images_is_known():
    assert len(set(COMBINATIONS)) == 7


def test_the_common_part_lies_within_what_is_filled():
    filled = np.zeros((20, 18, 16), np.bool_)
    filled[3:17, 2:15, 4:13] = True
    part = common_part(filled)
    assert filled[part].all()
    assert part == (slice(4, 16), slice(3, 14), slice(5, 12))


class _Patient:
    channels = np.random.default_rng(0).random((3, 30, 30, 30)).astype(np.float32)
    inside = np.zeros((30, 30, 30), np.float32)


def test_the_first_copy_is_the_patient_and_the_others_are_turned():
    copies = copies_of(_Patient, 1)
    assert np.array_equal(copies[0].channels, _Patient.channels)
    assert all(one.channels.shape == _Patient.channels.shape for one in copies)
    assert not np.allclose(copies[1].channels, copies[0].channels)
