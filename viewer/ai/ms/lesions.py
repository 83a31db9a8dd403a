"""What is bright on one FLAIR: proposals by rules, since nobody marked lesions of one date here.

A lesion is brighter than white matter by more than 2.5 robust deviations of the brain and by at
least a fifth, and stands out of its surroundings, away from the edge of the brain, where cortex
and fluid mislead.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cc3d
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.ms.features import blurred, scale_of
from viewer.ai.ms.pair import Head, Mask
from viewer.ai.ms.smallest import is_lesion

BRIGHT, OVER = 2.5, 1.0
"""Robust deviations over white matter, and over the mean of what lies about it."""
RATIO = 1.2
"""Times as bright as white matter, whatever the spread of the brain's values is."""
RIM_MM = 5.0
_ABOUT_MM = 6.0
_NEAR_MM = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Lesion:
    """One bright spot, on the upright grid of its image."""

    box: tuple[slice, slice, slice]
    inside: Mask = field(repr=False)
    volume_mm3: float
    height: float
    """Mean deviations over white matter."""
    score: float


def lesions_of(head: Head) -> tuple[Lesion, ...]:
    """Return what is bright in the brain, the brightest first.

    Raises:
        Declined: if the brain is of one value.
    """
    steps = head.geometry.spacing_mm
    white, spread = scale_of(head.values[head.brain])
    values = (head.values - np.float32(white)) / np.float32(spread)
    near = blurred(values, _NEAR_MM, steps)
    weight = blurred(head.brain.astype(np.float32), _ABOUT_MM, steps)
    about = blurred(np.where(head.brain, values, 0).astype(np.float32), _ABOUT_MM, steps)
    over = near - about / np.maximum(weight, np.float32(1e-3))
    depth = ndimage.distance_transform_edt(np.pad(head.brain, 1), sampling=steps)[1:-1, 1:-1, 1:-1]
    bright = max(BRIGHT, (RATIO - 1) * white / spread)
    mask = (near > bright) & (over > OVER) & (depth > RIM_MM)
    return _pieces(mask, near, head)


def _pieces(mask: Mask, near: NDArray[np.float32], head: Head) -> tuple[Lesion, ...]:
    labels = cc3d.connected_components(mask, connectivity=26)
    voxel = head.geometry.voxel_volume_mm3
    found = []
    for number, (a, b, c) in enumerate(ndimage.find_objects(labels), start=1):
        inside = labels[a, b, c] == number
        if not is_lesion(inside, head.geometry):
            continue
        volume = float(np.count_nonzero(inside)) * voxel
        height = float(near[a, b, c][inside].mean())
        score = float(np.clip(height / (2 * BRIGHT) - 0.1, 0.05, 0.95))
        found.append(Lesion((a, b, c), inside, volume, height, score))
    return tuple(sorted(found, key=lambda one: -one.score))
