"""The reader gives commands other keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from viewer.ui.shortcuts import ShortcutsDialog

pytestmark = pytest.mark.window
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(program):
    program.run("help.keys")
    found = program.window.findChild(ShortcutsDialog)
    yield found
    found.close()


def press(program, dialog, pressed):
    dialog.key.clear()
    program.qtbot.keyClick(dialog.key, *pressed)


def click(program, dialog, name):
    button = dialog.findChild(QPushButton, name)
    assert button.isEnabled()
    program.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_free_key_is_given_and_works_at_once_everywhere(program, dialog):
    dialog.choose("look.invert")
    press(
        program,
        dialog,
        (Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier),
    )
    click(program, dialog, "replace")
    assert program.commands["look.invert"].key == "Ctrl+Alt+Shift+F"
    action = program.window.actions_.all["look.invert"]
    assert action.shortcut() == QKeySequence("Ctrl+Alt+Shift+F")
    assert "Ctrl+Alt+Shift+F" in action.toolTip()
    assert program.desk.settings.keys == {"look.invert": "Ctrl+Alt+Shift+F"}


def test_whose_key_it_is_is_named_and_it_can_be_moved(program, dialog):
    dialog.choose("help.about")
    press(program, dialog, (Qt.Key.Key_K, CTRL))
    assert "Command palette" in dialog.told.text()
    assert not dialog.replace.isEnabled()
    click(program, dialog, "move")
    assert program.commands["help.about"].key == "Ctrl+K"
    assert program.commands["help.palette"].key == ""


def test_one_and_all_can_be_as_shipped_again(program, dialog):
    dialog.choose("help.about")
    press(program, dialog, (Qt.Key.Key_K, CTRL))
    click(program, dialog, "move")
    dialog.choose("help.palette")
    click(program, dialog, "reset")
    assert program.commands["help.palette"].key == "Ctrl+K"
    assert program.commands["help.about"].key == ""
    click(program, dialog, "reset_all")
    assert program.desk.settings.keys == {}


def test_keys_of_text_fields_are_not_given_away(program, dialog):
    dialog.choose("help.about")
    press(program, dialog, (Qt.Key.Key_A, CTRL))
    assert not dialog.replace.isEnabled()
    assert "text fields" in dialog.told.text()


def test_a_second_key_can_be_added_and_all_be_taken_away(program, dialog):
    dialog.choose("look.invert")
    shipped = program.commands["look.invert"].key
    press(
        program,
        dialog,
        (Qt.Key.Key_J, CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier),
    )
    click(program, dialog, "add")
    assert program.commands["look.invert"].key == f"{shipped}; Ctrl+Alt+Shift+J"
    click(program, dialog, "none")
    assert program.commands["look.invert"].key == ""


def test_searching_leaves_what_fits_and_goes_to_it(program, dialog):
    program.qtbot.keyClicks(dialog.search, "palette")
    shown = [item.text(0) for item in dialog._items() if not item.isHidden()]
    assert "Command palette" in shown
    assert dialog.chosen.title in shown
