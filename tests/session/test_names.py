"""Coded words to choose from."""

from __future__ import annotations

from pydicom.sr._concepts_dict import concepts

from viewer.core.code import LEFT_LUNG, RIGHT_LUNG
from viewer.session.names import Use, fitting, names, names_for, with_recent


def test_every_word_has_a_code_of_its_own_and_begins_large() -> None:
    keys = [(name.key, name.use) for name in names()]
    assert len(names()) > 200
    assert len(set(keys)) == len(keys)
    assert all(name.code.meaning[0].isupper() for name in names())


def test_every_code_is_one_that_the_dicom_standard_uses() -> None:
    known = {
        (scheme, value)
        for scheme in ("SCT", "RADLEX")
        for meanings in concepts[scheme].values()
        for value in meanings
    }
    known |= {(one.scheme, one.value) for one in (LEFT_LUNG, RIGHT_LUNG)}
    assert {(name.code.scheme, name.code.value) for name in names()} <= known


def test_words_begin_with_what_was_typed_before_they_hold_it_elsewhere() -> None:
    found = [name.code.meaning for name in fitting(names_for(Use.SITE), "lung")]
    assert found[0].startswith(("Lung", "Left lung", "Apex of Lung"))
    assert {"Lung", "Left lung", "Right lung"} <= set(found)
    assert fitting(names_for(Use.SITE), "no such word") == ()


def test_what_was_chosen_last_comes_first() -> None:
    liver = next(name for name in names() if name.code.meaning == "Liver")
    recent = with_recent((), liver)
    assert names_for(Use.SITE, recent)[0] == liver
    assert with_recent(recent, liver) == recent
