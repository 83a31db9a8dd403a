"""What everything that is drawn over a picture is drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from viewer.render.scene import Point

FAR = 1e5
_RIM = QColor(0, 0, 0, 150)
_AROUND = tuple(QPointF(x, y) for x, y in ((-1, -1), (1, -1), (-1, 1), (1, 1), (0, 1.5), (0, -1.5)))


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in one view: the painter, the size of the view, Qt's pixels per device pixel."""

    painter: QPainter
    width: float
    height: float
    scale: float

    def at(self, point: Point) -> QPointF:
        """Return where a point of the scene is for the painter."""
        x, y = ((part + 0.5) * self.scale for part in point)
        if not (isfinite(x) and isfinite(y)):
            return QPointF(-FAR, -FAR)
        return QPointF(min(max(x, -FAR), FAR), min(max(y, -FAR), FAR))


def write(painter: QPainter, at: QPointF, text: str, shade: QColor) -> None:
    """Write a text with a dark rim, so that it can be read on any picture."""
    if not text:
        return
    painter.setPen(_RIM)
    for offset in _AROUND:
        painter.drawText(at + offset, text)
    painter.setPen(shade)
    painter.drawText(at, text)
