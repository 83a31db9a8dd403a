"""Numbers of segments on screen: right, up to date after each edit, sorted, clicked, exported."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from viewer.core.author import Author
from viewer.core.code import LEFT_LUNG, NODULE
from viewer.core.segmentation import Segment, Segmentation
from viewer.core.volume import Volume
from viewer.session.record import Record
from viewer.session.session import Place
from viewer.ui.names import spoken_name
from viewer.ui.panels.segment_statistics import SegmentStatisticsPanel

pytestmark = pytest.mark.window
SMALL = Segment(1, "Small box", NODULE, colour=(10, 20, 230))
LARGE = Segment(7, "Large box", LEFT_LUNG)


@pytest.fixture
def drawn(opened):
    """Boxes of 4 x 5 x 6 and 10 x 10 x 10 voxels of 8 mm3 in air of -1000 HU."""
    labels = np.zeros(opened.geometry.shape, np.uint8)
    labels[2:6, 10:15, 10:16] = 1
    labels[20:30, 20:30, 20:30] = 7
    return Segmentation(
        "2.25.5", "Boxes", labels, opened.geometry, (SMALL, LARGE), Author("Dr. Roe"), "key"
    )


@pytest.fixture
def panel(qtbot, desk, commands, opened, drawn, settle):
    desk.session.show(opened)
    desk.session.record.set(Record(segmentations=(drawn,)))
    made = SegmentStatisticsPanel(desk, commands)
    qtbot.addWidget(made)
    made.resize(700, 500)
    with qtbot.waitExposed(made):
        made.show()
    settle(lambda: not any(row.stale for row in made.table.rows))
    settle()
    yield made
    for plot in (made.areas, made.means, made.histogram):
        plot.widget.getPlotItem().close()  # its menu has no parent, and pytest holds the panel


def text(panel, row, title):
    model = panel.proxy
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    return model.index(row, titles.index(title)).data()


def click(qtbot, view, row, column=1):
    place = view.visualRect(view.model().index(row, column)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def with_box(desk, drawn, start, shape, label):
    changed = replace(
        drawn, label_map=drawn.label_map.with_box(start, np.full(shape, label, np.uint8))
    )
    desk.session.record.set(Record(segmentations=(changed,)))
    return changed


def test_each_segment_has_its_numbers_with_units(panel):
    assert [text(panel, n, "Segment") for n in range(2)] == ["Small box", "Large box"]
    assert text(panel, 0, "Volume (ml)") == f"{4 * 5 * 6 * 8 / 1000:.2f}"
    assert text(panel, 0, "Mean (HU)") == "-1000.0"
    long = float(text(panel, 1, "Long axis (mm)"))
    assert long == pytest.approx(np.hypot(20, 20), abs=np.sqrt(2) + 0.1)


def test_an_edit_changes_the_numbers_of_its_segment_alone(panel, desk, drawn, settle):
    before = {row.key: row.statistics for row in panel.table.rows}
    changed = with_box(desk, drawn, (6, 10, 10), (1, 5, 6), 1)
    assert any(row.stale for row in panel.table.rows)
    settle(lambda: not any(row.stale for row in panel.table.rows))
    assert text(panel, 0, "Volume (ml)") == f"{5 * 5 * 6 * 8 / 1000:.2f}"
    small, large = panel.table.rows
    assert large.statistics is before[large.key]
    assert small.statistics is not before[small.key]
    with_box(desk, changed, (6, 10, 10), (1, 5, 6), 0)
    settle(lambda: not any(row.stale for row in panel.table.rows))
    assert text(panel, 0, "Volume (ml)") == f"{4 * 5 * 6 * 8 / 1000:.2f}"


def test_of_many_edits_the_newest_counts(panel, desk, drawn, settle):
    for depth in range(1, 9):
        with_box(desk, drawn, (6, 10, 10), (depth, 5, 6), 1)
    settle(lambda: not any(row.stale for row in panel.table.rows))
    assert text(panel, 0, "Volume (ml)") == f"{12 * 5 * 6 * 8 / 1000:.2f}"


def test_a_segment_that_was_erased_says_so(panel, desk, drawn, settle):
    with_box(desk, drawn, (2, 10, 10), (4, 5, 6), 0)
    settle(lambda: not any(row.stale for row in panel.table.rows))
    assert text(panel, 0, "Volume (ml)") == "–"
    assert panel.note.text() == "Small box has no voxels."


def test_a_click_goes_to_the_middle_of_the_segment(panel, desk, qtbot, drawn):
    click(qtbot, panel.view, 1)
    middle = drawn.geometry.to_patient((24.5, 24.5, 24.5))
    assert np.allclose(desk.session.place.value.position, middle)
    assert panel.chosen.segment is LARGE


def test_a_slice_is_gone_to_and_has_area_and_mean(panel, desk, qtbot, drawn):
    panel.tabs.setCurrentIndex(1)
    model = panel.slice_proxy
    assert [model.index(0, n).data() for n in range(4)] == ["3", "-16.0", "120.0", "-1000.0"]
    desk.session.place.set(Place((0, 0, 0), "frame"))
    click(qtbot, panel.slice_view, 2)
    assert desk.session.place.value.position[2] == drawn.geometry.to_patient((4, 0, 0))[2]
    places, areas = panel.areas.line.getData()
    assert list(places) == [3, 4, 5, 6]
    assert set(areas) == {120.0}


def test_columns_are_sorted_by_their_numbers(panel, qtbot):
    panel.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [text(panel, n, "Segment") for n in range(2)] == ["Large box", "Small box"]


def test_the_keyboard_goes_through_segments_and_their_histograms(panel, qtbot):
    panel.view.setFocus()
    panel.view.selectRow(0)
    counts = panel.histogram.line.getData()[1].sum()
    assert counts == 120
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert panel.chosen.segment is LARGE
    assert panel.histogram.line.getData()[1].sum() == 1000


def test_an_image_on_another_grid_is_measured_and_named_as_resampled(
    panel, desk, opened, settle, drawn
):
    grid = opened.image.geometry
    coarse = replace(
        opened.image, voxels=np.full((30, 64, 64), 5.0, np.float32),
        geometry=type(grid)((30, 64, 64), grid.affine @ np.diag([2, 1, 1, 1]), "frame"),
        unit="g/ml{SUVbw}", modality="PT", series_key="pet",
    )  # fmt: skip
    series = replace(opened.series, key="pet", uid="1.10", modality="PT")
    desk.session.images.set(
        desk.session.images.value.with_image(replace(opened, series=series, image=coarse))
    )
    settle(lambda: not any(row.stale for row in panel.table.rows) and panel.images.count() == 2)
    assert isinstance(coarse, Volume)
    panel.images.setCurrentIndex(1)
    panel.images.activated.emit(1)
    assert text(panel, 0, "Mean (SUVbw)") == "5.0"
    assert "resampled" in panel.note.text()


def test_all_parts_have_names_and_nothing_is_measured_unseen(panel, desk, drawn, settle):
    for widget in (panel.images, panel.export, panel.view, panel.slice_view):
        assert spoken_name(widget)
    panel.hide()
    with_box(desk, drawn, (6, 10, 10), (1, 5, 6), 1)
    settle()
    assert text(panel, 0, "Volume (ml)") == f"{4 * 5 * 6 * 8 / 1000:.2f}"
    panel.show()
    settle(lambda: not any(row.stale for row in panel.table.rows))
    assert text(panel, 0, "Volume (ml)") == f"{5 * 5 * 6 * 8 / 1000:.2f}"
