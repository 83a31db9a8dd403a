"""Tables and plots of an evaluation, as they stand in its panel."""

from __future__ import annotations

import math
from html import escape

import pyqtgraph as pg
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from viewer.imaging.evaluation.result import Cell, Figure, Line, Plot, Table
from viewer.io.evaluation_page import in_short
from viewer.settings import Theme
from viewer.ui.theme import colour, worn
from viewer.ui.words import in_words

_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_NAMES = ("accent", "warning", "good")
_MORE = {
    Theme.DARK: ("#c792ea", "#ff8fa3", "#56c8d8", "#d8dee9", "#e0a080"),
    Theme.LIGHT: ("#6d28d9", "#be185d", "#0e7490", "#4d4d4d", "#7f1d1d"),
}
"""Further lines; each can be told from what is behind it and from the others."""
_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
_PIECES = ("──", "╌╌", "┈┈")
_FEW = 12
"""Lines of so few points, all of them measured, show where these are."""
_MOST_TICKS = 12


def of_figures(figures: tuple[Figure, ...]) -> Table:
    """Return figures as a table."""
    rows = tuple(
        (
            in_words(one.name), one.value, one.low, one.high, one.unit,
            f"{one.count} {in_words(one.of)}" if one.of else "",
        )
        for one in figures
    )  # fmt: skip
    return Table(
        "figures", "Figures", ("figure", "value", "95 % from", "95 % to", "unit", "of"), rows
    )


class ResultTable(QAbstractTableModel):
    """Any table of an evaluation; sorting is the proxy's."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.table = Table("", "", (), ())

    def show_table(self, table: Table) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.table.head)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return in_words(self.table.head[section])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says and sorts by."""
        cell = self.table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return "–" if cell is None else in_short(cell)
        if role == Qt.ItemDataRole.UserRole:
            return _sort_key(cell)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(cell, float):
            return f"{cell:.9g}"
        if role == Qt.ItemDataRole.TextAlignmentRole and not isinstance(cell, str):
            return _RIGHT
        return None


def _sort_key(cell: Cell) -> str | float:
    if isinstance(cell, str):
        return cell.casefold()
    return float("-inf") if cell is None else float(cell)


def _shade(number: int) -> QColor:
    """Return the colour of a line, as the window's theme wants it."""
    named = [colour(name) for name in _NAMES]
    return [*named, *map(QColor, _MORE[worn()])][number % (len(named) + len(_MORE[worn()]))]


class ResultPlot:
    """A plot of an evaluation in a widget that the mouse does not move."""

    def __init__(self) -> None:
        self.widget = pg.PlotWidget()
        self.widget.setMouseEnabled(x=False, y=False)
        self.widget.setMenuEnabled(False)
        self.widget.hideButtons()
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.showGrid(x=True, y=True, alpha=0.15)
        self.legend = QLabel()
        self.legend.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.legend.setWordWrap(True)
        for side in ("left", "bottom"):
            self.widget.getAxis(side).enableAutoSIPrefix(False)
        self.dress()

    def dress(self) -> None:
        """Wear the theme of the window; lines wear it when they are shown next."""
        self.widget.setBackground(colour("panel"))
        for side in ("left", "bottom"):
            axis = self.widget.getAxis(side)
            axis.setPen(colour("faint"))
            axis.setTextPen(colour("text"))

    def show_plot(self, plot: Plot) -> None:
        """Show this plot and nothing of the one before."""
        self.widget.clear()
        self.widget.setLabel("bottom", in_words(plot.across))
        self.widget.setLabel("left", in_words(plot.up))
        if plot.diagonal:
            dotted = pg.mkPen(colour("faint"), style=Qt.PenStyle.DotLine)
            self.widget.plot([0, 1], [0, 1], pen=dotted)
        for number, line in enumerate(plot.lines):
            self._draw(line, number, logarithmic=plot.logarithmic)
        self.legend.setText(_legend(plot.lines))
        self.legend.setVisible(len(plot.lines) > 1)
        ticks = [(_across(at, plot.logarithmic), name) for at, name in plot.ticks]
        shown = ticks if len(ticks) <= _MOST_TICKS else []
        self.widget.getAxis("bottom").setTicks([shown] if shown else None)
        if plot.top is not None:
            self.widget.setYRange(0, plot.top, padding=0.03)

    def _draw(self, line: Line, number: int, *, logarithmic: bool) -> None:
        shade = _shade(number)
        x = [_across(value, logarithmic) for value in line.x]
        if not line.joined:
            self.widget.plot(
                x, list(line.y), pen=None, symbol="o", symbolSize=7, symbolPen=None,
                symbolBrush=_thin(shade, 140),
            )  # fmt: skip
            return
        if line.low and line.high:
            edge = pg.mkPen(_thin(shade, 70), width=1)
            low, high = (self.widget.plot(x, list(y), pen=edge) for y in (line.low, line.high))
            self.widget.addItem(pg.FillBetweenItem(low, high, brush=_thin(shade, 45)))
        pen = pg.mkPen(shade, width=2, style=_STYLES[number % len(_STYLES)])
        x, y = _stepped(x, list(line.y)) if line.steps else (x, list(line.y))
        marks = len(x) <= _FEW and not line.steps
        self.widget.plot(
            x, y, pen=pen, symbol="o" if marks else None, symbolSize=6, symbolPen=None,
            symbolBrush=shade,
        )  # fmt: skip


def _legend(lines: tuple[Line, ...]) -> str:
    """Return the names of lines, each in its colour after a piece of it."""
    parts = (
        f'<span style="color: {_shade(number).name()}">'
        f"{_PIECES[number % len(_PIECES)]}&nbsp;{_in_one_line(in_words(line.name))}</span>"
        for number, line in enumerate(lines)
    )
    return "&nbsp;&nbsp; ".join(parts)


def _in_one_line(words: str) -> str:
    return escape(words).replace(" ", "&nbsp;")


def _stepped(x: list[float], y: list[float]) -> tuple[list[float], list[float]]:
    across, up = x[:1], y[:1]
    for at, value in zip(x[1:], y[1:], strict=True):
        across += [across[-1], at]
        up += [value, value]
    return across, up


def _across(value: float, logarithmic: bool) -> float:  # noqa: FBT001 - said by its name
    return math.log2(value) if logarithmic else value


def _thin(shade: QColor, alpha: int) -> QColor:
    thin = QColor(shade)
    thin.setAlpha(alpha)
    return thin
