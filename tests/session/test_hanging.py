"""Grids of views, the second window, and what changes places."""

from dataclasses import replace

import pytest

from tests.session.hangings import picture
from viewer.session.arrange import back_to_back, grid_for
from viewer.session.look import PRESETS, SECOND, Hanging, Layout, Look, Viewing


def test_every_grid_up_to_four_rows_of_six_can_be_hung():
    for rows in range(1, 5):
        for columns in range(1, 7):
            hanging = Hanging().laid_out(Layout(rows, columns))
            assert len(hanging.shown) == rows * columns <= len(hanging.cells)


@pytest.mark.parametrize(("rows", "columns"), [(0, 1), (5, 1), (1, 7), (-1, 2)])
def test_there_is_no_larger_grid(rows, columns):
    with pytest.raises(ValueError, match="no window"):
        Layout(rows, columns)


def test_a_layout_comes_back_from_how_it_is_written():
    every = [*PRESETS, *(Layout(rows, columns) for rows in range(1, 5) for columns in range(1, 7))]
    assert [Layout.named(layout.value) for layout in every] == every
    assert {Layout.named(text) for text in ("", "x", "9x9", "1+4", "axb", "-1x2")} == {None}


def test_a_larger_grid_keeps_what_hangs_and_a_smaller_one_hides_it():
    hanging = Hanging().changed(3, lambda look: replace(look, series_key="a"))
    there = hanging.laid_out(Layout(4, 6)).laid_out(Layout.ONE).laid_out(Layout.FOUR)
    assert there.cells[:4] == hanging.cells


def test_two_views_change_places():
    hanging = Hanging().swapped(0, 3)
    assert (hanging.cells[0].viewing, hanging.cells[3].viewing) == (Viewing.SPACE, Viewing.AXIAL)


def test_the_second_window_has_views_of_its_own():
    hanging = Hanging().with_second(Layout(1, 2))
    assert hanging.beside == (SECOND, SECOND + 1)
    assert hanging.laid_out(Layout(4, 6)).beside == hanging.beside
    assert replace(hanging, maximised=SECOND).shown == (0, 1, 2, 3, SECOND)


def test_closing_the_second_window_leaves_a_view_of_the_main_one_active():
    hanging = replace(Hanging().with_second(Layout.ONE), active=SECOND, maximised=SECOND)
    closed = hanging.with_second(None)
    assert (closed.active, closed.maximised, closed.beside) == (0, None, ())


def test_the_smallest_grid_that_is_not_too_wide_is_taken():
    assert [grid_for(n).value for n in (1, 2, 3, 5, 9, 24, 99)] == [
        "1x1", "1x2", "2x2", "2x3", "3x3", "4x6", "4x6",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("side", "towards", "left_half", "flips"),
    [
        ("R", ("P", "L"), True, (False, False)),
        ("R", ("A", "L"), True, (True, False)),
        ("R", ("P", "R"), True, (False, True)),
        ("L", ("A", "R"), False, (False, False)),
        ("L", ("P", "L"), False, (True, True)),
        ("L", ("A", "FR"), False, (False, False)),
        ("L", ("A", "HL"), False, (False, True)),
        ("L", (), False, (False, False)),
        ("L", ("X", "?"), False, (False, False)),
    ],
)
def test_the_chest_wall_lies_in_the_middle_and_the_breast_stands_upright(
    side, towards, left_half, flips
):
    turned = back_to_back(picture(side=side, towards=towards), Look(), left_half=left_half)
    assert (turned.flipped_sideways, turned.flipped_upside_down) == flips
