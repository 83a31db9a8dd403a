"""Bars of colours with their values, drawn at the right of a view."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPen

from viewer.render.scene import ColourBar, Scene
from viewer.ui.pen import Pen, write
from viewer.ui.theme import over_picture as colour
from viewer.ui.words import in_words

_WIDE = 9.0
_FROM_EDGE = 34.0
_LEAST_HIGH = 90.0
_CORNER_TEXTS = 130.0
"""What the texts in the corners take above and below, at most."""
_LETTERS = 1.6
"""Letters of sides are bold and larger than texts by so much, with some room beside them."""
_MARGIN = 9.0
"""From the edge of the view to that letter."""
_BESIDE = 3.0
"""From a bar to its title."""
_APART = 62.0
"""From one bar to the next."""


def draw_colour_bar(pen: Pen, scene: Scene) -> None:
    """Draw which colour stands for which value; in a small view bars make room for the picture."""
    for bar, area in bars_in(pen, scene):
        _draw(pen, bar, area)


def bars_in(pen: Pen, scene: Scene) -> list[tuple[ColourBar, QRectF]]:
    """Return the bars that have room in a view, and where; no title touches the side's letter."""
    bars = [bar for bar in (scene.colour_bar, scene.map_bar) if bar is not None]
    high = min(pen.height * 0.4, 260.0)
    beside = _letter(pen, scene) if any(bar.title for bar in bars) else 0.0
    found = []
    for number, bar in enumerate(bars):
        from_edge = _FROM_EDGE + number * _APART
        if high >= _LEAST_HIGH and pen.width >= 4 * from_edge:
            left = pen.width - from_edge - beside
            found.append((bar, QRectF(left, (pen.height - high) / 2, _WIDE, high)))
    return found


def _letter(pen: Pen, scene: Scene) -> float:
    """Return how much farther from the edge bars stand, for a title beside the side's letter."""
    if not scene.letters.right:
        return 0.0
    metrics = QFontMetricsF(pen.painter.font())
    letter = _MARGIN + _LETTERS * metrics.horizontalAdvance(scene.letters.right)
    return max(letter + metrics.height() + _BESIDE + _WIDE - _FROM_EDGE, 0.0)


def _draw(pen: Pen, bar: ColourBar, area: QRectF) -> None:
    metrics = QFontMetricsF(pen.painter.font())
    rgb = np.ascontiguousarray(bar.colours[::-1])
    image = QImage(rgb.data, 1, len(rgb), 3, QImage.Format.Format_RGB888)
    pen.painter.drawImage(area, image)
    pen.painter.setPen(QPen(colour("text"), 0.8))
    pen.painter.drawRect(area)
    for number, words in enumerate(bar.ticks):
        y = area.bottom() - area.height() * number / max(len(bar.ticks) - 1, 1)
        x = area.left() - 4 - metrics.horizontalAdvance(words)
        write(pen.painter, QPointF(x, y + metrics.capHeight() / 2), words, colour("text"))
    x = area.right() - metrics.horizontalAdvance(bar.unit)
    write(pen.painter, QPointF(x, area.top() - metrics.height() * 0.8), bar.unit, colour("text"))
    if bar.title:
        _write_upwards(pen, _said(bar.title), area)


def _said(title: str) -> str:
    """Say what a bar shows in the reader's language, and who made it."""
    said = in_words(title)
    shown, mark, author = title.rpartition(" (")
    return f"{in_words(shown)} ({author}" if said == title and mark else said


def _write_upwards(pen: Pen, title: str, area: QRectF) -> None:
    """Write what a bar shows along its right side, from below."""
    metrics = QFontMetricsF(pen.painter.font())
    room = max(area.height() + 40, pen.height - 2 * _CORNER_TEXTS)
    words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
    past = max((metrics.horizontalAdvance(words) - area.height()) / 2, 20.0)
    pen.painter.save()
    pen.painter.translate(area.right() + metrics.ascent() + _BESIDE, area.bottom() + past)
    pen.painter.rotate(-90)
    write(pen.painter, QPointF(0, 0), words, colour("text"))
    pen.painter.restore()
