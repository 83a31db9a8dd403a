"""Where the window and its panels stood, kept in the settings and brought back."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QMainWindow

from viewer.commands.desk import Desk
from viewer.session.look import Layout

_VERSION = 1
"""Of the set of panels; another set forgets the old arrangement."""
_ROOMY = QSize(1100, 640)
"""Below this the window starts with its panels folded away."""


class Memory:
    """Keeps and restores the arrangement; what does not fit any more is left as it is."""

    def __init__(self, window: QMainWindow, desk: Desk) -> None:
        self._window, self._desk = window, desk

    def restore(self) -> None:
        """Arrange the window as it was, or sensibly for the screen at first."""
        remembered = self._desk.settings.window
        if not self._window.restoreGeometry(_bytes(remembered.geometry)):
            self._fit_screen()
        if not self._window.restoreState(_bytes(remembered.state), _VERSION):
            self._arrange_panels()
        if self._desk.settings.viewing.layout in {layout.value for layout in Layout}:
            self._desk.session.hanging.update(layout=Layout(self._desk.settings.viewing.layout))

    def keep(self) -> None:
        """Write the arrangement into the settings of the desk."""
        settings = self._desk.settings
        window = settings.window.changed(
            geometry=_hex(self._window.saveGeometry()),
            state=_hex(self._window.saveState(_VERSION)),
        )
        viewing = settings.viewing.changed(layout=self._desk.session.hanging.value.layout.value)
        self._desk.settings = settings.model_copy(update={"window": window, "viewing": viewing})

    def _fit_screen(self) -> None:
        room = self._window.screen().availableGeometry()
        self._window.resize(min(room.width(), 1600), min(room.height(), 1000))

    def _arrange_panels(self) -> None:
        """Fold panels away where the screen is too small for them beside the images."""


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromHex(QByteArray(text.encode("ascii", "ignore")))


def _hex(data: QByteArray) -> str:
    return data.toHex().data().decode("ascii")
