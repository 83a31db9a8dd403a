"""What lies behind a line that was drawn on a 3D picture, in all its depth."""

from __future__ import annotations

from math import isinf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from viewer.core.geometry import Geometry
from viewer.imaging.compiled import compiled


def behind(
    geometry: Geometry,
    wanted: NDArray[np.bool_],
    turn: ArrayLike,
    middle: ArrayLike,
    away_mm: float,
    pixel_mm: float,
    *,
    keeps: bool = False,
) -> NDArray[np.bool_]:
    """Mark the voxels that are seen where a picture (height, width) is `wanted`.

    Args:
        geometry: The grid of the voxels.
        wanted: The stencil, one value for each pixel of the picture.
        turn: The directions right, up and towards the eye (3, 3), LPS.
        middle: What is seen in the middle of the picture, LPS mm.
        away_mm: From the eye to the middle; infinite without perspective.
        pixel_mm: What a pixel covers at the middle.
        keeps: What is seen beside the picture, or lies behind the eye, is marked, too.
    """
    directions = np.asarray(turn, dtype=np.float64)
    steps = directions @ geometry.affine[:3, :3]
    start = directions @ (geometry.affine[:3, 3] - np.asarray(middle, dtype=np.float64))
    away = 0.0 if isinf(away_mm) else away_mm
    return _seen(geometry.shape, wanted, steps, start, away, pixel_mm, keeps)


@compiled
def _seen(
    shape: tuple[int, int, int],
    wanted: NDArray[np.bool_],
    steps: NDArray[np.float64],
    start: NDArray[np.float64],
    away: float,
    pixel_mm: float,
    elsewhere: bool,  # noqa: FBT001 - compiled code takes arguments by place
) -> NDArray[np.bool_]:
    height, width = wanted.shape
    result = np.zeros(shape, dtype=np.bool_)
    for i in range(shape[0]):
        for j in range(shape[1]):
            for k in range(shape[2]):
                x = start[0] + i * steps[0, 0] + j * steps[0, 1] + k * steps[0, 2]
                y = start[1] + i * steps[1, 0] + j * steps[1, 1] + k * steps[1, 2]
                nearer = 1.0
                if away > 0.0:
                    z = start[2] + i * steps[2, 0] + j * steps[2, 1] + k * steps[2, 2]
                    if z >= away:
                        result[i, j, k] = elsewhere
                        continue
                    nearer = away / (away - z)
                column = int(np.rint((width - 1) / 2 + x * nearer / pixel_mm))
                row = int(np.rint((height - 1) / 2 - y * nearer / pixel_mm))
                if 0 <= row < height and 0 <= column < width:
                    result[i, j, k] = wanted[row, column]
                else:
                    result[i, j, k] = elsewhere
    return result
