"""The worked list: threshold, rows, and the verdict on the chosen one."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QItemSelection, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.commands.findings import select, set_threshold
from viewer.core.finding import Finding, Reason
from viewer.session.operating import Operating
from viewer.session.session import Session
from viewer.ui.panels.findings_table import FindingsTable
from viewer.ui.words import in_words

_WIDEST = ("No.", "Score", "Nodule", "00.0", "00000", "accepted")
"""What the columns have to hold."""
_BUTTONS = (
    ("findings.accept", 0, 0, 2),
    ("findings.reject", 0, 2, 2),
    ("findings.edit", 0, 4, 2),
    ("findings.previous", 1, 0, 3),
    ("findings.next", 1, 3, 3),
)
"""Which command, in which row and column, over how many columns."""


class FindingsPanel(QWidget):
    """Threshold slider, table of findings, what speaks for the chosen one, buttons."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk, self._session = desk, desk.session
        self._table = FindingsTable(self)
        self._order = QSortFilterProxyModel(self)
        self._order.setSourceModel(self._table)
        self._order.setSortRole(Qt.ItemDataRole.UserRole)
        self._view = _table_view(self._order)
        self._view.setParent(self)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, 100)
        self._slider.setToolTip(self.tr("Hide proposals with a lower score"))
        self._threshold = QLabel()
        self._threshold.setWordWrap(True)
        self._expected = QLabel()
        self._expected.setObjectName("quiet")
        self._expected.setWordWrap(True)
        self._expected.setMinimumHeight(2 * self._expected.fontMetrics().lineSpacing() + 4)
        self._expected.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._details = QLabel()
        self._details.setWordWrap(True)
        self._details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._details.setTextFormat(Qt.TextFormat.RichText)
        self._details.setObjectName("quiet")
        self._lay_out(commands)
        self._listen(self._session)
        self._refresh()

    def _lay_out(self, commands: Commands) -> None:
        column = QVBoxLayout(self)
        run = _button(self, commands, self._desk, "reading.run")
        self._buttons = [(run, commands["reading.run"])]
        column.addWidget(run)
        column.addWidget(self._threshold)
        column.addWidget(self._slider)
        column.addWidget(self._expected)
        column.addWidget(self._view, 3)
        column.addWidget(_scrolled(self._details), 2)
        grid = QGridLayout()
        for id_, row, first, columns in _BUTTONS:
            button = _button(self, commands, self._desk, id_)
            grid.addWidget(button, row, first, 1, columns)
            self._buttons.append((button, commands[id_]))
        column.addLayout(grid)

    def _listen(self, session: Session) -> None:
        self._slider.valueChanged.connect(self._slid)
        self._view.selectionModel().selectionChanged.connect(self._chosen)
        session.record.changed.connect(self._changed)
        session.threshold.changed.connect(self._changed)
        session.selected.changed.connect(self._changed)
        session.operating.changed.connect(self._changed)
        session.images.changed.connect(self._changed)
        session.hanging.changed.connect(self._allow)

    def _slid(self, value: int) -> None:
        set_threshold(self._desk, value / 100)

    def _chosen(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        rows = [self._order.mapToSource(index).row() for index in selected.indexes()]
        if rows and self._table.findings[rows[0]].id != self._session.selected.value:
            select(self._desk, self._table.findings[rows[0]].id)

    def _changed(self, _new: object, _old: object) -> None:
        self._refresh()

    def _allow(self, *_: object) -> None:
        """Let only those buttons be pressed that would do something."""
        for button, command in self._buttons:
            button.setEnabled(command.allowed(self._desk))

    def _refresh(self) -> None:
        """Show what the session holds."""
        visible = self._session.visible_findings()
        everything = len(self._session.record.value.findings)
        threshold = self._session.threshold.value
        self._slider.blockSignals(True)
        self._slider.setValue(round(threshold * 100))
        self._slider.blockSignals(False)
        self._threshold.setText(
            self.tr("Threshold {threshold:.2f}: {shown} of {all} findings shown").format(
                threshold=threshold, shown=len(visible), all=everything
            )
        )
        by_model = any(item.author.is_model for item in self._session.record.value.findings)
        operating = self._session.operating.value if by_model else Operating()
        self._expected.setText(self._promised(operating, threshold))
        self._expected.setToolTip(operating.measured_on)
        self._allow()
        self._view.selectionModel().blockSignals(True)
        self._table.show_findings(visible)
        self._mark(visible)
        self._view.selectionModel().blockSignals(False)
        self._view.viewport().update()

    def _promised(self, operating: Operating, threshold: float) -> str:
        """Return what the card of the model says of this threshold."""
        row = operating.at(threshold)
        if row is None:
            return ""
        return self.tr(
            "From {threshold:.2f}: sensitivity {sensitivity:.2f} "
            "at {false_marks:.2f} false marks per scan, {kind} cases"
        ).format(
            threshold=row.threshold,
            sensitivity=row.sensitivity,
            false_marks=row.false_marks_per_scan,
            kind=operating.measured_on.partition(":")[0],
        )

    def _mark(self, visible: tuple[Finding, ...]) -> None:
        chosen = self._session.selected.value
        for row, finding in enumerate(visible):
            if finding.id == chosen:
                index = self._order.mapFromSource(self._table.index(row, 0))
                if self._view.currentIndex().row() != index.row():
                    self._view.selectRow(index.row())
                    self._view.scrollTo(index)
                self._details.setText(explained(finding))
                return
        self._view.clearSelection()
        self._details.setText("")


def explained(finding: Finding) -> str:
    """Return what speaks for a finding and who said what, as a small page."""
    x, y, z = finding.position
    name = escape(finding.note or finding.kind.meaning)
    author = escape(str(finding.author))
    said = in_words
    rows = [
        f"<b>{name}</b>, {finding.diameter_mm:.1f} mm, {finding.volume_mm3:.0f} mm³",
        f"{_side(x, 'L', 'R')} · {_side(y, 'P', 'A')} · {_side(z, 'H', 'F')} mm",
        said(f"Proposed by {author}" if finding.author.is_model else f"By {author}"),
        *(_argument(reason) for reason in finding.explanation),
        *(
            said(f"{escape(v.status.value)} by {escape(v.by.name)}, {v.at[:16]}")
            for v in finding.history
        ),
    ]
    return "<br>".join(rows)


def _argument(reason: Reason) -> str:
    push = "" if reason.contribution is None else f" ({reason.contribution:+.2f})"
    unit = f" {escape(reason.unit)}" if reason.unit not in ("", "1") else ""
    return f"{escape(reason.name)}: {reason.value:.4g}{unit}{push}"


def _side(value_mm: float, positive: str, negative: str) -> str:
    return f"{positive if value_mm >= 0 else negative} {abs(value_mm):.1f}"


def _table_view(model: QSortFilterProxyModel) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setSortingEnabled(True)
    view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    header = view.horizontalHeader()
    header.setMinimumSectionSize(view.fontMetrics().horizontalAdvance("000"))
    for column, widest in enumerate(_WIDEST):
        view.setColumnWidth(column, view.fontMetrics().horizontalAdvance(widest) + 22)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    view.setMinimumWidth(view.fontMetrics().horizontalAdvance("".join(_WIDEST)) + 7 * 22)
    view.verticalHeader().setDefaultSectionSize(round(view.fontMetrics().height() * 1.6))
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return view


def _scrolled(inside: QWidget) -> QScrollArea:
    """Give text a place whose size does not depend on it, so that nothing jumps."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    return area


def _button(parent: QWidget, commands: Commands, desk: Desk, id_: str) -> QPushButton:
    command = commands[id_]
    key = f" ({command.key})" if command.key else ""
    button = QPushButton(in_words(command.title.removesuffix(" finding")), parent)
    button.setObjectName(id_)
    button.setToolTip(f"{command.help}{key}")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.clicked.connect(lambda: commands.run(id_, desk))
    return button
