"""The numbers of segments: a table of all, the slices of one, the histogram of one."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from viewer.commands.command import Commands
from viewer.commands.desk import Desk
from viewer.commands.segment_statistics import Row, Statistics, go_to
from viewer.core.units import in_words
from viewer.imaging.segment_values import SegmentValues
from viewer.ui.careful import careful
from viewer.ui.panels.segment_statistics_table import SegmentTable, SliceTable, remark_on
from viewer.ui.segment_names import segment_name
from viewer.ui.theme import over_picture as colour

_WIDE = 1.2
"""Widths by height from which the curve stands beside the slices."""


class SegmentStatisticsPanel(QWidget):
    """Shows what `Statistics` knows; a click on a row goes there."""

    def __init__(self, desk: Desk, commands: Commands) -> None:
        super().__init__()
        self._desk, self._commands = desk, commands
        self.statistics = Statistics(desk)
        self._chosen = ""
        self.images = QComboBox()
        self.images.setAccessibleName(self.tr("Image"))
        self.images.setToolTip(self.tr("The image whose values are shown"))
        self.export = QPushButton(self.tr("Export…"))
        self.export.setToolTip(self.tr("Write all numbers as a table (CSV) or JSON"))
        self.table, self.proxy, self.view = self._segment_view()
        self.slices, self.slice_proxy, self.slice_view = self._slice_view()
        self.areas = _Curve(self.tr("Area (mm²)"), self.tr("slice"))
        self.means = _Curve(self.tr("Mean"), self.tr("slice"))
        self.histogram = _Bars(self.tr("voxels"), self.tr("value"))
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setObjectName("quiet")
        self.tabs = QTabWidget()
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._listen()
        self._show_rows()

    # -- building ------------------------------------------------------------------

    def _segment_view(self) -> tuple[SegmentTable, QSortFilterProxyModel, QTableView]:
        table = SegmentTable(self)
        proxy, view = self._view_of(table, self.tr("Numbers of the segments"))
        view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        return table, proxy, view

    def _slice_view(self) -> tuple[SliceTable, QSortFilterProxyModel, QTableView]:
        table = SliceTable(self)
        proxy, view = self._view_of(table, self.tr("Numbers of the slices"))
        view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        return table, proxy, view

    def _view_of(
        self, table: SegmentTable | SliceTable, name: str
    ) -> tuple[QSortFilterProxyModel, QTableView]:
        proxy = QSortFilterProxyModel(self)
        proxy.setSourceModel(table)
        proxy.setSortRole(Qt.ItemDataRole.UserRole)
        view = QTableView()
        view.setModel(proxy)
        view.setSortingEnabled(True)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAccessibleName(name)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return proxy, view

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(6, 4, 6, 0)
        top.addWidget(self.images, 1)
        top.addWidget(self.export)
        curves = QTabWidget()
        curves.setTabPosition(QTabWidget.TabPosition.South)
        curves.addTab(self.areas.widget, self.tr("Area"))
        curves.addTab(self.means.widget, self.tr("Mean"))
        self._halves.addWidget(self.slice_view)
        self._halves.addWidget(curves)
        self.tabs.addTab(self.view, self.tr("Segments"))
        self.tabs.addTab(self._halves, self.tr("Slices"))
        self.tabs.addTab(self.histogram.widget, self.tr("Histogram"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(top)
        whole.addWidget(self.tabs, 1)
        whole.addWidget(self.note)

    def _listen(self) -> None:
        self.statistics.rows.changed.connect(self._news)
        self.images.activated.connect(self._show_rows)
        self.export.clicked.connect(self._export)
        self.view.clicked.connect(self._clicked)
        self.view.activated.connect(self._clicked)
        self.view.selectionModel().currentRowChanged.connect(self._went_to)
        self.slice_view.clicked.connect(self._slice_clicked)
        self.slice_view.activated.connect(self._slice_clicked)

    # -- news ------------------------------------------------------------------------

    @careful
    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Measure what is asked now."""
        super().showEvent(event)
        self.statistics.look(on=True)

    @careful
    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Measure nothing that nobody sees."""
        self.statistics.look(on=False)
        super().hideEvent(event)

    @careful
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the curve below the slices where the panel is high, else beside them."""
        super().resizeEvent(event)
        wide = self.width() > _WIDE * self.height()
        self._halves.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _news(self, _new: object, _old: object) -> None:
        self._show_rows()

    def _show_rows(self, *_: object) -> None:
        rows = self.statistics.rows.value
        self._list_images(rows)
        if rows and self._chosen not in {row.key for row in rows}:
            self._chosen = rows[0].key
        self.table.show_rows(rows, self.images.currentText())
        self.export.setEnabled(bool(rows))
        self._show_chosen()

    def _list_images(self, rows: tuple[Row, ...]) -> None:
        names = list(dict.fromkeys(name for row in rows for name, _ in row.images))
        if names == [self.images.itemText(n) for n in range(self.images.count())]:
            return
        before = self.images.currentText()
        self.images.clear()
        self.images.addItems(names)
        self.images.setCurrentIndex(max(self.images.findText(before), 0) if names else -1)

    @property
    def chosen(self) -> Row | None:
        """The segment whose slices and histogram are shown."""
        return next((row for row in self.table.rows if row.key == self._chosen), None)

    def _show_chosen(self) -> None:
        row = self.chosen
        values = self.table.values(row) if row is not None else None
        shape = row.statistics.shape if row is not None and row.statistics is not None else None
        self.slices.show_slices(shape.slices if shape is not None else (), values)
        unit = in_words(values.unit) if values is not None else ""
        places = [one.index + 1 for one in self.slices.slices]
        self.areas.show_line(places, [one.area_mm2 for one in self.slices.slices], "")
        pairs = [(one.index + 1, self.slices.mean(one)) for one in self.slices.slices]
        known = [(place, mean) for place, mean in pairs if mean is not None]
        self.means.show_line([p for p, _ in known], [m for _, m in known], unit)
        self.histogram.show_values(values, row)
        self.note.setText(self._words(row))

    def _words(self, row: Row | None) -> str:
        if row is None:
            return self.tr("Draw or open segments: their numbers stand here.")
        if row.statistics is None:
            stale, empty = self.tr("{name} is being measured."), self.tr("{name} has no voxels.")
            return (stale if row.stale else empty).format(
                name=segment_name(row.segment, row.segmentation)
            )
        axes = row.statistics.shape.axes
        there = next((one for one in row.statistics.within if one.image == self.table.image), None)
        words = self.tr("{name}: long and short axis in slice {number}.").format(
            name=segment_name(row.segment, row.segmentation), number=axes.slice_index + 1
        )
        return f"{words} {remark_on(there) if there is not None else ''}".rstrip()

    # -- from the reader -----------------------------------------------------------------

    def _went_to(self, index: QModelIndex, _: QModelIndex) -> None:
        """Show the slices and values of the segment that the keyboard or a click went to."""
        source = self.proxy.mapToSource(index)
        if source.isValid():
            self._chosen = self.table.rows[source.row()].key
            self._show_chosen()

    def _clicked(self, index: QModelIndex) -> None:
        source = self.proxy.mapToSource(index)
        go_to(self._desk.session, self.table.rows[source.row()])

    def _slice_clicked(self, index: QModelIndex) -> None:
        row, source = self.chosen, self.slice_proxy.mapToSource(index)
        if row is not None:
            go_to(self._desk.session, row, self.slices.slices[source.row()].index)

    def _export(self) -> None:
        self._commands.run("segments.export_statistics", self._desk)


