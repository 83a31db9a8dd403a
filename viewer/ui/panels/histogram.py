"""How often each value occurs, and the window to be dragged over it."""

from __future__ import annotations

from functools import partial

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from viewer.commands.desk import Desk
from viewer.commands.histogram import Histogram, count_values
from viewer.commands.windows import set_window
from viewer.core.units import in_words
from viewer.session.images import OpenImage
from viewer.ui.theme import over_picture as colour


class HistogramPanel(QWidget):
    """A histogram of the active image with its window as a band; drag the band or its edges."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._session = desk, desk.session
        self._shown: object = None
        self._heading = QLabel()
        self._heading.setObjectName("quiet")
        self._plot = _plot()
        self._curve = self._plot.plot([], [], stepMode="center", fillLevel=0.0, pen=None)
        self._curve.setBrush(colour("faint"))
        self._band = pg.LinearRegionItem(
            brush=_see_through("accent", 50),
            hoverBrush=_see_through("accent", 70),
            pen=colour("accent"),
            hoverPen=colour("text"),
        )
        self._plot.addItem(self._band)
        column = QVBoxLayout(self)
        column.addWidget(self._heading)
        column.addWidget(self._plot, 1)
        self._band.sigRegionChanged.connect(self._dragged)
        self._session.hanging.changed.connect(self._changed)
        self._session.images.changed.connect(self._changed)
        self._changed(None, None)

    def _changed(self, _new: object, _old: object) -> None:
        opened = self._session.active_image
        if opened is None:
            self._heading.setText(self.tr("No image in the active view."))
            self._curve.setData([0, 1], [0])
            self._shown = None
            return
        self._show_window()
        complete = opened.fidelity is None or opened.fidelity.complete
        if opened.image is not self._shown and complete:
            self._shown = opened.image
            count_values(self._desk, opened, partial(self._counted, opened))

    def _show_window(self) -> None:
        hanging = self._session.hanging.value
        window = self._session.window_of(hanging.cells[hanging.active])
        self._band.blockSignals(True)
        self._band.setRegion((window.low, window.high))
        self._band.blockSignals(False)
        unit = _unit(self._session.active_image)
        self._heading.setText(
            self.tr("Window centre {centre:.4g}, width {width:.4g} {unit}").format(
                centre=window.centre, width=window.width, unit=unit
            )
        )

    def _counted(self, opened: OpenImage, counts: Histogram) -> None:
        if self._shown is not opened.image:
            return
        logarithm: NDArray[np.float64] = np.log10(counts.counts + 1.0)
        self._curve.setData(counts.edges, logarithm)
        self._plot.setXRange(float(counts.edges[0]), float(counts.edges[-1]), padding=0.02)
        self._plot.setLabel("bottom", _unit(opened) or self.tr("value"))

    def _dragged(self) -> None:
        low, high = self._band.getRegion()
        if high > low:
            hanging = self._session.hanging.value
            window = self._session.window_of(hanging.cells[hanging.active])
            set_window(self._desk, window.reaching(float(low), float(high)))


def _unit(opened: OpenImage | None) -> str:
    unit = opened.image.unit if opened is not None else ""
    return in_words(unit)


def _see_through(name: str, alpha: int) -> QColor:
    shade = colour(name)
    shade.setAlpha(alpha)
    return shade


def _plot() -> pg.PlotWidget:
    plot = pg.PlotWidget(background=colour("panel"))
    plot.setLabel("left", "log₁₀ voxels")
    plot.setMouseEnabled(x=True, y=False)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    for side in ("left", "bottom"):
        plot.getAxis(side).setPen(colour("faint"))
        plot.getAxis(side).setTextPen(colour("text"))
    return plot
