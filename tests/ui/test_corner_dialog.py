"""Texts are moved from corner to corner; the views show it at once, and it is kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from viewer.commands.corner_texts import texts_as_kept
from viewer.render.scene import Corner
from viewer.session.corner_texts import USUAL, Item

pytestmark = pytest.mark.window
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(shown):
    shown.run("view.maximise")
    shown.run("texts.arrange")
    made = shown.window.arrangements.corners
    assert made.isVisible()
    yield made
    made.close()
    shown.qtbot.wait(1)


def words(one):
    return [one.item(row).data(Qt.ItemDataRole.UserRole) for row in range(one.count())]


def choose(shown, one, item):
    row = words(one).index(item.value)
    middle = one.visualItemRect(one.item(row)).center()
    shown.qtbot.mouseClick(one.viewport(), LEFT, pos=QPoint(20, middle.y()))
    assert one.currentRow() == row


def said(shown, corner):
    shown.settle()
    return dict(shown.view().scene.texts)[corner]


def test_it_begins_with_the_kind_of_the_active_image_and_all_that_is_said(dialog):
    assert dialog.kind.currentText() == "CT"
    assert words(dialog.lists[0]) == [item.value for item in USUAL["CT"].top_left]
    everything = sorted(word for one in dialog.lists for word in words(one))
    assert everything == sorted(item.value for item in Item)
    assert all(one.accessibleName() and one.toolTip() for one in dialog.lists)


def test_a_text_goes_to_another_corner_in_the_view_and_in_the_settings(shown, dialog):
    assert "Slice 26/60" in said(shown, Corner.BOTTOM_LEFT)
    choose(shown, dialog.lists[2], Item.SLICE)
    shown.qtbot.mouseClick(dialog.buttons[0], LEFT)
    shown.wait(lambda: "Slice 26/60" in said(shown, Corner.TOP_LEFT))
    assert "Slice 26/60" not in said(shown, Corner.BOTTOM_LEFT)
    kept = texts_as_kept(shown.desk.settings)
    assert dict(kept.arranged)["CT"].top_left[-1] is Item.SLICE
    shown.qtbot.mouseClick(dialog.up, LEFT)
    shown.qtbot.mouseClick(dialog.up, LEFT)
    assert words(dialog.lists[0]).index("slice number") == 1
    shown.wait(lambda: said(shown, Corner.TOP_LEFT)[1] == "Slice 26/60")
    choose(shown, dialog.lists[0], Item.NAME)
    shown.qtbot.mouseClick(dialog.buttons[4], LEFT)
    shown.wait(lambda: "Doe, Jane" not in said(shown, Corner.TOP_LEFT))
    shown.qtbot.mouseClick(dialog.usual, LEFT)
    assert said(shown, Corner.TOP_LEFT)[0] == "Doe, Jane"
    assert texts_as_kept(shown.desk.settings).arranged == ()


def test_other_kinds_are_arranged_apart(shown, dialog):
    dialog.kind.setCurrentText("MR")
    choose(shown, dialog.lists[1], Item.TIMES)
    shown.qtbot.mouseClick(dialog.buttons[3], LEFT)
    shown.wait(lambda: bool(shown.desk.session.corner_texts.value.arranged))
    ((modality, corners),) = shown.desk.session.corner_texts.value.arranged
    assert modality == "MR"
    assert corners.bottom_right[-1] is Item.TIMES
    shown.wait(lambda: "Slice 26/60" in said(shown, Corner.BOTTOM_LEFT))
