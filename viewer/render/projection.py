"""The least or the mean value along each line of sight, which VTK's ray caster does not know."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.imaging.rays import cast
from viewer.imaging.values import numeric
from viewer.render.bare import nothing
from viewer.render.eye import Sight
from viewer.render.parts import HalfSpace
from viewer.render.presets import in_hu, real_knots
from viewer.session.transfer import Blend, Transfer

_COARSER = 4
"""Pixels of the screen per ray while turning."""


class Projection:
    """One volume whose rays are cast by our own loop, behind what VTK draws."""

    def __init__(self, wanted: Callable[[], bool]) -> None:
        self._wanted = wanted
        self._volume: Volume | None = None
        self._values: NDArray[np.float32] | None = None
        self._table: Array = np.zeros((0, 5))
        self._planes: Array = np.zeros((0, 4))
        self._mean = False
        self.whole = True
        """Whether the last picture was not broken off."""

    def show(
        self,
        volume: Volume | None,
        transfer: Transfer,
        window: Window,
        planes: Sequence[HalfSpace],
    ) -> None:
        """Take what is to be projected; None projects nothing."""
        if volume is not self._volume:
            self._volume = volume
            self._values = None if volume is None else real_values(volume)
        if volume is not None:
            self._table = np.array(real_knots(transfer, volume, window))
            self._planes = coefficients(planes)
            self._mean = transfer.blend is Blend.MEAN

    def behind(
        self,
        drawn: NDArray[np.uint8],
        sight: Sight,
        background: tuple[float, float, float],
        *,
        coarse: bool,
    ) -> NDArray[np.uint8]:
        """Lay the projection behind a drawn picture (height, width, 4) BGRX."""
        if self._values is None or self._volume is None:
            self.whole = True
            return drawn
        height, width = drawn.shape[:2]
        part = _COARSER if coarse else 1
        small = (max(width // part, 1), max(height // part, 1))
        voxel_mm = min(self._volume.geometry.spacing_mm)
        seen = cast(
            self._values, self._volume.geometry, sight.turn, sight.middle, sight.away_mm,
            2 * sight.half_height_mm / small[1], small, self._planes,
            voxel_mm * (2.0 if coarse else 1.0), mean=self._mean, wanted=self._wanted,
        )  # fmt: skip
        self.whole = not coarse and self._wanted()
        colours = self._coloured(seen, background)
        if part > 1:
            large = cv2.resize(colours, (width, height), interpolation=cv2.INTER_LINEAR)
            colours = np.asarray(large, dtype=np.uint8)
        ground = np.rint(np.array(background[::-1]) * 255)
        empty = (np.abs(drawn[..., :3].astype(np.int16) - ground) <= 1).all(axis=-1)
        result = drawn.copy()
        result[empty, :3] = colours[empty]
        return result

    def _coloured(
        self, seen: NDArray[np.float32], background: tuple[float, float, float]
    ) -> NDArray[np.uint8]:
        """Return BGR; where nothing is seen, the background."""
        known = np.nan_to_num(seen, nan=float(self._table[0, 0]))
        shades = [np.interp(known, self._table[:, 0], self._table[:, n]) for n in (3, 2, 1)]
        shade = np.stack(shades, axis=-1)
        shade[np.isnan(seen)] = background[::-1]
        return np.rint(shade * 255).astype(np.uint8)


def real_values(volume: Volume) -> NDArray[np.float32]:
    """Return real-world values; what was emptied (by `bare`, by cuts) is no number."""
    values = numeric(volume.voxels)
    real = values * np.float32(volume.slope) + np.float32(volume.intercept)
    if in_hu(volume):
        real[values <= float(nothing(volume, values))] = np.nan
    return np.asarray(real, dtype=np.float32)


def coefficients(planes: Sequence[HalfSpace]) -> Array:
    """Return planes as (n, 4): normal, and what is added to make it 0 on the plane."""
    return np.array(
        [(*one.normal, -float(np.dot(one.normal, one.through))) for one in planes]
    ).reshape(-1, 4)
