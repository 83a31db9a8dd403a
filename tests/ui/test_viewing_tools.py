"""Tools for looking, with real mouse and keys: slices, lens, zoom, window, colours, texts, cine."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.journeys.watchdog import watching
from viewer.commands.jumping import row_in
from viewer.imaging.colour_maps import ColourMap
from viewer.session.cine_order import Way
from viewer.session.session import Tool
from viewer.ui.calibrate_screen import CARD_MM, CalibrateScreen
from viewer.ui.glass import name_of
from viewer.ui.jump import JumpField
from viewer.ui.slice_bar import SliceBar

pytestmark = pytest.mark.window
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def slice_of(program, cell=0):
    return row_in(program.desk, cell).shown


def press(program, key, keys=Qt.KeyboardModifier.NoModifier, cell=0):
    view = program.view(cell)
    view.setFocus()
    program.qtbot.wait(10)
    QTest.keyClick(view, key, keys)
    program.settle()


def jump(program, words):
    press(program, Qt.Key.Key_G)
    field = program.window.findChild(JumpField)
    assert field is not None
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)
    program.settle()


def test_a_number_typed_after_g_goes_to_that_slice(shown):
    jump(shown, "12")
    assert slice_of(shown) == 11
    jump(shown, "+3")
    assert slice_of(shown) == 14
    assert shown.desk.session.hanging.value.maximised is None


def test_what_is_no_slice_is_said_and_the_field_stays_until_escape(shown):
    before = slice_of(shown)
    jump(shown, "9999")
    assert slice_of(shown) == before
    assert shown.desk.session.message.value.sentence == "There are slices 1 to 60 here."
    field = shown.window.findChild(JumpField)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    shown.wait(lambda: shown.window.findChild(JumpField) is None)


def test_a_click_and_a_drag_on_the_slice_bar_go_there(shown):
    bar = shown.view().findChild(SliceBar)
    assert bar.isVisible()
    QTest.mouseClick(bar, LEFT, pos=QPoint(4, 1))
    assert slice_of(shown) == 0
    QTest.mousePress(bar, LEFT, pos=QPoint(4, 1))
    QTest.mouseMove(bar, QPoint(4, bar.height() - 2))
    shown.qtbot.wait(20)
    QTest.mouseRelease(bar, LEFT, pos=QPoint(4, bar.height() - 2))
    QTest.mouseClick(bar, LEFT, pos=QPoint(4, bar.height() - 1))
    assert slice_of(shown) == 59


def test_a_drag_down_a_whole_view_goes_through_the_whole_stack(shown):
    jump(shown, "1")
    shown.desk.session.tool.set(Tool.SCROLL)
    view = shown.view()
    shown.drag(QPoint(100, 0), QPoint(100, view.height()))
    assert slice_of(shown) == 59


def test_the_lens_shows_pixels_enlarged_and_the_wheel_goes_on_scrolling(shown):
    view, session = shown.view(), shown.desk.session
    session.shown.update(crosshair=False, texts=False, findings=False)
    shown.settle()
    shown.move(shown.middle())
    plain = shown.picture()
    press(shown, Qt.Key.Key_Q)
    shown.move(shown.middle())
    with_lens = shown.picture()
    assert np.any(plain != with_lens)
    before = slice_of(shown)
    shown.wheel(shown.middle(), 1)
    shown.settle()
    assert slice_of(shown) == before + 1
    press(shown, Qt.Key.Key_Q)
    assert not session.shown.value.magnifier
    assert view.sketch.scene is not None


def test_the_lens_tool_is_there_only_while_the_button_is_down(shown):
    session = shown.desk.session
    session.shown.update(crosshair=False, texts=False, findings=False)
    press(shown, Qt.Key.Key_Q, SHIFT)
    assert session.tool.value is Tool.MAGNIFIER
    shown.settle()
    shown.move(shown.middle())
    plain = shown.picture()
    QTest.mousePress(shown.view(), LEFT, pos=shown.middle())
    shown.move(shown.middle(), button=LEFT)
    held = shown.picture()
    QTest.mouseRelease(shown.view(), LEFT, pos=shown.middle())
    shown.move(shown.middle())
    assert np.any(held != plain)
    assert np.array_equal(shown.picture(), plain)


def test_pixel_for_pixel_puts_one_pixel_of_the_image_on_one_of_the_screen(shown):
    press(shown, Qt.Key.Key_0, CTRL)
    scene = shown.view().scene
    assert scene.magnification.pixels == pytest.approx(1)
    assert scene.plane.spacing_mm[0] == pytest.approx(2)
    assert any("Zoom 100 %, 1:1" in line for _, lines in scene.texts for line in lines)


def test_a_calibrated_screen_shows_true_size_and_one_that_is_not_says_so(shown):
    desk, name = shown.desk, name_of(shown.window.screen())
    viewing = desk.settings.viewing.changed(screens={name: 0.25})
    desk.settings = desk.settings.model_copy(update={"viewing": viewing})
    shown.view().refresh()
    shown.settle()
    shown.run("look.true_size")
    shown.settle()
    scene = shown.view().scene
    assert scene.plane.spacing_mm[0] == pytest.approx(0.25, rel=0.01)
    assert scene.magnification.is_true_size
    assert "SCREEN NOT CALIBRATED" not in {badge.word for badge in scene.badges}


def test_the_reader_measures_the_screen_with_a_card(shown):
    shown.run("screen.calibrate")
    dialog = shown.window.findChild(CalibrateScreen)
    dialog.slider.setValue(4280)
    assert dialog.mm_per_pixel == pytest.approx(CARD_MM[0] / 428)
    dialog.accept()
    screens = shown.desk.settings.viewing.screens
    assert screens[name_of(shown.window.screen())] == pytest.approx(0.2)


def test_a_dragged_region_fills_the_view(shown):
    press(shown, Qt.Key.Key_Z, SHIFT)
    view = shown.view()
    corner, opposite = QPoint(100, 100), QPoint(200, 180)
    fine = view.width() / view.scene.size[0]
    middle = view.scene.to_patient((150 / fine - 0.5, 140 / fine - 0.5))
    shown.drag(corner, opposite)
    shown.settle()
    x, y = view.scene.to_screen(middle)
    assert (x, y) == pytest.approx((view.scene.size[0] / 2, view.scene.size[1] / 2), abs=3)
    assert shown.desk.session.hanging.value.cells[0].zoom > 2


def test_the_window_fits_the_region_that_is_dragged(shown):
    press(shown, Qt.Key.Key_W, SHIFT)
    view = shown.view()
    fine = view.width() / view.scene.size[0]
    x, y = view.scene.to_screen((-20.0, 10.0, 30.0))
    place = QPoint(round((x + 0.5) * fine), round((y + 0.5) * fine))
    shown.desk.session.shown.update(findings=False)
    shown.settle()
    shown.drag(place - QPoint(12, 12), place + QPoint(12, 12))
    shown.wait(lambda: not shown.desk.runner.jobs)
    window = shown.desk.session.window_of(shown.desk.session.hanging.value.cells[0])
    assert window.centre == pytest.approx(40, abs=1)


def test_y_shows_colours_with_a_bar_and_shift_b_takes_the_bar_away(shown):
    before = shown.picture()
    assert shown.view().scene.colour_bar is None
    press(shown, Qt.Key.Key_Y)
    press(shown, Qt.Key.Key_Y)
    assert shown.desk.session.hanging.value.cells[0].colour_map is ColourMap.HOT
    bar = shown.view().scene.colour_bar
    assert bar.unit == "HU"
    assert bar.ticks[0] == "\N{MINUS SIGN}1000"
    assert bar.ticks[-1] == "200"
    assert np.any(shown.picture() != before)
    press(shown, Qt.Key.Key_B, SHIFT)
    assert shown.view().scene.colour_bar is None


def texts(program):
    return [line for _, lines in program.view().scene.texts for line in lines]


def test_t_says_less_and_less_and_names_can_be_hidden(shown):
    every = texts(shown)
    assert "Doe, Jane" in every
    press(shown, Qt.Key.Key_T)
    few = texts(shown)
    assert set(few) < set(every)
    press(shown, Qt.Key.Key_T)
    assert texts(shown) == []
    press(shown, Qt.Key.Key_T)
    assert texts(shown) == every
    press(shown, Qt.Key.Key_H, CTRL | SHIFT)
    assert not any("Doe" in line or "P1" in line for line in texts(shown))
    assert shown.desk.settings.texts.names_hidden


def test_a_slab_and_exact_pixels_are_said(shown):
    press(shown, Qt.Key.Key_D)
    assert "exact pixels" in texts(shown)
    press(shown, Qt.Key.Key_Up, CTRL)
    assert "MIP 5 mm" in {badge.word for badge in shown.view().scene.badges}


def test_cine_plays_to_and_fro_within_its_range_and_the_choice_is_kept(shown):
    desk, session = shown.desk, shown.desk.session
    jump(shown, "20")
    press(shown, Qt.Key.Key_BracketLeft, CTRL)
    jump(shown, "23")
    press(shown, Qt.Key.Key_BracketRight, CTRL)
    shown.run("cine.bounce")
    session.playing.update(per_second=60.0)
    seen = []
    session.place.changed.connect(note := lambda *_: seen.append(slice_of(shown)))
    session.cine.set(0)
    shown.wait(lambda: len(seen) > 12)
    session.cine.set(None)
    session.place.changed.disconnect(note)
    assert set(seen) == {19, 20, 21, 22}
    assert all(abs(a - b) == 1 for a, b in pairwise(seen))
    assert session.playing.value.way is Way.BOUNCE
    assert desk.settings.viewing.cine_way == "bounce"


def test_cine_stops_when_its_view_is_no_longer_seen(shown):
    session = shown.desk.session
    session.cine.set(2)
    shown.wait(lambda: session.cine.value == 2)
    shown.run("layout.one")
    shown.wait(lambda: session.cine.value is None)


def test_turning_the_wheel_never_holds_the_window_up(shown):
    with watching() as stalls:
        for _ in range(15):
            shown.wheel(shown.middle(), 1)
            shown.qtbot.wait(20)
    assert stalls.beats > 5  # the clock of the watchdog went on between the turns
    assert stalls.longest_ms < 500
