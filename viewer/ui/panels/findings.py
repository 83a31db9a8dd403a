"""The worked list: thresholds, filters, rows, and the verdict on the chosen one."""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
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
from viewer.core.finding import Status
from viewer.session.agreement import agreements
from viewer.session.finding_list import Order, Row
from viewer.session.operating import Operating, Promise
from viewer.session.session import Session
from viewer.session.worked_list import (
    choose_model,
    is_rated,
    models,
    rows,
    sources,
    was_changed,
)
from viewer.ui.panels.findings_filters import FindingsFilters, fill
from viewer.ui.panels.findings_table import ORDERS, SITE, SIZE, SOURCE, VOLUME, FindingsTable
from viewer.ui.panels.findings_words import compared, explained
from viewer.ui.words import in_words

_WIDEST = ("No.", "Score", "Nodule", "000.0", "000000", "accepted", "right lung", "Model name 1")
"""What the columns have to hold."""
_PADDING, _SYMBOL = 16, 20
_LONGEST_KIND = 20
"""Letters of one word for the cases that something was measured on, such as synthetic."""
_EXACT = 1e-6
"""Of a hundredth: what is one but for rounding is not rounded to the next."""
_BUTTONS = (
    ("findings.accept", 0, 0, 2),
    ("findings.reject", 0, 2, 2),
    ("findings.edit", 0, 4, 2),
    ("findings.previous", 1, 0, 3),
    ("findings.next", 1, 3, 3),
    ("findings.by_risk", 2, 0, 2),
    ("findings.as_model", 2, 2, 2),
    ("findings.compare", 2, 4, 2),
)
"""Which command, in which row and column, over how many columns."""


