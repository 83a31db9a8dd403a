"""Measurements drawn over the picture: lines with a dark rim, handles, words on a dark ground."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPen, QPolygonF

from viewer.core.measurement import MeasurementKind
from viewer.render.captions import Area, Placed, Words, place
from viewer.render.scene import Annotation, Stroke
from viewer.ui.pen import Pen
from viewer.ui.words import in_words

_RIM = QColor(0, 0, 0, 170)
_GROUND = QColor(0, 0, 0, 195)
_GRIP = 3.5
_HEAD = 10.0
_ON_SCREEN = 1e5
_PAD_X, _PAD_Y = 4.0, 2.0
_TINY = 12.0
"""A figure smaller than so many pixels has its number only, unless it is chosen."""
_NAME = r"(Mean|SD|Min|Max|Area|Vol|Radius|Perim|Median|True length) "
_NAMED = re.compile(_NAME + r"(?=\u2212?\d)")
_ONE = _NAME + r"\u2212?[\d.]+"
_NUMBERS = re.compile(rf"({_ONE} {{2}})*{_ONE} ?[^\d\s].*")
"""Numbers with their names, the last with its unit: "Mean 40.2  SD 3.1 HU"."""


def draw_annotations(
    pen: Pen, annotations: Sequence[Annotation], taken: Sequence[QRectF] = ()
) -> dict[str, QRectF]:
    """Draw figures with their handles and words; return where the words of each stand.

    No words stand on each other or on what is `taken`.
    """
    for annotation in annotations:
        shade = QColor(*annotation.colour)
        for rim in (True, False):
            _draw_lines(pen, annotation, shade, rim=rim)
        _draw_grips(pen, annotation, shade)
    inks = [_ink(pen, annotation) for annotation in annotations]
    words = [_words(pen, *pair) for pair in zip(annotations, inks, strict=True)]
    placed = place(words, (pen.width, pen.height), [_area(one) for one in taken])
    found = {}
    for annotation, where in zip(annotations, placed, strict=True):
        if where is not None and _lines_of(annotation, whole=where.whole):
            _draw_words(pen, annotation, where)
            found[annotation.measurement_id] = _rectangle(where.area)
    return found


def _draw_lines(pen: Pen, annotation: Annotation, shade: QColor, *, rim: bool) -> None:
    width = 1.9 if annotation.chosen else 1.4
    painter = pen.painter
    lines = QPen(_RIM, width + 2.2) if rim else QPen(shade, width)
    if annotation.faint and not rim:
        lines.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(lines)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in annotation.strokes:
        points = _places(pen, stroke)
        if stroke.closed:
            painter.drawPolygon(QPolygonF(points))
        else:
            painter.drawPolyline(QPolygonF(points))
    if annotation.kind is MeasurementKind.ARROW and annotation.strokes:
        _draw_head(pen, *_places(pen, annotation.strokes[0])[:2])
    if annotation.kind is MeasurementKind.CALIBRATION and annotation.strokes:
        _draw_ends(pen, *_places(pen, annotation.strokes[0])[:2])


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


def _draw_ends(pen: Pen, start: QPointF, end: QPointF) -> None:
    """Draw the cross strokes of a ruler at both ends of a line."""
    way = QLineF(start, end)
    if way.length() < 1:
        return
    for place_, turn in ((start, 90.0), (end, 90.0)):
        stroke = QLineF.fromPolar(_HEAD, way.angle() + turn)
        stroke.translate(place_ - stroke.p2() / 2)
        pen.painter.drawLine(stroke)


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


# -- words -------------------------------------------------------------------------------


def _lines_of(annotation: Annotation, *, whole: bool) -> tuple[str, ...]:
    """Return the lines beside a figure, its number in front; or the number alone."""
    number = str(annotation.number) if annotation.number else ""
    if not whole:
        return (number,) if number else annotation.caption[:1]
    if not annotation.caption:
        return (number,) if number else ()
    said = tuple(map(caption_in_words, annotation.caption))
    return (f"{number} · {said[0]}" if number else said[0], *said[1:])


def caption_in_words(line: str) -> str:
    """Return a line of numbers in the reader's language; what the reader wrote stays as it is."""
    if _NUMBERS.fullmatch(line) is None:
        return line
    return _NAMED.sub(lambda found: f"{in_words(found[1])} ", line)


def _words(pen: Pen, annotation: Annotation, ink: NDArray[np.float64]) -> Words:
    at = pen.at(annotation.words_at) if annotation.words_at is not None else None
    tiny = len(ink) > 1 and float(np.ptp(ink, axis=0).max()) < _TINY
    return Words(
        _size(pen, _lines_of(annotation, whole=True)),
        _size(pen, _lines_of(annotation, whole=False)),
        ink,
        at=None if at is None else (at.x(), at.y()),
        first=annotation.chosen,
        tiny=tiny and annotation.number > 0,
    )


def _size(pen: Pen, lines: Sequence[str]) -> tuple[float, float]:
    metrics = QFontMetricsF(pen.painter.font())
    width = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
    return width + 2 * _PAD_X, metrics.lineSpacing() * len(lines) + 2 * _PAD_Y


def _ink(pen: Pen, annotation: Annotation) -> NDArray[np.float64]:
    """Return the points (n, 2) of a figure for the painter."""
    places = [place for stroke in annotation.strokes for place in _places(pen, stroke)]
    if not places:
        places = [pen.at(handle) for handle in annotation.handles]
    return np.array([(place.x(), place.y()) for place in places]).reshape(-1, 2)


def _draw_words(pen: Pen, annotation: Annotation, where: Placed) -> None:
    """Write the words of a figure on a dark ground, with a line to it where it is far."""
    painter, shade = pen.painter, QColor(*annotation.colour)
    if where.leader is not None:
        x0, y0, x1, y1 = where.leader
        for pencil in (QPen(_RIM, 2.4), QPen(shade, 0.9)):
            painter.setPen(pencil)
            painter.drawLine(QLineF(x0, y0, x1, y1))
    area = _rectangle(where.area)
    painter.setPen(QPen(shade, 1.0) if annotation.chosen else Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(area, 3.0, 3.0)
    metrics = QFontMetricsF(painter.font())
    painter.setPen(shade)
    for number, line in enumerate(_lines_of(annotation, whole=where.whole)):
        y = area.top() + _PAD_Y + metrics.ascent() + number * metrics.lineSpacing()
        painter.drawText(QPointF(area.left() + _PAD_X, y), line)


def _rectangle(area: Area) -> QRectF:
    return QRectF(area.left, area.top, area.right - area.left, area.bottom - area.top)


def _area(rectangle: QRectF) -> Area:
    return Area(rectangle.left(), rectangle.top(), rectangle.right(), rectangle.bottom())
