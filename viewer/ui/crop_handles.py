"""The handles of the crop box in a 3D view, drawn and found under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPen

from viewer.render.crop_handles import CropHandle
from viewer.render.scene import Point
from viewer.ui.marks import Pen

_RIM = QColor(0, 0, 0, 190)
_RADIUS = 6.0
_DIM = 110


def draw_crop_handles(pen: Pen, handles: Sequence[CropHandle]) -> None:
    """Draw a disc on each face; on the far side only its ring."""
    painter = pen.painter
    for handle in handles:
        shade = QColor(*handle.colour)
        filled = QColor(shade)
        filled.setAlpha(0 if handle.behind else _DIM)
        for line, width in ((_RIM, 3.6), (shade, 1.8)):
            painter.setPen(QPen(line, width))
            painter.setBrush(filled if line is shade else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(pen.at(handle.at), _RADIUS, _RADIUS)


def crop_handle_under(
    handles: Sequence[CropHandle], point: Point, reach: float
) -> CropHandle | None:
    """Return the handle within reach of a point, of several the nearest to the pointer."""

    def gap(handle: CropHandle) -> float:
        return hypot(handle.at[0] - point[0], handle.at[1] - point[1])

    near = [handle for handle in reversed(handles) if gap(handle) <= reach]
    return min(near, key=gap, default=None)


def words_for(handle: CropHandle | None) -> str:
    """Return what a handle does, for its tool tip."""
    if handle is None:
        return ""
    return QCoreApplication.translate("CropHandles", "Drag to move this side of the crop box")
