from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from viewer.commands.space import change_space
from viewer.core.author import Author
from viewer.core.code import LESION
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.segmentation import Segment, Segmentation

SPHERE = (-20.0, 10.0, 30.0)

pytestmark = pytest.mark.window


def test_the_volume_is_shown_in_space_and_turned_by_the_mouse(shown):
    view = shown.view(3)
    shown.run("space.soft_tissue")
    drawn = []
    view._studio.drawn.connect(lambda pixels, sitting: drawn.append(sitting))
    shown.wait(lambda: any(not sitting.turning for sitting in drawn))
    shown.drag(shown.middle(3), shown.middle(3) + QPoint(80, 0), cell=3)
    camera = shown.desk.session.hanging.value.cells[3].camera
    assert camera.azimuth != 0
    shown.wait(lambda: drawn[-1].camera == camera and not drawn[-1].turning)
    assert any(sitting.turning for sitting in drawn)


def test_segments_are_shown_as_surfaces_and_can_be_switched_off(shown, opened):
    labels = (opened.image.voxels > 0).astype(np.uint8)
    segment = Segment(1, "Ball", LESION)
    author = Author("Model", is_model=True, version="1")
    made = Segmentation("2.25.2", "Balls", labels, opened.image.geometry, (segment,), author, "key")
    drawn = []
    shown.view(3)._studio.drawn.connect(lambda pixels, sitting: drawn.append(sitting))
    record = shown.desk.session.record
    record.set(replace(record.value, segmentations=(made,)))
    shown.wait(lambda: bool(drawn) and len(drawn[-1].bodies) == 1)
    shown.desk.session.shown.update(segments=False)
    shown.wait(lambda: not drawn[-1].bodies)


def test_the_wheel_comes_nearer(shown):
    shown.wheel(shown.middle(3), -2, cell=3)
    assert shown.desk.session.hanging.value.cells[3].camera.zoom > 1.2


def test_a_closed_window_leaves_no_studio_behind(shown):
    view = shown.view(3)
    shown.wait(lambda: view._picture.width() > 1)
    shown.window.close()
    assert not view._studio._thread.is_alive()


def look(program, cell=3):
    return program.desk.session.hanging.value.cells[cell]


def at_rest(program, cell=3):
    """Wait until the picture on screen is fine and of where the eye stands."""
    view = program.view(cell)

    def rests():
        finished = view._finished
        return view.caught_up and not finished.sitting.turning and not program.desk.runner.jobs

    program.wait(rests)
    return view


def on_screen(program, position, cell=3):
    view = program.view(cell)
    x, y = view._sight().to_screen(position)
    ratio = view.devicePixelRatioF()
    return QPoint(round((x + 0.5) / ratio), round((y + 0.5) / ratio))


def test_the_middle_button_moves_the_picture_along_with_the_mouse(shown):
    at_rest(shown)
    before = on_screen(shown, SPHERE)
    by = QPoint(30, -18)
    shown.drag(before, before + by, cell=3, button=Qt.MouseButton.MiddleButton)
    assert on_screen(shown, SPHERE) == before + by


def test_the_right_button_comes_nearer(shown):
    start = shown.middle(3)
    shown.drag(start, start - QPoint(0, 60), cell=3, button=Qt.MouseButton.RightButton)
    assert look(shown).camera.zoom > 1.2


def test_a_double_click_brings_the_crosshair_to_what_is_seen(shown):
    shown.run("space.skin")
    shown.run("camera.left")
    view = at_rest(shown)
    shown.desk.session.place.update(position=(0.0, 0.0, 0.0))
    shown.qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=on_screen(shown, SPHERE))
    hit = np.array(shown.desk.session.place.value.position)
    assert np.linalg.norm(hit - SPHERE) == pytest.approx(10, abs=3)
    assert hit[0] > SPHERE[0] + 6
    assert look(shown).camera.middle == tuple(hit)
    assert shown.desk.session.hanging.value.maximised is None


def test_a_double_click_beside_everything_maximises(shown):
    shown.run("space.skin")
    view = at_rest(shown)
    shown.qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(6, 40))
    assert shown.desk.session.hanging.value.maximised == 3


def test_a_click_on_a_finding_chooses_it(shown, finding):
    view = at_rest(shown)
    shown.desk.session.selected.set("")
    shown.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=on_screen(shown, SPHERE))
    assert shown.desk.session.selected.value == finding.id


def lasso(program, middle, radius=30, cell=3):
    """Draw a round line with the left button."""
    view = program.view(cell)
    turns = np.linspace(0, 2 * np.pi, 20)
    places = [middle + QPoint(round(radius * np.cos(t)), round(radius * np.sin(t))) for t in turns]
    program.qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        program.move(place, cell=cell, button=Qt.MouseButton.LeftButton)
    program.qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=places[-1])


def test_the_scalpel_cuts_what_was_drawn_round_and_the_cut_is_taken_back(shown):
    shown.run("space.skin")
    shown.desk.session.shown.update(findings=False)
    view = at_rest(shown)
    place, point = on_screen(shown, SPHERE), view._sight().to_screen(SPHERE)
    row, column = round(point[1]), round(point[0])
    assert view._pixels[row, column, :3].max() > 70
    shown.run("tool.scalpel")
    lasso(shown, place)
    camera = look(shown).camera
    assert len(look(shown).space.cuts) == 1
    at_rest(shown)
    shown.wait(lambda: view._pixels[row, column, :3].max() < 40)
    assert look(shown).camera == camera
    shown.run("space.uncut")
    shown.wait(lambda: view._pixels[row, column, :3].max() > 70)


def test_a_line_that_goes_round_nothing_cuts_nothing(shown):
    shown.run("tool.scalpel")
    shown.qtbot.mouseClick(shown.view(3), Qt.MouseButton.LeftButton, pos=shown.middle(3))
    assert look(shown).space.cuts == ()


