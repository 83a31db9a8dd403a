"""Findings as rows: number, score, kind, size, volume, place, status."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from viewer.core.finding import Finding, Status
from viewer.ui.icons import kept_icon
from viewer.ui.theme import colour, worn
from viewer.ui.words import in_words

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
    """Shows a tuple of findings, in its order; sorting is the view's."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.findings: tuple[Finding, ...] = ()
        self._headers = (
            self.tr("No."),
            self.tr("Score"),
            self.tr("Kind"),
            self.tr("Ø mm"),
            self.tr("mm³"),
            self.tr("Status"),
        )

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Replace all rows; only what differs is repainted where the rows stay the same."""
        if [item.id for item in findings] == [item.id for item in self.findings]:
            self.findings = findings
            last = self.index(len(findings) - 1, len(self._headers) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.findings = findings
        self.endResetModel()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:  # noqa: N802 - Qt's name
        """Return how many findings there are."""
        return 0 if parent.isValid() else len(self.findings)

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

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell says, sorts by, and looks like."""
        finding = self.findings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _texts(index.row(), finding)[index.column()]
        if role == Qt.ItemDataRole.UserRole:
            return _sort_keys(index.row(), finding)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(finding, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 5:
            symbol = _SYMBOLS.get(finding.status)
            return kept_icon(symbol, worn()) if symbol else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (0, 1, 3, 4):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{finding.author}\n{finding.note}".strip()
        return None


def _texts(row: int, finding: Finding) -> tuple[str, ...]:
    return (
        str(row + 1),
        "–" if finding.score is None else f"{finding.score:.2f}",
        finding.note or finding.kind.meaning,
        f"{finding.diameter_mm:.1f}",
        f"{finding.volume_mm3:.0f}",
        in_words(finding.status.value),
    )


def _sort_keys(row: int, finding: Finding) -> tuple[float | str, ...]:
    score = -1.0 if finding.score is None else finding.score
    kind = finding.kind.meaning
    return row, score, kind, finding.diameter_mm, finding.volume_mm3, finding.status.value


def _ink(finding: Finding, column: int) -> QColor | None:
    if column == 5:
        return colour(_STATUS_COLOURS[finding.status])
    return colour("quiet") if finding.status is Status.REJECTED else None
