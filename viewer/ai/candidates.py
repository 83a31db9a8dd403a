"""All places in the lungs where a nodule may be, outlined and measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry
from viewer.core.progress import Part, Progress
from viewer.imaging.blobs import Blob, find_blobs
from viewer.imaging.features import Measured, measure
from viewer.imaging.lungs import AIRWAYS, Lungs

MARGIN_MM = 10.0
SMALLEST_MM = 2.5
LARGEST_MM = 45.0


@dataclass(frozen=True, slots=True, eq=False)
class Chest:
    """The upright block of HU values round the lungs, and which voxels are lung."""

    values: NDArray[np.float32] = field(repr=False)
    inside: NDArray[np.bool_] = field(repr=False)
    geometry: Geometry


def chest_of(values: NDArray[np.float32], lungs: Lungs) -> Chest:
    """Cut the lungs out of HU values in stored order."""
    inside = (lungs.labels > 0) & (lungs.labels != AIRWAYS)
    box = ndimage.find_objects(inside.view(np.uint8))[0]
    low, high = [], []
    for part, length, step in zip(box, inside.shape, lungs.geometry.spacing_mm, strict=True):
        margin = int(np.ceil(MARGIN_MM / step))
        low.append(max(0, part.start - margin))
        high.append(min(length, part.stop + margin))
    a, b, c = (slice(p, q) for p, q in zip(low, high, strict=True))
    grid = lungs.geometry.crop((low[0], low[1], low[2]), (high[0], high[1], high[2]))
    upright = lungs.turn.upright(values)[a, b, c]
    return Chest(np.ascontiguousarray(upright), np.ascontiguousarray(inside[a, b, c]), grid)


def spots(chest: Chest, progress: Progress) -> tuple[Blob, ...]:
    """Find round spots of every size."""
    return find_blobs(chest.values, chest.inside, chest.geometry, progress)


def measured(chest: Chest, blobs: Sequence[Blob], progress: Progress) -> tuple[Measured, ...]:
    """Outline and measure spots; of several in one body keep the one that fits it best."""
    found = []
    for number, blob in enumerate(blobs):
        if number % 8 == 0:
            progress.report(number / len(blobs), "measuring spots")
        one = measure(chest.values, chest.inside, chest.geometry, blob)
        if one is not None and SMALLEST_MM <= one.features.diameter_mm <= LARGEST_MM:
            found.append(one)
    return _apart(found)


def candidates(chest: Chest, progress: Progress) -> tuple[Measured, ...]:
    """Find, outline and measure."""
    blobs = spots(chest, Part(progress, 0.0, 0.3))
    return measured(chest, blobs, Part(progress, 0.3, 1.0))


def _apart(found: Sequence[Measured]) -> tuple[Measured, ...]:
    """Keep the most convincing of outlines that share a centre, best first."""
    order = sorted(found, key=lambda m: (-_conviction(m), m.centre))
    centres = np.array([m.centre for m in order]).reshape(-1, 3)
    radii = np.array([m.features.diameter_mm / 2 for m in order])
    free = np.ones(len(order), dtype=bool)
    kept = []
    for number, one in enumerate(order):
        if free[number]:
            kept.append(one)
            near = np.linalg.norm(centres - centres[number], axis=1)
            free &= near > np.maximum(radii, radii[number])
    return tuple(kept)


def _conviction(one: Measured) -> float:
    """Tell how well an outline explains its spot: strong, filled, free, of the size seen."""
    shape = one.features
    misfit = abs(np.log(shape.fit))
    return float(
        shape.strength_hu * (0.2 + shape.compactness) * (0.2 + shape.free_share) * np.exp(-misfit)
    )
