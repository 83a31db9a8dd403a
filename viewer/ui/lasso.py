"""The line of the scalpel while it is drawn."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from viewer.session.hand import Lasso
from viewer.ui.marks import Pen
from viewer.ui.theme import over_picture as colour


def draw_lasso(pen: Pen, lasso: Lasso) -> None:
    """Draw a line round what will be cut; its points are in pixels of the view."""
    line = QPolygonF([QPointF(x + 0.5, y + 0.5) for x, y in lasso.points])
    painter = pen.painter
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for shade, width in ((QColor(0, 0, 0, 170), 3.6), (colour("accent"), 1.6)):
        painter.setPen(QPen(shade, width))
        painter.drawPolyline(line)
        painter.setPen(QPen(shade, width / 2, Qt.PenStyle.DashLine))
        painter.drawLine(line.last(), line.first())
