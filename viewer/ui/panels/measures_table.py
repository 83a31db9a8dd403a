"""Measurements as rows: number, kind, label, value, what and where, series, slice."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPixmap

from viewer.core import code
from viewer.core.measurement import Measurement
from viewer.io.measure_table import Line
from viewer.render.annotations import PLAIN
from viewer.render.numbers import amount, caption, rounded, unit_of
from viewer.ui.theme import colour

_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
LABEL = 2
_FIRST_SIZE = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement as it is listed."""

    line: Line
    value: str
    hidden: bool = False

    @property
    def figure(self) -> Measurement:
        """The measurement itself."""
        return self.line.measurement

    @property
    def words(self) -> str:
        """All that can be searched for."""
        one = self.figure
        coded = (part.meaning for part in (one.finding, one.site) if part is not None)
        return " ".join((one.kind.value, one.label, self.value, *coded, self.line.series))


def value_in_words(figure: Measurement) -> str:
    """Return the main numbers of a figure with their units, in one line."""
    long, short = figure.quantity(code.LONG_AXIS), figure.quantity(code.SHORT_AXIS)
    if long is not None and short is not None:
        return f"{rounded(long.value)} × {amount(short)}"
    parts = [amount(one) for one in figure.quantities[:1]]
    mean, spread = figure.quantity(code.MEAN), figure.quantity(code.STANDARD_DEVIATION)
    if mean is not None and spread is not None:
        words = f"{rounded(mean.value)} ± {rounded(spread.value)} {unit_of(mean)}"
        parts.append(words.strip())
    return ", ".join(parts)


class MeasuresTable(QAbstractTableModel):
    """Shows measurements in the order of the record; sorting and filters are the proxy's."""

    renamed = Signal(str, str)
    """The id of a figure, and what it is to be called."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self._headers = (
            self.tr("No."),
            self.tr("Kind"),
            self.tr("Label"),
            self.tr("Value"),
            self.tr("Finding"),
            self.tr("Site"),
            self.tr("Series"),
            self.tr("Slice"),
        )

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Replace all rows; where they are the same figures only what they say changes."""
        if [row.figure.id for row in rows] == [row.figure.id for row in self.rows]:
            self.rows = rows
            last = self.index(len(rows) - 1, len(self._headers) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many measurements there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let labels be written."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == LABEL else usual

    def setData(  # noqa: N802 - Qt's name
        self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Say that a label was written; the row follows when the record does."""
        if role != Qt.ItemDataRole.EditRole or index.column() != LABEL:
            return False
        self.renamed.emit(self.rows[index.row()].figure.id, str(value))
        return True

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says, sorts by, and looks like."""
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _texts(row)[index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return row.figure.label
        if role == Qt.ItemDataRole.UserRole:
            return _sort_keys(row)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return colour("faint") if row.hidden else None
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return _swatch(row.figure)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (0, 7):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((*caption(row.figure), str(row.figure.author)))
        return None


def _texts(row: Row) -> tuple[str, ...]:
    one, line = row.figure, row.line
    return (
        str(line.number),
        f"{one.kind.value} (locked)" if one.locked else one.kind.value,
        one.label,
        row.value,
        "" if one.finding is None else one.finding.meaning,
        "" if one.site is None else one.site.meaning,
        line.series,
        "" if line.slice_number is None else str(line.slice_number),
    )


def _sort_keys(row: Row) -> tuple[float | str, ...]:
    texts, one = _texts(row), row.figure
    first = one.quantities[0] if one.quantities else None
    value = "" if first is None else f"{first.unit.value} {first.value:020.6f}"
    return (row.line.number, *texts[1:3], value, *texts[4:7], row.line.slice_number or 0)


def _swatch(figure: Measurement) -> QPixmap:
    made = QPixmap(_FIRST_SIZE, _FIRST_SIZE)
    made.fill(QColor(*(figure.colour or PLAIN)))
    return made


class Filter(QSortFilterProxyModel):
    """Lets through what holds the typed words, is of a kind and of a series."""

    def __init__(self, table: MeasuresTable) -> None:
        super().__init__(table)
        self._table = table
        self._words: tuple[str, ...] = ()
        self._kind, self._series = "", ""
        self.setSourceModel(table)
        self.setSortRole(Qt.ItemDataRole.UserRole)

    def look_for(self, typed: str, kind: str, series: str) -> None:
        """Show only what fits; empty means all."""
        self._words = tuple(typed.casefold().split())
        self._kind, self._series = kind, series
        self.invalidate()

    def filterAcceptsRow(self, row: int, _: _Index) -> bool:  # noqa: N802 - Qt's name
        """Tell whether a measurement is shown."""
        there = self._table.rows[row]
        if self._kind and there.figure.kind.value != self._kind:
            return False
        if self._series and there.figure.series_key != self._series:
            return False
        text = there.words.casefold()
        return all(word in text for word in self._words)
