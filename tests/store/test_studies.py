"""The list of studies: found by every word, filtered, sorted, never two people in one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from viewer.core.progress import Silent
from viewer.core.study import Instance, Patient, Series, SeriesKind, Study
from viewer.store.listed import Column, Held, Priority, Question, Reading

JANE = Patient("P1", "Hospital", "Müller^Jane", "19700101", "F")


def study(number: int = 1, patient: Patient = JANE, modality: str = "CT", **told: str) -> Study:
    uid = f"1.2.{number}"
    instance = Instance(Path(f"/nowhere/{number}.dcm"), f"{uid}.9", "1", "1", 1)
    described = told.pop("series", "Axial 1 mm")
    series = Series(
        f"{uid}.1", f"{uid}.1", uid, modality, SeriesKind.VOLUME, (instance,) * number,
        description=described, body_part="CHEST",
    )  # fmt: skip
    told = {"date": f"202601{number:02d}", "description": "Thorax", **told}
    return Study(uid, patient, (series,), **told)


def found(shelf, text="", **asked: object) -> list[str]:
    return [one.uid for one in shelf.studies.page(Question(text, **asked)).studies]


def test_a_study_is_listed_with_all_that_the_list_shows(shelf, tmp_path):
    shelf.studies.add(tmp_path, [study(3, accession_number="ACC7")])
    (one,) = shelf.studies.page(Question()).studies
    assert (one.patient_name, one.patient_id, one.issuer) == ("Müller^Jane", "P1", "Hospital")
    assert (one.birth_date, one.date, one.accession) == ("19700101", "20260103", "ACC7")
    assert (one.modalities, one.images, one.place) == (("CT",), 3, tmp_path)
    assert (one.status, one.priority, one.held) == ("unread", Priority.ROUTINE, Held.IN_PLACE)
    (series,) = shelf.studies.series_of(one.id)
    assert (series.description, series.images) == ("Axial 1 mm", 3)


@pytest.mark.parametrize(
    "typed",
    [
        *("müller", "Muller jane", "mull", "P-77/3", "ACC7", "thorax", "axial", "chest"),
        *("lymphoma", "teach", "CT", 'thorax" OR', "thorax*", "jane müller 77"),
    ],
)
def test_a_study_is_found_by_the_beginnings_of_its_words(shelf, tmp_path, typed):
    patient = replace(JANE, id="P-77/3")
    shelf.studies.add(tmp_path, [study(1, patient, accession_number="ACC7"), study(2)])
    (one,) = (s for s in shelf.studies.page(Question()).studies if s.uid == "1.2.1")
    shelf.studies.set_notes(one.id, "Known lymphoma or thorax disease")
    shelf.studies.set_tags(one.id, ["teaching", "for OR"])
    assert "1.2.1" in found(shelf, typed)


def test_words_that_do_not_all_occur_find_nothing(shelf, tmp_path):
    shelf.studies.add(tmp_path, [study()])
    assert found(shelf, "thorax knee") == []
    assert found(shelf, "horax") == []
    assert found(shelf, '"*() ') == ["1.2.1"]


def test_what_was_said_of_a_study_stays_when_it_is_found_again(shelf, tmp_path):
    shelf.studies.add(tmp_path, [study()])
    (one,) = shelf.studies.page(Question()).studies
    shelf.studies.set_status([one.id], Reading.REPORTED)
    shelf.studies.set_priority([one.id], Priority.URGENT)
    shelf.studies.set_tags(one.id, ["a", "a", " b\\c "])
    shelf.studies.add(tmp_path / "new", [study(description="Chest")])
    (again,) = shelf.studies.page(Question()).studies
    assert (again.status, again.priority, again.tags) == ("reported", 1, ("a", "b c"))
    assert (again.description, again.place) == ("Chest", tmp_path / "new")
    assert found(shelf, "chest") == ["1.2.1"]
    assert shelf.studies.tags() == ("a", "b c")


def test_the_same_id_of_another_issuer_is_another_patient(shelf, tmp_path):
    other = replace(JANE, issuer="Elsewhere", name="Moe^Max", birth_date="19990909")
    shelf.studies.add(tmp_path, [study(), study(1, other)])
    rows = shelf.studies.page(Question(order=Column.PATIENT)).studies
    assert [(one.patient_name, one.issuer) for one in rows] == [
        ("Müller^Jane", "Hospital"),
        ("Moe^Max", "Elsewhere"),
    ]
    shelf.studies.mark(study(1, other), Reading.READ)
    assert {one.issuer: one.status for one in shelf.studies.of_uid("1.2.1")} == {
        "Hospital": "unread",
        "Elsewhere": "read",
    }


def test_two_without_an_id_are_one_only_by_their_name(shelf, tmp_path):
    one, two = (Patient(name=name) for name in ("Doe^A", "Doe^B"))
    shelf.studies.add(tmp_path, [study(1, one), study(2, one), study(2, two)])
    assert shelf.studies.page(Question()).count == 3


def test_a_corrected_name_is_found_in_all_studies_of_the_patient(shelf, tmp_path):
    shelf.studies.add(tmp_path, [study(1), study(2)])
    shelf.studies.add(tmp_path, [study(2, replace(JANE, name="Meier^Jane"))])
    assert found(shelf, "meier") == ["1.2.2", "1.2.1"]
    assert found(shelf, "müller") == []


def test_filters_and_orders_narrow_and_sort(shelf, tmp_path):
    shelf.studies.add(tmp_path, [study(1), study(2, modality="MR"), study(3)])
    first = shelf.studies.of_uid("1.2.1")[0]
    shelf.studies.set_status([first.id], Reading.READ)
    assert found(shelf, modality="MR") == ["1.2.2"]
    assert found(shelf, statuses=frozenset({Reading.UNREAD})) == ["1.2.3", "1.2.2"]
    assert found(shelf, since="20260102", until="20260102") == ["1.2.2"]
    assert found(shelf, order=Column.IMAGES, descending=False) == ["1.2.1", "1.2.2", "1.2.3"]
    assert found(shelf, order=Column.STATUS)[0] == "1.2.1"
    for column in Column:
        assert len(found(shelf, order=column)) == 3


def test_pages_go_on_where_the_last_ended(shelf, tmp_path):
    shelf.studies.add(tmp_path, [study(number) for number in range(1, 28)])
    pages = [shelf.studies.page(Question(), start, 10) for start in (0, 10, 20)]
    assert [page.count for page in pages] == [27, 27, 27]
    uids = [one.uid for page in pages for one in page.studies]
    assert uids == [f"1.2.{number}" for number in range(27, 0, -1)]


def test_opening_makes_an_unread_study_one_that_is_being_read(shelf, tmp_path):
    shelf.remember(tmp_path, study(1), study(2))
    shelf.studies.opened(study(1))
    (one,), (two,) = shelf.studies.of_uid("1.2.1"), shelf.studies.of_uid("1.2.2")
    assert (one.status, two.status) == ("reading", "unread")
    assert one.opened_at
    assert two.opened_at == ""
    shelf.studies.set_status([one.id], Reading.REPORTED)
    shelf.studies.opened(study(1))
    assert shelf.studies.of_uid("1.2.1")[0].status is Reading.REPORTED


def test_forgetting_recent_studies_takes_away_those_that_were_only_opened(shelf, tmp_path):
    shelf.remember(tmp_path, study(1), study(2))
    shelf.studies.add(tmp_path, [study(3)])
    shelf.studies.set_notes(shelf.studies.of_uid("1.2.2")[0].id, "mine")
    shelf.forget_all()
    assert found(shelf) == ["1.2.3", "1.2.2"]
    assert found(shelf, "mine") == ["1.2.2"]


def test_what_was_taken_off_the_list_is_found_by_no_word(shelf, tmp_path):
    shelf.studies.add(tmp_path, [study()])
    shelf.studies.remove([shelf.studies.of_uid("1.2.1")[0].id])
    assert found(shelf) == []
    assert found(shelf, "thorax") == []


def test_studies_whose_files_are_gone_are_noticed_and_found_again(shelf, tmp_path):
    file = tmp_path / "1.dcm"
    one = study()
    instance = replace(one.series[0].instances[0], path=file)
    one = replace(one, series=(replace(one.series[0], instances=(instance,)),))
    shelf.studies.add(tmp_path, [one])
    assert shelf.studies.look_again(Silent()) == 1
    assert found(shelf, missing=True) == ["1.2.1"]
    file.touch()
    assert shelf.studies.look_again(Silent()) == 0
    assert found(shelf, missing=True) == []
