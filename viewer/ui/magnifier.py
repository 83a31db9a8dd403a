"""A round lens at the pointer: the original pixels cut anew and enlarged, with their value."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainterPath, QPen

from viewer.core.geometry import position_of
from viewer.core.plane import Plane
from viewer.render.paint import Painter
from viewer.render.scene import Point, Scene
from viewer.ui.pen import Pen, write
from viewer.ui.theme import over_picture as colour

_DIAMETER = 190.0
_LARGEST_SHARE = 0.6
"""Of the shorter side of the view."""


def lens_scene(scene: Scene, point: Point, factor: float, diameter: int) -> Scene | None:
    """Return what lies about a point of a scene, so many times enlarged; None without a picture.

    The picture is cut out of the voxels again, so it shows all that they hold.
    """
    plane = scene.plane
    if plane is None or scene.picture is None:
        return None
    step_mm = plane.spacing_mm[0] / factor
    right, down = np.asarray(plane.right), np.asarray(plane.down)
    middle = np.asarray(plane.to_patient((point[1], point[0])))
    first = middle - (diameter - 1) / 2 * step_mm * (right + down)
    cut = Plane(position_of(first), plane.right, plane.down, (step_mm, step_mm))
    layers = tuple(replace(layer) for layer in scene.layers)
    return Scene((diameter, diameter), plane=cut, picture=scene.picture, layers=layers)


class Magnifier:
    """Draws the lens of one view."""

    def __init__(self) -> None:
        self._painter = Painter()
        self._pixels = np.empty((0, 0, 4), np.uint8)

    def draw(self, pen: Pen, scene: Scene, place: QPointF, factor: float, value: str) -> None:
        """Draw the lens at a place of the view, and write the value in its middle below it."""
        diameter = min(_DIAMETER, min(pen.width, pen.height) * _LARGEST_SHARE)
        size = max(round(diameter / pen.scale), 8)
        point = (place.x() / pen.scale - 0.5, place.y() / pen.scale - 0.5)
        seen = lens_scene(scene, point, factor, size)
        if seen is None:
            return
        if self._pixels.shape[:2] != (size, size):
            self._pixels = np.empty((size, size, 4), np.uint8)
        self._painter.paint(seen, self._pixels)
        image = QImage(self._pixels.data, size, size, 4 * size, QImage.Format.Format_RGB32)
        area = QRectF(place.x() - diameter / 2, place.y() - diameter / 2, diameter, diameter)
        painter, glass = pen.painter, QPainterPath()
        glass.addEllipse(area)
        painter.save()
        painter.setClipPath(glass)
        painter.drawImage(area, image)
        painter.restore()
        painter.setPen(QPen(colour("accent"), 1.6))
        painter.drawEllipse(area)
        self._cross(pen, place)
        words = f"{factor:g}×  {value}".rstrip()
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
        y = area.bottom() + 16 if area.bottom() + 20 < pen.height else area.top() - 8
        x = min(max(place.x() - wide / 2, 4.0), max(pen.width - wide - 4, 4.0))
        write(painter, QPointF(x, y), words, colour("text"))

    def _cross(self, pen: Pen, place: QPointF) -> None:
        """Mark the point whose value is told, leaving the point itself to be seen."""
        pen.painter.setPen(QPen(colour("accent"), 1.0))
        for across, along in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            way = QPointF(across, along)
            pen.painter.drawLine(place + way * 4, place + way * 9)
