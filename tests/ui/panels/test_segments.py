from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QTreeWidget

from viewer.core.author import Author
from viewer.core.code import AIRWAY, LEFT_LUNG
from viewer.core.segmentation import Segment, Segmentation
from viewer.session.record import Record
from viewer.session.session import segment_key
from viewer.ui import words
from viewer.ui.panels.brush import BrushBox
from viewer.ui.panels.segments import SegmentsPanel

pytestmark = pytest.mark.window
LUNG = Segment(1, "Left lung", LEFT_LUNG, colour=(10, 20, 230))
AIRWAYS = Segment(7, "Airways", AIRWAY)


@pytest.fixture
def outlined(opened):
    """A lung of 1000 voxels of 8 mm3, and airways of 125."""
    labels = np.zeros(opened.geometry.shape, np.uint8)
    labels[:10, :10, :10] = 1
    labels[20:25, 20:25, 20:25] = 7
    author = Author("Model", is_model=True, version="2")
    return Segmentation("2.25.5", "Lungs", labels, opened.geometry, (LUNG, AIRWAYS), author, "key")


@pytest.fixture
def panel(qtbot, desk, opened, commands):
    desk.session.show(opened)
    made = SegmentsPanel(desk, commands)
    qtbot.addWidget(made)
    made.resize(300, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def tree(panel):
    return panel.findChild(QTreeWidget)


def items(panel):
    tops = [tree(panel).topLevelItem(n) for n in range(tree(panel).topLevelItemCount())]
    return [top.child(n) for top in tops for n in range(top.childCount())]


def tick(qtbot, panel, item):
    left = tree(panel).visualItemRect(item)
    place = QPoint(left.left() + 12, left.center().y())
    qtbot.mouseClick(tree(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_without_segments_it_says_where_they_come_from(panel):
    assert panel._none.isVisible()
    assert not tree(panel).isVisible()


def test_segments_are_listed_with_their_author_and_volume(panel, desk, outlined, settle):
    desk.session.record.set(Record(segmentations=(outlined,)))
    settle()
    assert tree(panel).topLevelItem(0).text(0) == "Lungs · Model 2"
    assert [(item.text(0), item.text(1)) for item in items(panel)] == [
        ("Left lung", "8.0"), ("Airways", "1.0"),
    ]  # fmt: skip
    assert "SCT" in items(panel)[0].toolTip(0)


def test_names_that_a_model_gave_are_said_in_german_and_those_of_a_person_stay(
    panel, desk, outlined, monkeypatch
):
    monkeypatch.setattr(words, "spoken", lambda: "de")
    desk.session.record.set(Record(segmentations=(outlined,)))
    assert [item.text(0) for item in items(panel)] == ["Linke Lunge", "Atemwege"]
    assert "Linke Lunge" in items(panel)[0].toolTip(0)
    assert outlined.segments[0].name == "Left lung"
    assert outlined.segments[0].type.meaning == "Left lung"
    own = replace(outlined, id="2.25.6", author=Author("Dr. Roe"))
    desk.session.record.set(Record(segmentations=(own,)))
    assert [item.text(0) for item in items(panel)] == ["Left lung", "Airways"]


def test_a_swatch_has_the_colour_of_the_segment(panel, desk, outlined):
    desk.session.record.set(Record(segmentations=(outlined,)))
    picture = items(panel)[0].icon(0).pixmap(12, 12).toImage()
    assert picture.pixelColor(6, 6).getRgb()[:3] == (10, 20, 230)


def test_a_tick_hides_and_shows_one_segment(panel, desk, outlined, qtbot):
    desk.session.record.set(Record(segmentations=(outlined,)))
    tick(qtbot, panel, items(panel)[0])
    assert desk.session.hidden.value == {segment_key(outlined, LUNG)}
    tick(qtbot, panel, items(panel)[0])
    assert desk.session.hidden.value == frozenset()


def test_what_is_hidden_stays_hidden_when_the_list_is_made_anew(panel, desk, outlined):
    desk.session.hidden.set(frozenset({segment_key(outlined, AIRWAYS)}))
    desk.session.record.set(Record(segmentations=(outlined,)))
    states = [item.checkState(0) for item in items(panel)]
    assert states == [Qt.CheckState.Checked, Qt.CheckState.Unchecked]


def test_volumes_of_an_older_list_are_not_written_beside_the_new_one(panel, desk, outlined, settle):
    desk.session.record.set(Record(segmentations=(outlined,)))
    smaller = replace(outlined, label_map=np.where(outlined.labels == 7, 0, outlined.labels))
    desk.session.record.set(Record(segmentations=(smaller,)))
    settle()
    assert [item.text(1) for item in items(panel)] == ["8.0", "0"]


def test_undoing_a_reading_empties_the_list(panel, desk, outlined, settle):
    desk.session.do("Second reader", Record(segmentations=(outlined,)))
    desk.session.undo()
    settle()
    assert items(panel) == []
    assert panel._none.isVisible()


def test_a_segment_is_added_only_where_there_is_a_volume(qtbot, desk, commands, opened):
    made = SegmentsPanel(desk, commands)
    qtbot.addWidget(made)
    add = next(b for b in made.findChildren(QPushButton) if b.text() == "Add segment")
    brush = made.findChild(BrushBox)
    assert not any(field.isEnabled() for field in (add, *brush.findChildren(QCheckBox)))
    desk.session.show(opened)
    assert all(field.isEnabled() for field in (add, *brush.findChildren(QCheckBox)))
