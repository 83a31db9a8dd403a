"""The measures of an outlined lesion, as findings hold them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viewer.core.geometry import Position, position_of
from viewer.core.segmentation import Mask
from viewer.core.volume import Volume, blanked
from viewer.imaging.extent import axial_diameter_mm, bounding_box


@dataclass(frozen=True, slots=True)
class Measures:
    """Centre and box in LPS mm; longest axial diameter; volume; mean in the unit of the image."""

    centre: Position
    low: Position
    high: Position
    diameter_mm: float
    volume_mm3: float
    mean: float | None


def lesion_measures(volume: Volume, mask: Mask) -> Measures:
    """Measure a mask that lies on voxels of a volume; it must not be empty.

    Raises:
        ValueError: if it is empty.
    """
    places = np.argwhere(mask.voxels)
    if not len(places):
        raise ValueError("an empty mask has no measures")
    low, high = bounding_box(mask.voxels, mask.geometry)
    centre = mask.geometry.to_patient(places.mean(axis=0))
    return Measures(
        position_of(centre),
        low,
        high,
        axial_diameter_mm(mask.voxels, mask.geometry),
        mask.volume_mm3,
        _mean(volume, mask),
    )


def _mean(volume: Volume, mask: Mask) -> float | None:
    start = np.rint(volume.geometry.to_index(mask.geometry.origin)).astype(int)
    stop = start + np.asarray(mask.voxels.shape)
    if (start < 0).any() or (stop > np.asarray(volume.geometry.shape)).any():
        return None
    cut = tuple(slice(int(a), int(b)) for a, b in zip(start, stop, strict=True))
    stored = blanked(volume.voxels[cut], volume.padding)[mask.voxels]
    known = stored[np.isfinite(stored)].astype(np.float64)
    return float(known.mean() * volume.slope + volume.intercept) if len(known) else None