class _Curve:
    """A number along the slices, in a plot."""

    def __init__(self, title: str, across: str) -> None:
        self._title = title
        self.widget = _plot()
        self.line = self.widget.plot([], [], pen=pg.mkPen(colour("accent"), width=1.5))
        self.widget.setLabel("left", title)
        self.widget.setLabel("bottom", across)

    def show_line(self, places: list[int], numbers: list[float], unit: str) -> None:
        """Show numbers at slices (from 1)."""
        self.line.setData(places, numbers)
        self.widget.setLabel("left", f"{self._title} ({unit})" if unit else self._title)


class _Bars:
    """How often each value occurs in a segment, in a plot."""

    def __init__(self, title: str, across: str) -> None:
        self._across = across
        self.widget = _plot()
        self.line = self.widget.plot([0, 1], [0], stepMode="center", fillLevel=0.0, pen=None)
        self.widget.setLabel("left", title)

    def show_values(self, values: SegmentValues | None, row: Row | None) -> None:
        """Show the histogram in the colour of the segment."""
        if values is None or row is None:
            self.line.setData([0, 1], [0])
            return
        self.line.setBrush(QColor(*row.segment.colour))
        self.line.setData(values.edges, values.counts)
        self.widget.setLabel("bottom", in_words(values.unit) or self._across)


def _plot() -> pg.PlotWidget:
    """Return a plot in the colours of the panels, that the mouse does not move."""
    plot = pg.PlotWidget(background=colour("panel"))
    plot.setMouseEnabled(x=False, y=False)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for side in ("left", "bottom"):
        plot.getAxis(side).enableAutoSIPrefix(False)
        plot.getAxis(side).setPen(colour("faint"))
        plot.getAxis(side).setTextPen(colour("text"))
    return plot
