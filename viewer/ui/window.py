"""The window: menus, tool bar, notice, views, panels and the line at the bottom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar, QVBoxLayout, QWidget

from viewer.commands.command import Commands, keys_of
from viewer.commands.desk import Desk
from viewer.commands.files import open_paths
from viewer.session.magnification import Magnification
from viewer.ui.actions import Actions, fill_menus, fill_tool_bar
from viewer.ui.arrangements import Arrangements
from viewer.ui.careful import careful
from viewer.ui.comforts import Comforts
from viewer.ui.command_palette import CommandPalette
from viewer.ui.dock import dock_all
from viewer.ui.grid import Grid
from viewer.ui.jump import JumpField
from viewer.ui.memory import Memory
from viewer.ui.moment_bar import MomentBar
from viewer.ui.names import name_all
from viewer.ui.notice import NoticeBar
from viewer.ui.panels import make_panels
from viewer.ui.sizes import ask_screen, magnification_in
from viewer.ui.status import StatusLine


class MainWindow(QMainWindow):
    """All that is on screen. Commands know it as `commands.desk.Window`."""

    def __init__(self, desk: Desk, commands: Commands, remember: Callable[[Desk], None]) -> None:
        super().__init__()
        self._desk, self._commands, self._remember = desk, commands, remember
        self.setObjectName("skiagram")
        self.setWindowTitle("Skiagram")
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(False)
        self.grid = Grid(desk, self)
        self.moments = MomentBar(desk, self)
        self.moments.done.connect(self.grid.focus)
        self.grid.played.connect(self.moments.tick)
        self.notice = NoticeBar(desk.session, self)
        self._fill_middle()
        self.status = StatusLine(desk, self)
        self.setStatusBar(self.status)
        self.grid.probed.connect(self.status.show_probe)
        self.actions_ = Actions(desk, commands, self, self.grid)
        fill_menus(self.menuBar(), commands, self.actions_)
        self.arrangements = Arrangements(desk, self.actions_, self, self.grid)
        self.addToolBar(self._tool_bar())
        self.panels = dock_all(make_panels(desk, commands), self)
        for made in self.panels.values():
            made.visibilityChanged.connect(self.actions_.refresh_soon)
        self.comforts = Comforts(desk, commands, self.actions_, remember, self, self.grid)
        self.installEventFilter(self.comforts)
        self.notice.idle_escape.connect(self.comforts.escape)
        self.actions_.intercept = self._dismissed
        name_all(self)
        self.actions_.rekey()
        self._memory = Memory(self, desk)
        self._memory.restore()
        self.actions_.refresh()

    # -- what commands may ask ---------------------------------------------------

    def snapshot(self, cell: int) -> bytes:
        """Return a view as it is on screen, as PNG."""
        picture = self.arrangements.cell(cell).grab()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")
        return bytes(data.data())

    def toggle_panel(self, name: str) -> None:
        """Show or hide a panel."""
        panel = self.panels.get(name)
        if panel is None:
            return
        if self.panel_shown(name):
            panel.hide()
        else:
            panel.show()
            panel.raise_()

    def panel_shown(self, name: str) -> bool:
        """Tell whether a panel is on screen, and not behind another."""
        panel = self.panels.get(name)
        return panel is not None and _is_in_front(panel)

    def show_palette(self) -> None:
        """Open the command palette."""
        palette = CommandPalette(self._desk, self._commands, self)
        palette.chosen.connect(self.actions_.run)
        palette.show()
        palette.field.setFocus()

    def open_tool(self, name: str) -> None:
        """Open something of the window's own by its name."""
        if not self.arrangements.open_tool(name):
            self.comforts.open_tool(name)

    def wear(self) -> None:
        """Show theme and letters as the settings say now."""
        self.comforts.wear()

    def go_round(self, step: int) -> None:
        """Give the keyboard to the next area of the window, or to the one before."""
        self.comforts.go_round(step)

    def magnification(self, cell: int) -> Magnification | None:
        """Return how large the picture of a view is on the screen; None without one."""
        return magnification_in(self.grid, cell)

    def calibrate_screen(self) -> None:
        """Ask how large the screen of the window is."""
        ask_screen(self._desk, self.grid, self)

    def ask_slice(self, cell: int) -> None:
        """Ask over a view for the number of a slice to go to."""
        view = self.arrangements.cell(cell).view
        JumpField(self._desk, cell, view).ask()

    # -- from Qt -------------------------------------------------------------------

    @careful
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take files and folders."""
        if _paths(event):
            event.acceptProposedAction()

    @careful
    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Open what was dropped."""
        event.acceptProposedAction()
        open_paths(self._desk, _paths(event))

    @careful
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Dismiss a notice with Escape, or lead back to the views."""
        if event.key() == Qt.Key.Key_Escape:
            self.notice.escape()
        else:
            super().keyPressEvent(event)

    def _dismissed(self, id_: str) -> bool:
        """Let Escape dismiss a notice before it does anything else."""
        if "Escape" not in keys_of(self._commands[id_].key) or not self.notice.sentence:
            return False
        self.notice.dismiss()
        return True

    @careful
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what fits the place."""
        self.comforts.context_menu(event)

    @careful
    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Give the keyboard to the views."""
        super().showEvent(event)
        self.grid.focus()

    @careful
    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember the arrangement."""
        self.arrangements.close()
        self._memory.keep()
        self._remember(self._desk)
        self._desk.window = None
        self.grid.close_views()
        super().closeEvent(event)

    # -- building ------------------------------------------------------------------

    def _fill_middle(self) -> None:
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(2)
        column.addWidget(self.grid, 1)
        column.addWidget(self.moments)
        self.setCentralWidget(middle)
        self.notice.lie_over(self.grid)

    def _tool_bar(self) -> QToolBar:
        bar = QToolBar(self.tr("Tools"), self)
        bar.setObjectName("tools")
        bar.setMovable(False)
        hidden = set(self._desk.settings.appearance.tools)
        fill_tool_bar(bar, self._commands, self.actions_, hidden)
        return bar


def _is_in_front(panel: QDockWidget) -> bool:
    return panel.isVisible() and not panel.visibleRegion().isEmpty()


def _paths(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
