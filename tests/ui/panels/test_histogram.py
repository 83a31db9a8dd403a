from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from viewer.core.volume import Fidelity
from viewer.core.window import Window
from viewer.ui.panels.histogram import HistogramPanel

pytestmark = pytest.mark.window


@pytest.fixture
def panel(qtbot, desk):
    made = HistogramPanel(desk)
    qtbot.addWidget(made)
    made.resize(400, 220)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made._plot.getPlotItem().close()  # its menu has no parent, and pytest holds the panel


@pytest.fixture
def shown(panel, desk, opened, settle):
    desk.session.show(opened)
    settle()
    return panel


def heading(panel):
    return panel.findChild(QLabel).text()


def drag_band(panel, low, high):
    """Move the band as the mouse does: pyqtgraph sets the region and tells."""
    panel._band.setRegion((low, high))


def windows(desk):
    return [desk.session.window_of(look) for look in desk.session.hanging.value.cells]


def test_without_an_image_it_says_so(panel):
    assert heading(panel) == "No image in the active view."


def test_the_curve_counts_every_voxel(shown, opened):
    _, logarithms = shown._curve.getData()
    counted = (10**logarithms - 1).sum()
    assert counted == pytest.approx(opened.image.voxels.size, rel=1e-6)


def test_the_band_is_the_window_of_the_active_view(shown, desk, opened):
    first = windows(desk)[0]
    assert shown._band.getRegion() == pytest.approx((first.low, first.high))
    desk.session.hanging.set(
        desk.session.hanging.value.all_changed(lambda look: replace(look, window=Window(50, 100)))
    )
    assert shown._band.getRegion() == pytest.approx((0, 100))
    assert heading(shown) == "Window centre 50, width 100 HU"


def test_dragging_the_band_sets_the_window_of_all_views_of_the_series(shown, desk):
    drag_band(shown, -160, 240)
    assert set(windows(desk)) == {Window(40, 400)}


def test_dragging_the_band_with_the_mouse_moves_the_window(shown, desk, qtbot):
    drag_band(shown, -800, -200)
    plot = shown._plot
    box = plot.getViewBox()
    start = plot.mapFromScene(box.mapViewToScene(QPointF(-500, 1.0)))
    end = plot.mapFromScene(box.mapViewToScene(QPointF(-300, 1.0)))
    qtbot.mousePress(plot.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in (0.2, 0.5, 0.8, 1.0):
        qtbot.wait(20)
        _move(plot.viewport(), start + (end - start) * step)
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, pos=end)
    window = windows(desk)[0]
    assert window.width == pytest.approx(600, rel=0.01)
    assert window.centre == pytest.approx(-300, abs=60)


def test_a_band_of_no_width_changes_nothing(shown, desk):
    before = windows(desk)
    drag_band(shown, 10, 10)
    assert windows(desk) == before


def test_values_are_counted_when_the_series_is_complete(panel, desk, opened, settle):
    half = np.array([2] * 30 + [0] * 30, np.uint8)
    desk.session.show(replace(opened, fidelity=Fidelity(half)))
    assert not any("Histogram" in job.title for job in desk.runner.jobs)
    desk.session.images.set(
        desk.session.images.value.with_fidelity("key", Fidelity(np.full(60, 2, np.uint8)))
    )
    settle(lambda: len(panel._curve.getData()[1]) > 1)


def test_closing_the_study_empties_it(shown, desk, opened):
    desk.session.close(opened.study)
    assert heading(shown) == "No image in the active view."
    assert list(shown._curve.getData()[1]) == [0]


def _move(widget, place):
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), widget.mapToGlobal(QPointF(place)),
        Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
