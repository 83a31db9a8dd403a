"""The views side by side, as the hanging of the session says."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from viewer.commands.cine import per_second, play_on
from viewer.commands.desk import Desk
from viewer.session.look import MOST_COLUMNS, MOST_ROWS, SECOND, Hanging, Layout
from viewer.ui.cell import Cell

_GAP = 2
_FEW = 4
"""As many cells are made at once; others when they are first shown."""
_Place = tuple[int, int, int, int]
"""Row, column, rows, columns."""


class Grid(QWidget):
    """The cells of one window, of which the layout shows the first few, or one alone."""

    probed = Signal(object)
    played = Signal()
    """Cine has gone on by a picture."""

    def __init__(self, desk: Desk, parent: QWidget, first: int = 0) -> None:
        """Make the grid of the main window, or with `first` that of the second one."""
        super().__init__(parent)
        self.setObjectName("grid" if first == 0 else "second_grid")
        self._desk, self._first = desk, first
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self.cells: list[Cell] = []
        self._make(_FEW if first == 0 else 1)
        self._cine = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._cine.timeout.connect(self._play_on)
        desk.session.hanging.changed.connect(self._hung)
        for news in (desk.session.cine, desk.session.playing, desk.session.axes):
            news.changed.connect(self._pace)
        self._arrange(desk.session.hanging.value)

    def cell(self, number: int) -> Cell | None:
        """Return the cell of this number, if it is one of this window."""
        row = number - self._first
        return self.cells[row] if 0 <= row < len(self.cells) else None

    def focus(self) -> None:
        """Give the keyboard to the active view."""
        cell = self.cell(self._desk.session.hanging.value.active)
        (cell or self.cells[0]).view.setFocus()

    def close_views(self) -> None:
        """Give back what views hold outside Qt."""
        for cell in self.cells:
            cell.close_views()

    def _make(self, count: int) -> None:
        """Have at least so many cells."""
        for number in range(self._first + len(self.cells), self._first + count):
            cell = Cell(self._desk, number, self)
            cell.probed.connect(self.probed)
            self.cells.append(cell)

    def _hung(self, new: Hanging, old: Hanging) -> None:
        if (self._seen(new), self._layout(new)) != (self._seen(old), self._layout(old)):
            self._arrange(new)
        if new.active != old.active and self._has_focus() and self.cell(new.active) is not None:
            self.focus()

    def _has_focus(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _seen(self, hanging: Hanging) -> tuple[int, ...]:
        return hanging.main if self._first < SECOND else hanging.beside

    def _layout(self, hanging: Hanging) -> Layout | None:
        return hanging.layout if self._first < SECOND else hanging.second

    def _arrange(self, hanging: Hanging) -> None:
        seen = self._seen(hanging)
        self._make(max(seen, default=self._first) - self._first + 1)
        for cell in self.cells:
            self._grid.removeWidget(cell)
            cell.setVisible(cell.number in seen)
        layout = (len(seen) > 1 and self._layout(hanging)) or Layout.ONE
        places = _places(layout)
        for number, place in zip(seen, places, strict=False):
            self._grid.addWidget(self.cells[number - self._first], *place)
        self._stretch(places, large_first=layout.large_first)

    def _stretch(self, places: tuple[_Place, ...], *, large_first: bool) -> None:
        """Share the space out evenly, or by the proportions of the layout; none to what is gone."""
        rows = max(row + high for row, _, high, _ in places)
        columns = max(column + wide for _, column, _, wide in places)
        widths = (5, 2) if large_first else (1,) * MOST_COLUMNS
        for number in range(MOST_ROWS):
            self._grid.setRowStretch(number, 1 if number < rows else 0)
        for number in range(MOST_COLUMNS):
            self._grid.setColumnStretch(number, widths[number] if number < columns else 0)

    # -- cine ----------------------------------------------------------------------

    def _pace(self, *_: object) -> None:
        """Begin, stop or play at another speed, as the session says now."""
        cell = self._desk.session.cine.value
        if cell is None or self.cell(cell) is None:
            self._cine.stop()
            return
        interval_ms = round(1000 / per_second(self._desk, cell))
        if not self._cine.isActive() or self._cine.interval() != interval_ms:
            self._cine.start(interval_ms)

    def _play_on(self) -> None:
        number = self._desk.session.cine.value
        cell = self.cell(number) if number is not None else None
        if cell is None or not cell.view.ready:
            return
        if not cell.isVisible():
            self._desk.session.cine.set(None)
            return
        play_on(self._desk, cell.number)
        self.played.emit()


def _places(layout: Layout) -> tuple[_Place, ...]:
    if layout.large_first:
        return ((0, 0, 3, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1))
    return tuple((row, col, 1, 1) for row in range(layout.rows) for col in range(layout.columns))
