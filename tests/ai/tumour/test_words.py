"""A card tells in how many folds its figures were measured, and the command that repeats them."""

from __future__ import annotations

import pytest

from viewer.ai.card import load_folder
from viewer.ai.tumour.reader import model_folder
from viewer.ai.tumour.words import COMMAND, words_of


@pytest.mark.parametrize(
    ("folds", "said"), [(2, "Two-fold"), (3, "Three-fold"), (5, "Five-fold"), (23, "23-fold")]
)
def test_the_number_of_folds_is_that_of_the_training(folds, said):
    assert words_of(23, 23, folds, folds).data.startswith(f"{said} cross-validation by patient, 23")


def test_the_command_repeats_what_was_asked():
    assert words_of(23, 23, 3, 3).command == COMMAND
    assert words_of(23, 23, 5, 5).command == f"{COMMAND} --folds 5"
    assert words_of(15, 23, 3, 2).command == f"{COMMAND} --stop-after 2"
    assert words_of(9, 23, 5, 2).command == f"{COMMAND} --folds 5 --stop-after 2"


def test_folds_that_were_not_judged_are_counted():
    assert words_of(15, 23, 3, 2).data.endswith("; the last fold was not judged")
    assert words_of(9, 23, 5, 2).data.endswith("; the last 3 folds were not judged")


def test_what_ships_still_says_what_it_was_measured_on():
    card = load_folder(model_folder()).card
    said = words_of(23, 23, 3, 3).data
    assert card.operating_on.startswith(said)
