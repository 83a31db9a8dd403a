"""The least or the mean value along each line of sight, and what lies along a single one.

Values that are not numbers are not there: they neither darken nor dilute.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isinf

import numpy as np
from numpy.typing import ArrayLike, NDArray

from viewer.core.geometry import Array, Geometry
from viewer.imaging.compiled import compiled

_BAND = 16
"""Rows that are cast before somebody may say that they are not wanted."""


def cast(
    values: NDArray[np.float32],
    geometry: Geometry,
    turn: ArrayLike,
    middle: ArrayLike,
    away_mm: float,
    pixel_mm: float,
    size: tuple[int, int],
    planes: ArrayLike,
    step_mm: float,
    *,
    mean: bool,
    wanted: Callable[[], bool] = lambda: True,
) -> NDArray[np.float32]:
    """Return (height, width) the least or mean value on each line of sight, NaN where nothing is.

    `planes` is (n, 4): a place is seen where `planes[:, :3] @ place + planes[:, 3] >= 0`.
    The eye is told as in `scalpel.behind`. It ends early when it is not `wanted` any more.
    """
    width, height = size
    towards = np.asarray(turn, dtype=np.float64)
    inverse = np.asarray(np.linalg.inv(geometry.affine), dtype=np.float64)
    limits = _limits(geometry, np.asarray(planes, dtype=np.float64).reshape(-1, 4))
    seen = np.full((height, width), np.nan, dtype=np.float32)
    away = 0.0 if isinf(away_mm) else away_mm
    for top in range(0, height, _BAND):
        if not wanted():
            break
        _cast_rows(
            values, inverse, towards, np.asarray(middle, dtype=np.float64), away, pixel_mm,
            limits, step_mm, mean, top, min(top + _BAND, height), seen,
        )  # fmt: skip
    return seen


def along(
    values: NDArray[np.generic],
    geometry: Geometry,
    start: ArrayLike,
    direction: ArrayLike,
    planes: ArrayLike,
    step_mm: float,
) -> tuple[Array, Array]:
    """Return places (n, 3) along one line of sight within all planes, and the values there."""
    begin, way = np.asarray(start, dtype=np.float64), np.asarray(direction, dtype=np.float64)
    limits = _limits(geometry, np.asarray(planes, dtype=np.float64).reshape(-1, 4))
    base, slope = limits[:, :3] @ begin + limits[:, 3], limits[:, :3] @ way
    if (base[slope == 0] < 0).any():
        return np.zeros((0, 3)), np.zeros(0)
    crossing = -base[slope != 0] / slope[slope != 0]
    low = crossing[slope[slope != 0] > 0].max(initial=-np.inf)
    high = crossing[slope[slope != 0] < 0].min(initial=np.inf)
    steps = np.arange(low + step_mm / 2, high, step_mm) if low < high else np.zeros(0)
    places = begin + steps[:, None] * way
    return places, _linear(values, geometry.to_index(places)) if len(steps) else np.zeros(0)


def _linear(values: NDArray[np.generic], index: Array) -> Array:
    """Return values between voxels, at places (n, 3) within the grid."""
    top = np.asarray(values.shape) - 1
    index = np.clip(index, 0, top)
    low = np.minimum(index.astype(np.int64), np.maximum(top - 1, 0))
    part = index - low
    result = np.zeros(len(index))
    for corner in range(8):
        offset = np.array([corner >> 2 & 1, corner >> 1 & 1, corner & 1])
        place = np.minimum(low + offset, top)
        weight = np.where(offset == 1, part, 1 - part).prod(axis=1)
        found = values[place[:, 0], place[:, 1], place[:, 2]].astype(np.float64)
        result += np.where(weight > 0, weight * found, 0.0)
    return result


def _limits(geometry: Geometry, planes: Array) -> Array:
    """Return the planes together with the six faces of a grid, as (n, 4)."""
    inverse = np.linalg.inv(geometry.affine)
    faces = []
    for axis, count in enumerate(geometry.shape):
        row = inverse[axis]
        faces.append(row + np.array([0, 0, 0, 0.499]))
        faces.append(np.array([0, 0, 0, count - 0.501]) - row)
    return np.vstack([np.array(faces), planes])


@compiled
def _cast_rows(
    values: NDArray[np.float32],
    inverse: NDArray[np.float64],
    turn: NDArray[np.float64],
    middle: NDArray[np.float64],
    away: float,
    pixel_mm: float,
    limits: NDArray[np.float64],
    step_mm: float,
    mean: bool,  # noqa: FBT001 - compiled code takes arguments by place
    first: int,
    last: int,
    seen: NDArray[np.float32],
) -> None:
    height, width = seen.shape
    depth, rows, columns = values.shape
    start, way = np.empty(3), np.empty(3)
    for row in range(first, last):
        for column in range(width):
            right = (column - (width - 1) / 2) * pixel_mm
            up = ((height - 1) / 2 - row) * pixel_mm
            length = np.sqrt(right * right + up * up + away * away)
            for n in range(3):
                place = middle[n] + right * turn[0, n] + up * turn[1, n]
                if away > 0.0:
                    start[n] = middle[n] + away * turn[2, n]
                    way[n] = (place - start[n]) / length
                else:
                    start[n] = place
                    way[n] = -turn[2, n]
            low, high = (0.0, np.inf) if away > 0.0 else (-np.inf, np.inf)
            for number in range(len(limits)):
                base, slope = limits[number, 3], 0.0
                for n in range(3):
                    base += limits[number, n] * start[n]
                    slope += limits[number, n] * way[n]
                if abs(slope) < 1e-12:
                    if base < 0:
                        high = low - 1.0
                elif slope > 0:
                    low = max(low, -base / slope)
                else:
                    high = min(high, -base / slope)
            if not low < high:
                continue
            best, total, count = np.inf, 0.0, 0
            at = low + step_mm / 2
            while at < high:
                x, y, z = start[0] + at * way[0], start[1] + at * way[1], start[2] + at * way[2]
                i = inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2] * z + inverse[0, 3]
                j = inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2] * z + inverse[1, 3]
                k = inverse[2, 0] * x + inverse[2, 1] * y + inverse[2, 2] * z + inverse[2, 3]
                at += step_mm
                i = min(max(i, 0.0), depth - 1.0)
                j = min(max(j, 0.0), rows - 1.0)
                k = min(max(k, 0.0), columns - 1.0)
                i0, j0, k0 = int(i), int(j), int(k)
                i1, j1, k1 = min(i0 + 1, depth - 1), min(j0 + 1, rows - 1), min(k0 + 1, columns - 1)
                fi, fj, fk = i - i0, j - j0, k - k0
                front = (values[i0, j0, k0] * (1 - fk) + values[i0, j0, k1] * fk) * (1 - fj)
                front += (values[i0, j1, k0] * (1 - fk) + values[i0, j1, k1] * fk) * fj
                back = (values[i1, j0, k0] * (1 - fk) + values[i1, j0, k1] * fk) * (1 - fj)
                back += (values[i1, j1, k0] * (1 - fk) + values[i1, j1, k1] * fk) * fj
                value = front * (1 - fi) + back * fi
                if not np.isnan(value):
                    best = min(best, value)
                    total += value
                    count += 1
            if count:
                seen[row, column] = total / count if mean else best
