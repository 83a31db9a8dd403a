from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.store.things import MODEL, PERSON, finding
from viewer.core.correction import Correction
from viewer.store.shelf import FILE_NAME, Shelf

ONE = Correction("1.2.3", "ab" * 32, "pat", "7.1", "2026-01-01", True, (("size", 0.5),), -0.1)


@pytest.fixture
def shelf(tmp_path):
    shelf = Shelf.open(tmp_path)
    yield shelf
    shelf.close()


def test_verdicts_come_back_as_they_were_and_newer_ones_replace_older(shelf):
    other = replace(ONE, finding_id="1.2.4", patient="two", right=False, at="2026-01-02")
    shelf.corrections.keep([ONE, other])
    assert shelf.corrections.of(ONE.weights_sha256) == (ONE, other)
    assert shelf.corrections.counts() == {ONE.weights_sha256: (2, 2)}
    changed = replace(ONE, right=False)
    shelf.corrections.keep([changed])
    assert shelf.corrections.of(ONE.weights_sha256) == (changed, other)
    assert shelf.corrections.of("cd" * 32) == ()


def test_verdicts_of_an_erased_study_are_gone(shelf):
    shelf.corrections.keep([ONE, replace(ONE, finding_id="x", study_uid="7.2")])
    shelf.corrections.forget("7.1")
    assert [one.study_uid for one in shelf.corrections.of(ONE.weights_sha256)] == ["7.2"]


def test_going_back_takes_one_step_at_a_time_down_to_the_model_as_it_came(shelf):
    known = shelf.corrections
    assert not known.go_back("a")
    known.learn("a", "first", use=True)
    known.learn("a", "worse", use=False)
    known.learn("a", "second", use=True)
    known.learn("b", "other", use=True)
    assert known.in_use() == ("second", "other")
    assert known.go_back("a")
    assert known.in_use() == ("first", "other")
    assert known.go_back("a")
    assert known.in_use() == ("other",)
    assert not known.go_back("a")


def test_all_can_be_forgotten(shelf):
    shelf.corrections.keep([ONE])
    shelf.corrections.learn("a", "first", use=True)
    shelf.corrections.forget_all()
    assert shelf.corrections.counts() == {}
    assert shelf.corrections.in_use() == ()


@pytest.mark.parametrize("pushes", ["", "[1]", '[["a", "b"]]', "{}x", '[["a", 1e999]]'])
def test_a_row_that_somebody_else_wrote_is_left_out(shelf, pushes):
    shelf.corrections.keep([ONE, replace(ONE, finding_id="z")])
    with shelf.corrections._database.writing() as connection:
        wish = text("UPDATE correction SET pushes = :pushes WHERE finding_id = 'z'")
        connection.execute(wish, {"pushes": pushes})
    assert shelf.corrections.of(ONE.weights_sha256) == (ONE,)


def test_no_name_and_no_image_is_kept(tmp_path):
    from viewer.commands.learning import patient_mark, verdicts_of
    from viewer.core.study import Patient, Study

    study = Study("7.1", Patient("ID4711", "", "Doe^Jane"), ())
    assert patient_mark(study) == patient_mark(replace(study, uid="7.2"))
    assert patient_mark(study) != patient_mark(replace(study, patient=Patient("ID4712")))
    judged = replace(finding(), author=MODEL, history=finding().history)
    (taught,) = verdicts_of(study, [judged, replace(finding(2), author=PERSON, score=None)])
    shelf = Shelf.open(tmp_path)
    shelf.corrections.keep([taught])
    shelf.close()
    content = (tmp_path / FILE_NAME).read_bytes()
    assert b"4711" not in content
    assert b"Jane" not in content
