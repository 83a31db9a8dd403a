"""Measurements drawn over the picture: lines with a dark rim, handles, words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPen, QPolygonF

from viewer.core.measurement import MeasurementKind
from viewer.render.scene import Annotation, Stroke
from viewer.ui.marks import Pen, write

_RIM = QColor(0, 0, 0, 170)
_GRIP = 3.5
_HEAD = 10.0
_ON_SCREEN = 1e5


def draw_annotations(pen: Pen, annotations: Sequence[Annotation]) -> None:
    """Draw figures with their handles and words."""
    for annotation in annotations:
        shade = QColor(*annotation.colour)
        for rim in (True, False):
            _draw_lines(pen, annotation, shade, rim=rim)
        _draw_grips(pen, annotation, shade)
        _draw_words(pen, annotation, shade)


def _draw_lines(pen: Pen, annotation: Annotation, shade: QColor, *, rim: bool) -> None:
    width = 1.9 if annotation.chosen else 1.4
    painter = pen.painter
    painter.setPen(QPen(_RIM, width + 2.2) if rim else QPen(shade, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in annotation.strokes:
        points = _places(pen, stroke)
        if stroke.closed:
            painter.drawPolygon(QPolygonF(points))
        else:
            painter.drawPolyline(QPolygonF(points))
    if annotation.kind is MeasurementKind.ARROW and annotation.strokes:
        _draw_head(pen, *_places(pen, annotation.strokes[0])[:2])


def _places(pen: Pen, stroke: Stroke) -> list[QPointF]:
    return [pen.at((float(x), float(y))) for x, y in stroke.points]


def _draw_head(pen: Pen, tip: QPointF, tail: QPointF) -> None:
    """Draw the two barbs of an arrow at its tip."""
    way = QLineF(tip, tail)
    if way.length() < 1:
        return
    for turn in (-25.0, 25.0):
        barb = QLineF(way)
        barb.setAngle(way.angle() + turn)
        barb.setLength(min(_HEAD, way.length()))
        pen.painter.drawLine(barb)


def _draw_grips(pen: Pen, annotation: Annotation, shade: QColor) -> None:
    """Draw the handles: full ones on the chosen figure, a dot for what is a point."""
    painter = pen.painter
    point = annotation.kind in (MeasurementKind.PROBE, MeasurementKind.TEXT)
    if not annotation.chosen and not point:
        return
    painter.setPen(QPen(_RIM, 1.0))
    painter.setBrush(shade)
    for handle in annotation.handles:
        if max(abs(handle[0]), abs(handle[1])) < _ON_SCREEN:
            painter.drawEllipse(pen.at(handle), _GRIP, _GRIP)


def _draw_words(pen: Pen, annotation: Annotation, shade: QColor) -> None:
    """Write the numbers to the right of a figure, or to the left where there is no room."""
    if not annotation.caption:
        return
    metrics = QFontMetricsF(pen.painter.font())
    width = max(metrics.horizontalAdvance(line) for line in annotation.caption)
    height = metrics.lineSpacing() * len(annotation.caption)
    at = pen.at(annotation.caption_at)
    left = at.x() + 8 if at.x() + 8 + width <= pen.width - 4 else at.x() - 8 - width
    top = min(max(at.y() - height / 2, 4.0), max(pen.height - height - 4, 4.0))
    area = QRectF(max(left, 4.0), top, width, height)
    for number, line in enumerate(annotation.caption):
        y = area.top() + metrics.ascent() + number * metrics.lineSpacing()
        write(pen.painter, QPointF(area.left(), y), line, shade)
