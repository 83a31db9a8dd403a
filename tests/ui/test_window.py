from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser

from tests.program import Program
from viewer.session.look import PRESETS, Layout, Viewing
from viewer.session.session import Tool
from viewer.settings import Settings
from viewer.ui import window as window_module
from viewer.ui.status import ElidedLabel

pytestmark = pytest.mark.window


def test_every_command_is_in_a_menu_with_its_key_and_help(program):
    in_menus = {action.objectName() for menu in _menus(program) for action in menu.actions()}
    for command in program.commands:
        action = program.window.actions_.all[command.id]
        assert command.id in in_menus
        assert command.help in action.toolTip()
        assert bool(action.shortcuts()) == bool(command.key)


def test_every_icon_that_a_command_names_is_drawn(program):
    for command in program.commands:
        if command.icon:
            assert not program.window.actions_.all[command.id].icon().isNull(), command.icon


def test_what_is_not_allowed_is_grey_until_it_is(program, opened):
    invert = program.window.actions_.all["look.invert"]
    assert not invert.isEnabled()
    program.desk.session.show(opened)
    program.wait(invert.isEnabled)


def test_the_chosen_tool_is_checked(program):
    program.run("tool.pan")
    checked = {a.objectName() for a in program.window.actions_.all.values() if a.isChecked()}
    assert "tool.pan" in checked
    assert "tool.crosshair" not in checked


@pytest.mark.parametrize("layout", PRESETS)
def test_a_layout_shows_its_number_of_views(shown, layout):
    shown.desk.session.hanging.update(layout=layout)
    assert sum(cell.isVisible() for cell in shown.window.grid.cells) == layout.cells


def test_a_double_click_shows_one_view_alone_and_then_all_again(shown):
    qtbot = shown.qtbot
    qtbot.mouseDClick(shown.view(1), Qt.MouseButton.LeftButton, pos=shown.middle(1))
    assert [cell.isVisible() for cell in shown.window.grid.cells] == [False, True, False, False]
    qtbot.mouseDClick(shown.view(1), Qt.MouseButton.LeftButton, pos=shown.middle(1))
    assert all(cell.isVisible() for cell in shown.window.grid.cells)


def test_keys_of_the_views_work_while_a_view_has_the_focus(shown):
    shown.view(0).setFocus()
    before = shown.desk.session.place.value.position
    shown.qtbot.keyClick(shown.view(0), Qt.Key.Key_Down)
    assert shown.desk.session.place.value.position[2] == pytest.approx(before[2] + 2)


