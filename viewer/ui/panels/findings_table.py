"""The worked list as rows: number, score, kind, size, volume, status, site, source."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from viewer.core.assessment import Assessment
from viewer.core.finding import Finding, Status
from viewer.session.finding_list import Order, Row
from viewer.ui.icons import kept_icon
from viewer.ui.theme import colour, worn
from viewer.ui.words import in_words

ORDERS = (
    *(Order.NUMBER, Order.SCORE, Order.KIND, Order.SIZE),
    *(Order.VOLUME, Order.STATUS, Order.SITE, Order.SOURCE),
)
"""What each column is sorted by."""
SIZE = ORDERS.index(Order.SIZE)
SITE, SOURCE = ORDERS.index(Order.SITE), ORDERS.index(Order.SOURCE)
VOLUME = ORDERS.index(Order.VOLUME)
_STATUS = ORDERS.index(Order.STATUS)
_NUMBERS = frozenset((0, 1, 3, 4))
_STATUS_COLOURS = {
    Status.PROPOSED: "warning",
    Status.ACCEPTED: "good",
    Status.EDITED: "good",
    Status.REJECTED: "quiet",
}
_SYMBOLS = {Status.ACCEPTED: "accept", Status.EDITED: "edit", Status.REJECTED: "reject"}
"""So that a status is told without its colour."""
_NO_PARENT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class FindingsTable(QAbstractTableModel):
    """Shows rows in the order they have; another order is asked of `sorted_by`."""

    def __init__(self, parent: QObject, sorted_by: Callable[[Order, bool], None]) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self._sorted_by = sorted_by
        self._headers = (
            self.tr("No."),
            self.tr("Score"),
            self.tr("Kind"),
            self.tr("Ø mm"),
            self.tr("mm³"),
            self.tr("Status"),
            self.tr("Site"),
            self.tr("Source"),
        )

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Replace all rows; only what differs is repainted where the rows stay the same."""
        if rows is self.rows:
            return
        if [row.id for row in rows] == [row.id for row in self.rows]:
            changed = [
                number
                for number, (new, old) in enumerate(zip(rows, self.rows, strict=True))
                if new.item is not old.item or new.number != old.number
            ]
            self.rows = rows
            if changed:
                last = self.index(changed[-1], len(self._headers) - 1)
                self.dataChanged.emit(self.index(changed[0], 0), last)
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the rows in another order."""
        if 0 <= column < len(ORDERS):
            self._sorted_by(ORDERS[column], order is Qt.SortOrder.DescendingOrder)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._headers)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole and section == 1:
            return self.tr("How sure the model is, 0 to 1; then the risk, where it was rated")
        return self._headers[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says and looks like."""
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(row.item.status, column)
        if role == Qt.ItemDataRole.DecorationRole and column == _STATUS:
            symbol = _SYMBOLS.get(row.item.status)
            return kept_icon(symbol, worn()) if symbol else None
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.item.author}\n{row.item.note}".strip()
        return None


def _text(row: Row, column: int) -> str:
    """Return what one cell says: only what is painted is put in words."""
    item = row.item
    finding = item if isinstance(item, Finding) else None
    match ORDERS[column]:
        case Order.NUMBER:
            return str(row.number) if row.number else "–"
        case Order.SCORE:
            return _score(row)
        case Order.KIND:
            return said_beside(item) or _kind(item)
        case Order.SIZE:
            return f"{finding.diameter_mm:.1f}" if finding else "–"
        case Order.VOLUME:
            return f"{finding.volume_mm3:.0f}" if finding else "–"
        case Order.STATUS:
            return in_words(item.status.value)
        case Order.SITE:
            return in_words(row.site if finding else _part_of(item))
    return row.source


def said_beside(item: Finding | Assessment) -> str:
    """Return the note of a line: a model's in the reader's language, a person's as it was typed."""
    by_model = item.author.is_model and item.status is not Status.EDITED
    return in_words(item.note) if by_model else item.note


def _kind(item: Finding | Assessment) -> str:
    """Return what it is, and whether a statement speaks against rather than for it."""
    kind = in_words(item.kind.meaning)
    against = isinstance(item, Assessment) and not item.speaks_for
    return f"{kind} ({in_words('below threshold')})" if against else kind


def _part_of(item: Finding | Assessment) -> str:
    picture = item.picture if isinstance(item, Assessment) else 0
    return f"picture {picture}" if picture else "whole image"


def _score(row: Row) -> str:
    score = "–" if row.item.score is None else f"{row.item.score:.2f}"
    rated = row.item.risk if isinstance(row.item, Finding) else None
    return score if rated is None else f"{score} · {rated:.0%}"


def _ink(status: Status, column: int) -> QColor | None:
    if column == _STATUS:
        return colour(_STATUS_COLOURS[status])
    return colour("quiet") if status is Status.REJECTED else None
