"""Where on a view words stand already, so that those of figures keep clear of them."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from viewer.render.scene import Corner, Scene
from viewer.ui.marks import badges_in
from viewer.ui.pen import Pen

_MARGIN = 9.0
_LETTERS = 26.0
"""How wide and high the letters of the sides are at most, in Qt's pixels."""


def occupied(pen: Pen, scene: Scene) -> list[QRectF]:
    """Return where corner texts, letters, the scale bar and the warnings of a scene stand."""
    areas = [one.area for one in badges_in(pen, scene)]
    return [*areas, *_corners(pen, scene), *_letters(pen, scene), *_bar(pen, scene)]


def _corners(pen: Pen, scene: Scene) -> list[QRectF]:
    metrics = QFontMetricsF(pen.painter.font())
    found = []
    for corner, lines in scene.texts:
        if not lines:
            continue
        width = min(max(metrics.horizontalAdvance(line) for line in lines), pen.width / 2 - _MARGIN)
        height = metrics.lineSpacing() * len(lines)
        right = corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT)
        bottom = corner in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT)
        left = pen.width - _MARGIN - width if right else _MARGIN
        top = pen.height - _MARGIN - height if bottom else _MARGIN
        found.append(QRectF(left, top, width, height))
    return found


def _letters(pen: Pen, scene: Scene) -> list[QRectF]:
    letters, half = scene.letters, _LETTERS / 2
    x, y = pen.width / 2, pen.height / 2
    places = (
        (letters.left, QRectF(0, y - half, _LETTERS, _LETTERS)),
        (letters.right, QRectF(pen.width - _LETTERS, y - half, _LETTERS, _LETTERS)),
        (letters.top, QRectF(x - half, 0, _LETTERS, _LETTERS)),
        (letters.bottom, QRectF(x - half, pen.height - _LETTERS, _LETTERS, _LETTERS)),
    )
    return [area for text, area in places if text]


def _bar(pen: Pen, scene: Scene) -> list[QRectF]:
    if scene.scale_bar is None:
        return []
    metrics = QFontMetricsF(pen.painter.font())
    words = metrics.horizontalAdvance(scene.scale_bar.text)
    width = max(scene.scale_bar.length_px * pen.scale, words) + 8
    height = metrics.lineSpacing() * 3.2
    top = pen.height - _MARGIN - height
    return [QRectF((pen.width - width) / 2, top, width, height)]