class FindingsPanel(QWidget):
    """Thresholds, filters, the list, what speaks for the chosen one, buttons."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk, self._session = desk, desk.session
        self._table = FindingsTable(self, self._sort)
        self._columns: tuple[bool, bool, bool, bool] | None = None
        self._view = _table_view(self._table)
        self._view.setParent(self)
        self._view.setAccessibleName(self.tr("Findings"))
        self._model = QComboBox()
        self._model.setAccessibleName(self.tr("Model whose threshold is moved"))
        self._model.setToolTip(self.tr("Each model has a threshold of its own: choose whose"))
        self._model.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, 100)
        self._slider.setAccessibleName(self.tr("Threshold"))
        self._slider.setToolTip(self.tr("Hide proposals with a lower score"))
        self._threshold = QLabel()
        self._threshold.setWordWrap(True)
        self._expected = _quiet_label()
        self._expected.setMinimumHeight(3 * self._expected.fontMetrics().lineSpacing() + 4)
        self._hidden = QLabel()
        self._hidden.setWordWrap(True)
        self._filters = FindingsFilters(desk.session)
        self._details = _quiet_label()
        self._details.setTextFormat(Qt.TextFormat.RichText)
        self._details.setAccessibleName(self.tr("About the chosen finding"))
        self._lay_out(commands)
        self._listen(self._session)
        self._refresh()

    def _lay_out(self, commands: Commands) -> None:
        column = QVBoxLayout(self)
        run = _button(self, commands, self._desk, "reading.run")
        done = _button(self, commands, self._desk, "second_reading.first_done")
        self._done = done
        self._buttons = [
            (run, commands["reading.run"]),
            (done, commands["second_reading.first_done"]),
        ]
        for widget in (run, self._hidden, done, self._threshold, self._model, self._slider):
            column.addWidget(widget)
        column.addWidget(self._expected)
        column.addWidget(self._filters)
        column.addWidget(self._view, 3)
        column.addWidget(_scrolled(self._details), 2)
        grid = QGridLayout()
        for id_, row, first, columns in _BUTTONS:
            button = _button(self, commands, self._desk, id_)
            button.setCheckable(commands[id_].checked is not None)
            grid.addWidget(button, row, first, 1, columns)
            self._buttons.append((button, commands[id_]))
        column.addLayout(grid)

    def _listen(self, session: Session) -> None:
        self._slider.valueChanged.connect(self._slid)
        self._model.activated.connect(self._model_chosen)
        self._view.selectionModel().selectionChanged.connect(self._chosen)
        for news in (
            *(session.record, session.threshold, session.selected, session.operating),
            *(session.images, session.points, session.listing, session.sealing),
        ):
            news.changed.connect(self._changed)
        session.hanging.changed.connect(self._hung)

    def _slid(self, value: int) -> None:
        set_threshold(self._desk, value / 100)

    def _model_chosen(self, _: int) -> None:
        choose_model(self._session, str(self._model.currentData()))

    def _sort(self, order: Order, falling: bool) -> None:  # noqa: FBT001 - as Qt calls it
        self._session.listing.update(order=order, falling=falling)

    def _chosen(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        rows = [index.row() for index in selected.indexes()]
        if rows and self._table.rows[rows[0]].id != self._session.selected.value:
            select(self._desk, self._table.rows[rows[0]].id)

    def _changed(self, _new: object, _old: object) -> None:
        self._refresh()

    def _hung(self, *_: object) -> None:
        self._allow()
        self._say_hidden()

    def _allow(self) -> None:
        """Let only those buttons be pressed that would do something."""
        for button, command in self._buttons:
            button.setEnabled(command.allowed(self._desk))
            if command.checked is not None:
                button.setChecked(command.checked(self._desk))
                button.setVisible(button.isChecked() or self._useful(command.id))

    def _useful(self, id_: str) -> bool:
        """Tell whether there is anything that a button of the last line would show."""
        if id_ == "findings.compare":
            return len(sources(self._session)) > 1
        told = was_changed if id_ == "findings.as_model" else is_rated
        return told(self._session)

    def _refresh(self) -> None:
        """Show what the session holds."""
        listed = rows(self._session)
        self._say_threshold(listed)
        self._filters.refresh()
        self._filters.setVisible(self._filters.wanted(len(listed)))
        self._say_hidden()
        self._allow()
        self._view.selectionModel().blockSignals(True)
        self._table.show_rows(listed)
        self._show_order()
        self._mark(listed)
        self._view.selectionModel().blockSignals(False)
        self._view.viewport().update()

    def _say_threshold(self, listed: tuple[Row, ...]) -> None:
        session = self._session
        threshold, everything = session.threshold.value, session.record.value.findings
        self._slider.blockSignals(True)
        self._slider.setValue(round(threshold * 100))
        self._slider.blockSignals(False)
        shown = sum(row.is_finding for row in listed)
        statements = len(listed) - shown
        words = self.tr("Threshold {threshold:.2f}: {shown} of {all} findings shown")
        if statements and not everything:
            words = self.tr("Statements about whole images: {statements}; no findings with a place")
        self._threshold.setText(
            words.format(
                threshold=threshold, shown=shown, all=len(everything), statements=statements
            )
        )
        self._slider.setEnabled(bool(everything) or not statements)
        found = models(session)
        self._model.setVisible(len(found) > 1)
        chosen = session.points.value.chosen
        every = [] if chosen in found else [(self.tr("All models"), chosen)]
        fill(self._model, [*every, *((name, name) for name in found)], chosen)
        operating = session.operating.value if found else Operating()
        self._expected.setText(self._promised(operating, threshold))
        self._expected.setToolTip(operating.measured_on)

    def _say_hidden(self) -> None:
        """Say that models are hidden, and offer to end that; never how much they found."""
        opened = self._session.active_image
        hidden = opened is not None and self._session.ai_hidden(opened.key)
        words = self.tr("What the second reader finds is hidden until your first read is stored.")
        self._hidden.setText(words if hidden else "")
        self._hidden.setVisible(hidden)
        self._done.setVisible(hidden)

    def _promised(self, operating: Operating, threshold: float) -> str:
        """Return what the card of the model says of this threshold, never more than that."""
        said, span = operating.at(threshold), operating.span
        if span is None:
            return ""
        if said is None:
            low, high = span
            words = self.tr("Measured from {low:.2f} to {high:.2f} only: nothing is known here")
            return words.format(low=low, high=high)
        kind, _, cases = operating.measured_on.partition(":")
        named = bool(cases) and len(kind) <= _LONGEST_KIND
        cases = cases if named else operating.measured_on
        words = self._at_threshold(said).format(
            low=said.low,
            high=said.high,
            sensitivity=said.sensitivity,
            false_marks=said.false_marks_per_scan,
            least=floor(said.sensitivity * 100 + _EXACT) / 100,
            most=ceil(said.false_marks_per_scan * 100 - _EXACT) / 100,
        )
        if named:
            words = self.tr("{words}, {kind} cases").format(words=words, kind=in_words(kind))
        first = in_words(cases.partition(";")[0].partition(". ")[0].strip(" ."))
        return f"{words} ({first})" if first else words

    def _at_threshold(self, said: Promise) -> str:
        if said.is_measured:
            return self.tr(
                "From {low:.2f}: sensitivity {sensitivity:.2f} "
                "at {false_marks:.2f} false marks per scan"
            )
        return self.tr(
            "Between {low:.2f} and {high:.2f}: sensitivity at least {least:.2f}, "
            "at most {most:.2f} false marks per scan"
        )

    def _show_order(self) -> None:
        """Say in the header what the rows are sorted by, and leave out columns that say nothing."""
        listing, header = self._session.listing.value, self._view.horizontalHeader()
        order = Order.SCORE if listing.order is Order.RISK else listing.order
        falling = Qt.SortOrder.DescendingOrder if listing.falling else Qt.SortOrder.AscendingOrder
        header.blockSignals(True)
        header.setSortIndicator(ORDERS.index(order), falling)
        header.blockSignals(False)
        self._show_columns(self._table.rows)

    def _show_columns(self, listed: tuple[Row, ...]) -> None:
        """Leave out columns that say nothing; of several sources the volume gives way."""
        several = len({row.source for row in listed}) > 1
        places = any(row.is_finding for row in listed) or not listed
        sites = any(row.site for row in listed) or not places
        rated = any(row.risk != row.item.score for row in listed)
        if (several, sites, rated, places) == self._columns:
            return
        self._columns = several, sites, rated, places
        width, header = self._view.fontMetrics().horizontalAdvance, self._view.horizontalHeader()
        # Qt leaves a gap where hidden columns are when widths change after they were hidden.
        for column in (SIZE, SITE, SOURCE, VOLUME):
            self._view.setColumnHidden(column, False)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        self._view.setColumnWidth(1, width("0.00 · 00%" if rated else "Score") + _PADDING)
        words = "whole image" if places else "Pneumonia (below threshold)"
        self._view.setColumnWidth(2, width(words) + _PADDING)
        self._view.setColumnHidden(SIZE, not places)
        self._view.setColumnHidden(SITE, not sites)
        self._view.setColumnHidden(SOURCE, not several)
        self._view.setColumnHidden(VOLUME, several or sites)
        if not (several or sites):
            header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def _mark(self, listed: tuple[Row, ...]) -> None:
        chosen, listing = self._session.selected.value, self._session.listing.value
        page = compared(agreements(self._session)) if listing.comparing else ""
        number = next((n for n, row in enumerate(listed) if row.id == chosen), None)
        if number is None:
            self._view.clearSelection()
            self._details.setText(page)
            return
        index = self._table.index(number, 0)
        if self._view.currentIndex().row() != number or not self._view.selectedIndexes():
            self._view.selectRow(number)
            self._view.scrollTo(index)
        about = explained(listed[number].item, as_model=listing.as_model)
        self._details.setText(f"{page}<br>{about}" if page else about)


def _quiet_label() -> QLabel:
    label = QLabel()
    label.setObjectName("quiet")
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


def _table_view(model: FindingsTable) -> QTableView:
    view = QTableView()
    view.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    view.setModel(model)
    view.setSortingEnabled(True)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setShowGrid(False)
    view.verticalHeader().hide()
    header = view.horizontalHeader()
    header.setMinimumSectionSize(view.fontMetrics().horizontalAdvance("000"))
    for column, widest in enumerate(_WIDEST):
        view.setColumnWidth(column, view.fontMetrics().horizontalAdvance(widest) + _PADDING)
    status = max(view.fontMetrics().horizontalAdvance(in_words(one.value)) for one in Status)
    view.setColumnWidth(ORDERS.index(Order.STATUS), status + _PADDING + _SYMBOL)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    view.setMinimumWidth(view.fontMetrics().horizontalAdvance("".join(_WIDEST[:6])) + 7 * _PADDING)
    view.verticalHeader().setDefaultSectionSize(round(view.fontMetrics().height() * 1.6))
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
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


__all__ = ["FindingsPanel", "explained"]


def _button(parent: QWidget, commands: Commands, desk: Desk, id_: str) -> QPushButton:
    command = commands[id_]
    key = f" ({command.key})" if command.key else ""
    title = command.title.removesuffix(" finding").replace("Findings by risk", "By risk")
    button = QPushButton(in_words(title), parent)
    button.setObjectName(id_)
    button.setToolTip(f"{in_words(command.help)}{key}")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.clicked.connect(lambda: commands.run(id_, desk))
    return button
