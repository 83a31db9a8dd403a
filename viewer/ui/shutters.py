"""The cover over what a shutter leaves out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from viewer.ui.pen import Pen
from viewer.ui.theme import over_picture as colour


def draw_shutters(pen: Pen, outlines: Sequence[NDArray[np.float64]]) -> None:
    """Cover all that lies outside one of the outlines."""
    for outline in outlines:
        inside = QPainterPath()
        inside.addPolygon(QPolygonF([pen.at((float(x), float(y))) for x, y in outline]))
        inside.closeSubpath()
        cover = QPainterPath()
        cover.addRect(QRectF(-1, -1, pen.width + 2, pen.height + 2))
        pen.painter.setPen(Qt.PenStyle.NoPen)
        pen.painter.setBrush(colour("picture"))
        pen.painter.drawPath(cover.subtracted(inside))
