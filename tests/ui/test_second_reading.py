"""A study is read without the second reader first: with real keys, and looked at from outside."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QPushButton, QTableView, QTreeWidget

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Status
from viewer.core.read import ReadKind
from viewer.core.segmentation import Mask, Segment, Segmentation
from viewer.core.study import Catalogue
from viewer.session.second_reading import seal

pytestmark = pytest.mark.window
MODEL = Author("Model", is_model=True, version="1", weights_sha256="ab" * 32)


@pytest.fixture
def quiet(program, opened):
    """The program with a CT in all views and nothing said of it."""
    session = program.desk.session
    session.catalogue.set(Catalogue((opened.study,)))
    session.show(opened)
    session.place.update(position=(-20.0, 10.0, 30.0))
    program.settle()
    return program


@pytest.fixture
def reading(opened, finding):
    """All that a model can say: a finding with a mask, an outline, a statement."""
    grid = opened.image.geometry
    ball = opened.image.voxels > 0
    found = replace(finding, author=MODEL, mask=Mask(ball, grid))
    labels = ball.astype(np.uint8)
    outline = Segmentation(
        "2.25.5", "Ball", labels, grid, (Segment(1, "Ball", LUNG),), MODEL, "key"
    )
    said = Assessment("2.25.6", NODULE, "key", MODEL, "speaks for a nodule", 0.9)
    return (found, replace(found, id="2.25.2", score=0.8)), (outline,), (said,)


def read_by_model(program, reading):
    session = program.desk.session
    after = session.record.value.with_reading("key", MODEL.name, *reading)
    session.do("Second reader", after)
    program.settle()


def pictures(program):
    program.qtbot.wait(60)
    return [program.picture(cell) for cell in range(3)]


def table(program):
    return program.window.panels["findings"].findChild(QTableView).model().rowCount()


def press(program, key, keys=Qt.KeyboardModifier.NoModifier):
    view = program.view(program.desk.session.hanging.value.active)
    view.setFocus()
    program.qtbot.wait(20)
    program.qtbot.keyClick(view, key, keys)
    program.qtbot.wait(20)


def done(program):
    press(program, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    program.wait(lambda: not program.desk.session.ai_hidden("key"))
    program.settle()


def answer(program, words):
    program.wait(lambda: any(d.isVisible() for d in program.window.findChildren(QInputDialog)))
    dialog = next(d for d in program.window.findChildren(QInputDialog) if d.isVisible())
    dialog.setTextValue(words)
    dialog.accept()
    program.qtbot.wait(20)


def words_on_screen(program):
    panel = program.window.panels["findings"]
    return " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_not_a_pixel_and_not_a_word_tells_that_a_model_found_something(quiet, reading):
    session = quiet.desk.session
    if not quiet.window.panel_shown("findings"):
        quiet.window.toggle_panel("findings")
    seal(session, "1.8")
    before, words = pictures(quiet), words_on_screen(quiet)
    history = session.history.undo_title
    said = []
    session.message.changed.connect(lambda new, _: said.append(new.sentence))
    read_by_model(quiet, reading)
    after = pictures(quiet)
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))
    assert table(quiet) == 0
    assert words_on_screen(quiet) == words
    assert "hidden until your first read" in words
    assert session.history.undo_title == history
    assert session.visible_findings() == ()
    assert said == []
    press(quiet, Qt.Key.Key_N)
    assert session.selected.value == ""
    done(quiet)
    shown = pictures(quiet)
    assert not np.array_equal(shown[0], before[0])
    assert table(quiet) == 3


@pytest.mark.parametrize("where", ["this_study", "every_study"])
def test_hiding_takes_back_what_a_model_had_said_in_a_notice(quiet, where):
    quiet.desk.session.say("An earlier notice.", serious=True)
    quiet.desk.session.say("The nodule lies where hiding lowers the score.", serious=True)
    assert "nodule" in quiet.window.notice.sentence
    quiet.run(f"second_reading.{where}")
    assert quiet.window.notice.sentence == ""
    assert not quiet.window.notice.isVisible()
    quiet.desk.session.say("A later notice.", serious=True)
    assert quiet.window.notice.sentence == "A later notice."


def test_the_first_read_is_stored_then_results_are_judged_and_both_reads_are_kept(quiet, reading):
    desk, session = quiet.desk, quiet.desk.session
    quiet.run("second_reading.this_study")
    own = replace(reading[0][0], id="2.25.9", author=session.reader, score=None, mask=None)
    session.do("Mark", session.record.value.with_finding(own))
    read_by_model(quiet, reading)
    done(quiet)
    quiet.wait(lambda: len(session.reads.value) == 2)
    kinds = [read.kind for read in session.reads.value]
    assert kinds == [ReadKind.SEALED, ReadKind.FIRST]
    first = session.reads.value[1]
    assert [one.id for one in first.findings] == ["2.25.9"]
    assert first.models == ("Model 1",)
    session.selected.set("2.25.1")
    press(quiet, Qt.Key.Key_A)
    session.selected.set("2.25.2")
    press(quiet, Qt.Key.Key_R)
    answer(quiet, "a vessel")
    rejected = session.record.value.finding("2.25.2")
    assert rejected.status is Status.REJECTED
    assert rejected.history[-1].reason == "a vessel"
    desk.keeper.flush()
    assert [read.kind for read in desk.keeper.shelf.reads.of("1.8")] == kinds
    audit = [line.what for line in desk.keeper.shelf.audit.lines("1.8")]
    assert "stored the first read" in audit


def test_results_are_shown_early_only_for_a_reason_that_is_kept(quiet, reading):
    session = quiet.desk.session
    quiet.run("second_reading.this_study")
    read_by_model(quiet, reading)
    quiet.run("second_reading.show_early")
    answer(quiet, "  ")
    assert session.ai_hidden("key")
    quiet.run("second_reading.show_early")
    answer(quiet, "teaching")
    quiet.wait(lambda: not session.ai_hidden("key"))
    assert len(session.visible_findings()) == 2
    quiet.desk.keeper.flush()
    lines = quiet.desk.keeper.shelf.audit.lines("1.8")
    line = next(one for one in lines if "before the first read" in one.what)
    assert line.detail == "teaching"
    assert quiet.desk.keeper.shelf.reads.of("1.8")[-1].reason == "teaching"


def test_the_banner_offers_to_end_the_first_read(quiet):
    session = quiet.desk.session
    panel = quiet.window.panels["findings"]
    if not quiet.window.panel_shown("findings"):
        quiet.window.toggle_panel("findings")
    button = panel.findChild(QPushButton, "second_reading.first_done")
    assert button.isHidden()
    quiet.run("second_reading.this_study")
    assert not button.isHidden()
    quiet.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    quiet.wait(lambda: not session.ai_hidden("key"))
    assert button.isHidden()


def test_a_double_click_on_what_waits_asks_why_and_cancel_shows_nothing(quiet, opened):
    session = quiet.desk.session
    picture = replace(opened.series.instances[0], sop_class_uid="1.2.840.10008.5.1.4.1.1.7")
    marks = replace(opened.series, key="marks", description="3 nodules", instances=(picture,))
    study = replace(opened.study, series=(*opened.study.series, marks))
    session.catalogue.set(Catalogue((study,)))
    quiet.run("second_reading.this_study")
    tree = quiet.window.panels["studies"].findChild(QTreeWidget)
    item = tree.topLevelItem(0).child(1)
    tree.scrollToItem(item)
    place = tree.visualItemRect(item).center()
    quiet.qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    quiet.qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    quiet.wait(lambda: any(d.isVisible() for d in quiet.window.findChildren(QInputDialog)))
    dialog = next(d for d in quiet.window.findChildren(QInputDialog) if d.isVisible())
    assert "Why show it before your first read?" in dialog.labelText()
    assert "3 nodules" not in dialog.labelText() + dialog.windowTitle()
    dialog.reject()
    quiet.qtbot.wait(20)
    assert session.images.value.get("marks") is None
    quiet.desk.keeper.flush()
    assert [read.kind for read in quiet.desk.keeper.shelf.reads.of("1.8")] == [ReadKind.SEALED]
