"""The sides of a projection follow every flip and turn."""

import pytest

from tests.session.hangings import picture
from viewer.render.projection_letters import turned
from viewer.render.scene import Letters
from viewer.session.look import Look


@pytest.mark.parametrize(
    ("look", "letters"),
    [
        (Look(), Letters("R", "L", "H", "F")),
        (Look(flipped_sideways=True), Letters("L", "R", "H", "F")),
        (Look(flipped_upside_down=True), Letters("R", "L", "F", "H")),
        (Look(quarter_turns=1), Letters("F", "H", "R", "L")),
        (Look(quarter_turns=2), Letters("L", "R", "F", "H")),
        (Look(flipped_sideways=True, quarter_turns=1), Letters("F", "H", "L", "R")),
    ],
)
def test_letters_follow_flips_and_turns(look, letters):
    assert turned(picture(towards=("L", "F")), look) == letters


def test_oblique_views_have_two_letters():
    assert turned(picture(towards=("A", "FR")), Look()) == Letters("P", "A", "HL", "FR")


@pytest.mark.parametrize("towards", [(), ("L",), ("LR", "F"), ("X", "F"), ("", "F"), ("LL", "F")])
def test_what_is_no_side_gives_no_letters(towards):
    assert turned(picture(towards=towards), Look()) == Letters()
