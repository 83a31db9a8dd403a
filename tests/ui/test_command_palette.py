from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt

from viewer.session.session import Tool
from viewer.ui.command_palette import CommandPalette
from viewer.ui.matching import closeness, matching

pytestmark = pytest.mark.window


@pytest.fixture
def palette(program):
    program.run("help.palette")
    found = program.window.findChild(CommandPalette)
    yield found
    if shiboken6.isValid(found):
        found.close()


def test_typing_and_enter_runs_a_command(program, palette):
    program.qtbot.keyClicks(palette.field, "pan")
    program.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert program.desk.session.tool.value is Tool.PAN


def test_arrows_go_through_what_was_found(program, palette):
    program.qtbot.keyClicks(palette.field, "window")
    program.qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1


def test_what_is_not_allowed_does_not_run(program, palette):
    program.qtbot.keyClicks(palette.field, "invert")
    program.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert not program.desk.session.hanging.value.cells[0].inverted


def test_a_row_tells_title_key_and_help(program, palette):
    program.qtbot.keyClicks(palette.field, "lung window")
    index = palette.list.currentIndex()
    assert index.data() == "Lung window"
    assert index.data(Qt.ItemDataRole.UserRole) == "1"
    assert index.data(Qt.ItemDataRole.StatusTipRole)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("accept fi", "Accept finding"),
        ("turn right", "Turn right"),
        ("undo", "Undo"),
        ("sec read", "Run second reader"),
    ],
)
def test_a_part_of_a_name_finds_the_command(program, typed, title):
    assert matching(program.commands, typed)[0].title == title


def test_nothing_typed_lists_everything(program):
    assert len(matching(program.commands, "")) == len(list(program.commands))


def test_letters_out_of_order_fit_nothing():
    assert closeness("xz", "Zoom exactly") == 0
    assert closeness("zo", "Zoom") == 1
