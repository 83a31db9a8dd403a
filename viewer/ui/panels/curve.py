"""The value at the crosshair over time, b-value or echo."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from viewer.commands.curves import Curve, as_table, export_curve, find_curve, question
from viewer.commands.desk import Desk
from viewer.commands.moments import go_to_moment
from viewer.commands.scrolling import scroll
from viewer.core.errors import Declined
from viewer.render.probe import place_in_words
from viewer.ui.careful import careful
from viewer.ui.theme import over_picture as colour

if TYPE_CHECKING:
    from pyqtgraph import MouseClickEvent

_PATIENCE_MS = 40


class CurvePanel(QWidget):
    """A curve through the values that are there, and a line where the reader is; click to go."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._session = desk, desk.session
        self.curve: Curve | None = None
        self._heading = QLabel()
        self._heading.setObjectName("quiet")
        self._heading.setWordWrap(True)
        self.plot = _plot()
        self._line = self.plot.plot(
            [],
            [],
            pen=pg.mkPen(colour("accent"), width=1.5),
            symbol="o",
            symbolSize=5,
            symbolBrush=colour("accent"),
            symbolPen=None,
        )
        self._here = pg.InfiniteLine(angle=90, pen=pg.mkPen(colour("text"), width=1))
        self.plot.addItem(self._here)
        self.around = QCheckBox(self.tr("Mean of 3 × 3 voxels"))
        self.copy = QPushButton(self.tr("Copy"))
        self.export = QPushButton(self.tr("Export…"))
        row = QHBoxLayout()
        row.addWidget(self.around, 1)
        row.addWidget(self.copy)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.addWidget(self._heading)
        column.addWidget(self.plot, 1)
        column.addLayout(row)
        self._soon = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._soon.timeout.connect(self._look)
        self._listen()
        self._show(None)

    def _listen(self) -> None:
        session = self._session
        self.around.toggled.connect(self._soon.start)
        self.copy.clicked.connect(self._copy)
        self.export.clicked.connect(self._export)
        self.plot.scene().sigMouseClicked.connect(self._clicked)
        for news in (session.hanging, session.images, session.place, session.axes):
            news.changed.connect(self._changed)

    # -- news ------------------------------------------------------------------

    def _changed(self, _new: object, _old: object) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    @careful
    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Work out what is asked now."""
        super().showEvent(event)
        self._look()

    @careful
    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Work out nothing that nobody sees."""
        self._soon.stop()
        super().hideEvent(event)

    def _look(self) -> None:
        asked = question(self._session, around=self.around.isChecked())
        if asked is None:
            self._show(None)
        else:
            find_curve(self._desk, asked, self._show)

    # -- on screen ---------------------------------------------------------------

    def _show(self, found: Curve | None) -> None:
        self.curve = found
        self.copy.setEnabled(found is not None)
        self.export.setEnabled(found is not None)
        self._here.setVisible(found is not None)
        if found is None:
            self._heading.setText(
                self.tr("Show a 4D series or a cine, and put the crosshair where you want to know.")
            )
            self._line.setData([], [])
            return
        values = found.values if found.known else ()
        self._line.setData(np.array(found.at[: len(values)]), np.array(values), connect="finite")
        self._here.setValue(found.at[min(found.shown, len(found.at) - 1)])
        self.plot.setLabel("bottom", _across(found))
        self.plot.setLabel("left", found.unit or self.tr("value"))
        self._heading.setText(self._in_words(found))

    def _in_words(self, found: Curve) -> str:
        place = place_in_words(found.position)
        value = found.values[min(found.shown, len(found.values) - 1)]
        now = f"{value:.6g} {found.unit}".rstrip() if math.isfinite(value) else self.tr("no value")
        words = f"{place}\n{found.names[min(found.shown, len(found.names) - 1)]}: {now}"
        missing = len(found.values) - found.known
        if missing:
            words += "\n" + self.tr(
                "{count} without a value: not loaded, damaged or outside"
            ).format(count=missing)
        return words

    # -- from the reader -----------------------------------------------------------

    def _clicked(self, event: MouseClickEvent) -> None:
        """Go to the moment nearest to a click."""
        found = self.curve
        if found is None:
            return
        at = self.plot.getPlotItem().vb.mapSceneToView(event.scenePos()).x()
        nearest = int(np.argmin(np.abs(np.array(found.at) - at)))
        cell = self._session.hanging.value.active
        if self._session.group_in(cell) is not None:
            go_to_moment(self._desk, cell, nearest)
        else:
            scroll(self._desk, cell, nearest - found.shown)

    def _copy(self) -> None:
        if self.curve is not None:
            QGuiApplication.clipboard().setText(as_table(self.curve).replace(",", "\t"))

    def _export(self) -> None:
        try:
            export_curve(self._desk, around=self.around.isChecked())
        except Declined as why:
            self._session.say(str(why), serious=True)


def _across(found: Curve) -> str:
    """Return what lies along the lower edge: "heart phase in ms", "b-value in s/mm²"."""
    return f"{found.at_name} in {found.at_unit}" if found.at_unit else f"number of {found.at_name}"


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
