"""The divider between the original on the left and the enhanced picture on the right."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPen

from viewer.render.scene import Scene
from viewer.ui.marks import Pen
from viewer.ui.theme import over_picture as colour

_RIM = QColor(0, 0, 0, 190)
_KNOB = 6.0


def draw_divider(pen: Pen, scene: Scene) -> None:
    """Draw the line and its knob, where a scene has a picture to each side."""
    if scene.before is None:
        return
    x, painter = scene.divider * pen.width, pen.painter
    for shade, width in ((_RIM, 3.6), (colour("accent"), 1.6)):
        painter.setPen(QPen(shade, width))
        painter.drawLine(QLineF(x, 0.0, x, float(pen.height)))
    painter.setBrush(colour("accent"))
    painter.drawEllipse(QPointF(x, pen.height / 2), _KNOB, _KNOB)
    painter.setBrush(Qt.BrushStyle.NoBrush)
