"""Windows of a region, typed ones, and those a reader keeps."""

from __future__ import annotations

import numpy as np
import pytest

from viewer.commands import window_regions
from viewer.commands.command import Commands
from viewer.commands.window_regions import fit_window, typed_window, window_of_values
from viewer.core.errors import Declined
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.window import Window

COMMANDS = Commands(window_regions.COMMANDS)


@pytest.mark.parametrize("words", ["40 400", "C 40 W 400", " c40,w400 ", "40/400", "40.0; 400"])
def test_a_typed_window_is_understood(words):
    assert typed_window(words) == Window(40, 400)


@pytest.mark.parametrize("words", ["\N{MINUS SIGN}600 1500", "-600 1500"])
def test_a_centre_may_be_negative(words):
    assert typed_window(words) == Window(-600, 1500)


@pytest.mark.parametrize("words", ["", "40", "40 0", "40 -3", "a b", "1e400 5", "40 400 7"])
def test_what_is_no_window_is_declined(words):
    with pytest.raises(Declined, match=r"\.$"):
        typed_window(words)


def test_the_window_of_values_leaves_two_per_cent_out_at_each_end():
    window = window_of_values(np.linspace(0, 100, 10_001))
    assert (window.low, window.high) == pytest.approx((2, 98))


def test_values_that_are_all_one_have_a_window_round_them():
    assert window_of_values(np.full(20, 7.0)).centre == 7


def test_too_few_values_are_declined():
    with pytest.raises(Declined):
        window_of_values(np.array([1.0, np.nan, 2.0]))


def test_the_window_fits_the_values_of_a_region(desk, hung):
    geometry = hung.image.geometry
    place = geometry.to_patient((1, 0, 0))
    desk.session.place.update(position=tuple(float(part) for part in place))
    rows, columns = hung.image.voxels.shape[1:]
    low, right, bottom = -0.4, columns - 0.6, rows - 0.6
    corners = [(1, low, low), (1, low, right), (1, bottom, right), (1, bottom, low)]
    points = tuple(tuple(float(x) for x in geometry.to_patient(corner)) for corner in corners)
    normal = tuple(float(x) for x in np.cross(geometry.directions[2], geometry.directions[1]))
    anchor = Anchor(hung.key, geometry.frame_of_reference_uid, normal)
    region = Measurement("region", MeasurementKind.RECTANGLE, points, anchor, desk.session.reader)
    fit_window(desk, 0, region)
    desk.settle()
    values = hung.image.voxels[1] * hung.image.slope + hung.image.intercept
    low, high = np.percentile(values, (2, 98))
    window = desk.session.window_of(desk.session.hanging.value.cells[0])
    assert (window.low, window.high) == pytest.approx((low, high), abs=(high - low) * 0.05 + 1)


def test_a_window_that_is_kept_is_offered_by_its_name_and_survives_in_the_settings(desk, hung):
    assert hung is not None
    desk.asker.text = "My  liver"
    desk.session.hanging.set(desk.session.hanging.value)
    assert COMMANDS.run("window.keep", desk)
    name, centre, width = desk.settings.viewing.windows[0]
    assert name == "My liver"
    assert COMMANDS["window.own_1"].named(desk).startswith("My liver (C ")
    desk.asker.text = "1 2"
    COMMANDS.run("window.typed", desk)
    COMMANDS.run("window.own_1", desk)
    window = desk.session.window_of(desk.session.hanging.value.cells[0])
    assert (window.centre, window.width) == (centre, width)
    assert not COMMANDS["window.own_2"].listed(desk)
    COMMANDS.run("window.forget_own", desk)
    assert not COMMANDS["window.own_1"].listed(desk)
