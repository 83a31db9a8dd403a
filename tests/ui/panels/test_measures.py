"""The list of measurements, and the panel of values below them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from viewer.commands import measures
from viewer.commands.measured_values import Profile, Spread
from viewer.core.measurement import Anchor, Measurement, MeasurementKind
from viewer.core.study import Catalogue
from viewer.ui.panels.measures import MeasuresPanel
from viewer.ui.panels.profile import ProfilePanel

pytestmark = pytest.mark.window
SQUARE = ((-30.0, 0.0, 30.0), (-10.0, 0.0, 30.0), (-10.0, 20.0, 30.0), (-30.0, 20.0, 30.0))


def figure(desk, number, kind, points, **more: object):
    anchor = Anchor("key", "frame", (0.0, 0.0, 1.0))
    return Measurement(f"1.{number}", kind, points, anchor, desk.session.reader, **more)


@pytest.fixture
def filled(shown, opened):
    """Three measurements in the window, and their panel in front."""
    desk = shown.desk
    desk.session.catalogue.set(Catalogue((opened.study,)))
    length, rectangle = MeasurementKind.LENGTH, MeasurementKind.RECTANGLE
    for one in (
        figure(desk, 1, length, ((-60.0, 10.0, 30.0), (20.0, 10.0, 30.0)), label="Wall"),
        figure(desk, 2, rectangle, SQUARE, label="Ball"),
        figure(desk, 3, length, ((0.0, 0.0, 50.0), (9.0, 0.0, 50.0))),
    ):
        measures.draw(desk, one)
    shown.run("panel.measurements")
    if not shown.window.panel_shown("measurements"):
        shown.run("panel.measurements")
    shown.qtbot.wait(20)
    return shown


def panel(program) -> MeasuresPanel:
    return program.window.panels["measurements"].widget()


def column(program, number):
    order = panel(program).order
    return [str(order.index(row, number).data()) for row in range(order.rowCount())]


def test_rows_say_number_kind_value_with_unit_and_slice(filled):
    assert column(filled, 0) == ["1", "2", "3"]
    assert column(filled, 1) == ["length", "rectangle", "length"]
    values = column(filled, 3)
    assert values[0] == "80.0 mm"
    assert values[1].startswith("400.0 mm², ")
    assert values[1].endswith(" HU")
    assert column(filled, 7) == ["26", "26", "36"]


def test_typing_and_the_kind_leave_what_fits(filled):
    shown = panel(filled)
    filled.qtbot.keyClicks(shown.field, "wal")
    assert column(filled, 0) == ["1"]
    shown.field.clear()
    shown.kinds.setCurrentIndex(shown.kinds.findData("length"))
    assert column(filled, 0) == ["1", "3"]
    shown.kinds.setCurrentIndex(0)
    assert len(column(filled, 0)) == 3


def test_a_click_on_a_head_sorts_by_number_and_not_by_letter(filled):
    shown = panel(filled)
    shown.view.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert column(filled, 0) == ["2", "1", "3"]
    shown.view.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert column(filled, 0) == ["3", "1", "2"]


def test_a_click_on_a_row_goes_there_and_chooses_the_figure(filled):
    shown, session = panel(filled), filled.desk.session
    row = shown.view.visualRect(shown.order.index(2, 1)).center()
    filled.qtbot.mouseClick(shown.view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert session.selected.value == "1.3"
    assert session.place.value.position[2] == 50


def test_a_label_is_written_in_its_row_and_undone(filled):
    shown, session = panel(filled), filled.desk.session
    index = shown.order.index(0, 2)
    shown.order.setData(index, "Left wall", Qt.ItemDataRole.EditRole)
    assert session.record.value.measurements[0].label == "Left wall"
    filled.qtbot.wait(5)
    assert column(filled, 2)[0] == "Left wall"
    session.undo()
    filled.qtbot.wait(5)
    assert column(filled, 2)[0] == "Wall"


def test_several_rows_are_deleted_in_one_step(filled):
    shown, session = panel(filled), filled.desk.session
    shown.view.selectAll()
    shown.view.setFocus()
    filled.qtbot.keyClick(shown.view, Qt.Key.Key_Delete)
    assert session.record.value.measurements == ()
    filled.qtbot.wait(5)
    assert column(filled, 0) == []
    session.undo()
    filled.qtbot.wait(5)
    assert len(column(filled, 0)) == 3


def test_rows_are_copied_as_words_for_a_report(filled):
    shown = panel(filled)
    shown.view.clearSelection()
    shown.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("1. Wall: 80.0 mm (")
    assert lines[2].startswith("3. length: 9.00 mm (")
    assert "slice 36" in lines[2]


def test_what_is_chosen_in_a_view_is_marked_in_the_list(filled):
    filled.desk.session.selected.set("1.2")
    assert panel(filled).chosen() == ["1.2"]


def test_values_along_a_length_and_in_a_region_are_plotted_with_their_units(filled):
    filled.run("panel.profile")
    if not filled.window.panel_shown("profile"):
        filled.run("panel.profile")
    shown: ProfilePanel = filled.window.panels["profile"].widget()
    measures.select(filled.desk, "1.1")
    filled.wait(lambda: isinstance(shown.found, Profile))
    assert (shown.found.at[-1], shown.found.unit) == (pytest.approx(80), "HU")
    inside = np.abs(shown.found.at - 40) < 8
    assert shown.found.values[inside] == pytest.approx(40)
    assert "mm" in shown.plot.getAxis("bottom").labelText
    measures.select(filled.desk, "1.2")
    filled.wait(lambda: isinstance(shown.found, Spread))
    assert shown.found.counts.sum() == pytest.approx(100, abs=25)
    assert shown.plot.getAxis("bottom").labelText == "HU"
    filled.desk.session.selected.set("")
    filled.wait(lambda: shown.found is None)
    filled.wait(lambda: not filled.desk.runner.jobs)
