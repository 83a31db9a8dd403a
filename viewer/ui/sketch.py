"""The picture of one slice view, kept as a QImage, coarser while it is slow."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import numpy as np
from PySide6.QtGui import QImage

from viewer.render.describe import describe
from viewer.render.paint import Painter
from viewer.render.scene import Scene
from viewer.session.magnification import NO_GLASS, Glass
from viewer.session.session import Session

SLOW_MS = 50.0
_COARSEST = 4


class Sketch:
    """Describes and paints one view, remembering how long it takes."""

    def __init__(self, session: Session, cell: int) -> None:
        self._session, self._cell = session, cell
        self._painter = Painter()
        self._pixels = np.empty((0, 0, 4), np.uint8)
        self._fine_ms = 0.0
        self.scene: Scene | None = None
        self.picture = QImage()
        self.coarse = False

    def draw(self, size: tuple[int, int], glass: Glass = NO_GLASS, *, hurried: bool) -> None:
        """Make scene and picture anew; in a hurry, coarser ones where fine ones are slow."""
        self.coarse = hurried and self._fine_ms > SLOW_MS
        began = perf_counter()
        shrink = min(_COARSEST, int((self._fine_ms / SLOW_MS) ** 0.5) + 1) if self.coarse else 1
        small = (max(size[0] // shrink, 1), max(size[1] // shrink, 1))
        self._draw(small, replace(glass, coarse=size[0] / small[0]))
        if not self.coarse:
            self._fine_ms = (perf_counter() - began) * 1000

    def _draw(self, size: tuple[int, int], glass: Glass) -> None:
        width, height = size
        if self._pixels.shape[:2] != (height, width):
            self._pixels = np.empty((height, width, 4), np.uint8)
        self.scene = describe(self._session, self._cell, size, glass)
        self._painter.paint(self.scene, self._pixels)
        self.picture = QImage(
            self._pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32
        )
