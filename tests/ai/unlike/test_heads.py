"""Finding the inside of the skull, and bringing maps back."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.ai.unlike.heads import BRAIN_SIDE, SIDE, blurred, head_of, inside_skull, kept
from viewer.ai.unlike.model import made_up_head
from viewer.core.errors import Declined


def test_the_inside_is_what_bone_goes_round():
    slices = made_up_head()
    brain = inside_skull(slices)
    assert not (brain & (slices == 255)).any()
    assert not brain[:, 0].any()
    soft = (slices > 5) & (slices < 250)
    assert (brain & soft).sum() > 0.75 * soft.sum()


def test_blood_as_bright_as_bone_belongs_to_the_brain():
    slices = made_up_head()
    slices[2][slices[2] == 190] = 255
    assert inside_skull(slices)[2, 36, 44]


def test_a_skull_that_is_open_in_one_slice_is_closed_by_the_next():
    slices = made_up_head()
    whole = inside_skull(slices)
    slices[1, 30:66, 90:] = 0
    found = inside_skull(slices)
    assert found[1].sum() > 0.6 * whole[1].sum()


def test_heads_of_any_size_come_to_one_size():
    small = made_up_head()
    large = small.repeat(2, axis=1).repeat(2, axis=2)
    for slices in (small, large):
        head = head_of(slices)
        assert head.pictures.shape == (4, SIDE, SIDE)
        widest = head.brain.sum(axis=(1, 2)).max()
        assert np.sqrt(widest) == pytest.approx(BRAIN_SIDE, rel=0.03)


def test_what_is_brought_back_lies_where_it_was():
    head = head_of(made_up_head())
    back = head.stored((head.pictures > 0.6).astype(np.float32) * head.brain)
    rows, columns = np.nonzero(back[2] > 0.5)
    assert rows.mean() == pytest.approx(36, abs=1)
    assert columns.mean() == pytest.approx(44, abs=1)
    assert head.place(36, 44) == pytest.approx(
        ((36 - head.centre[0]) / head.step + 31.5, (44 - head.centre[1]) / head.step + 31.5)
    )


def test_what_has_no_skull_is_declined():
    for slices in (np.zeros((3, 64, 64), np.uint8), np.full((3, 64, 64), 100, np.uint8)):
        with pytest.raises(Declined) as why:
            head_of(slices)
        assert why.value.code == "no_skull"


def test_blurring_takes_nothing_from_outside_and_keeps_what_is_even():
    head = head_of(made_up_head())
    away = np.where(kept(head), 2.0, 100.0).astype(np.float32)
    map_ = blurred(head, away)
    assert np.allclose(map_[kept(head)], 2.0, atol=1e-4)
    assert not map_[~kept(head)].any()
