"""The line of badges at the top of a view, each a word with what it means."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPen

from viewer.render.scene import Badge
from viewer.ui.pen import Pen
from viewer.ui.theme import over_picture as colour

_PAD = 5.0
_GAP = 4.0
_GROUND = QColor(0, 0, 0, 150)


@dataclass(frozen=True, slots=True)
class Placed:
    """A badge, and where it stands in the view."""

    badge: Badge
    area: QRectF


def placed_badges(
    badges: tuple[Badge, ...], metrics: QFontMetricsF, width: float, top: float
) -> tuple[Placed, ...]:
    """Return where badges stand: in the middle, in one line, or in more where that is too narrow.

    What is wider than the view is cut off at its end, its meaning is still told.
    """
    room, high = max(width - 2 * _GAP, 1.0), metrics.height() + 2.0
    rows: list[list[tuple[Badge, float]]] = [[]]
    for badge in badges:
        wide = min(metrics.horizontalAdvance(badge.word) + 2 * _PAD, room)
        taken = sum(one + _GAP for _, one in rows[-1])
        if rows[-1] and taken + wide > room:
            rows.append([])
        rows[-1].append((badge, wide))
    placed = []
    for number, row in enumerate(rows):
        x = (width - sum(wide for _, wide in row) - _GAP * (len(row) - 1)) / 2
        for badge, wide in row:
            placed.append(Placed(badge, QRectF(x, top + number * (high + 2), wide, high)))
            x += wide + _GAP
    return tuple(placed)


def draw_badges(pen: Pen, placed: tuple[Placed, ...]) -> None:
    """Draw badges; grave ones are filled."""
    painter = pen.painter
    metrics = QFontMetricsF(painter.font())
    for one in placed:
        painter.setPen(QPen(colour("warning"), 1.0))
        painter.setBrush(colour("warning") if one.badge.grave else _GROUND)
        painter.drawRoundedRect(one.area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(QColor(0, 0, 0) if one.badge.grave else colour("warning"))
        room = one.area.width() - 2 * _PAD + 0.5
        words = metrics.elidedText(one.badge.word, Qt.TextElideMode.ElideRight, room)
        y = one.area.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(one.area.left() + _PAD, y), words)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def badge_under(placed: tuple[Placed, ...], place: QPointF) -> Placed | None:
    """Return the badge at a place of the view."""
    return next((one for one in placed if one.area.contains(place)), None)
