"""What is drawn over the picture: lines, boxes, texts, letters and the scale bar.

The scene is in device pixels; the painter is in those of Qt, which are larger
on a fine screen. Texts are in points and so stay crisp and of one size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from viewer.core.segmentation import Colour
from viewer.render.badges import badge_of
from viewer.render.scene import Badge, Box, Corner, Outline, Point, Scene, Trace
from viewer.render.texts import Texts
from viewer.ui.badges import Placed, draw_badges, placed_badges
from viewer.ui.pen import FAR, Pen, write
from viewer.ui.theme import over_picture as colour
from viewer.ui.words import in_words

__all__ = ["Pen", "badges_in", "draw_extent", "draw_marks", "draw_sentence", "write"]

_MARGIN = 9.0
_NARROW_LETTERS = 46
"""A view narrower than so many letters has room for one line in each corner."""
_HIGHEST_SHARE = 0.4
"""Of the height of a view that the texts of one corner may take up."""
_UPPER_SHARE = 0.3
"""Of the height of a view: lower than this badges would stand on its middle."""
_OVER_BAR_LINES = 4.4
"""Lines from the bottom that the scale bar with its length takes up, and one badge above."""
_TINY = 200
"""A view narrower than so many pixels has no scale bar."""
_MOST_CAPTIONS = 40
"""More would be read by nobody, and finding room for each takes its time."""
_MANY = 30
_OF_HOW_MANY = re.compile(r"\d+/\d+")


def draw_marks(pen: Pen, scene: Scene, *, texts: bool = True) -> tuple[Placed, ...]:
    """Draw all of a scene that is not the picture; return where its badges stand."""
    painter = pen.painter
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    for line in scene.lines:
        painter.setPen(_pen(line.colour, line.width, Trace.DASHED if line.dashed else Trace.SOLID))
        painter.drawLine(QLineF(pen.at(line.start), pen.at(line.end)))
    for outline in scene.outlines:
        _draw_outline(pen, outline)
    placed = badges_in(pen, scene, texts=texts)
    frames = _frames(pen, scene.boxes)
    _draw_boxes(pen, scene.boxes, frames)
    _draw_captions(pen, scene.boxes, frames, [one.area for one in placed])
    if texts:
        _draw_texts(pen, scene)
        _draw_letters(pen, scene)
        _draw_scale_bar(pen, scene)
    draw_badges(pen, placed)
    return placed


def draw_sentence(pen: Pen, sentence: str) -> None:
    """Write one calm sentence into the middle of an empty view."""
    pen.painter.setPen(colour("faint"))
    area = QRectF(0, 0, pen.width, pen.height).adjusted(20, 20, -20, -20)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    pen.painter.drawText(area, int(flags), in_words(sentence))


def draw_extent(pen: Pen, start: Point, end: Point) -> None:
    """Draw the box that is being dragged."""
    painter = pen.painter
    painter.setPen(QPen(colour("accent"), 1.4, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(pen.at(start), pen.at(end)).normalized())


_STYLES = {
    Trace.SOLID: Qt.PenStyle.SolidLine,
    Trace.DASHED: Qt.PenStyle.DashLine,
    Trace.DOTTED: Qt.PenStyle.DotLine,
}


def _pen(shade: Colour, width: float, trace: Trace = Trace.SOLID) -> QPen:
    made = QPen(QColor(*shade), width)
    made.setStyle(_STYLES[trace])
    made.setCosmetic(False)
    return made


def _draw_outline(pen: Pen, outline: Outline) -> None:
    points = [pen.at((float(x), float(y))) for x, y in outline.points]
    pen.painter.setBrush(Qt.BrushStyle.NoBrush)
    pen.painter.setPen(_pen(outline.colour, 2.0 if outline.selected else 1.3, outline.trace))
    if outline.closed:
        pen.painter.drawPolygon(QPolygonF(points))
    else:
        pen.painter.drawPolyline(QPolygonF(points))


_Area = tuple[float, float, float, float]
"""Left, top, right and bottom, in Qt's pixels."""


def _frames(pen: Pen, boxes: Sequence[Box]) -> list[_Area]:
    """Return where the frames of boxes are for the painter."""
    corners = np.array([(box.low, box.high) for box in boxes], np.float64).reshape(-1, 2, 2)
    places = (corners + 0.5) * pen.scale
    there = np.isfinite(places).all(axis=2, keepdims=True)
    places = np.where(there, places, -FAR).clip(-FAR, FAR)
    areas = np.hstack([places.min(axis=1), places.max(axis=1)]).tolist()
    return [(left, top, right, bottom) for left, top, right, bottom in areas]


