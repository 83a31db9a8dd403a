"""What everything that is drawn over a picture is drawn with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QStaticText

from viewer.render.scene import Point

FAR = 1e5
_SPARE = 3.0
"""Room about a text for its rim and for letters that lean out."""
_LATIN = "\u024f"
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
    font, device = painter.font(), painter.device()
    ratio = device.devicePixelRatioF()
    metrics = QFontMetricsF(font)
    left, top = at.x() - _SPARE, at.y() - metrics.ascent() - _SPARE
    corner = QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio)
    painter.drawImage(corner, _written(text, font.toString(), shade.rgba(), ratio))


@lru_cache(maxsize=1024)
def _written(text: str, font_key: str, shade: int, ratio: float) -> QImage:
    """Return a text with its rim on clear ground; most stay the same from slice to slice."""
    font, metrics = _font(font_key)
    wide, high = metrics.horizontalAdvance(text) + 2 * _SPARE, metrics.height() + 2 * _SPARE
    image = QImage(
        max(round(wide * ratio), 1),
        max(round(high * ratio), 1),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    with QPainter(image) as painter:
        painter.setFont(font)
        draw = _drawing(painter, text, metrics)
        painter.setPen(_RIM)
        for offset in _AROUND:
            draw(offset)
        painter.setPen(QColor.fromRgba(shade))
        draw(QPointF())
    return image


@lru_cache(maxsize=16)
def _font(key: str) -> tuple[QFont, QFontMetricsF]:
    font = QFont()
    font.fromString(key)
    return font, QFontMetricsF(font)


def _drawing(painter: QPainter, text: str, metrics: QFontMetricsF) -> Callable[[QPointF], None]:
    """Return how to draw a text again and again, so much to the right and down.

    Latin letters are laid out once; others may come of a font whose base line lies elsewhere.
    """
    if max(text) > _LATIN:
        at = QPointF(_SPARE, _SPARE + metrics.ascent())
        return lambda offset: painter.drawText(at + offset, text)
    words, corner = QStaticText(text), QPointF(_SPARE, _SPARE)
    words.setTextFormat(Qt.TextFormat.PlainText)
    return lambda offset: painter.drawStaticText(corner + offset, words)
