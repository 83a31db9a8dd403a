"""Transfer functions as values: edited point by point, never nonsense."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.session.camera import Camera
from viewer.session.space_look import Crop, Cut, SpaceLook, first_look
from viewer.session.transfer import (
    AIRWAYS,
    BONE,
    MOST_KNOTS,
    MR,
    TRANSFERS,
    Transfer,
    fitting,
    transfer_named,
)


def test_names_are_unique_and_found():
    assert len({one.name for one in TRANSFERS}) == len(TRANSFERS)
    assert all(transfer_named(one.name) is one for one in TRANSFERS)
    assert transfer_named("nothing of the kind") is TRANSFERS[0]


@given(st.integers(0, 3), st.floats(-5000, 5000), st.floats(-2, 2))
def test_a_point_never_passes_its_neighbours(number, value, opacity):
    made = BONE.moved(number, value, opacity)
    values = [knot[0] for knot in made.knots]
    assert values == sorted(values)
    assert 0 <= made.knots[number][4] <= 1
    assert [k[1:4] for k in made.knots] == [k[1:4] for k in BONE.knots]


def test_a_point_more_changes_nothing_that_is_seen():
    made = BONE.with_knot(480, BONE.at(480)[3])
    for value in (100, 200, 300, 480, 600, 5000):
        assert made.at(value) == pytest.approx(BONE.at(value))
    assert made.without(2) == BONE


def test_two_points_stay_and_there_are_never_too_many():
    two = Transfer("two", BONE.knots[:2])
    assert two.without(0) is two
    many = BONE
    for value in range(100):
        many = many.with_knot(float(value), 0.5)
    assert len(many.knots) == MOST_KNOTS


def test_shifting_moves_all_alike():
    assert BONE.shifted(50).shifted(-50) == BONE
    assert BONE.shifted(50).at(310) == pytest.approx(BONE.at(260))


def test_one_point_may_have_another_colour():
    assert BONE.coloured(1, (0.1, 0.2, 0.3)).knots[1] == (260, 0.1, 0.2, 0.3, 0.25)


@pytest.mark.parametrize(
    "knots", [BONE.knots[:1], BONE.knots[::-1], ((0, 0, 0, 0, 0), (1, 1, 1, 1, 2))]
)
def test_nonsense_is_no_transfer_function(knots):
    with pytest.raises(ValueError, match=r"points|order|from 0 to 1"):
        Transfer("x", knots)


def test_each_modality_is_first_seen_in_its_own_way():
    found = {modality: first_look(modality).transfer.name for modality in ("CT", "MR", "PT", "")}
    assert found == {"CT": "Lung and bone", "MR": "MR", "PT": "PET", "": "Lung and bone"}


def test_hu_are_for_ct_alone():
    assert fitting(AIRWAYS, in_hu=True) is AIRWAYS
    assert fitting(AIRWAYS, in_hu=False) == replace(MR, name="Airways")
    assert fitting(MR, in_hu=True) is MR


def test_cuts_are_bounded_and_boxes_have_room():
    with pytest.raises(ValueError, match="go round"):
        Cut(((0, 0), (1, 1)), Camera(), (10, 10))
    with pytest.raises(ValueError, match="room"):
        Crop((0, 0, 0), (1, 0, 1))
    look = SpaceLook()
    for _ in range(80):
        look = look.with_cut(Cut(((0, 0), (1, 1), (0, 1)), Camera(), (10, 10)))
    assert len(look.cuts) == 50
    assert look.whole == SpaceLook()
    assert look.with_opacity("a", 3).with_opacity("a", 0.5).opacities == (("a", 0.5),)
