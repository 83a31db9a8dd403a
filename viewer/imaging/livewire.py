"""Lines that follow edges: the livewire between two points, and the edge nearest to one.

E. N. Mortensen, W. A. Barrett: Intelligent scissors for image composition, 1995; here with the
gradient alone as cost, on a raster as fine as the voxels in the plane that is drawn on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_gradient_magnitude

from viewer.core.geometry import Array, Position, position_of
from viewer.core.plane import Plane
from viewer.core.volume import Volume
from viewer.imaging.reslice import reslice

_MARGIN = 24
"""Samples round the two points in which the line may run."""
_MOST = 168
"""Samples along a side: finer where the points are near, coarser where they are far apart."""
_SMOOTH = 1.0
_DEAREST = 1.0
_CHEAPEST = 0.02
_OVERSAMPLED = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """A plane to draw in: the unit directions of the screen, in the coordinates of the volume."""

    right: Position
    down: Position


def livewire(volume: Volume, sheet: Sheet, start: Position, end: Position) -> Array:
    """Return a line (n, 3) from start to end along the strongest edges between them."""
    from skimage.graph import MCP_Geometric

    ends = np.array([start, end], dtype=float)
    flat = _flat(sheet, ends - ends[0])
    step = _step(volume, sheet, float(np.ptp(flat, axis=0).max()))
    low = flat.min(axis=0) - _MARGIN * step
    size = np.ceil((np.ptp(flat, axis=0)) / step).astype(int) + 2 * _MARGIN + 1
    raster = _raster(sheet, ends[0], low, step)
    picture = _picture(volume, raster, (int(size[0]), int(size[1])))
    first, last = (tuple(np.rint((place - low) / step).astype(int)) for place in flat)
    route: Callable[..., MCP_Geometric] = MCP_Geometric
    found = route(_cost(picture))
    found.find_costs([first], [last])
    way = np.array(found.traceback(last), dtype=float)
    line = raster.to_patient(way)
    line[0], line[-1] = ends
    return line


def edge_near(volume: Volume, sheet: Sheet, place: Position, reach: float = 3.0) -> Position | None:
    """Return the point of the strongest edge within so many voxels; None where all is even."""
    step = _step(volume, sheet, 0.0) / _OVERSAMPLED
    half = round(reach * _OVERSAMPLED)
    around = half + 2 * _OVERSAMPLED
    low = np.array([-around * step, -around * step])
    raster = _raster(sheet, np.asarray(place, dtype=float), low, step)
    picture = _picture(volume, raster, (2 * around + 1, 2 * around + 1))
    strength = _strength(picture, _SMOOTH * _OVERSAMPLED)
    rows, columns = np.indices(strength.shape) - around
    strength[np.hypot(rows, columns) > half] = 0.0
    best = np.unravel_index(int(np.argmax(strength)), strength.shape)
    if strength[best] <= 1e-6 * max(float(np.nanmax(np.abs(picture))), 1.0):
        return None
    return position_of(raster.to_patient(np.array(best, dtype=float)))


def _flat(sheet: Sheet, offsets: Array) -> Array:
    """Return offsets (n, 3) as (n, 2) down and right in the plane."""
    return np.asarray(np.stack([offsets @ np.asarray(sheet.down), offsets @ sheet.right], axis=1))


def _step(volume: Volume, sheet: Sheet, reach: float) -> float:
    """Return how far apart samples lie: as voxels do in the plane, or further for a long way."""
    spacing = np.asarray(volume.geometry.spacing_mm)
    along = np.abs(volume.geometry.directions @ np.stack([sheet.right, sheet.down], axis=1))
    finest = float(spacing[along.max(axis=1) > 0.5].min(initial=float(spacing.max())))
    return max(finest, reach / (_MOST - 2 * _MARGIN))


def _raster(sheet: Sheet, origin: Array, low: Array, step: float) -> Plane:
    corner = origin + low[0] * np.asarray(sheet.down) + low[1] * np.asarray(sheet.right)
    return Plane(position_of(corner), sheet.right, sheet.down, (step, step))


def _picture(volume: Volume, raster: Plane, shape: tuple[int, int]) -> NDArray[np.float32]:
    cut = reslice(volume.voxels, volume.geometry, raster, shape, padding=volume.padding)
    return np.asarray(cut, dtype=np.float32)


def _strength(picture: NDArray[np.float32], smooth: float) -> NDArray[np.float64]:
    """Return how steeply values change; outside the image and at its border not at all."""
    unknown = ~np.isfinite(picture)
    if unknown.all():
        return np.zeros(picture.shape)
    filled = np.where(unknown, np.float32(np.nanmedian(picture)), picture).astype(np.float64)
    strength = np.asarray(gaussian_gradient_magnitude(filled, smooth, mode="nearest"))
    if unknown.any():
        from scipy.ndimage import binary_dilation

        strength[binary_dilation(unknown, iterations=round(2 * smooth))] = 0.0
    return strength


def _cost(picture: NDArray[np.float32]) -> NDArray[np.float64]:
    strength = _strength(picture, _SMOOTH)
    strongest = float(np.percentile(strength, 99))
    if strongest <= 0:
        return np.full(picture.shape, _DEAREST)
    weak = 1.0 - np.clip(strength / strongest, 0, 1)
    return np.asarray(_CHEAPEST + (_DEAREST - _CHEAPEST) * weak**2)
