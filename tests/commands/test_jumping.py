"""Going straight to a slice, by number, by step, by place."""

from __future__ import annotations

import pytest

from viewer.commands.jumping import go_to, jump, row_in
from viewer.core.errors import Declined
from viewer.session.stepping import steps


@pytest.fixture
def reader(desk, hung):
    """A CT in the axial view of a desk; `hung` puts it there."""
    assert hung is not None
    return desk


def number(desk):
    return row_in(desk, 0).shown


@pytest.mark.parametrize(("words", "goal"), [("3", 2), (" 1 ", 0), ("+2", 3), ("-1", 0)])
def test_a_number_and_a_step_go_to_their_slice(reader, words, goal):
    go_to(reader, 0, 1)
    jump(reader, 0, words)
    assert number(reader) == goal


def test_a_place_goes_to_the_nearest_slice(reader):
    opened = reader.session.image_in(0)
    line = steps(opened.image.geometry, reader.session.hanging.value.cells[0].viewing)
    place = line.first_mm + 2 * line.step_mm
    letter = "H" if place >= 0 else "F"
    jump(reader, 0, f"{letter} {abs(place):.1f} mm")
    assert number(reader) == 2
    jump(reader, 0, f"{line.first_mm:.1f}mm")
    assert number(reader) == 0


@pytest.mark.parametrize("words", ["", "no", "0", "100000", "R 10 mm", "3 apples"])
def test_what_is_no_slice_is_declined_in_a_sentence_and_nothing_moves(reader, words):
    before = number(reader)
    with pytest.raises(Declined, match=r"\.$"):
        jump(reader, 0, words)
    assert number(reader) == before


def test_beyond_the_ends_it_stays_at_the_end(reader):
    go_to(reader, 0, 10_000)
    assert number(reader) == row_in(reader, 0).count - 1
    go_to(reader, 0, -5)
    assert number(reader) == 0
