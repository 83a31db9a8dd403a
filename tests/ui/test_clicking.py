"""One-click lesions with mouse, wheel and keys on the window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import SPHERE
from viewer.core.study import Catalogue
from viewer.core.volume import Fidelity
from viewer.imaging.click.hover import AIR
from viewer.session.record import Record
from viewer.session.tools import Tool

pytestmark = pytest.mark.window
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(shown, opened):
    """The program with a ball of soft tissue, no finding, and the one-click tool in hand."""
    shown.desk.session.catalogue.set(Catalogue((opened.study,)))
    shown.desk.session.record.set(Record())
    shown.view().setFocus()
    shown.qtbot.keyClick(shown.view(), Qt.Key.Key_O)
    assert shown.desk.session.tool.value is Tool.CLICK
    return shown


def middle(window) -> QPoint:
    """Return where the ball is on the first view."""
    view = window.view()
    view.repaint()
    across, down = view.scene.to_screen(SPHERE)
    wide, high = view.scene.size
    return QPoint(round(across * view.width() / wide), round(down * view.height() / high))


def click(window, place: QPoint) -> None:
    window.move(place)
    window.qtbot.mouseClick(window.view(), LEFT, NONE, place)
    clicking = window.desk.session.clicking
    window.qtbot.waitUntil(lambda: not clicking.value.waiting)
    window.settle()


def turn(window, place: QPoint, notches: int) -> None:
    spot = QPointF(place)
    event = QWheelEvent(
        spot, window.view().mapToGlobal(spot), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(window.view(), event)


def test_a_click_outlines_and_enter_makes_it_a_finding_of_the_reader(window):
    session = window.desk.session
    click(window, middle(window))
    assert session.clicking.value.proposed
    assert any(not box.finding_id for box in window.view().scene.boxes)
    window.qtbot.keyClick(window.view(), Qt.Key.Key_Return)
    window.qtbot.waitUntil(lambda: bool(session.record.value.findings))
    (finding,) = session.record.value.findings
    assert (finding.author.name, finding.author.is_model) == (session.reader.name, False)
    assert "one-click" in finding.author.helpers[0]
    assert finding.stands
    assert finding.mask is not None
    assert finding.diameter_mm == pytest.approx(20, abs=4)
    assert np.allclose(finding.position, SPHERE, atol=2)
    assert "one-click" in finding.history[0].reason
    session.undo()
    assert not session.record.value.findings


def test_a_series_that_is_still_loading_is_not_outlined(window):
    session = window.desk.session
    (opened,) = session.images.value
    waiting = Fidelity(np.zeros(opened.image.geometry.shape[0], np.uint8))
    session.images.set(session.images.value.with_image(replace(opened, fidelity=waiting)))
    click(window, middle(window))
    assert not session.clicking.value.proposed
    assert session.clicking.value.clicks is None
    assert "loaded" in session.message.value.sentence


def test_keys_and_wheel_change_its_size_and_escape_drops_it(window):
    session, place = window.desk.session, middle(window)
    click(window, place)
    before = session.clicking.value.size
    window.qtbot.keyClick(window.view(), Qt.Key.Key_Plus)
    assert session.clicking.value.size > before
    window.qtbot.keyClick(window.view(), Qt.Key.Key_Minus)
    turn(window, place, -1)
    assert session.clicking.value.size < before
    window.qtbot.keyClick(window.view(), Qt.Key.Key_Escape)
    assert not session.clicking.value.proposed
    assert not session.record.value.findings


def test_hovering_over_air_says_that_a_click_would_not_work(window):
    window.move(QPoint(12, window.view().height() // 2))
    clicking = window.desk.session.clicking
    away = middle(window) + QPoint(70, 60)
    window.move(away)
    window.qtbot.waitUntil(lambda: clicking.value.hover is not None)
    assert clicking.value.hover.why_not == AIR


def test_another_tool_takes_what_is_proposed(window):
    session = window.desk.session
    click(window, middle(window))
    session.tool.set(Tool.CROSSHAIR)
    window.qtbot.waitUntil(lambda: len(session.record.value.findings) == 1)
    assert not session.clicking.value.proposed
