"""Planes turned and made thick with the mouse, the 3D cursor, paths, groups."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from viewer.session.hold import Grasp
from viewer.session.linking import Group
from viewer.session.look import Viewing
from viewer.session.session import Tool

pytestmark = pytest.mark.window
LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier


def grip(shown, viewing, grasp, cell=0):
    shown.settle()
    view = shown.view(cell)
    found = [
        one for one in view.scene.grips if (one.hold.viewing, one.hold.grasp) == (viewing, grasp)
    ]
    x, y = found[-1].at
    return QPoint(round(x), round(y))


def turned_about(shown, centre, start, degrees):
    """Return where a point of a view comes to when it is turned about another."""
    angle = np.radians(degrees)
    x, y = start.x() - centre[0], start.y() - centre[1]
    cos, sin = np.cos(angle), np.sin(angle)
    return QPoint(round(centre[0] + cos * x - sin * y), round(centre[1] + sin * x + cos * y))


def test_dragging_a_handle_turns_both_other_planes_about_the_crosshair(shown):
    session = shown.desk.session
    start = grip(shown, Viewing.CORONAL, Grasp.TURN)
    centre = shown.view().scene.to_screen(session.place.value.position)
    shown.drag(start, turned_about(shown, centre, start, 30))
    planes, space = session.planes.value, shown.desk.session.active_image.frame_of_reference_uid
    coronal = np.asarray(planes.of(space, Viewing.CORONAL).right)
    assert np.degrees(np.arctan2(coronal[1], coronal[0])) == pytest.approx(30, abs=1.5)
    sagittal = np.asarray(planes.of(space, Viewing.SAGITTAL).right)
    assert abs(coronal @ sagittal) < 1e-9
    assert not planes.is_turned(space, Viewing.AXIAL)
    shown.settle()
    assert shown.view(1).scene.letters.right == "LP"
    assert "interpolated" in shown.view(1).scene.marks
    shown.run("mpr.straighten")
    assert not session.planes.value.is_turned(space)


def test_planes_that_are_not_kept_together_turn_one_by_one(shown):
    shown.run("mpr.together")
    start = grip(shown, Viewing.CORONAL, Grasp.TURN)
    shown.drag(start, start + QPoint(0, 40))
    session = shown.desk.session
    space = session.active_image.frame_of_reference_uid
    assert session.planes.value.is_turned(space, Viewing.CORONAL)
    assert not session.planes.value.is_turned(space, Viewing.SAGITTAL)


def test_dragging_the_edge_makes_a_slab_as_thick_as_it_is_drawn(shown):
    start = grip(shown, Viewing.CORONAL, Grasp.THICKNESS)
    shown.drag(start, start + QPoint(0, 20))
    looks = shown.desk.session.hanging.value.cells
    expected = 40 * shown.view().scene.plane.spacing_mm[0]
    assert looks[1].slab_mm == pytest.approx(expected, abs=2)
    assert looks[0].slab_mm == 0
    shown.settle()
    assert sum(line.dashed for line in shown.view().scene.lines) == 2


def test_a_turned_plane_is_scrolled_along_its_normal(shown):
    shown.run("mpr.turn_right")
    session = shown.desk.session
    before = np.asarray(session.place.value.position)
    shown.wheel(shown.middle(1), 3, cell=1)
    space = session.active_image.frame_of_reference_uid
    gone = np.asarray(session.place.value.position) - before
    normal = np.asarray(session.planes.value.of(space, Viewing.CORONAL).normal)
    assert np.linalg.norm(gone) > 1
    assert np.allclose(np.cross(gone, normal), 0, atol=1e-6)


def test_x_held_brings_all_views_to_what_is_under_the_pointer(shown):
    view, session = shown.view(), shown.desk.session
    view.setFocus()
    before = session.place.value.position
    place = shown.middle() + QPoint(31, 17)
    shown.move(place)
    assert session.place.value.position == before
    shown.qtbot.keyPress(view, Qt.Key.Key_X)
    shown.move(place + QPoint(1, 0))
    shown.qtbot.keyRelease(view, Qt.Key.Key_X)
    scene = view.scene
    expected = scene.to_patient((place.x() + 0.5, place.y() - 0.5))
    assert np.allclose(session.place.value.position, expected, atol=1e-6)
    shown.move(place + QPoint(40, 0))
    assert np.allclose(session.place.value.position, expected, atol=1e-6)


def test_a_view_that_moves_alone_stays_when_others_are_scrolled(shown):
    session = shown.desk.session
    shown.qtbot.mouseClick(shown.view(1), LEFT, pos=shown.middle(1))
    shown.run("linking.alone")
    assert session.linking.value.group(1) is Group.ALONE
    shown.settle()
    before = shown.view(1).scene.plane
    shown.qtbot.mouseClick(shown.view(0), LEFT, pos=shown.middle(0) + QPoint(25, 30))
    shown.settle()
    assert shown.view(1).scene.plane == before
    assert shown.view(1).scene.company == "alone"


def test_a_path_over_several_slices_is_straightened_and_its_places_are_linked(shown):
    session = shown.desk.session
    shown.run("path.draw")
    assert session.tool.value is Tool.PATH
    view = shown.view()
    for off in (QPoint(-60, -20), QPoint(-20, 10)):
        shown.qtbot.mouseClick(view, LEFT, pos=shown.middle() + off)
    for off in (QPoint(20, -10), QPoint(60, 20)):
        shown.wheel(shown.middle(), 4)
        shown.settle()
        shown.qtbot.mouseClick(view, LEFT, pos=shown.middle() + off)
    (path,) = session.record.value.measurements
    assert len({round(point[2]) for point in path.points}) == 3
    assert len(path.points) == 4
    shown.run("path.both")
    begun = [one.title for one in shown.desk.runner.jobs if "along the path" in one.title]
    assert begun == ["Straighten along the path"]
    shown.wait(lambda: bool(session.curves.value))
    shown.settle()
    (curve,) = session.curves.value
    scene = shown.view(3).scene
    assert not scene.in_patient
    assert any("straightened" in mark for mark in scene.marks)
    assert scene.letters.left == scene.letters.right == ""
    number = len(curve.course.places) // 2
    half = number * curve.course.step_mm
    x, y = scene.to_screen((0.0, 0.0, half))
    session.tool.set(Tool.CROSSHAIR)
    shown.qtbot.mouseClick(shown.view(3), LEFT, pos=QPoint(round(x), round(y)))
    middle = curve.course.places[number]
    assert np.allclose(session.place.value.position, middle, atol=2 * scene.plane.spacing_mm[0])
    shown.settle()
    assert abs(shown.view(2).scene.plane.distance_mm(middle)) < 2
    assert shown.view(2).scene.letters.left


def test_nothing_is_measured_on_a_straightened_picture(shown):
    test_a_path_over_several_slices_is_straightened_and_its_places_are_linked(shown)
    session = shown.desk.session
    session.tool.set(Tool.LENGTH)
    shown.drag(shown.middle(3), shown.middle(3) + QPoint(20, 20), cell=3)
    assert len(session.record.value.measurements) == 1
    assert "straightened" in session.message.value.sentence


def test_moving_a_point_of_a_path_straightens_anew(shown):
    test_a_path_over_several_slices_is_straightened_and_its_places_are_linked(shown)
    session = shown.desk.session
    (old,) = session.curves.value
    shown.run("edit.undo")
    shown.wait(lambda: bool(session.curves.value) and session.curves.value[0] is not old)
    assert len(session.curves.value[0].points) == 3


def test_a_path_is_stretched_and_turned_and_its_places_are_linked(shown):
    test_a_path_over_several_slices_is_straightened_and_its_places_are_linked(shown)
    session = shown.desk.session
    shown.qtbot.mouseClick(shown.view(3), LEFT, pos=shown.middle(3))
    shown.run("path.stretched")

    def stretched():
        return [one for one in session.curves.value if one.curtain is not None]

    for angle in (0.0, 5.0):
        shown.wait(lambda: any(one.angle == angle for one in stretched()))  # noqa: B023
        shown.settle()
        curve = next(one for one in stretched() if one.angle == angle)
        scene = shown.view(3).scene
        assert any("stretched" in mark for mark in scene.marks)
        words = str(scene.texts)
        assert f"stretched, turned {angle:g}° about the path" in words
        number = len(curve.course.places) // 3
        right, down = curve.curtain.course[number]
        x, y = scene.to_screen((right, 0.0, down))
        shown.qtbot.mouseClick(shown.view(3), LEFT, pos=QPoint(round(x), round(y)))
        there = session.place.value.position
        assert np.allclose(there, curve.course.places[number], atol=2 * scene.plane.spacing_mm[0])
        shown.qtbot.keyClick(shown.view(3), Qt.Key.Key_Period, ALT)
    shown.run("path.straightened")
    shown.wait(lambda: any("straightened" in mark for mark in shown.view(3).scene.marks))
