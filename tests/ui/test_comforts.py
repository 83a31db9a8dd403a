"""Right clicks, going round the window, themes, the tour and the notice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QFont
from PySide6.QtWidgets import QApplication, QMenu, QToolBar

from viewer.settings import Theme
from viewer.ui.comforts import place_of
from viewer.ui.log_viewer import LogViewer, sifted
from viewer.ui.names import nameless
from viewer.ui.theme import dress, worn
from viewer.ui.tour import Tour

pytestmark = pytest.mark.window
RIGHT = Qt.MouseButton.RightButton


def menu_of(program, place):
    found = [one for one in program.window.findChildren(QMenu) if one.objectName() == place]
    return found[-1] if found else None


def ids(menu):
    return {action.objectName() for action in menu.actions() if not action.isSeparator()}


def test_a_short_right_click_offers_commands_with_their_keys(shown):
    shown.qtbot.mousePress(shown.view(0), RIGHT, pos=shown.middle())
    shown.qtbot.mouseRelease(shown.view(0), RIGHT, pos=shown.middle())
    menu = menu_of(shown, "context_view") or menu_of(shown, "context_finding")
    assert menu is not None
    assert all(action.isEnabled() for action in menu.actions() if not action.isSeparator())
    menu.close()


def test_a_right_drag_is_still_the_window_and_offers_nothing(shown):
    before = shown.desk.session.window_of(shown.desk.session.hanging.value.cells[0])
    shown.drag(shown.middle(), shown.middle() + QPoint(70, 20), button=RIGHT)
    after = shown.desk.session.window_of(shown.desk.session.hanging.value.cells[0])
    assert after != before
    assert menu_of(shown, "context_view") is None


def test_a_right_click_in_a_panel_offers_what_fits_there(shown):
    dock = shown.window.panels["studies"]
    at = dock.mapTo(shown.window, dock.rect().center())
    reason = QContextMenuEvent.Reason.Other
    event = QContextMenuEvent(reason, at, shown.window.mapToGlobal(at))
    shown.window.comforts.context_menu(event)
    menu = menu_of(shown, "context_studies")
    assert "files.open_folder" in ids(menu)
    menu.close()


def test_the_buttons_of_the_mouse_have_the_tools_that_the_reader_gave_them(shown):
    from viewer.session.buttons import Buttons

    shown.desk.session.buttons.set(Buttons(middle="window", right="zoom"))
    look = shown.desk.session.hanging.value.cells[0]
    shown.drag(shown.middle(), shown.middle() - QPoint(0, 60), button=RIGHT)
    after = shown.desk.session.hanging.value.cells[0]
    assert after.zoom > look.zoom
    assert shown.desk.session.window_of(after) == shown.desk.session.window_of(look)


def test_the_keyboard_goes_round_the_areas_and_comes_back_to_the_views(shown):
    places = []
    for _ in range(len(shown.window.comforts._areas())):
        shown.run("view.next_area")
        places.append(place_of(QApplication.focusWidget()))
    assert places[-1] == "view"
    assert "findings" in places


def test_escape_leads_back_to_the_views(shown):
    shown.run("view.next_area")
    assert place_of(QApplication.focusWidget()) != "view"
    shown.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert place_of(QApplication.focusWidget()) == "view"


def test_everything_that_can_be_acted_on_has_a_name(shown):
    assert [f"{type(one).__name__} {one.objectName()}" for one in nameless(shown.window)] == []


def test_no_view_moves_when_a_notice_comes_and_escape_dismisses_it(shown):
    before = shown.view(0).size()
    shown.desk.session.say("Something that must be known.", serious=True)
    shown.qtbot.wait(1)
    assert shown.view(0).size() == before
    assert shown.window.notice.isVisible()
    assert shown.window.grid.rect().contains(shown.window.notice.geometry())
    shown.view(0).setFocus()
    shown.qtbot.keyClick(shown.view(0), Qt.Key.Key_Escape)
    assert not shown.window.notice.isVisible()


def test_a_theme_and_a_size_of_letters_are_worn_at_once(shown, qapp):
    try:
        shown.run("appearance.light")
        assert worn() is Theme.LIGHT
        before = QApplication.font().pointSizeF()
        shown.run("appearance.larger_letters")
        assert QApplication.font().pointSizeF() == pytest.approx(before * 1.1)
        assert isinstance(QApplication.font(), QFont)
    finally:
        dress(qapp)


def test_the_tour_stops_at_real_parts_and_is_not_shown_again(program):
    program.run("help.tour")
    tour = program.window.findChild(Tour)
    for stop in tour._stops:
        assert stop.about is not program.window
        program.qtbot.mouseClick(tour.next, Qt.MouseButton.LeftButton)
    assert program.desk.settings.appearance.tour_seen


def test_the_tour_can_be_left_with_escape(program):
    program.run("help.tour")
    tour = program.window.findChild(Tour)
    program.qtbot.keyClick(tour, Qt.Key.Key_Escape)
    assert not tour.isVisible()


def test_groups_of_the_tool_bar_can_be_put_away(program):
    bar = program.window.findChild(QToolBar, "tools")
    measuring = program.window.actions_.all["measure.length"]
    assert measuring in bar.actions()
    program.window.comforts._toggle_group(bar, "Measure", False)
    assert measuring not in bar.actions()
    assert program.desk.settings.appearance.tools == ("Measure",)


def test_the_log_is_shown_and_sifted(program, home):
    (home / "data").mkdir(parents=True, exist_ok=True)
    (home / "data" / "skiagram.log").write_text(
        "2026-11-21 09:00:01,1 WARNING viewer.io: slow disk\n"
        "2026-11-21 09:00:02,1 ERROR viewer.app: broken\nTraceback: here\n"
    )
    program.run("help.log")
    dialog = program.window.findChild(LogViewer)
    program.wait(lambda: "slow disk" in dialog.page.toPlainText())
    dialog.level.setCurrentIndex(2)
    assert "slow disk" not in dialog.page.toPlainText()
    assert "Traceback: here" in dialog.page.toPlainText()
    dialog.close()


def test_an_entry_of_the_log_is_found_by_a_word_of_its_traceback():
    lines = ("a b WARNING x: one", "a b ERROR y: two", "  in_three")
    assert sifted(lines, "DEBUG", "three") == ["a b ERROR y: two", "  in_three"]
