"""The divider between original and result, dragged with the mouse and switched by its key."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from viewer.commands.enhancing import add
from viewer.ui.sketch import Sketch

pytestmark = pytest.mark.window


@pytest.fixture
def parted(shown):
    """A program in which a filter is tried, and views are parted by the key."""
    add(shown.desk, "gaussian")
    shown.qtbot.waitUntil(lambda: shown.desk.session.enhancing.value.sheet(0) is not None)
    shown.commands.run("enhance.swipe", shown.desk)
    shown.settle()
    return shown


def pixels(shown) -> np.ndarray:
    sketch: Sketch = shown.view().sketch
    return sketch._pixels.copy()


def test_dragging_the_divider_shows_more_of_the_result(parted):
    enhancing = parted.desk.session.enhancing
    assert enhancing.value.swipe == 0.5
    place = parted.desk.session.place.value
    middle, view_width = parted.middle(), parted.view().width()
    before = pixels(parted)
    parted.drag(QPoint(parted.view().width() // 2, middle.y()), QPoint(40, middle.y()))
    parted.settle()
    assert enhancing.value.swipe == pytest.approx(40 / view_width, abs=0.01)
    assert parted.desk.session.place.value == place
    after = pixels(parted)
    assert np.array_equal(before[:, :30], after[:, :30])
    assert not np.array_equal(before, after)


def test_the_pointer_over_the_divider_says_that_it_can_be_dragged(parted):
    view = parted.view()
    parted.qtbot.mouseMove(view, QPoint(view.width() // 2 + 60, 90))
    view.hovered(QPoint(view.width() // 2, 90).toPointF())
    assert view.cursor().shape() is Qt.CursorShape.SplitHCursor
    view.hovered(QPoint(view.width() // 2 + 60, 90).toPointF())
    assert view.cursor().shape() is not Qt.CursorShape.SplitHCursor


def test_without_a_result_there_is_no_divider(parted):
    parted.commands.run("enhance.compare", parted.desk)
    parted.settle()
    assert parted.view().scene.before is None
