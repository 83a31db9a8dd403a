"""What is told of a file or a wish ends as a sentence does."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from viewer.core.errors import Declined, Unreadable
from viewer.core.study import Notice, Refusal


@pytest.mark.parametrize("kind", [Unreadable, Declined])
@pytest.mark.parametrize(
    ("said", "told"),
    [("it is cut off", "it is cut off."), ("Stop!", "Stop!"), ("Done. ", "Done."), ("", "")],
)
def test_an_error_is_told_in_a_whole_sentence(kind, said, told):
    error = kind(said, code="any")
    assert str(error) == told
    assert error.code == "any"
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.code) == (told, "any")


def test_refusals_and_notices_are_whole_sentences():
    assert Refusal(Path("a"), "empty", "a is empty").sentence == "a is empty."
    assert Notice("lossy", "Lossy images.").sentence == "Lossy images."