def test_dropped_files_are_opened(program, monkeypatch):
    opened_paths = []
    monkeypatch.setattr(window_module, "open_paths", lambda desk, paths: opened_paths.extend(paths))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/data/study")])
    copy, left, no_key = (
        Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    enter = QDragEnterEvent(QPoint(100, 100), copy, mime, left, no_key)
    QApplication.sendEvent(program.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(program.window, QDropEvent(QPointF(100, 100), copy, mime, left, no_key))
    assert opened_paths == [Path("/data/study")]


def test_a_serious_message_stays_until_it_is_dismissed(program):
    program.desk.session.say("The first.", serious=True)
    program.desk.session.say("The second.", serious=True)
    program.desk.session.say("By the way.")
    notice = program.window.notice
    assert notice.isVisible()
    assert notice.sentence == "The second."
    program.qtbot.keyClick(program.window, Qt.Key.Key_Escape)
    assert notice.sentence == "The first."
    notice.dismiss()
    assert not notice.isVisible()


def test_the_line_at_the_bottom_tells_value_with_unit_and_place_by_sides(shown):
    shown.move(shown.middle())
    shown.qtbot.wait(20)
    value = shown.window.status.findChild(object, "value").text()
    place = shown.window.status.findChild(object, "place").text()
    assert value.endswith(" HU")
    assert place.endswith(" mm")
    assert {part[0] for part in place.split("  ")} <= set("LRPAHF")


def test_work_in_the_background_never_widens_a_small_window(program):
    program.window.resize(760, 480)
    for panel in program.window.panels.values():
        panel.hide()
    program.settle()
    before = program.window.minimumSizeHint().width()
    words = program.window.status.findChild(ElidedLabel)
    words.setText("Second reader: a series with a very long description, 100 s left")
    words.show()
    program.settle()
    assert program.window.minimumSizeHint().width() <= before + 50
    assert program.window.minimumSizeHint().width() <= 760


def test_a_panel_folds_away_and_comes_back(program):
    assert program.window.panel_shown("studies")
    program.run("panel.studies")
    assert not program.window.panels["studies"].isVisible()
    program.run("panel.studies")
    assert program.window.panels["studies"].isVisible()


def test_the_window_remembers_its_layout_and_panels(program, qtbot):
    program.desk.session.hanging.update(layout=Layout.TWO)
    program.window.toggle_panel("studies")
    program.window.close()
    again = Program.started(qtbot, settings=program.desk.settings)
    try:
        assert again.desk.session.hanging.value.layout == Layout.TWO
        assert not again.window.panels["studies"].isVisible()
    finally:
        again.close()


@pytest.mark.parametrize("rubbish", ["zz", "00ff", "é"])
def test_a_damaged_memory_of_the_window_does_no_harm(qtbot, rubbish):
    settings = Settings()
    window = settings.window.changed(geometry=rubbish, state=rubbish)
    started = Program.started(qtbot, settings=settings.model_copy(update={"window": window}))
    assert started.window.isVisible()
    started.close()


def test_a_small_screen_starts_with_its_panels_folded_away(qtbot, monkeypatch):
    from viewer.ui import memory

    monkeypatch.setattr(memory, "_ROOMY", 10_000)
    started = Program.started(qtbot)
    assert not any(panel.isVisible() for panel in started.window.panels.values())
    started.close()


@pytest.mark.parametrize(("side", "maximised"), [(10_000, True), (480, False)])
def test_a_window_as_large_as_the_screen_is_maximised_so_that_its_title_is_seen(
    qtbot, monkeypatch, side, maximised
):
    from viewer.ui import memory

    monkeypatch.setattr(memory, "_FIRST", QSize(side, side))
    started = Program.started(qtbot)
    assert bool(started.window.windowState() & Qt.WindowState.WindowMaximized) is maximised
    started.close()


def test_a_snapshot_is_what_the_view_shows(shown):
    assert shown.window.snapshot(0).startswith(b"\x89PNG")


def test_help_lists_every_command(program):
    program.run("help.shortcuts")
    pages = [dialog.findChild(QTextBrowser) for dialog in program.window.findChildren(QDialog)]
    (page,) = [one for one in pages if one is not None and one.isVisible()]
    text = page.toPlainText()
    assert all(command.help in text for command in program.commands)
    assert all(command.title in text for command in program.commands if command.named is None)
    page.window().close()


def test_the_tool_decides_what_a_left_drag_does(shown):
    shown.run("tool.window")
    assert shown.desk.session.tool.value is Tool.WINDOW
    before = shown.desk.session.window_of(shown.desk.session.hanging.value.cells[0])
    shown.drag(shown.middle(), shown.middle() + QPoint(60, 0))
    after = shown.desk.session.window_of(shown.desk.session.hanging.value.cells[0])
    assert after.width > before.width
    assert after.centre == before.centre


def test_nothing_is_painted_brighter_than_the_image(program):
    picture = program.window.grab().toImage()
    from tests.program import pixels

    greys = pixels(picture).mean(axis=-1)
    assert np.quantile(greys, 0.98) < 100


def test_a_view_of_space_appears_where_the_look_asks_for_it(shown):
    assert shown.desk.session.hanging.value.cells[3].viewing is Viewing.SPACE
    assert type(shown.view(3)).__name__ == "SpaceView"
    assert type(shown.view(0)).__name__ == "SliceView"


def _menus(program):
    from PySide6.QtWidgets import QMenu

    return program.window.menuBar().findChildren(QMenu)
