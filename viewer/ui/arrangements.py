"""What the window has for arranging views: the grid picker, the protocols, the second window."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from viewer.commands.desk import Desk
from viewer.session.look import SECOND, Hanging, Layout
from viewer.ui.actions import Actions
from viewer.ui.cell import Cell
from viewer.ui.corner_dialog import CornerDialog
from viewer.ui.grid import Grid
from viewer.ui.grid_picker import GridPicker
from viewer.ui.hanging_dialog import HangingDialog
from viewer.ui.second_window import SecondWindow


class Arrangements(QObject):
    """Opens and closes what belongs to the arrangement of views."""

    def __init__(self, desk: Desk, actions: Actions, window: QWidget, grid: Grid) -> None:
        super().__init__(window)
        self._desk, self._actions, self._window, self._grid = desk, actions, window, grid
        self.second: SecondWindow | None = None
        self.dialog: HangingDialog | None = None
        self.corners: CornerDialog | None = None
        self.picker: GridPicker | None = None
        desk.session.hanging.changed.connect(self._hung)

    def open_tool(self, name: str) -> bool:
        """Open what this name stands for; tell whether it is one of these."""
        match name:
            case "grid":
                self._pick()
            case "hangings":
                self._list()
            case "corners":
                self._arrange_texts()
            case _:
                return False
        return True

    def cell(self, number: int) -> Cell:
        """Return a cell of either window."""
        grid = self.second.grid if self.second is not None and number >= SECOND else self._grid
        return grid.cell(number) or self._grid.cells[0]

    def close(self) -> None:
        """Close the second window with the main one."""
        self._desk.session.hanging.changed.disconnect(self._hung)
        if self.second is not None:
            self.second.leave()
            self.second = None

    def _pick(self) -> None:
        hanging = self._desk.session.hanging.value
        beside = hanging.active >= SECOND and self.second is not None
        now = (hanging.second if beside else hanging.layout) or Layout.ONE
        grid = self.second.grid if beside and self.second is not None else self._grid
        self.picker = GridPicker(Layout(now.rows, now.columns), grid.window())
        self.picker.chosen.connect(self._picked)
        self.picker.destroyed.connect(self._picker_gone)
        self.picker.open_over(grid)

    def _picker_gone(self) -> None:
        self.picker = None

    def _picked(self, layout: Layout) -> None:
        hanging = self._desk.session.hanging.value
        beside = hanging.active >= SECOND and hanging.second is not None
        changed = hanging.with_second(layout) if beside else hanging.laid_out(layout)
        self._desk.session.hanging.set(changed)

    def _list(self) -> None:
        if self.dialog is None:
            self.dialog = HangingDialog(self._desk, self._window)
            self.dialog.finished.connect(self._list_closed)
        self.dialog.show()
        self.dialog.raise_()

    def _arrange_texts(self) -> None:
        if self.corners is None:
            self.corners = CornerDialog(self._desk, self._window)
            self.corners.finished.connect(self._corners_closed)
        self.corners.show()
        self.corners.raise_()

    def _corners_closed(self, *_: object) -> None:
        self.corners = None

    def _list_closed(self, *_: object) -> None:
        self.dialog = None

    def _hung(self, new: Hanging, _: Hanging) -> None:
        if (new.second is None) == (self.second is None):
            return
        if new.second is not None:
            self.second = SecondWindow(self._desk, self._actions, self._window)
            self.second.grid.probed.connect(self._grid.probed)
            self.second.appear()
        elif self.second is not None:
            self.second.leave()
            self.second.deleteLater()
            self.second = None
