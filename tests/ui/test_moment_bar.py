"""The moments of a 4D series in the window: keys, wheel, slider, cine, curve, list of studies."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from tests.moments import STEP_MS, value_at, write_moments
from viewer.commands.files import close_study, open_paths
from viewer.ui.panels.curve import CurvePanel
from viewer.ui.panels.studies import StudiesPanel

pytestmark = pytest.mark.window
COUNT = 5
ALT = Qt.KeyboardModifier.AltModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_moments(tmp_path_factory.mktemp("moments") / "four", COUNT)


@pytest.fixture
def beating(program, folder):
    """The program with a 4D series open, all of it loaded."""
    open_paths(program.desk, [folder])
    session = program.desk.session
    program.wait(
        lambda: (
            sum(opened.is_whole for opened in session.images.value) == COUNT
            and not program.desk.runner.jobs
        )
    )
    session.place.update(position=(14.0, 14.0, 8.0))
    program.settle()
    return program


def shown(program, cell=0):
    return program.desk.session.moment_in(cell)


def grey(program):
    """How bright the middle of the first view is."""
    program.desk.session.shown.update(crosshair=False, texts=False)
    program.settle()
    picture = program.picture().mean(axis=-1)
    x, y = program.view().scene.to_screen((14.0, 14.0, 8.0))
    return float(picture[round(y), round(x)])


def test_the_keys_go_through_the_moments_and_the_picture_changes(beating):
    view = beating.view(0)
    view.setFocus()
    first = grey(beating)
    beating.qtbot.keyClick(view, Qt.Key.Key_Right, ALT)
    assert shown(beating) == 1
    second = grey(beating)
    assert second - first == pytest.approx(100 / 400 * 255, abs=4)
    beating.qtbot.keyClick(view, Qt.Key.Key_Left, ALT)
    assert shown(beating) == 0
    assert grey(beating) == pytest.approx(first, abs=1)
    beating.qtbot.keyClick(view, Qt.Key.Key_End, ALT)
    assert [shown(beating, cell) for cell in range(4)] == [COUNT - 1] * 4


@pytest.mark.parametrize("keys", [ALT, CTRL | SHIFT])
def test_the_wheel_with_its_keys_goes_through_the_moments_and_not_the_slices(beating, keys):
    place = beating.desk.session.place.value
    beating.wheel(beating.middle(), 2, keys=keys)
    assert shown(beating) == 2
    beating.wheel(beating.middle(), -1, keys=keys)
    assert shown(beating) == 1
    assert beating.desk.session.place.value == place
    assert beating.desk.session.hanging.value.cells[0].zoom == 1.0


def test_the_bar_names_the_moment_and_its_slider_goes_to_another(beating):
    bar = beating.window.moments
    assert bar.isVisible()
    assert bar.name.text() == f"heart phase 1 of {COUNT} · 0 ms"
    bar.slider.setValue(3)
    assert shown(beating) == 3
    assert bar.name.text() == f"heart phase 4 of {COUNT} · {3 * STEP_MS:g} ms"
    assert bar.speed.value() == pytest.approx(1000 / STEP_MS)


def test_the_bar_is_there_only_while_there_are_moments(shown):
    assert not shown.window.moments.isVisible()


def test_the_bar_goes_with_the_study(beating):
    close_study(beating.desk, beating.desk.session.catalogue.value.studies[0])
    assert not beating.window.moments.isVisible()


def test_cine_plays_the_moments_until_it_is_stopped_by_the_key(beating):
    view = beating.view(0)
    view.setFocus()
    seen = set()
    beating.desk.session.hanging.changed.connect(lambda new, old: seen.add(shown(beating)))
    beating.qtbot.keyClick(view, Qt.Key.Key_Space)
    beating.wait(lambda: seen == set(range(COUNT)))
    assert beating.window.moments.play.isChecked()
    beating.qtbot.keyClick(view, Qt.Key.Key_Space)
    assert beating.desk.session.cine.value is None
    assert not beating.window.moments.play.isChecked()


def test_a_moment_that_is_not_loaded_is_said_and_never_shown_as_another(beating):
    session = beating.desk.session
    session.hanging.update(maximised=0)
    part = beating.desk.session.catalogue.value.studies[0].series[0].parts[2]
    session.images.set(session.images.value.without(frozenset({part.key})))
    session.show_moment(session.group_in(0), 2)
    beating.wait(lambda: "not loaded" in beating.view(0).scene.empty)
    assert beating.view(0).scene.picture is None
    beating.qtbot.keyClick(beating.view(0), Qt.Key.Key_Left, ALT)
    assert shown(beating) == 1


def test_the_list_of_studies_has_one_item_with_moments_and_slices(beating):
    panel = beating.window.findChild(StudiesPanel)
    tree = panel.findChild(type(panel._tree))
    top = tree.topLevelItem(0)
    assert top.childCount() == 1
    assert f"{COUNT} heart phases × 3 slices" in top.child(0).text(0)
    assert top.child(0).font(0).bold()


def test_the_curve_panel_shows_the_values_and_a_click_goes_to_a_moment(beating):
    beating.window.toggle_panel("curve")
    panel = beating.window.findChild(CurvePanel)
    beating.wait(lambda: panel.curve is not None)
    at, values = panel._line.getData()
    assert list(values) == [value_at(moment, 1) for moment in range(COUNT)]
    assert list(at) == [STEP_MS * moment for moment in range(COUNT)]
    panel.copy.click()
    assert f"\t{value_at(1, 1)}" in QGuiApplication.clipboard().text()
    box = panel.plot.getPlotItem().vb
    place = panel.plot.mapFromScene(box.mapViewToScene(_point(3 * STEP_MS, 200)))
    beating.qtbot.mouseClick(panel.plot.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    beating.wait(lambda: shown(beating) == 3)


def _point(x, y):
    from PySide6.QtCore import QPointF

    return QPointF(x, y)


def test_the_mean_of_nine_is_another_curve(beating):
    beating.window.toggle_panel("curve")
    panel = beating.window.findChild(CurvePanel)
    beating.desk.session.place.update(position=(8.0, 8.0, 8.0))
    beating.wait(lambda: panel.curve is not None and panel.curve.position[0] == 8.0)
    panel.around.setChecked(True)
    beating.wait(lambda: panel.curve.voxels == 9)
    assert np.allclose(panel.curve.values[1], value_at(1, 1) * 4 / 9)


def test_in_space_the_words_are_those_of_the_moment_that_is_drawn(beating):
    session, view = beating.desk.session, beating.view(3)
    beating.wait(lambda: view.ready and view._finished is not None)
    first = view._finished
    session.cine.set(0)
    beating.wait(lambda: shown(beating) == 3)
    assert view._finished.volume is first.volume
    assert any("heart phase 1 of" in line for _, lines in view._scene().texts for line in lines)
    session.cine.set(None)
    beating.wait(lambda: view._finished.volume is session.image_in(3).image)
    now = f"heart phase {shown(beating) + 1} of {COUNT}"
    assert any(now in line for _, lines in view._scene().texts for line in lines)


def test_cine_in_space_waits_for_each_picture(beating):
    session, view = beating.desk.session, beating.view(3)
    session.hanging.update(active=3)
    drawn = set()
    view._studio.drawn.connect(lambda pixels, sitting: drawn.add(sitting.volume.series_key))
    session.cine.set(3)
    beating.wait(lambda: len(drawn) == COUNT)
    session.cine.set(None)


def test_a_closed_study_leaves_no_volume_in_the_view_in_space(beating):
    view = beating.view(3)
    beating.wait(lambda: view.ready and view._finished is not None)
    close_study(beating.desk, beating.desk.session.catalogue.value.studies[0])
    beating.wait(lambda: view._finished is None and not view._smalls._known)
