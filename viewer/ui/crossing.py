"""The handles on the lines of other planes, drawn and found under the pointer."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from viewer.render.scene import Grip, Point, Scene
from viewer.session.hold import Grasp
from viewer.session.look import Hanging, Look
from viewer.ui.marks import Pen, write
from viewer.ui.theme import colour

_RIM = QColor(0, 0, 0, 190)
_ROUND, _SQUARE = 5.0, 3.5
_TINT_LONG, _TINT_HIGH = 26.0, 3.0


def draw_grips(pen: Pen, scene: Scene, *, near: bool) -> None:
    """Draw the colour of this plane, and while the pointer is `near` the handles of others.

    Round ones turn a plane, square ones make its slab thicker.
    """
    painter = pen.painter
    for grip in scene.grips if near else ():
        at, shade = pen.at(grip.at), QColor(*grip.colour)
        for line, width in ((_RIM, 3.4), (shade, 1.6)):
            painter.setPen(QPen(line, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if grip.hold.grasp is Grasp.TURN:
                painter.drawEllipse(at, _ROUND, _ROUND)
            else:
                side = 2 * _SQUARE
                painter.drawRect(QRectF(at.x() - _SQUARE, at.y() - _SQUARE, side, side))
    if scene.company:
        at = QPointF(9.0 + _TINT_LONG + 6.0, pen.height - 3.0)
        write(painter, at, scene.company, colour("accent"))
    if scene.tint is not None:
        painter.fillRect(
            QRectF(9.0, pen.height - _TINT_HIGH - 3.0, _TINT_LONG, _TINT_HIGH), QColor(*scene.tint)
        )


def grip_under(scene: Scene, point: Point, reach: float) -> Grip | None:
    """Return the handle within reach of a point, the nearest of several."""
    near = [(hypot(g.at[0] - point[0], g.at[1] - point[1]), n) for n, g in enumerate(scene.grips)]
    away, number = min(near, default=(reach + 1, 0))
    return scene.grips[number] if away <= reach else None


def cuts_otherwise(new: Hanging, old: Hanging, cell: int) -> bool:
    """Tell whether another view has come to cut its image elsewhere than before."""
    if (new.shown, new.active) != (old.shown, old.active):
        return True
    return any(
        _slice(one) != _slice(other)
        for number, (one, other) in enumerate(zip(new.cells, old.cells, strict=False))
        if number != cell and one is not other
    )


def _slice(look: Look) -> tuple[object, ...]:
    return look.series_key, look.viewing, look.frame, look.slab_mm
