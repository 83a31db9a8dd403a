"""A lesion outlined by the one-click tool, with mouse, wheel and keys."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.journeys.drawer import Drawer
from tests.journeys.walker import PLAIN
from viewer.core.finding import Status


def take_lesion(hand: Drawer, spot: QPoint, middle: tuple[float, float, float]) -> None:
    """Hover, click, grow by + and the wheel, shrink, and take what is outlined."""
    walker = hand.walker
    walker.press(Qt.Key.Key_O)
    clicking = walker.session.clicking
    walker.move(spot)
    walker.wait(lambda: clicking.value.hover is not None)
    assert not clicking.value.hover.why_not
    hand.click(spot)
    walker.wait(lambda: clicking.value.proposed)
    size = clicking.value.size
    walker.qtbot.keyClick(hand.view, Qt.Key.Key_Plus)
    assert clicking.value.size > size
    turn_wheel(hand, spot, -1)
    assert clicking.value.size == size
    walker.qtbot.keyClick(hand.view, Qt.Key.Key_Return)
    walker.wait(lambda: bool(walker.session.record.value.findings))
    (finding,) = walker.session.record.value.findings
    assert finding.status is Status.ACCEPTED
    assert math.dist(finding.position, middle) < 4


def turn_wheel(hand: Drawer, spot: QPoint, notches: int) -> None:
    """Turn the wheel over the outline: away from the reader for a larger one."""
    place = QPointF(spot)
    event = QWheelEvent(
        place, hand.view.mapToGlobal(place), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, PLAIN, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    with hand.walker.on_duty():
        QApplication.sendEvent(hand.view, event)
