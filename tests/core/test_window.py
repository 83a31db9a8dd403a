"""Windows: where they begin and end, and what becomes of them when they are moved or scaled."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.window import PRESETS, Curve, Window

CURVES = [
    Window(40, 400),
    Window(40, 400, Curve.LINEAR),
    Window(40, 400, Curve.SIGMOID),
    Window.of_table(-160, (np.linspace(0, 1, 401) ** 3 * 255).astype(np.uint8)),
]
VALUES = np.arange(-300, 400)
each_curve = pytest.mark.parametrize("window", CURVES, ids=[w.curve.value for w in CURVES])


def test_linear_is_narrower_than_exact_by_one_value():
    exact, linear = CURVES[:2]
    assert (exact.low, exact.high) == (-160, 240)
    assert (linear.low, linear.high) == (-160, 239)


def test_a_linear_window_of_one_value_is_a_threshold():
    window = Window(100, 1, Curve.LINEAR)
    assert window.grey(np.array([99, 100])).tolist() == [0, 255]


@each_curve
@pytest.mark.parametrize("slope", [0.25, 3.0, -1.0, -0.5])
def test_scaled_values_look_as_the_values_did(window, slope):
    scaled = window.scaled(slope, 12.0)
    shown = scaled.grey(VALUES * slope + 12.0, inverted=slope < 0)
    assert np.abs(shown.astype(int) - window.grey(VALUES)).max() <= 1


@each_curve
@given(st.floats(-500, 500), st.floats(1, 2000))
def test_a_window_reaches_where_it_was_told(window, low, width):
    moved = window.reaching(low, low + width)
    assert np.allclose((moved.low, moved.high), (low, low + width))
    assert moved.curve is window.curve
    assert moved.table == window.table


def test_a_moved_table_is_stretched_with_its_greys():
    table = CURVES[3]
    wide = table.moved(80, 800)
    assert np.array_equal(wide.grey(VALUES * 2), table.grey(VALUES))


def test_a_preset_follows_the_curve_of_the_file_but_no_table():
    lung = PRESETS["Lung"]
    assert lung.like(CURVES[2]) == Window(-600, 1500, Curve.SIGMOID)
    assert lung.like(CURVES[1].scaled(0.5)) == Window(-600, 1500, Curve.LINEAR, 0.5)
    assert lung.like(CURVES[3]) == lung


@each_curve
def test_what_is_no_number_is_black_even_inverted(window):
    nothing = np.array([np.nan])
    assert window.grey(nothing)[0] == 0
    assert window.grey(nothing, inverted=True)[0] == 0


@pytest.mark.parametrize("wrong", [
    {"width": 0}, {"width": -3}, {"width": 5, "curve": Curve.TABLE}, {"width": 5, "table": b"ab"},
])  # fmt: skip
def test_a_window_that_shows_nothing_is_refused(wrong):
    with pytest.raises(ValueError, match=r"window|table"):
        Window(0, **wrong)
