"""The list of measurements: search, sort, go to one, name, delete, copy and export."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.commands.measure_table import lines
from viewer.commands.measures import delete, rename, select
from viewer.io.measure_table import Line
from viewer.ui.panels.measures_table import LABEL, Filter, MeasuresTable, Row, value_in_words

_WIDE = "000.0 mm², −000 ± 000 HU"
_WIDTHS = ("00 ■", "bidirectional", "Label here", _WIDE, *("Finding here",) * 3)
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_ADD = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class MeasuresPanel(QWidget):
    """A field, two filters, the table and its buttons."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk, self._session, self._commands = desk, desk.session, commands
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Search measurements"))
        self.field.setAccessibleName(self.tr("Search measurements"))
        self.field.setClearButtonEnabled(True)
        self.kinds = _combo(self.tr("Kind"))
        self.series = _combo(self.tr("Series"))
        self.table = MeasuresTable(self)
        self.order = Filter(self.table)
        self.view = _table_view(self.order)
        self.view.setAccessibleName(self.tr("Measurements"))
        self._count = QLabel()
        self._count.setObjectName("quiet")
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        self._lay_out()
        self._listen()
        self._refresh()

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.addWidget(self.kinds, 1)
        filters.addWidget(self.series, 1)
        self.delete = _button(self.tr("Delete"), self.tr("Delete the chosen rows (Del)"))
        self.copy = _button(self.tr("Copy"), self.tr("Copy the chosen rows as text, else all"))
        self.export = _button(self.tr("Export…"), self.tr("Write all as a table (CSV)"))
        buttons = QHBoxLayout()
        for button in (self.delete, self.copy, self.export):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addLayout(filters)
        column.addWidget(self.view, 1)
        column.addWidget(self._count)
        column.addLayout(buttons)

    def _listen(self) -> None:
        session = self._session
        for news in (session.record, session.images, session.catalogue, session.hidden):
            news.changed.connect(self._changed)
        session.selected.changed.connect(self._marked)
        self.field.textChanged.connect(self._filter)
        self.kinds.currentIndexChanged.connect(self._filter)
        self.series.currentIndexChanged.connect(self._filter)
        self.table.renamed.connect(self._renamed)
        self.view.selectionModel().currentRowChanged.connect(self._went)
        self.view.selectionModel().selectionChanged.connect(self._allow)
        self.view.clicked.connect(self._clicked)
        self.delete.clicked.connect(self._delete)
        self.copy.clicked.connect(self._copy)
        self.export.clicked.connect(self._export)
        for key, act in (
            (QKeySequence.StandardKey.Delete, self._delete),
            (QKeySequence.StandardKey.Copy, self._copy),
        ):
            shortcut = QShortcut(QKeySequence(key), self.view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    # -- news ------------------------------------------------------------------

    def _changed(self, _new: object, _old: object) -> None:
        self._soon.start()

    def _refresh(self) -> None:
        """Show what the record holds."""
        hidden = self._session.hidden.value
        rows = tuple(
            Row(line, value_in_words(line.measurement), line.measurement.id in hidden)
            for line in lines(self._desk)
        )
        chosen = self.chosen()
        self.table.show_rows(rows)
        _fill(self.kinds, self.tr("All kinds"), {(r.figure.kind.value,) * 2 for r in rows})
        names = {(row.line.series or row.figure.series_key, row.figure.series_key) for row in rows}
        _fill(self.series, self.tr("All series"), names)
        self._choose(chosen or [self._session.selected.value])
        self._filter()

    def _filter(self, *_: object) -> None:
        kind, series = (str(box.currentData() or "") for box in (self.kinds, self.series))
        self.order.look_for(self.field.text(), kind, series)
        shown, there = self.order.rowCount(), self.table.rowCount()
        words = self.tr("{shown} of {all} measurements") if shown < there else ""
        none = self.tr("No measurements yet. The menu Measure holds the tools.")
        all_ = self.tr("{all} measurements") if there else none
        self._count.setText((words or all_).format(shown=shown, all=there))
        self._allow()

    def _marked(self, new: str, _old: str) -> None:
        if new not in self.chosen():
            self._choose([new])

    def _choose(self, ids: list[str]) -> None:
        """Mark rows without going anywhere."""
        model = self.view.selectionModel()
        model.blockSignals(True)
        model.clearSelection()
        for number, row in enumerate(self.table.rows):
            if row.figure.id in ids:
                index = self.order.mapFromSource(self.table.index(number, 0))
                model.select(index, _SELECT if len(ids) == 1 else _ADD)
                self.view.scrollTo(index)
        model.blockSignals(False)
        self.view.viewport().update()
        self._allow()

    def _allow(self, *_: object) -> None:
        self.delete.setEnabled(bool(self.chosen()))
        for button in (self.copy, self.export):
            button.setEnabled(bool(self.table.rows))

    # -- from the reader ---------------------------------------------------------

    def chosen(self) -> list[str]:
        """Return the ids of the rows that are marked, from the top."""
        rows = self.view.selectionModel().selectedRows()
        numbers = sorted(self.order.mapToSource(index).row() for index in rows)
        there = self.table.rows
        return [there[number].figure.id for number in numbers if 0 <= number < len(there)]

    def _went(self, *_: object) -> None:
        """Go to the figure of the row that the keyboard is at."""
        there = self._there()
        if there and there != self._session.selected.value:
            select(self._desk, there)

    def _clicked(self, *_: object) -> None:
        """Go to the figure of a row, also when it is chosen already."""
        if len(self.chosen()) == 1:
            select(self._desk, self._there())

    def _there(self) -> str:
        index = self.view.selectionModel().currentIndex()
        row = self.order.mapToSource(index).row() if index.isValid() else -1
        return self.table.rows[row].figure.id if 0 <= row < len(self.table.rows) else ""

    def _renamed(self, id_: str, label: str) -> None:
        rename(self._desk, id_, label)

    def _delete(self) -> None:
        delete(self._desk, self.chosen())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(lines(self._desk, self.chosen())))

    def _export(self) -> None:
        self._commands.run("measure.export", self._desk)


