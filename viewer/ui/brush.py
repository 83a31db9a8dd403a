"""The ring of the brush round the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPen

from viewer.render.scene import Scene
from viewer.session.segmenting import Brush
from viewer.ui.pen import Pen
from viewer.ui.theme import over_picture as colour

_RIM = QColor(0, 0, 0, 160)


def draw_brush(pen: Pen, scene: Scene, place: QPointF, brush: Brush) -> None:
    """Draw how far the brush reaches; a ball has a cross in its middle, an adaptive one dashes."""
    if scene.plane is None:
        return
    radius = brush.radius_mm / scene.plane.spacing_mm[0] * pen.scale
    painter = pen.painter
    painter.setBrush(Qt.BrushStyle.NoBrush)
    style = Qt.PenStyle.DashLine if brush.looks_at_values else Qt.PenStyle.SolidLine
    for shade, width, line in ((_RIM, 3.0, Qt.PenStyle.SolidLine), (colour("accent"), 1.4, style)):
        painter.setPen(QPen(shade, width, line))
        painter.drawEllipse(place, radius, radius)
        if brush.ball:
            painter.drawLine(place - QPointF(4, 0), place + QPointF(4, 0))
            painter.drawLine(place - QPointF(0, 4), place + QPointF(0, 4))
