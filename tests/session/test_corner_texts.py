"""What a reader wants in the corners."""

from __future__ import annotations

import pytest

from viewer.core.technique import Technique
from viewer.session.corner_texts import NAMES, USUAL, Corners, CornerTexts, Item, Level, Techniques


def items(corners):
    return {
        *corners.top_left, *corners.top_right, *corners.bottom_left, *corners.bottom_right,
    }  # fmt: skip


@pytest.mark.parametrize("modality", [*USUAL, "OT"])
def test_every_kind_of_image_names_the_patient_the_slice_and_the_window(modality):
    said = items(CornerTexts().corners(modality))
    assert said >= {Item.NAME, Item.SLICE, Item.WINDOW, Item.ZOOM}


def test_a_ct_tells_kv_and_an_mr_tells_tr():
    assert Item.TUBE in items(CornerTexts().corners("CT"))
    assert Item.TIMES in items(CornerTexts().corners("MR"))
    assert Item.TUBE not in items(CornerTexts().corners("MR"))


@pytest.mark.parametrize("modality", [*USUAL, "OT"])
@pytest.mark.parametrize("level", Level)
def test_hidden_names_are_in_no_corner(modality, level):
    assert not items(CornerTexts(level, names_hidden=True).corners(modality)) & NAMES


def test_few_texts_are_some_of_all_and_none_are_none():
    every, few = (items(CornerTexts(level).corners("CT")) for level in (Level.ALL, Level.SHORT))
    assert few < every
    assert Item.SLICE in few
    assert not items(CornerTexts(Level.NONE).corners("CT"))


def test_an_item_is_switched_off_and_on_again():
    off = CornerTexts().switched(Item.ZOOM)
    assert Item.ZOOM not in items(off.corners("CT"))
    assert Item.ZOOM in items(off.switched(Item.ZOOM).corners("CT"))


def test_a_reader_may_arrange_the_corners_of_a_modality():
    own = Corners((Item.SLICE,), (), (), (Item.NAME,))
    assert CornerTexts(arranged=(("CT", own),)).corners("CT") == own
    assert CornerTexts(arranged=(("CT", own),)).corners("MR") == CornerTexts().corners("MR")


def test_the_oldest_techniques_are_forgotten():
    known = Techniques()
    for number in range(5):
        known = known.with_one("1.2", number, Technique(kilovolts=number), most=3)
    assert known.of("1.2", 0) is None
    assert known.of("1.2", 4) == Technique(kilovolts=4)
