"""The bar of colours with its values, drawn at the right of a view."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPen

from viewer.render.scene import Scene
from viewer.ui.pen import Pen, write
from viewer.ui.theme import over_picture as colour

_WIDE = 9.0
_FROM_EDGE = 34.0
_LEAST_HIGH = 90.0


def draw_colour_bar(pen: Pen, scene: Scene) -> None:
    """Draw which colour stands for which value; in a small view it makes room for the picture."""
    bar = scene.colour_bar
    high = min(pen.height * 0.4, 260.0)
    if bar is None or high < _LEAST_HIGH or pen.width < 4 * _FROM_EDGE:
        return
    metrics = QFontMetricsF(pen.painter.font())
    area = QRectF(pen.width - _FROM_EDGE, (pen.height - high) / 2, _WIDE, high)
    rgb = np.ascontiguousarray(bar.colours[::-1])
    image = QImage(rgb.data, 1, len(rgb), 3, QImage.Format.Format_RGB888)
    pen.painter.drawImage(area, image)
    pen.painter.setPen(QPen(colour("text"), 0.8))
    pen.painter.drawRect(area)
    for number, words in enumerate(bar.ticks):
        y = area.bottom() - high * number / max(len(bar.ticks) - 1, 1)
        x = area.left() - 4 - metrics.horizontalAdvance(words)
        write(pen.painter, QPointF(x, y + metrics.capHeight() / 2), words, colour("text"))
    x = area.right() - metrics.horizontalAdvance(bar.unit)
    write(pen.painter, QPointF(x, area.top() - metrics.height() * 0.8), bar.unit, colour("text"))
