"""The views side by side, as the hanging of the session says."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from viewer.commands.cine import per_second, play_on
from viewer.commands.desk import Desk
from viewer.session.look import Hanging, Layout
from viewer.ui.cell import Cell

_GAP = 2
_Place = tuple[int, int, int, int]
"""Row, column, rows, columns."""
_PLACES: dict[Layout, tuple[_Place, ...]] = {
    Layout.ONE: ((0, 0, 1, 1),),
    Layout.TWO: ((0, 0, 1, 1), (0, 1, 1, 1)),
    Layout.FOUR: ((0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)),
    Layout.ONE_AND_THREE: ((0, 0, 3, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1)),
}
_COLUMNS = {Layout.ONE_AND_THREE: (5, 2)}


class Grid(QWidget):
    """Four cells, of which the layout shows the first few, or one alone."""

    probed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("grid")
        self._desk = desk
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self.cells = tuple(Cell(desk, number, self) for number in range(4))
        for cell in self.cells:
            cell.probed.connect(self.probed)
        self._cine = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._cine.timeout.connect(self._play_on)
        desk.session.hanging.changed.connect(self._hung)
        for news in (desk.session.cine, desk.session.playing, desk.session.axes):
            news.changed.connect(self._pace)
        self._arrange(desk.session.hanging.value)

    def focus(self) -> None:
        """Give the keyboard to the active view."""
        self.cells[self._desk.session.hanging.value.active].view.setFocus()

    def _hung(self, new: Hanging, old: Hanging) -> None:
        if (new.layout, new.maximised) != (old.layout, old.maximised):
            self._arrange(new)
        if new.active != old.active and self._has_focus():
            self.focus()

    def _has_focus(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _arrange(self, hanging: Hanging) -> None:
        for cell in self.cells:
            self._grid.removeWidget(cell)
            cell.setVisible(cell.number in hanging.shown)
        alone = hanging.maximised is not None
        places = _PLACES[Layout.ONE if alone else hanging.layout]
        for number, place in zip(hanging.shown, places, strict=True):
            self._grid.addWidget(self.cells[number], *place)
        self._stretch(Layout.ONE if alone else hanging.layout, places)

    def _stretch(self, layout: Layout, places: tuple[_Place, ...]) -> None:
        """Share the space out evenly, or by the proportions of the layout; none to what is gone."""
        rows = max(row + high for row, _, high, _ in places)
        columns = max(column + wide for _, column, _, wide in places)
        widths = _COLUMNS.get(layout, (1, 1))
        for number in range(3):
            self._grid.setRowStretch(number, 1 if number < rows else 0)
            self._grid.setColumnStretch(number, widths[number] if number < columns else 0)

    # -- cine ----------------------------------------------------------------------

    def _pace(self, *_: object) -> None:
        """Begin, stop or play at another speed, as the session says now."""
        cell = self._desk.session.cine.value
        if cell is None:
            self._cine.stop()
            return
        interval_ms = round(1000 / per_second(self._desk, cell))
        if not self._cine.isActive() or self._cine.interval() != interval_ms:
            self._cine.start(interval_ms)

    def _play_on(self) -> None:
        cell = self._desk.session.cine.value
        if cell is not None and self.cells[cell].view.ready:
            play_on(self._desk, cell)
