"""What a round spot in the lung measures: outline, size, shape, density, surroundings.

The outline is where the density is half way between the spot and the lung
around it, grown from the centre inside the lung, and cut off where a vessel
or the pleura joins it (an opening with a ball of a little more than half the
radius of its thickest part).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field, fields
from typing import TypeAlias

import cc3d
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry, Position, position_of
from viewer.core.segmentation import Mask
from viewer.imaging.blobs import Blob
from viewer.imaging.cube import cube, cube_geometry
from viewer.imaging.depth import depth

Bools: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float32]

LUNG_HU = -850.0
THRESHOLD_HU = (-780.0, -300.0)
STEP_MM = (0.6, 1.4)
REACH_MM = 34.0
GLASS_HU = 130.0
"""Ground glass is denser than the lung around it by at least this much."""
HALO_MM = 2.0
HALO_COMPACTNESS = 0.45
OPENING = 0.55
"""The ball that cuts vessels off, as a share of the radius of the thickest part."""


@dataclass(frozen=True, slots=True)
class Features:
    """Numbers that tell nodules from vessels, scars and ribs. Lengths in mm, densities in HU."""

    diameter_mm: float
    """Of the ball of the same volume."""
    roundness: float
    """Shortest over longest axis: 1 for a ball, near 0 for a rod or a sheet."""
    compactness: float
    """Share of the smallest ball round its centre that it fills."""
    mean_hu: float
    contrast_hu: float
    """Core against the lung around."""
    free_share: float
    """Share of its surface that borders on aerated lung."""
    vessel_share: float
    """Share of its surface where tissue goes on: vessels."""
    wall_share: float
    """Share of its surface that lies on the outline of the lung."""
    crowding: float
    """Share of the space just around it, inside the lung, that is tissue."""
    fit: float
    """Measured diameter over that of the spot that was seen."""
    strength_hu: float
    """Answer of the dot filter."""


FEATURE_NAMES = tuple(f.name for f in fields(Features))


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A spot with its outline on the grid of the picture."""

    blob: Blob
    centre: Position
    mask: Mask = field(repr=False)
    volume_mm3: float
    longest_mm: float
    features: Features

    def numbers(self) -> NDArray[np.float64]:
        """Return the features in the order of FEATURE_NAMES."""
        return np.array(astuple(self.features), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class _Body:
    """A grown spot on its little cube."""

    inside: Bools
    whole: Bools
    """Before vessels were cut off."""
    allowed: Bools
    values: Floats
    threshold: float
    lung_hu: float
    core_hu: float
    step_mm: float


def measure(values: Floats, inside: Bools, geometry: Geometry, blob: Blob) -> Measured | None:
    """Outline one spot in HU values; None where nothing stands out of the lung there."""
    width = blob.diameter_mm
    step = float(np.clip(width / 12, *STEP_MM))
    reach = min(max(1.1 * width, width / 2 + 6), REACH_MM)
    count = 2 * int(np.ceil(reach / step)) + 1
    local = cube(values, geometry, blob.position, step, count, LUNG_HU)
    allowed = _allowed(inside, geometry, blob.position, step, count)
    body = _grow(local, allowed, step, width)
    if body is None:
        return None
    grid = cube_geometry(geometry, blob.position, step, count)
    mask = _on_picture(body.inside, grid, geometry)
    if mask is None:
        return None
    points = np.argwhere(body.inside)
    centre = position_of(grid.to_patient(points.mean(axis=0)))
    axes = _axes(points, step)
    return Measured(
        blob, centre, mask, mask.volume_mm3, float(axes[0]), _features(body, mask, axes, blob)
    )


def _allowed(inside: Bools, geometry: Geometry, centre: Position, step: float, count: int) -> Bools:
    """Cut the lung mask out with its outline smoothed between voxels."""
    reach = count * step / 2 + 2 * max(geometry.spacing_mm)
    middle = geometry.to_index(centre)
    span = reach / np.asarray(geometry.spacing_mm)
    low = np.maximum(np.floor(middle - span), 0).astype(int)
    high = np.minimum(np.ceil(middle + span) + 1, geometry.shape).astype(int)
    a, b, c = (slice(p, q) for p, q in zip(low, high, strict=True))
    part = geometry.crop(
        (int(low[0]), int(low[1]), int(low[2])), (int(high[0]), int(high[1]), int(high[2]))
    )
    return np.asarray(
        cube(inside[a, b, c].astype(np.float32), part, centre, step, count, 0.0) >= 0.5
    )


def _grow(values: Floats, allowed: Bools, step: float, width: float) -> _Body | None:
    away = _distance_from_middle(values.shape[0]) * step
    core = allowed & (away <= max(0.18 * width, 1.2))
    if not core.any():
        return None
    lung = values[allowed & (values < -600)]
    lung_hu = float(np.median(lung)) if len(lung) > 50 else LUNG_HU
    core_hu = float(np.percentile(values[core], 75))
    threshold = float(np.clip((lung_hu + min(core_hu, 100)) / 2, *THRESHOLD_HU))
    cut = _Cut(values, allowed, away, step, width)
    solid = cut.at(threshold)
    if solid is None:
        return None
    faint = min(lung_hu + GLASS_HU, THRESHOLD_HU[1])
    if threshold > faint + 50:
        glass = cut.at(faint)
        if glass is not None and _has_halo(solid[1], glass[1], step):
            solid, threshold = glass, faint
    return _Body(solid[1], solid[0], allowed, values, threshold, lung_hu, core_hu, step)


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """A little cube, ready to be grown at any threshold."""

    values: Floats
    allowed: Bools
    away: NDArray[np.float64]
    step: float
    width: float

    def at(self, threshold: float) -> tuple[Bools, Bools] | None:
        """Return what is joined at the centre, and the same with vessels cut off."""
        labels = cc3d.connected_components((self.values > threshold) & self.allowed, connectivity=6)
        counts = np.bincount(labels[self.away <= max(0.3 * self.width, 1.5)])
        counts[0] = 0
        if not counts.any():
            return None
        whole = np.asarray(labels == counts.argmax(), dtype=np.bool_)
        return whole, _cut_off(whole, self.away <= max(0.4 * self.width, 1.5), self.step)


def _has_halo(solid: Bools, glass: Bools, step: float) -> bool:
    """Tell whether a solid core lies in a compact body of ground glass, not in a blurred edge."""
    inner, outer = (np.cbrt(np.count_nonzero(part) * 0.239) * step for part in (solid, glass))
    return bool(
        outer - inner > max(HALO_MM, 0.35 * inner)
        and np.count_nonzero(solid & glass) > 0.9 * np.count_nonzero(solid)
        and _compactness(glass) > HALO_COMPACTNESS
    )


def _compactness(inside: Bools) -> float:
    """Return the share of the smallest ball round its centre that a body fills."""
    points = np.argwhere(inside)
    radii = np.linalg.norm(points - points.mean(axis=0), axis=1)
    return float(min(len(points) / (4 / 3 * np.pi * (np.percentile(radii, 98) + 0.5) ** 3), 1))


def _cut_off(whole: Bools, near: Bools, step: float) -> Bools:
    """Keep the thick part next to the middle; cut off what hangs on it."""
    deep = depth(np.pad(whole, 1))[1:-1, 1:-1, 1:-1]
    top = np.where(near & whole, deep, 0)
    middle = np.unravel_index(int(top.argmax()), whole.shape)
    thickest = float(deep[middle])
    ball = OPENING * thickest
    labels = cc3d.connected_components(deep > ball, connectivity=26)
    thick = labels == labels[middle]
    opened = (depth(~thick) <= ball + 0.5) & whole
    indices = np.indices(whole.shape).reshape(3, -1).T - np.array(middle)
    far = np.linalg.norm(indices, axis=1).reshape(whole.shape) > 2.5 * thickest + 1 / step
    return np.asarray(opened & ~far, dtype=np.bool_)


def _distance_from_middle(count: int) -> NDArray[np.float64]:
    line = np.arange(count) - (count - 1) / 2
    return np.asarray(np.sqrt(line[:, None, None] ** 2 + line[:, None] ** 2 + line**2))


def _on_picture(inside: Bools, grid: Geometry, picture: Geometry) -> Mask | None:
    """Carry an outline from its little cube to the voxels of the picture."""
    points = picture.to_index(grid.to_patient(np.argwhere(inside)))
    if not len(points):
        return None
    low = np.maximum(np.floor(points.min(axis=0)) - 1, 0).astype(int)
    high = np.minimum(np.ceil(points.max(axis=0)) + 2, picture.shape).astype(int)
    if (high <= low).any():
        return None
    part = picture.crop(
        (int(low[0]), int(low[1]), int(low[2])), (int(high[0]), int(high[1]), int(high[2]))
    )
    indices = np.indices(part.shape).reshape(3, -1).T
    places = grid.to_index(part.to_patient(indices)).T
    soft = ndimage.map_coordinates(inside.astype(np.float32), places, order=1, mode="constant")
    voxels = (soft >= 0.5).reshape(part.shape)
    return Mask(voxels, part) if voxels.any() else None


def _axes(points: NDArray[np.int64], step: float) -> NDArray[np.float64]:
    """Return the three axes (mm, longest first) of the ellipsoid with the same second moments."""
    if len(points) < 4:
        return np.full(3, step)
    moments = np.cov(points.T) * step**2 + np.eye(3) * step**2 / 12
    return np.asarray(2 * np.sqrt(5 * np.linalg.eigvalsh(moments)[::-1]))


def _features(body: _Body, mask: Mask, axes: NDArray[np.float64], blob: Blob) -> Features:
    diameter = float((6 * mask.volume_mm3 / np.pi) ** (1 / 3))
    free, vessel, wall = _borders(body)
    return Features(
        diameter_mm=diameter,
        roundness=float(axes[2] / axes[0]),
        compactness=_compactness(body.inside),
        mean_hu=float(body.values[body.inside].mean()),
        contrast_hu=float(min(body.core_hu, 150) - body.lung_hu),
        free_share=free,
        vessel_share=vessel,
        wall_share=wall,
        crowding=_crowding(body, diameter),
        fit=diameter / blob.diameter_mm,
        strength_hu=blob.strength,
    )


def _borders(body: _Body) -> tuple[float, float, float]:
    """Return which shares of the surface border on lung, on more tissue, on the outline."""
    shell = ndimage.binary_dilation(body.inside) & ~body.inside
    total = max(int(shell.sum()), 1)
    wall = int((shell & ~body.allowed).sum())
    vessel = int((shell & body.allowed & (body.values > body.threshold)).sum())
    return (total - wall - vessel) / total, vessel / total, wall / total


def _crowding(body: _Body, diameter: float) -> float:
    gap = depth(~body.inside) * body.step_mm
    around = (gap > 1.0) & (gap <= max(3.0, 0.35 * diameter)) & body.allowed
    if not around.any():
        return 1.0
    return float((body.values[around] > body.threshold).mean())
