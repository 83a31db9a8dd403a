"""The whole program with its window, for tests that look at it from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.patience import PATIENCE_S
from viewer import app
from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.settings import Settings
from viewer.ui.asker import QtAsker
from viewer.ui.door import MainThread
from viewer.ui.theme import dress
from viewer.ui.window import MainWindow


@dataclass
class Program:
    """What `viewer.app.main` runs, with the test in the place of the event loop."""

    qtbot: QtBot
    desk: Desk
    commands: Commands
    window: MainWindow

    @classmethod
    def started(
        cls, qtbot: QtBot, *, size: tuple[int, int] = (1200, 760), settings: Settings | None = None
    ) -> Program:
        """Wire everything and show the window."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if not application.styleSheet():
            dress(application)
        door, asker = MainThread(application), QtAsker()
        desk, commands = app.build(settings or Settings(), door.post, asker)
        window = MainWindow(desk, commands, lambda _: None)
        desk.window = window
        asker.stand_before(window)
        window.resize(*size)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return cls(qtbot, desk, commands, window)

    def close(self) -> None:
        """Close the window and end all work."""
        if self.desk.window is not None:
            self.window.close()
        app.close(self.desk)
        shiboken6.delete(self.window)

    def wait(self, until: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
        """Let the window live until something holds."""
        self.qtbot.waitUntil(until, timeout=round(seconds * 1000))

    def settle(self) -> None:
        """Wait until every slice is drawn as finely as it is at rest."""
        self.qtbot.wait(30)
        views = [cell.slice_view for cell in self.window.grid.cells]
        shown = [view for view in views if view.isVisible()]
        self.wait(lambda: all(v.scene and v.scene.size == v.device_size for v in shown))

    def run(self, command: str) -> None:
        """Say a command, as its menu entry does."""
        self.window.actions_.all[command].trigger()

    def drag(
        self,
        start: QPoint,
        end: QPoint,
        *,
        cell: int = 0,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press, move in a few steps, let go."""
        view = self.view(cell)
        self.qtbot.mousePress(view, button, keys, start)
        for step in range(1, 5):
            self.move(start + (end - start) * step / 4, cell=cell, button=button)
        self.qtbot.mouseRelease(view, button, keys, end)

    def move(
        self,
        place: QPoint,
        *,
        cell: int = 0,
        button: Qt.MouseButton = Qt.MouseButton.NoButton,
    ) -> None:
        """Move the mouse over a view."""
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QMouseEvent

        view = self.view(cell)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(place),
            view.mapToGlobal(QPointF(place)),
            Qt.MouseButton.NoButton,
            button,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(view, event)

    def wheel(
        self,
        place: QPoint,
        notches: int,
        *,
        cell: int = 0,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Turn the wheel towards the reader (positive: on through the slices)."""
        view = self.view(cell)
        event = QWheelEvent(
            QPointF(place),
            view.mapToGlobal(QPointF(place)),
            QPoint(),
            QPoint(0, -120 * notches),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view, event)

    def view(self, cell: int = 0) -> QWidget:
        """Return what is on screen in a cell."""
        return self.window.grid.cells[cell].view

    def middle(self, cell: int = 0) -> QPoint:
        """Return the middle of a view."""
        return self.view(cell).rect().center()

    def picture(self, cell: int = 0) -> np.ndarray:
        """Return what a view shows as (row, column, RGB)."""
        return pixels(self.view(cell).grab().toImage())


def pixels(image: QImage) -> np.ndarray:
    """Return a picture as (row, column, RGB)."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    height, width = image.height(), image.width()
    data = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return data[:, : 4 * width].reshape(height, width, 4)[..., :3].copy()
