"""The program as it is painted in by a person, to be killed.

Run with the folder of the images and "painting". It paints strokes with the mouse; after each
but the last it writes how many voxels are painted by now. In the midst of the last one it says
"painting" and goes on moving the mouse, with the button held.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from viewer import app
from viewer.ui.window import MainWindow

SOON_MS = 20
STROKES = 5
LEFT, NONE, PLAIN = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.NoButton,
    Qt.KeyboardModifier.NoModifier,
)


def once_open(window: MainWindow) -> None:
    """Take the brush when the study is there and nothing runs any more."""
    desk = window._desk
    if desk.session.active_image is None or desk.runner.jobs:
        QTimer.singleShot(SOON_MS, lambda: once_open(window))
        return
    window.actions_.all["segment.paint"].trigger()
    paint(window, 1)


def paint(window: MainWindow, number: int) -> None:
    """Paint one stroke after the other; the last one never ends."""
    view = window.grid.cells[0].view
    row = view.height() * (number + 2) // (STROKES + 5)
    start = QPoint(view.width() // 3, row)
    QTest.mousePress(view, LEFT, PLAIN, start)
    for step in range(1, 5):
        move(window, start + QPoint(10 * step, 0))
    if number == STROKES:
        sys.stdout.write("painting\n")
        sys.stdout.flush()
        waver(window, start, 0)
        return
    QTest.mouseRelease(view, LEFT, PLAIN, start + QPoint(40, 0))
    (group,) = window._desk.session.record.value.segmentations
    sys.stderr.write(f"{int(group.label_map.counts()[1])}\n")
    sys.stderr.flush()
    QTimer.singleShot(SOON_MS, lambda: paint(window, number + 1))


def waver(window: MainWindow, start: QPoint, turn: int) -> None:
    """Go to and fro."""
    move(window, start + QPoint(40 + turn % 2, 0))
    QTimer.singleShot(SOON_MS, lambda: waver(window, start, turn + 1))


def move(window: MainWindow, place: QPoint) -> None:
    """Move the mouse with the button held."""
    view, spot = window.grid.cells[0].view, QPointF(place)
    kind = QEvent.Type.MouseMove
    event = QMouseEvent(kind, spot, view.mapToGlobal(spot), NONE, LEFT, PLAIN)
    QApplication.sendEvent(view, event)


class Painted(MainWindow):
    """The window, with a hand on its mouse."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)
        once_open(self)


app.MainWindow = Painted
sys.exit(app.main([str(Path(sys.argv[1]))]))
