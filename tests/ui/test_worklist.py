"""The study list: searched as one types, sorted, changed, opened with the keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.program import Program
from viewer.core.progress import Silent
from viewer.core.study import Instance, Patient, Series, SeriesKind, Study
from viewer.io.sample import sample_study
from viewer.store.listed import Reading
from viewer.ui.worklist import Worklist

pytestmark = pytest.mark.window


def study(number: int, name: str, what: str = "Thorax") -> Study:
    uid = f"1.2.{number}"
    instance = Instance(Path(f"/gone/{number}.dcm"), f"{uid}.1", "1", "1", 1)
    series = Series(uid, uid, uid, "CT", SeriesKind.VOLUME, (instance,) * number)
    return Study(uid, Patient(f"P{number}", name=name), (series,), f"2026{number:04d}", "", what)


@pytest.fixture
def program(qtbot, qapp):
    started = Program.started(qtbot)
    yield started
    started.close()


def listed(program, studies):
    program.desk.keeper.shelf.studies.add(Path("/gone"), studies)
    return opened(program)


def opened(program) -> Worklist:
    program.run("studies.list")
    dialog = program.window.findChild(Worklist)
    dialog.activateWindow()
    program.wait(lambda: dialog.isActiveWindow() and not program.desk.runner.jobs)
    return dialog


def names(dialog):
    model = dialog.table_model
    return [model.index(row, 2).data() for row in range(model.rowCount())]


def settle(program, until):
    program.wait(until)
    program.wait(lambda: not program.desk.runner.jobs)


def test_what_is_typed_filters_the_list(program, qtbot):
    dialog = listed(program, [study(1, "Müller^Anna"), study(2, "Doe^Jane"), study(3, "Moe^Max")])
    assert names(dialog) == ["Moe Max", "Doe Jane", "Müller Anna"]
    qtbot.keyClicks(dialog.field, "muller")
    settle(program, lambda: names(dialog) == ["Müller Anna"])
    assert dialog.count.text() == "1 study"
    qtbot.keyClicks(dialog.field, " nobody")
    settle(program, lambda: names(dialog) == [])
    assert "No study answers" in dialog.empty.text()
    dialog.reject()


def test_a_click_on_a_head_sorts_and_a_second_turns_the_order(program, qtbot):
    dialog = listed(program, [study(1, "B"), study(2, "C"), study(3, "A")])
    header = dialog.table.horizontalHeader()
    for expected in (["A", "B", "C"], ["C", "B", "A"]):
        header.sectionClicked.emit(2)
        settle(program, lambda expected=expected: names(dialog) == expected)
    dialog.reject()


def test_far_rows_are_fetched_when_they_come_into_sight(program):
    dialog = listed(program, [study(number, f"N{number}") for number in range(1, 451)])
    model = dialog.table_model
    assert model.rowCount() == 450
    assert model.study(440) is None
    dialog.table.scrollToBottom()
    settle(program, lambda: model.study(449) is not None)
    assert model.index(449, 2).data() == "N1"
    dialog.reject()


def test_status_tags_and_notes_are_kept_and_the_choice_stays(program, qtbot):
    dialog = listed(program, [study(1, "B"), study(2, "C")])
    dialog.table.selectRow(1)
    dialog.tags.setText("teaching,  lung ")
    dialog.tags.editingFinished.emit()
    dialog.notes.setText("compare")
    dialog.notes.editingFinished.emit()
    settle(program, lambda: dialog.table_model.study(1).notes == "compare")
    assert dialog.table_model.study(1).tags == ("teaching", "lung")
    assert [one.patient_name for one in dialog.chosen] == ["B"]
    dialog.status.setCurrentIndex(2)
    settle(program, lambda: dialog.table_model.question.statuses == {Reading.UNREAD})
    assert names(dialog) == ["C", "B"]
    dialog.reject()


def test_a_study_with_missing_files_is_grey_and_says_so(program):
    dialog = listed(program, [study(1, "B")])
    settle(program, lambda: dialog.table_model.study(0).missing)
    index = dialog.table_model.index(0, 0)
    assert "missing" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Qt.ItemDataRole.ForegroundRole) is not None
    dialog.reject()


def test_an_empty_list_says_what_to_do(program):
    dialog = opened(program)
    assert dialog.empty.isVisible()
    assert "No study is listed yet" in dialog.empty.text()
    dialog.reject()


def test_return_opens_the_chosen_study_alone(program, qtbot, tmp_path):
    place = sample_study(tmp_path / "a", Silent(), seed=5, shape=(6, 32, 32))
    other = sample_study(tmp_path / "b", Silent(), seed=6, shape=(6, 32, 32))
    assert place != other
    from viewer.io.scan import scan

    found = scan([tmp_path], Silent())
    program.desk.keeper.shelf.studies.add(tmp_path, found.studies)
    dialog = opened(program)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    wanted = dialog.chosen[0].uid
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    session = program.desk.session
    settle(program, lambda: session.active_image is not None)
    assert {one.uid for one in session.catalogue.value.studies} == {wanted}
    program.desk.keeper.flush()
    (row,) = program.desk.keeper.shelf.studies.of_uid(wanted)
    assert row.status is Reading.READING
    lines = program.desk.keeper.shelf.audit.lines(wanted)
    assert "opened" in [line.what for line in lines]


def test_the_same_id_of_another_issuer_is_another_row(program):
    one = study(1, "Doe^Jane")
    other = replace(one, patient=replace(one.patient, issuer="Elsewhere"))
    dialog = listed(program, [one, other])
    assert names(dialog) == ["Doe Jane", "Doe Jane"]
    dialog.reject()
