"""Where the window and its panels stood, kept in the settings and brought back."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from viewer.commands.desk import Desk
from viewer.core.study import SeriesKind, Study
from viewer.session.look import Layout

_MAXIMISED = Qt.WindowState.WindowMaximized
_VERSION = 1
"""Of the set of panels; another set forgets the old arrangement."""
_PANEL_LETTERS = 34
"""The width of a panel at first, in letters."""
_FIRST = QSize(1600, 1000)
_MOST_USES, _LONGEST_USE = 40, 100
_TITLE_PX = 40
"""What the system may put above a window."""
_ROOMY = 1000
"""The width below which the window starts with its panels folded away."""


class Memory:
    """Keeps and restores the arrangement; what does not fit any more is left as it is."""

    def __init__(self, window: QMainWindow, desk: Desk) -> None:
        self._window, self._desk = window, desk
        self._study: Study | None = None
        self._use = ""

    def restore(self) -> None:
        """Arrange the window as it was, or sensibly for the screen at first."""
        remembered = self._desk.settings.window
        restored = self._window.restoreGeometry(_bytes(remembered.geometry))
        self._fit_screen(keep=restored)
        if not self._window.restoreState(_bytes(remembered.state), _VERSION):
            self._arrange()
        layout = Layout.named(self._desk.settings.viewing.layout)
        if layout is not None:
            self._desk.session.hanging.set(self._desk.session.hanging.value.laid_out(layout))

        self._desk.session.hanging.changed.connect(self._hung)

    def keep(self) -> None:
        """Write the arrangement into the settings of the desk, for good."""
        self._desk.session.hanging.changed.disconnect(self._hung)
        self._keep_use()
        settings = self._desk.settings
        window = settings.window.changed(
            geometry=_hex(self._window.saveGeometry()),
            state=_hex(self._window.saveState(_VERSION)),
        )
        viewing = settings.viewing.changed(layout=self._desk.session.hanging.value.layout.value)
        self._desk.settings = settings.model_copy(update={"window": window, "viewing": viewing})

    def _hung(self, *_: object) -> None:
        """Arrange the panels as they were when a study of this kind was read last."""
        opened = self._desk.session.active_image
        if opened is None or opened.study is self._study:
            return
        self._study, use = opened.study, _use_of(opened.study)
        if use != self._use:
            self._keep_use()
            self._use = use
            known = self._desk.settings.window.uses.get(use, "")
            self._window.restoreState(_bytes(known), _VERSION)

    def _keep_use(self) -> None:
        """Remember the panels for the kind of study that was read until now."""
        if self._use:
            settings = self._desk.settings
            others = {use: state for use, state in settings.window.uses.items() if use != self._use}
            latest = list(others.items())[-_MOST_USES + 1 :]
            uses = {**dict(latest), self._use: _hex(self._window.saveState(_VERSION))}
            window = settings.window.changed(uses=uses)
            self._desk.settings = settings.model_copy(update={"window": window})

    def _fit_screen(self, *, keep: bool) -> None:
        """Lie wholly on the screen, at the remembered place if that is there.

        A window that would fill the screen is maximised, or its title bar would lie outside.
        """
        room = self._window.screen().availableGeometry()
        wanted = self._window.geometry() if keep else QRect(room.topLeft(), _FIRST)
        size = wanted.size().boundedTo(room.size())
        left = min(max(wanted.left(), room.left()), room.right() + 1 - size.width())
        top = min(max(wanted.top(), room.top()), room.bottom() + 1 - size.height())
        self._window.setGeometry(QRect(QPoint(left, top), size))
        needed = size.height() if keep else size.height() + _TITLE_PX
        if needed >= room.height() and size.width() >= min(room.width(), _FIRST.width()):
            self._window.setWindowState(self._window.windowState() | _MAXIMISED)

    def _arrange(self) -> None:
        """Keep panels slim; fold them away where the screen is too small for them and images."""
        panels = self._window.findChildren(QDockWidget)
        letter = self._window.fontMetrics().averageCharWidth()
        widths = [round(letter * _PANEL_LETTERS)] * len(panels)
        self._window.resizeDocks(panels, widths, Qt.Orientation.Horizontal)
        if self._window.width() < _ROOMY:
            for panel in panels:
                panel.hide()


def _use_of(study: Study) -> str:
    """Return the kind of a study: its modalities of pictures, in alphabetical order."""
    pictures = (one for one in study.series if one.kind is not SeriesKind.OBJECT)
    return " ".join(sorted({one.modality for one in pictures}))[:_LONGEST_USE].strip()


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromHex(QByteArray(text.encode("ascii", "ignore")))


def _hex(data: QByteArray) -> str:
    return bytes(data.toHex().data()).decode("ascii")
