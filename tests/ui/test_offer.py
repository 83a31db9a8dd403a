"""Unsaved work offered in a table: brought back, left for later or forgotten."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from viewer.ui.asker import QtAsker
from viewer.ui.offer import OfferDialog

pytestmark = pytest.mark.window
ROWS = (("Doe, 2026-01-02", "Draw length", "10:00"), ("Roe, 2026-01-03", "Accept", "11:00"))


@pytest.fixture
def answers():
    return []


@pytest.fixture
def dialog(qtbot, qapp, answers):
    parent = QWidget()
    qtbot.addWidget(parent)
    asker = QtAsker()
    asker.stand_before(parent)
    asker.offer(
        "Unsaved work",
        "Words",
        ("Study", "Last step", "When"),
        ROWS,
        ("Bring back", "Not now", "Forget"),
        lambda answer, rows: answers.append((answer, rows)),
    )
    found = parent.findChild(OfferDialog)
    qtbot.waitUntil(found.isVisible)
    yield found
    parent.close()


def press(qtbot, dialog, text):
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_all_rows_are_chosen_at_first(qtbot, dialog, answers):
    press(qtbot, dialog, "Bring back")
    assert answers == [("Bring back", (0, 1))]


def test_only_the_chosen_rows_are_answered_for(qtbot, dialog, answers):
    dialog.table.selectRow(1)
    press(qtbot, dialog, "Forget")
    assert answers == [("Forget", (1,))]


def test_escape_answers_nothing(qtbot, dialog, answers):
    dialog.reject()
    assert answers == []


def test_everything_in_it_has_a_name_to_be_read_aloud(dialog):
    assert dialog.table.accessibleName() == "Unsaved work"
    assert all(button.accessibleName() for button in dialog.findChildren(QPushButton))
    dialog.reject()
