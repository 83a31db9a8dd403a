"""What can be read in each theme, and told apart by every eye."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from viewer.render.lesions import (
    ACCEPTED,
    PROPOSED,
    REJECTED,
    SELECTED,
    SELECTED_ACCEPTED,
)
from viewer.settings import Theme
from viewer.ui.theme import colours_of, dress, over_picture, worn

BACKS = ("ground", "panel", "raised", "field")
STATUSES = {
    "proposed": PROPOSED,
    "accepted": ACCEPTED,
    "rejected": REJECTED,
    "chosen": SELECTED,
    "chosen and accepted": SELECTED_ACCEPTED,
}
# Machado, Oliveira, Fernandes 2009: full protanopia and deuteranopia, on linear RGB.
EYES = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}


def linear(rgb):
    part = np.asarray(rgb) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def hexed(text):
    return [int(text[at : at + 2], 16) for at in (1, 3, 5)]


def contrast(one, other):
    """WCAG 2.2, contrast ratio."""
    light = [float(linear(hexed(text)) @ [0.2126, 0.7152, 0.0722]) for text in (one, other)]
    return (max(light) + 0.05) / (min(light) + 0.05)


def lab(rgb):
    to_xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175],
              [0.0193339, 0.119192, 0.9503041]]  # fmt: skip
    xyz = np.asarray(to_xyz) @ rgb / [0.95047, 1.0, 1.08883]
    bent = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.LIGHT])
@pytest.mark.parametrize("back", BACKS)
@pytest.mark.parametrize("words", ["text", "quiet", "faint", "warning", "good", "accent"])
def test_words_can_be_read_on_every_ground(theme, back, words):
    colours = colours_of(theme)
    assert contrast(colours[words], colours[back]) >= 4.5


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.LIGHT])
def test_what_is_chosen_and_what_has_the_keyboard_can_be_seen(theme):
    colours = colours_of(theme)
    assert contrast(colours["text"], colours["accent_dark"]) >= 4.5
    assert contrast(colours["text"], colours["hover"]) >= 4.5
    assert all(contrast(colours["accent"], colours[back]) >= 3 for back in BACKS)
    assert all(contrast(colours["rim"], colours[back]) >= 3 for back in BACKS)


def test_both_themes_name_the_same_colours():
    assert set(colours_of(Theme.DARK)) == set(colours_of(Theme.LIGHT))


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("one", "other"), list(combinations(STATUSES, 2)))
def test_every_eye_tells_the_statuses_of_findings_apart(eye, one, other):
    seen = [lab(np.clip(EYES[eye] @ linear(STATUSES[name]), 0, 1)) for name in (one, other)]
    assert np.linalg.norm(seen[0] - seen[1]) >= 20


@pytest.mark.window
def test_what_lies_over_a_picture_keeps_its_colours_in_a_bright_window(qapp):
    dress(qapp, Theme.LIGHT)
    try:
        assert worn() is Theme.LIGHT
        assert over_picture("text").name() == colours_of(Theme.DARK)["text"]
        assert qapp.palette().window().color().name() == colours_of(Theme.LIGHT)["ground"]
    finally:
        dress(qapp)