def _draw_boxes(pen: Pen, boxes: Sequence[Box], frames: Sequence[_Area]) -> None:
    """Draw frames; those of one kind at once, in which corners are not rounded if they are many."""
    pen.painter.setBrush(Qt.BrushStyle.NoBrush)
    kinds: dict[tuple[bool, Colour, Trace], list[QRectF]] = {}
    for box, (left, top, right, bottom) in zip(boxes, frames, strict=True):
        frame = QRectF(left, top, right - left, bottom - top)
        kinds.setdefault((box.selected, box.colour, box.trace), []).append(frame)
    for (selected, shade, trace), alike in sorted(kinds.items(), key=lambda kind: kind[0][0]):
        if len(alike) > _MANY:  # of this width dashes are drawn eight times as fast
            pen.painter.setPen(_pen(shade, 1.0, trace))
            pen.painter.drawRects(alike)
            continue
        pen.painter.setPen(_pen(shade, 2.0 if selected else 1.2, trace))
        for frame in alike:
            pen.painter.drawRoundedRect(frame, 2.0, 2.0)


def _draw_captions(
    pen: Pen, boxes: Sequence[Box], frames: Sequence[_Area], taken: Sequence[QRectF]
) -> None:
    """Write beside each box what it is, and where it is crowded its number only.

    The chosen box comes first; what finds no room at all is left to the list.
    """
    metrics = QFontMetricsF(pen.painter.font())
    filled = [(one.left(), one.top(), one.right(), one.bottom()) for one in taken]
    both = sorted(zip(boxes, frames, strict=True), key=lambda pair: not pair[0].selected)
    for box, frame in both[:_MOST_CAPTIONS]:
        for words in dict.fromkeys((box.caption, box.caption.partition(" ")[0])):
            place = _caption_place(pen, metrics, frame, words, filled) if words else None
            if place is not None:
                filled.append(place)
                at = QPointF(place[0], place[3] - metrics.descent())
                write(pen.painter, at, words, QColor(*box.colour))
                break


def _caption_place(
    pen: Pen, metrics: QFontMetricsF, frame: _Area, caption: str, filled: Sequence[_Area]
) -> _Area | None:
    """Return where a caption stands: above its frame, else below, beside, or nowhere."""
    left, top, right, bottom = frame
    width, height = metrics.horizontalAdvance(caption), metrics.height()
    x = max(min(left, pen.width - width - 2), min(left, 2.0))
    middle = (top + bottom - height) / 2
    corners = ((x, top - 3 - height), (x, bottom + 3), (right + 4, middle))
    for across, along in (*corners, (left - 4 - width, middle)):
        seen = across >= -FAR and across + width <= pen.width and 0 <= along <= FAR - height
        place = (across, along, across + width, along + height)
        if seen and _is_free(place, filled):
            return place
    return None


def _is_free(place: _Area, filled: Sequence[_Area]) -> bool:
    left, top, right, bottom = place
    for x, y, end, foot in filled:
        if left < end and x < right and top < foot and y < bottom:
            return False
    return True


def _lines(pen: Pen, scene: Scene) -> Texts:
    """Return what fits into the corners of a view of this size; the first lines matter most."""
    metrics = QFontMetricsF(pen.painter.font())
    narrow = pen.width < _NARROW_LETTERS * metrics.averageCharWidth()
    room = max(int(pen.height * _HIGHEST_SHARE / metrics.lineSpacing()), 1)
    return tuple(
        (corner, tuple(_said(corner, line) for line in lines[: 1 if narrow else room]))
        for corner, lines in scene.texts
    )


def _said(corner: Corner, line: str) -> str:
    """Return a line in the reader's language; names at the top are never touched."""
    return line if corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT) else in_words(line)


def _letter_font(painter: QPainter) -> QFont:
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 1.2)
    font.setBold(True)
    return font


def _room(pen: Pen, scene: Scene) -> float:
    """Return how wide a corner text may be without touching the letters in the middle."""
    metrics = QFontMetricsF(_letter_font(pen.painter))
    letters = (scene.letters.top, scene.letters.bottom)
    middle = max(metrics.horizontalAdvance(text) for text in letters)
    return max((pen.width - middle) / 2 - _MARGIN - 4, 0.0)


