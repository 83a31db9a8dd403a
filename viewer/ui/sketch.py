"""The picture of one slice view, kept as a QImage, coarser while it is slow."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, sqrt
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from viewer.core.progress import Progress
from viewer.render.describe import cut_of, describe
from viewer.render.paint import Painter
from viewer.render.scene import Scene
from viewer.session.magnification import NO_GLASS, Glass
from viewer.session.session import Session

SLOW_MS = 50.0
_SLANTED_MS = 8.0
"""What a slanted picture may take while it is dragged: three of them are drawn for each move."""
_COARSEST, _COARSEST_SLANTED = 4, 8
_MANY_LAYERS, _STRIDE = 12, 3
"""Of a slanted slab of many planes, each third is sampled in a hurry."""
_FIRST_GUESS_MS = 3e-5
"""For one pixel of one layer of a slanted slab, before one was ever drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A picture that was painted aside, (height, width, 4) BGRX, and what it shows."""

    scene: Scene
    pixels: NDArray[np.uint8]
    painter: Painter


def paint_aside(scene: Scene, progress: Progress) -> Drawn:
    """Paint a scene on another thread than the window's."""
    progress.report(0.0, "drawing")
    painter = Painter()
    return Drawn(scene, painter.paint(scene), painter)


class Sketch:
    """Describes and paints one view, remembering how long it takes."""

    def __init__(self, session: Session, cell: int) -> None:
        self._session, self._cell = session, cell
        self._painter = Painter()
        self._pixels = np.empty((0, 0, 4), np.uint8)
        self._fine_ms = 0.0
        self._slanted_ms = _FIRST_GUESS_MS
        self.scene: Scene | None = None
        self.picture = QImage()
        self.coarse = False
        self.number = 0
        """Another one whenever something was drawn."""

    def draw(self, size: tuple[int, int], glass: Glass = NO_GLASS, *, hurried: bool) -> None:
        """Make scene and picture anew; in a hurry, coarser ones where fine ones are slow."""
        layers, before = self._layers(), self.scene
        stride = _STRIDE if hurried and layers > _MANY_LAYERS else 1
        layers = ceil(layers / stride)
        shrink = self._shrink(size, layers) if hurried else 1
        self.coarse = shrink > 1 or stride > 1
        self.number += 1
        small = (max(size[0] // shrink, 1), max(size[1] // shrink, 1))
        began = perf_counter()
        scene = self.described(small, replace(glass, coarse=size[0] / small[0]))
        if stride > 1 and scene.picture is not None:
            scene = replace(scene, picture=replace(scene.picture, stride=stride))
        self._paint(scene)
        took_ms = (perf_counter() - began) * 1000
        if (
            layers
            and self.scene is not None
            and (before is None or before.plane != self.scene.plane)
        ):
            self._slanted_ms = took_ms / (small[0] * small[1] * layers)
        elif not (layers or self.coarse):
            self._fine_ms = took_ms

    def is_slow(self, size: tuple[int, int]) -> bool:
        """Tell whether drawing finely takes longer than the window may be held up."""
        return size[0] * size[1] * self._layers() * self._slanted_ms > SLOW_MS

    def described(self, size: tuple[int, int], glass: Glass = NO_GLASS) -> Scene:
        """Return what is to be seen now."""
        return describe(self._session, self._cell, size, glass)

    def take(self, drawn: Drawn) -> None:
        """Show what was painted aside."""
        self.number += 1
        self.scene, self._painter, self._pixels = drawn.scene, drawn.painter, drawn.pixels
        self.coarse = False
        self._wrap()

    def _layers(self) -> int:
        """Return of how many sampled planes the picture is made; 0 where it lies along the grid."""
        cut = cut_of(self._session, self._cell)
        if cut is None or cut.original:
            return 0
        slab_mm = self._session.hanging.value.cells[self._cell].slab_mm
        return 1 + 2 * int(slab_mm / 2 / min(cut.geometry.spacing_mm))

    def _shrink(self, size: tuple[int, int], layers: int) -> int:
        """Return by how much the picture must be coarser to be there in time."""
        if not layers:
            slow = self._fine_ms > SLOW_MS
            return min(_COARSEST, int((self._fine_ms / SLOW_MS) ** 0.5) + 1) if slow else 1
        expected = size[0] * size[1] * layers * self._slanted_ms
        return min(_COARSEST_SLANTED, max(ceil(sqrt(expected / _SLANTED_MS)), 1))

    def _paint(self, scene: Scene) -> None:
        width, height = scene.size
        if self._pixels.shape[:2] != (height, width):
            self._pixels = np.empty((height, width, 4), np.uint8)
        self._painter.paint(scene, self._pixels)
        self.scene = scene
        self._wrap()

    def _wrap(self) -> None:
        height, width = self._pixels.shape[:2]
        self.picture = QImage(
            self._pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32
        )