def test_what_is_left_out_is_said_in_the_view(shown):
    shown.run("space.clip_coronal")
    view = at_rest(shown)
    assert "NOT ALL SHOWN: clipped" in view._scene().marks
    shown.run("space.remove_bone")
    at_rest(shown)
    assert "BONE REMOVED: automatic, check" in view._scene().marks


def test_a_clip_plane_follows_the_crosshair(shown):
    shown.run("space.clip_sagittal")
    view = at_rest(shown)
    for x in (-40.0, 25.0):
        shown.desk.session.place.update(position=(x, 0.0, 0.0))
        shown.wait(lambda x=x: [plane.through[0] for plane in view._finished.sitting.planes] == [x])


def test_a_surface_is_as_opaque_as_its_slider_says(shown, opened):
    labels = (opened.image.voxels > 0).astype(np.uint8)
    author = Author("Model", is_model=True, version="1")
    made = Segmentation(
        "2.25.2",
        "Balls",
        labels,
        opened.image.geometry,
        (Segment(1, "Ball", LESION),),
        author,
        "key",
    )
    record = shown.desk.session.record
    record.set(replace(record.value, segmentations=(made,)))
    view = at_rest(shown)
    shown.wait(lambda: len(view._finished.sitting.bodies) == 1)
    change_space(shown.desk, lambda space: space.with_opacity("2.25.2/1", 0.8))
    shown.wait(lambda: view._finished.sitting.bodies[0].opacity == 0.8)
    shown.desk.session.hidden.set(frozenset({"2.25.2/1"}))
    shown.wait(lambda: not view._finished.sitting.bodies)


def test_it_flies_along_a_drawn_line_and_stops_for_the_mouse(shown, opened):
    session = shown.desk.session
    anchor = Anchor("key", opened.frame_of_reference_uid)
    ends = ((-60.0, 10.0, 30.0), (40.0, 10.0, 30.0))
    line = Measurement("m", MeasurementKind.POLYLINE, ends, anchor, Author("A. Reader"))
    session.record.set(replace(session.record.value, measurements=(line,)))
    at_rest(shown)
    shown.run("space.fly")
    shown.wait(lambda: session.flight.value.at > 5)
    camera = look(shown).camera
    assert camera.inside
    assert camera.middle[0] > -57
    assert camera.towards == pytest.approx((-1, 0, 0), abs=1e-6)
    start = shown.middle(3)
    shown.drag(start, start + QPoint(40, 0), cell=3)
    assert not session.flight.value.going
    assert look(shown).camera.middle == session.flight.value.camera.middle
    shown.run("space.fly_end")
    assert not look(shown).camera.inside


def test_slices_are_not_drawn_again_for_what_only_3d_shows(shown):
    shown.settle()
    painted = []
    for cell in (0, 1, 2):
        view = shown.view(cell)
        view.refresh = lambda cell=cell: painted.append(cell)
    shown.run("space.bone")
    shown.run("camera.left")
    assert painted == []
    shown.run("space.crop")
    assert painted == [0, 1, 2]


def handles(program):
    at_rest(program)
    return program.view(3)._handles()


def at(handle):
    return QPoint(round(handle.at[0]), round(handle.at[1]))


@pytest.mark.parametrize("command", ["camera.front", "camera.left"])
def test_the_faces_of_the_crop_box_are_dragged_in_the_picture_and_taken_back(shown, command):
    shown.run(command)
    shown.run("space.crop")
    whole = look(shown).space.crop
    found = handles(shown)
    assert len(found) == 4, "those that go towards the eye cannot be moved"
    for handle in found:
        if (handle.face.axis, handle.face.end) == (2, 1):
            break
    view, steps = shown.view(3), 40
    mm = view._sight().pixel_mm * steps
    shown.qtbot.wait(800)
    shown.drag(at(handle), at(handle) + QPoint(0, steps), cell=3)
    crop = look(shown).space.crop
    assert crop.high[2] == pytest.approx(whole.high[2] - mm, abs=0.05 * mm)
    assert (crop.low, crop.high[:2]) == (whole.low, whole.high[:2])
    assert all(one.space.crop == crop for one in shown.desk.session.hanging.value.cells)
    again = next(one for one in handles(shown) if one.face.axis == 2 and one.face.end == 1)
    assert abs(again.at[1] - handle.at[1] - steps) <= 1.5
    shown.qtbot.wait(30)
    shown.run("view.back")
    assert look(shown).space.crop == whole


def test_a_face_stops_at_the_image_and_before_the_face_opposite(shown):
    shown.run("camera.front")
    shown.run("space.crop")
    whole = look(shown).space.crop
    low, high = (
        next(one for one in handles(shown) if (one.face.axis, one.face.end) == (2, end))
        for end in (0, 1)
    )
    shown.drag(at(low), at(high) + QPoint(0, -60), cell=3)
    crop = look(shown).space.crop
    assert crop.high == whole.high
    assert crop.low[2] == pytest.approx(whole.high[2] - 1)
    low = next(one for one in handles(shown) if (one.face.axis, one.face.end) == (2, 0))
    assert look(shown).camera.azimuth == 0
    assert "crop" not in shown.view(3).toolTip()
    shown.move(at(low), cell=3)
    assert "crop box" in shown.view(3).toolTip()


def test_the_scalpel_draws_over_handles_of_the_crop_box(shown):
    shown.run("space.crop")
    handle = handles(shown)[-1]
    before = look(shown).space.crop
    shown.run("tool.scalpel")
    shown.drag(at(handle), at(handle) + QPoint(20, 0), cell=3)
    assert look(shown).space.crop == before
