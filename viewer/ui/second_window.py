"""A second window for another screen: more views of the same session."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from viewer.commands.desk import Desk
from viewer.session.look import SECOND
from viewer.ui.actions import VIEW_KEYS, Actions
from viewer.ui.careful import careful
from viewer.ui.grid import Grid


class SecondWindow(QMainWindow):
    """The views from number `SECOND` on, with all keys of the main window."""

    def __init__(self, desk: Desk, actions: Actions, main: QWidget) -> None:
        super().__init__(main, Qt.WindowType.Window)
        self._desk, self._actions, self._main = desk, actions, main
        self._closing = False
        self.setObjectName("second_window")
        self.setWindowTitle(self.tr("Skiagram, second window"))
        self.grid = Grid(desk, self, SECOND)
        self.setCentralWidget(self.grid)
        for action in actions.all.values():
            (self.grid if _of_views(action) else self).addAction(action)

    def appear(self) -> None:
        """Show where it was last; at first, filling another screen where there is one.

        The keyboard stays with the main window unless this one covers it.
        """
        if not self.restoreGeometry(_bytes(self._desk.settings.window.second)):
            self._stand_first()
        self.show()
        if self.screen() is not self._main.screen():
            self._main.activateWindow()
            return
        self.raise_()
        self.activateWindow()
        self.grid.focus()

    def leave(self) -> None:
        """Close for good, as the session says or the main window does."""
        if not self._closing:
            self._closing = True
            self.close()

    @property
    def place(self) -> str:
        """Where it stands, to be kept in the settings."""
        return bytes(self.saveGeometry().toHex().data()).decode("ascii")

    @careful
    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the place; tell the session when it was the reader who closed it."""
        settings = self._desk.settings
        window = settings.window.changed(second=self.place)
        self._desk.settings = settings.model_copy(update={"window": window})
        self.grid.close_views()
        super().closeEvent(event)
        if not self._closing:
            self._closing = True
            hanging = self._desk.session.hanging
            hanging.set(hanging.value.with_second(None))

    def _stand_first(self) -> None:
        own = self._main.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not own]
        if others:
            self.setGeometry(others[0].availableGeometry())
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)
            return
        room = own.availableGeometry()
        self.setGeometry(
            room.adjusted(room.width() // 2, room.height() // 8, 0, -room.height() // 8)
        )


def _of_views(action: QAction) -> bool:
    keys = {key.toString() for key in action.shortcuts()}
    return bool(keys & VIEW_KEYS)


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromHex(QByteArray(text.encode("ascii", "ignore")))