def as_text(rows: list[Line]) -> str:
    """Return measurements as lines of words, to be put into a report."""
    return "\n".join(_in_words(line) for line in rows)


def _in_words(line: Line) -> str:
    one = line.measurement
    coded = [part.meaning for part in (one.finding, one.site) if part is not None]
    what = ", ".join(part for part in (one.label, *coded) if part) or one.kind.value
    where = [line.series] if line.series else []
    where += [f"slice {line.slice_number}"] if line.slice_number is not None else []
    place = f" ({', '.join(where)})" if where else ""
    return f"{line.number}. {what}: {value_in_words(one)}{place}"


def _combo(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


def _fill(box: QComboBox, everything: str, words: set[tuple[str, str]]) -> None:
    """Offer words and what they stand for, keeping the choice."""
    wanted = [(everything, ""), *sorted(words)]
    if [(box.itemText(n), box.itemData(n)) for n in range(box.count())] == wanted:
        return
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for text, value in wanted:
        box.addItem(text, value)
    box.setCurrentIndex(max(box.findData(chosen), 0) if chosen else 0)
    box.blockSignals(False)


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    return button


def _table_view(model: Filter) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setSortingEnabled(True)
    view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setEditTriggers(
        QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
    )
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    metrics = view.fontMetrics()
    for column, widest in enumerate(_WIDTHS):
        view.setColumnWidth(column, metrics.horizontalAdvance(widest) + 16)
    header = view.horizontalHeader()
    header.setSectionResizeMode(LABEL, QHeaderView.ResizeMode.Interactive)
    header.setStretchLastSection(True)
    view.verticalHeader().setDefaultSectionSize(round(metrics.height() * 1.6))
    return view
