"""The values of the chosen figure: a profile along a line, or the histogram of a region."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from viewer.commands.desk import Desk
from viewer.commands.measured_values import Found, Profile, Spread, as_table, find_values
from viewer.core.measurement import Measurement
from viewer.render.numbers import caption
from viewer.ui.careful import careful
from viewer.ui.theme import colour

_PATIENCE_MS = 60


class ProfilePanel(QWidget):
    """A plot of what lies below the chosen figure, with units; it follows while one measures."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._session = desk, desk.session
        self.found: Found | None = None
        self._heading = QLabel()
        self._heading.setObjectName("quiet")
        self._heading.setWordWrap(True)
        self.plot = _plot()
        self.plot.setAccessibleName(self.tr("Values of the chosen measurement"))
        pen = pg.mkPen(colour("accent"), width=1.4)
        self._line = self.plot.plot([], [], pen=pen)
        self._bars = self.plot.plot([0, 1], [0], stepMode="center", fillLevel=0.0, pen=None)
        self._bars.setBrush(colour("accent"))
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.setToolTip(self.tr("Copy the values as a table"))
        column = QVBoxLayout(self)
        column.addWidget(self._heading)
        column.addWidget(self.plot, 1)
        column.addWidget(self.copy)
        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._soon.timeout.connect(self._look)
        self.copy.clicked.connect(self._copy)
        for news in (self._session.selected, self._session.record, self._session.images):
            news.changed.connect(self._changed)
        self._nothing()

    # -- news ------------------------------------------------------------------

    def _changed(self, _new: object, _old: object) -> None:
        if self.isVisible():
            self._soon.start()

    @careful
    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look up what is asked now."""
        super().showEvent(event)
        self._soon.start()

    @careful
    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Look up nothing that nobody sees."""
        self._soon.stop()
        super().hideEvent(event)

    def _look(self) -> None:
        if not find_values(self._desk, self._show):
            self._nothing()

    # -- on screen ---------------------------------------------------------------

    def _nothing(self) -> None:
        self.found = None
        self.copy.setEnabled(False)
        self._line.setData([], [])
        self._bars.setData([0, 1], [0])
        self._heading.setText(
            self.tr("Choose a length, a path or a region to see the values below it.")
        )

    def _show(self, figure: Measurement, found: Found) -> None:
        if figure.id != self._session.selected.value:
            return
        self.found = found
        self.copy.setEnabled(True)
        self._heading.setText("\n".join(caption(figure)[:4]) or figure.kind.value)
        if isinstance(found, Profile):
            self._show_profile(found)
        else:
            self._show_spread(found)

    def _show_profile(self, found: Profile) -> None:
        self._bars.setData([0, 1], [0])
        self._bars.setVisible(False)
        self._line.setVisible(True)
        self._line.setData(found.at, found.values, connect="finite")
        self.plot.setLabel("bottom", self.tr("distance in {unit}").format(unit=found.at_unit))
        self.plot.setLabel("left", found.unit or self.tr("value"))
        known = found.values[np.isfinite(found.values)]
        if known.size:
            self.plot.setXRange(0, float(found.at[-1]) or 1.0, padding=0.02)
            self.plot.setYRange(float(known.min()), float(known.max()), padding=0.05)

    def _show_spread(self, found: Spread) -> None:
        self._line.setData([], [])
        self._line.setVisible(False)
        self._bars.setVisible(True)
        self._bars.setData(found.edges, found.counts)
        self.plot.setLabel("bottom", found.unit or self.tr("value"))
        self.plot.setLabel("left", self.tr("voxels"))
        self.plot.setXRange(float(found.edges[0]), float(found.edges[-1]), padding=0.02)
        self.plot.setYRange(0, max(int(found.counts.max()), 1), padding=0.05)

    def _copy(self) -> None:
        if self.found is not None:
            QGuiApplication.clipboard().setText(as_table(self.found).replace(",", "\t"))


def _plot() -> pg.PlotWidget:
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