def _draw_texts(pen: Pen, scene: Scene) -> None:
    """Write the corners; long names are shortened, numbers are there as a whole or not at all."""
    metrics = QFontMetricsF(pen.painter.font())
    room = _room(pen, scene)
    for corner, lines in _lines(pen, scene):
        right = corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT)
        bottom = corner in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT)
        top = pen.height - _MARGIN - metrics.lineSpacing() * len(lines) if bottom else _MARGIN
        for number, whole in enumerate(lines):
            line = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, room)
            if bottom and line != whole:
                number_alone = _OF_HOW_MANY.search(whole)
                line = number_alone.group() if number_alone else ""
                if metrics.horizontalAdvance(line) > room:
                    continue
            width = metrics.horizontalAdvance(line)
            x = pen.width - _MARGIN - width if right else _MARGIN
            y = top + metrics.ascent() + number * metrics.lineSpacing()
            write(pen.painter, QPointF(x, y), line, colour("text"))


def _draw_letters(pen: Pen, scene: Scene) -> None:
    painter = pen.painter
    painter.save()
    font = _letter_font(painter)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    middle_y = pen.height / 2 + metrics.capHeight() / 2
    letters = scene.letters

    def centred(text: str, y: float) -> QPointF:
        return QPointF((pen.width - metrics.horizontalAdvance(text)) / 2, y)

    right = pen.width - _MARGIN - metrics.horizontalAdvance(letters.right)
    shade = colour("text")
    write(painter, QPointF(_MARGIN, middle_y), letters.left, shade)
    write(painter, QPointF(right, middle_y), letters.right, shade)
    write(painter, centred(letters.top, _MARGIN + metrics.ascent()), letters.top, shade)
    bottom = pen.height - _MARGIN - metrics.descent()
    write(painter, centred(letters.bottom, bottom), letters.bottom, shade)
    painter.restore()


def _draw_scale_bar(pen: Pen, scene: Scene) -> None:
    bar = scene.scale_bar
    if bar is None or pen.width < _TINY:
        return
    painter, length = pen.painter, bar.length_px * pen.scale
    metrics = QFontMetricsF(painter.font())
    y = pen.height - _MARGIN - metrics.lineSpacing() * 1.9
    x = (pen.width - length) / 2
    for shade, width in ((QColor(0, 0, 0, 170), 3.2), (colour("text"), 1.2)):
        painter.setPen(QPen(shade, width))
        painter.drawLine(QLineF(x, y, x + length, y))
        for end in (x, x + length):
            painter.drawLine(QLineF(end, y - 4, end, y + 4))
    middle = x + (length - metrics.horizontalAdvance(bar.text)) / 2
    write(painter, QPointF(middle, y - 7), bar.text, colour("text"))


def _in_words(badge: Badge) -> Badge:
    return replace(badge, word=in_words(badge.word), meaning=in_words(badge.meaning))


def badges_in(pen: Pen, scene: Scene, *, texts: bool = True) -> tuple[Placed, ...]:
    """Return where the badges stand: below the letter, and below texts that are too near."""
    told = scene.badges or tuple(badge_of(mark) for mark in scene.marks)
    badges = tuple(
        replace(one, word=in_words(one.word), meaning=in_words(one.meaning)) for one in told
    )
    if not badges:
        return ()
    metrics = QFontMetricsF(pen.painter.font())
    placed = placed_badges(badges, metrics, pen.width, _MARGIN + metrics.lineSpacing() * 1.6)
    widest = max(one.area.width() for one in placed)
    edge = min(one.area.left() for one in placed)
    upper = [
        lines
        for corner, lines in _lines(pen, scene)
        if texts and corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT)
    ]
    beside = max((metrics.horizontalAdvance(line) for lines in upper for line in lines), default=0)
    beside = min(beside, _room(pen, scene))
    if not upper or (beside + _MARGIN + 4 < edge and widest < pen.width):
        return placed
    count = max(len(lines) for lines in upper)
    below = _MARGIN + metrics.lineSpacing() * (count + 0.2)
    top = max(placed[0].area.top(), below)
    if top > pen.height * _UPPER_SHARE:
        top = pen.height - _MARGIN - metrics.lineSpacing() * _OVER_BAR_LINES
    return placed_badges(badges, metrics, pen.width, top)
