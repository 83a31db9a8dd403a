from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from tests.ui.conftest import SPHERE
from viewer.core.volume import Fidelity
from viewer.session.session import Place, Tool
from viewer.ui import sketch

pytestmark = pytest.mark.window
RIGHT, MIDDLE = Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def look(program, cell=0):
    return program.desk.session.hanging.value.cells[cell]


def test_a_click_brings_all_views_to_the_point_below_it(shown):
    session = shown.desk.session
    session.place.update(position=(0.0, 0.0, 30.0))
    shown.settle()
    scene = shown.view().scene
    x, y = scene.to_screen(SPHERE)
    shown.qtbot.mouseClick(shown.view(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert np.allclose(session.place.value.position, SPHERE, atol=scene.plane.spacing_mm[0])


def test_a_right_drag_sets_the_window_of_all_views_of_the_series(shown):
    shown.drag(shown.middle(), shown.middle() + QPoint(40, 30), button=RIGHT)
    window = look(shown).window
    assert window.width > 1200
    assert window.centre > -400
    assert all(look(shown, cell).window == window for cell in range(4))


def test_windows_that_are_not_linked_change_alone(shown):
    shown.desk.session.links.update(window=False)
    shown.drag(shown.middle(), shown.middle() + QPoint(40, 30), button=RIGHT)
    assert look(shown, 1).window is None


def test_a_middle_drag_moves_the_picture_with_the_mouse(shown):
    place = shown.view().scene.to_screen(SPHERE)
    shown.drag(shown.middle(), shown.middle() + QPoint(24, -16), button=MIDDLE)
    shown.settle()
    moved = shown.view().scene.to_screen(SPHERE)
    assert np.allclose(np.subtract(moved, place), (24, -16), atol=1e-6)


def test_the_wheel_goes_through_the_slices(shown):
    shown.wheel(shown.middle(), 1)
    assert shown.desk.session.place.value.position[2] == pytest.approx(SPHERE[2] + 2)
    shown.wheel(shown.middle(), -1, keys=SHIFT)
    assert shown.desk.session.place.value.position[2] == pytest.approx(SPHERE[2] - 18)


def test_the_wheel_with_ctrl_enlarges_what_is_below_the_pointer(shown):
    pointer = QPoint(90, 70)
    before = shown.view().scene.to_patient((89.5, 69.5))
    shown.wheel(pointer, -3, keys=CTRL)
    shown.settle()
    assert look(shown).zoom > 1.4
    assert np.allclose(shown.view().scene.to_patient((89.5, 69.5)), before, atol=1e-6)


def test_touching_a_view_makes_it_the_active_one(shown):
    shown.qtbot.mouseClick(shown.view(2), Qt.MouseButton.LeftButton, pos=shown.middle(2))
    assert shown.desk.session.hanging.value.active == 2


def test_the_active_view_has_a_thin_line_round_it(shown):
    def edge(cell):
        return shown.picture(cell)[:, 0].mean(axis=0)

    assert edge(0)[2] > 150 > edge(1)[2]


def test_letters_are_drawn_at_the_sides(shown):
    shown.desk.session.shown.update(crosshair=False, texts=False, findings=False)
    shown.settle()
    assert shown.view().scene.letters.left == "R"
    picture = shown.picture().mean(axis=-1)
    height = picture.shape[0]
    assert picture[height // 2 - 12 : height // 2 + 12, 6:30].max() > 120
    assert picture[height // 2 - 60 : height // 2 - 30, 6:30].max() < 120


def test_a_click_in_the_box_of_a_finding_selects_it(shown, finding):
    box = shown.view().scene.boxes[0]
    inside = QPoint(round(box.low[0]) + 8, round(box.low[1]) + 8)
    shown.qtbot.mouseClick(shown.view(), Qt.MouseButton.LeftButton, pos=inside)
    assert shown.desk.session.selected.value == finding.id


def test_dragging_a_corner_of_the_selected_box_edits_the_finding_once(shown, finding):
    session = shown.desk.session
    session.selected.set(finding.id)
    shown.settle()
    box = shown.view().scene.boxes[0]
    corner = QPoint(round(box.high[0]), round(box.high[1]))
    shown.drag(corner, corner + QPoint(20, 20))
    edited = session.record.value.finding(finding.id)
    assert edited.status == "edited"
    assert edited.high[0] > finding.high[0]
    assert (edited.low[2], edited.high[2]) == (finding.low[2], finding.high[2])
    session.undo()
    assert session.record.value.finding(finding.id) == finding


def test_slices_that_land_are_shown(program, opened):
    voxels = np.full(opened.image.voxels.shape, -1000, np.int16)
    volume = replace(opened.image, voxels=voxels)
    quality = np.zeros(60, np.uint8)
    session = program.desk.session
    session.show(replace(opened, image=volume, fidelity=Fidelity(quality)))
    program.settle()
    program.wait(lambda: program.picture()[200:300, 200:300].mean() < 60)
    voxels[:] = 1000
    session.images.set(session.images.value.with_fidelity("key", Fidelity(quality + 2)))
    program.wait(lambda: program.picture()[120:200, 220:300].mean() > 200)


def test_a_slow_picture_is_coarse_while_it_moves_and_fine_at_rest(shown, monkeypatch):
    monkeypatch.setattr(sketch, "SLOW_MS", 1e-6)
    view = shown.view()
    shown.desk.session.place.set(Place((0.0, 0.0, 0.0), "frame"))
    shown.wait(lambda: view.sketch.coarse)
    shown.wait(lambda: not view.sketch.coarse)
    assert view.scene.size == view.device_size


def test_dragging_moves_as_far_while_the_picture_is_coarse(shown, monkeypatch):
    monkeypatch.setattr(sketch, "SLOW_MS", 1e-6)
    place = shown.view().scene.to_screen(SPHERE)
    shown.desk.session.threshold.set(0.4)
    shown.wait(lambda: shown.view().sketch.coarse)
    shown.drag(shown.middle(), shown.middle() + QPoint(24, -16), button=MIDDLE)
    shown.settle()
    moved = shown.view().scene.to_screen(SPHERE)
    assert np.allclose(np.subtract(moved, place), (24, -16), atol=1.0)


def test_cine_plays_and_begins_again_after_the_last_slice(shown):
    session = shown.desk.session
    shown.run("view.last_slice")
    last = session.place.value.position[2]
    shown.run("view.cine")
    shown.wait(lambda: session.place.value.position[2] < last - 50)
    shown.run("view.cine")
    assert session.cine.value is None


def test_an_error_while_painting_is_told_and_does_not_end_the_program(shown, monkeypatch):
    from viewer.ui import slice_view

    def broken(pen, scene):
        raise RuntimeError("for the test")

    heard = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, trace: heard.append(error))
    monkeypatch.setattr(slice_view, "draw_marks", broken)
    shown.view().repaint()
    assert [str(error) for error in heard] == ["for the test"]


def test_a_drag_with_any_tool_over_an_empty_view_does_nothing(program):
    before = program.desk.session.hanging.value.cells
    for tool in Tool:
        program.desk.session.tool.set(tool)
        program.drag(program.middle(), program.middle() + QPoint(30, 30))
        program.wheel(program.middle(), 2)
        assert program.desk.session.hanging.value.cells == before, tool
