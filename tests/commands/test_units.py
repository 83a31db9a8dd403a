"""Values in another unit: nothing but slope, unit and windows changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.commands.command import Commands
from viewer.commands.units import COMMANDS as UNITS
from viewer.core.rescaled import given_as, loaded_as
from viewer.core.units import Way, Ways
from viewer.core.window import Window
from viewer.session.giving import given_like
from viewer.session.kin import like_its_group

COMMANDS = Commands(UNITS)
WAYS = Ways(
    (
        Way("SUVbw", "g/ml{SUVbw}", 0.5),
        Way("SUVlbm", "g/ml{SUVlbm}", 0.25),
        Way("SUVbsa", "cm2/ml{SUVbsa}", why_not="the patient's height is missing"),
        Way("Bq/ml", "Bq/ml"),
        Way("T1 map", "ms", 2.0, -10.0),
    ),
    "SUVbw",
)


@pytest.fixture
def pet(desk, hung):
    """The open volume, as if it were PET that was loaded in Bq/ml and is shown as SUVbw."""
    opened = replace(hung, image=loaded_as(replace(hung.image, unit="Bq/ml"), WAYS))
    desk.session.images.set(desk.session.images.value.with_image(opened))
    return opened


def image(desk):
    return desk.session.active_image.image


def test_another_unit_scales_values_and_windows_and_copies_no_voxel(desk, pet):
    before = pet.image
    assert (before.unit, before.windows[0][1]) == ("g/ml{SUVbw}", Window(20, 200))
    COMMANDS.run("units.suvlbm", desk)
    assert image(desk).unit == "g/ml{SUVlbm}"
    assert np.allclose(image(desk).values(), before.values() / 2)
    assert np.shares_memory(image(desk).voxels, before.voxels)
    assert image(desk).windows[0][1] == Window(10, 100)
    assert desk.session.message.value.sentence == "The values are given as SUVlbm."


def test_a_window_that_was_set_goes_with_the_values(desk, pet):
    hanging = desk.session.hanging.value
    desk.session.hanging.set(hanging.changed(0, lambda look: replace(look, window=Window(3, 6))))
    COMMANDS.run("units.suvlbm", desk)
    looks = desk.session.hanging.value.cells
    assert [look.window for look in looks] == [Window(1.5, 3), None, None, None]


def test_what_was_measured_keeps_its_number_and_its_unit(desk, pet):
    before = desk.session.record.value
    COMMANDS.run("units.suvlbm", desk)
    assert desk.session.record.value is before


def test_a_scale_with_an_offset_and_the_way_back(desk, pet):
    COMMANDS.run("units.map_1", desk)
    assert image(desk).unit == "ms"
    assert np.allclose(image(desk).values(), pet.image.values() * 4 - 10)
    assert COMMANDS["units.map_1"].checked(desk)
    COMMANDS.run("units.suvbw", desk)
    assert np.allclose(image(desk).values(), pet.image.values())
    assert (image(desk).slope, image(desk).intercept) == (pet.image.slope, pet.image.intercept)


def test_a_unit_that_cannot_be_had_says_why_and_changes_nothing(desk, pet):
    COMMANDS.run("units.suvbsa", desk)
    assert image(desk) is pet.image
    assert desk.session.message.value.sentence == "No SUVbsa: the patient's height is missing."


def test_the_next_unit_leaves_out_what_cannot_be_had(desk, pet):
    seen = []
    for _ in range(4):
        COMMANDS.run("units.next", desk)
        seen.append(image(desk).ways.shown)
    assert seen == ["SUVlbm", "Bq/ml", "T1 map", "SUVbw"]


def test_an_image_known_in_one_way_only_offers_no_other(desk, hung):
    assert not any(command.allowed(desk) for command in UNITS)


def test_what_is_loaded_later_is_given_like_what_is_on_screen(desk, pet):
    shown = given_as(pet.image, "SUVlbm")
    assert given_like(pet.image, shown).unit == "g/ml{SUVlbm}"
    plain = replace(pet.image, ways=Ways())
    assert given_like(plain, shown) is plain


def test_another_moment_of_a_series_is_given_like_the_one_on_screen(desk, pet):
    first = replace(pet, group="4d", image=given_as(pet.image, "SUVlbm"), window=Window(2, 4))
    desk.session.images.set(desk.session.images.value.with_image(first))
    later = replace(pet, group="4d", series=replace(pet.series, key="later"), window=Window(4, 8))
    found = like_its_group(desk.session, later)
    assert (found.image.unit, found.window) == ("g/ml{SUVlbm}", Window(2, 4))
    desk.session.images.set(desk.session.images.value.with_image(found))
    COMMANDS.run("units.bq_ml", desk)
    assert {one.image.unit for one in desk.session.images.value} == {"Bq/ml"}


def test_maps_are_listed_by_their_labels_and_only_where_there_are_any(desk, pet):
    assert COMMANDS["units.map_1"].named(desk) == "T1 map (ms)"
    assert not COMMANDS["units.map_2"].listed(desk)
    assert COMMANDS["units.suvbw"].listed(desk)
    assert not COMMANDS["units.suvibw"].listed(desk)
