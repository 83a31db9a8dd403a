"""Measure a screen: a card drawn on it is made as large as a real one, or a line as a ruler says.

A bank card is 85.60 mm wide and 53.98 mm high (ISO/IEC 7810, ID-1).
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from viewer.ui.careful import careful
from viewer.ui.glass import name_of, own_mm_per_pixel
from viewer.ui.numbers import NumberBox
from viewer.ui.theme import colour

CARD_MM = (85.60, 53.98)
_USUAL_MM = 0.25
_SLIDER_STEPS = 10
"""Steps of the slider for each device pixel that the card is wide."""


class Card(QWidget):
    """A bank card as wide as so many device pixels."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pixels = 1.0
        self.setMinimumHeight(120)

    def show_width(self, pixels: float) -> None:
        """Draw the card so many device pixels wide."""
        self.pixels = pixels
        self.setMinimumSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for the room of the card."""
        wide = self.pixels / self.devicePixelRatioF()
        return QSize(round(wide) + 8, round(wide * CARD_MM[1] / CARD_MM[0]) + 8)

    @careful
    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the outline of the card."""
        wide = self.pixels / self.devicePixelRatioF()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(4, 4, wide, wide * CARD_MM[1] / CARD_MM[0]), 8, 8)


class CalibrateScreen(QDialog):
    """Asks how large the pixels of the screen are; nothing is kept unless it is accepted."""

    def __init__(
        self, parent: QWidget, known: float | None, keep: Callable[[str, float], None]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("calibrate_screen")
        self.setWindowTitle(self.tr("Calibrate the screen"))
        self._screen, self._keep = parent.screen(), keep
        start = known or own_mm_per_pixel(self._screen) or _USUAL_MM
        self.card = Card(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName(self.tr("Width of the card"))
        self.slider.setRange(100 * _SLIDER_STEPS, 3000 * _SLIDER_STEPS)
        self.pixel = NumberBox(self)
        self.pixel.setDecimals(4)
        self.pixel.setRange(CARD_MM[0] / 3000, CARD_MM[0] / 100)
        self.pixel.setSingleStep(0.0005)
        self.pixel.setSuffix(self.tr(" mm"))
        self.pixel.setAccessibleName(self.tr("Width of a pixel"))
        self._fill()
        self.slider.valueChanged.connect(self._slid)
        self.pixel.valueChanged.connect(self._typed)
        self.pixel.setValue(start)
        self._typed(start)

    @property
    def mm_per_pixel(self) -> float:
        """How long a device pixel is by what is drawn now."""
        return CARD_MM[0] / self.card.pixels

    def _fill(self) -> None:
        words = QLabel(
            self.tr(
                "Hold a bank card against the screen and move the slider until the frame has "
                "its size (85.60 mm wide, by a ruler). Screen: {name}"
            ).format(name=name_of(self._screen)),
            self,
        )
        words.setWordWrap(True)
        form = QFormLayout()
        form.addRow(self.tr("Size of the card"), self.slider)
        form.addRow(self.tr("A pixel is"), self.pixel)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(words)
        column.addWidget(self.card, 1)
        column.addLayout(form)
        column.addWidget(buttons)

    def accept(self) -> None:
        """Keep what was measured, for this screen alone."""
        self._keep(name_of(self._screen), self.mm_per_pixel)
        super().accept()

    def _slid(self, value: int) -> None:
        self.card.show_width(value / _SLIDER_STEPS)
        self.pixel.blockSignals(True)
        self.pixel.setValue(self.mm_per_pixel)
        self.pixel.blockSignals(False)

    def _typed(self, mm: float) -> None:
        self.card.show_width(CARD_MM[0] / mm)
        self.slider.blockSignals(True)
        self.slider.setValue(round(self.card.pixels * _SLIDER_STEPS))
        self.slider.blockSignals(False)
