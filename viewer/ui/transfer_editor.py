"""A transfer function to be drawn with the mouse or the keys, over the histogram of the volume.

Drag a point; with Shift all of them. Double click adds one, or removes the one below.
Keys: PgUp and PgDown choose, arrows move, Insert adds, Delete removes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from viewer.imaging.histogram import Histogram
from viewer.session.transfer import Transfer
from viewer.ui.careful import careful
from viewer.ui.theme import colour

_LIFT = 0.35
"""Opacities are drawn to this power, so that a haze of a thousandth is seen, too."""
_REACH, _DOT = 9.0, 4.5
_LEFT, _RIGHT, _TOP, _BOTTOM = 12.0, 12.0, 10.0, 30.0
_KEY_STEP = 0.01
_FINE = 160
"""Points of the line that is drawn."""


class TransferEditor(QWidget):
    """Shows a transfer function in real-world values and tells of every change."""

    changed = Signal(object)
    """The new `Transfer`, its values as they are drawn."""
    chosen = Signal(int)
    """The number of the point that was taken, -1 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(180, 130)
        self.setAccessibleName(self.tr("Transfer function"))
        self.setToolTip(
            self.tr(
                "Drag a point to change value and opacity; with Shift drag all. "
                "Double click to add or remove a point."
            )
        )
        self._transfer: Transfer | None = None
        self._counts: NDArray[np.float64] = np.zeros(0)
        self._edges: NDArray[np.float64] = np.zeros(0)
        self._domain = (0.0, 1.0)
        self._unit = ""
        self.point = -1
        self._last: QPointF | None = None

    # -- what is shown -------------------------------------------------------------

    def show_transfer(self, transfer: Transfer | None, unit: str) -> None:
        """Show a transfer function with real-world values."""
        if transfer == self._transfer and unit == self._unit:
            return
        if transfer is None or self._transfer is None or transfer.name != self._transfer.name:
            self.point = -1
        self._transfer, self._unit = transfer, unit
        if self.point >= (len(transfer.knots) if transfer else 0):
            self.point = -1
        if self._last is None:
            self._fit()
        self.update()

    def show_counts(self, counts: Histogram | None) -> None:
        """Show how often values occur."""
        if counts is None:
            self._counts, self._edges = np.zeros(0), np.zeros(0)
        else:
            self._counts = np.log10(counts.counts + 1.0)
            self._edges = counts.edges
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for some room."""
        return QSize(260, 180)

    def place_of(self, number: int) -> QPointF:
        """Return where a point is drawn."""
        if self._transfer is None:
            return QPointF()
        value, *_, opacity = self._transfer.knots[number]
        return QPointF(self._x(value), self._y(opacity))

    def _fit(self) -> None:
        """Show all points, and all values that occur, but for far stragglers."""
        if self._transfer is None:
            return
        low, high = self._transfer.span
        if len(self._edges):
            often = np.flatnonzero(self._counts > max(self._counts.max() * 0.15, 0.1))
            low = min(low, float(self._edges[often[0]])) if len(often) else low
            high = max(high, float(self._edges[often[-1] + 1])) if len(often) else high
        margin = max((high - low) * 0.03, 1e-6)
        self._domain = (low - margin, high + margin)

    # -- places ----------------------------------------------------------------------

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    def _x(self, value: float) -> float:
        low, high = self._domain
        return self._area().left() + (value - low) / (high - low) * self._area().width()

    def _y(self, opacity: float) -> float:
        return self._area().bottom() - float(opacity**_LIFT) * self._area().height()

    def _value(self, x: float) -> float:
        low, high = self._domain
        return low + (x - self._area().left()) / self._area().width() * (high - low)

    def _opacity(self, y: float) -> float:
        up = (self._area().bottom() - y) / self._area().height()
        return float(min(max(up, 0.0), 1.0) ** (1 / _LIFT))

    def _under(self, place: QPointF) -> int:
        if self._transfer is None:
            return -1
        gaps = [(self.place_of(n) - place).manhattanLength() for n in range(self._count)]
        nearest = int(np.argmin(gaps))
        return nearest if gaps[nearest] <= 2 * _REACH else -1

    @property
    def _count(self) -> int:
        return len(self._transfer.knots) if self._transfer else 0

    # -- mouse and keys --------------------------------------------------------------

    @careful
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take a point; with Shift all of them."""
        if event.button() == Qt.MouseButton.LeftButton and self._transfer is not None:
            self._last = event.position()
            self._choose(self._under(event.position()))

    @careful
    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag what was taken."""
        if self._last is None or self._transfer is None:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            by = self._value(event.position().x()) - self._value(self._last.x())
            self._tell(self._transfer.shifted(by))
        elif self.point >= 0:
            place = event.position()
            moved = self._transfer.moved(
                self.point, self._value(place.x()), self._opacity(place.y())
            )
            self._tell(moved)
        self._last = event.position()

    @careful
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._last = None

    @careful
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Add a point, or remove the one below."""
        self._last = None
        number = self._under(event.position())
        if number >= 0:
            self._remove(number)
        elif self._transfer is not None:
            self._add(self._value(event.position().x()), self._opacity(event.position().y()))

    @careful
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Choose, move, add and remove points without a mouse."""
        if self._transfer is None or not self._do_key(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _do_key(self, key: Qt.Key) -> bool:
        across = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key, 0)
        up = {Qt.Key.Key_Down: -1, Qt.Key.Key_Up: 1}.get(key, 0)
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(key, 0)
        if step:
            self._choose((self.point + step) % self._count)
        elif (across or up) and self.point >= 0:
            self._nudge(across, up)
        elif key == Qt.Key.Key_Delete and self.point >= 0:
            self._remove(self.point)
        elif key == Qt.Key.Key_Insert and self.point >= 0:
            self._add_beside()
        else:
            return False
        return True

    def _nudge(self, across: int, up: int) -> None:
        if self._transfer is None:
            return
        value, *_, opacity = self._transfer.knots[self.point]
        low, high = self._domain
        lifted = min(max(opacity**_LIFT + up * _KEY_STEP, 0.0), 1.0)
        value += across * _KEY_STEP * (high - low)
        self._tell(self._transfer.moved(self.point, value, lifted ** (1 / _LIFT)))

    def _add_beside(self) -> None:
        """Add a point half-way to the next."""
        if self._transfer is None:
            return
        other = self.point + 1 if self.point + 1 < self._count else self.point - 1
        value = (self._transfer.knots[self.point][0] + self._transfer.knots[other][0]) / 2
        self._add(value, self._transfer.at(value)[3])

    def _add(self, value: float, opacity: float) -> None:
        if self._transfer is not None:
            self._tell(self._transfer.with_knot(value, opacity))

    def _remove(self, number: int) -> None:
        if self._transfer is not None:
            self._choose(-1)
            self._tell(self._transfer.without(number))

    def set_colour(self, shade: QColor) -> None:
        """Give the chosen point a colour."""
        if self._transfer is not None and 0 <= self.point < self._count:
            rgb = (shade.redF(), shade.greenF(), shade.blueF())
            self._tell(self._transfer.coloured(self.point, rgb))

    def colour_of_point(self) -> QColor:
        """Return the colour of the chosen point."""
        if self._transfer is None or self.point < 0:
            return QColor()
        return QColor.fromRgbF(*self._transfer.knots[self.point][1:4])

    def _choose(self, number: int) -> None:
        self.point = number
        self.chosen.emit(number)
        self.update()

    def _tell(self, transfer: Transfer) -> None:
        self._transfer = replace(transfer)
        self.changed.emit(transfer)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show that keys go here."""
        super().focusInEvent(event)
        self.update()

    # -- drawing -----------------------------------------------------------------------

    @careful
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the histogram, the colours, the line and its points."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
            painter.fillRect(self.rect(), colour("panel"))
            self._draw_counts(painter)
            if self._transfer is not None:
                self._draw_line(painter, self._transfer)
                self._draw_words(painter, self._transfer)
            if self.hasFocus():
                painter.setPen(QPen(colour("accent"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _draw_counts(self, painter: QPainter) -> None:
        if not len(self._counts):
            return
        area, top = self._area(), float(self._counts.max()) or 1.0
        painter.setPen(Qt.PenStyle.NoPen)
        shade = colour("faint")
        shade.setAlpha(110)
        painter.setBrush(shade)
        painter.setClipRect(area)
        left, scale = self._x(0.0), self._x(1.0) - self._x(0.0)
        edges = np.repeat(left + scale * self._edges, 2)
        heights = np.repeat(area.bottom() - self._counts / top * area.height(), 2)
        heights = np.concatenate([[area.bottom()], heights, [area.bottom()]])
        painter.drawPolygon(_polygon(edges, heights))
        painter.setClipping(False)

    def _draw_line(self, painter: QPainter, transfer: Transfer) -> None:
        area = self._area()
        shades = QLinearGradient(area.left(), 0, area.right(), 0)
        for value, red, green, blue, _ in transfer.knots:
            at = (self._x(value) - area.left()) / area.width()
            shades.setColorAt(min(max(at, 0.0), 1.0), QColor.fromRgbF(red, green, blue))
        painter.fillRect(QRectF(area.left(), area.bottom() + 3, area.width(), 6), shades)
        values = np.linspace(*self._domain, _FINE)
        table = np.array(transfer.knots)
        lifted = np.interp(values, table[:, 0], table[:, 4]) ** _LIFT
        across = np.linspace(area.left(), area.right(), _FINE)
        line = _polygon(across, area.bottom() - lifted * area.height())
        painter.setPen(QPen(colour("text"), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(line)
        for number, (_, red, green, blue, _) in enumerate(transfer.knots):
            rim = colour("accent") if number == self.point else colour("text")
            painter.setPen(QPen(rim, 2.4 if number == self.point else 1.2))
            painter.setBrush(QColor.fromRgbF(red, green, blue))
            painter.drawEllipse(self.place_of(number), _DOT, _DOT)

    def _draw_words(self, painter: QPainter, transfer: Transfer) -> None:
        area = self._area()
        painter.setPen(colour("faint"))
        low, high = (f"{value:.4g}" for value in self._domain)
        row = QRectF(area.left(), area.bottom() + 11, area.width(), 16)
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft, low)
        painter.drawText(row, Qt.AlignmentFlag.AlignRight, f"{high} {self._unit}")
        if 0 <= self.point < self._count:
            value, *_, opacity = transfer.knots[self.point]
            painter.setPen(colour("text"))
            words = f"{value:.4g} {self._unit} · {opacity:.3g}"
            painter.drawText(row, Qt.AlignmentFlag.AlignHCenter, words)


def _polygon(across: NDArray[np.float64], down: NDArray[np.float64]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in zip(across.tolist(), down.tolist(), strict=True)])
