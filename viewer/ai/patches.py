"""The little cubes that the network looks at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viewer.ai.candidates import Chest
from viewer.ai.card import Preparation
from viewer.core.geometry import Position
from viewer.imaging.cube import cube


def patches(chest: Chest, centres: Sequence[Position], how: Preparation) -> NDArray[np.float32]:
    """Return (centres, channels, k, k, k): one channel per step, densities spread over 0 to 1."""
    count = how.patch_voxels
    result = np.empty((len(centres), len(how.steps_mm), count, count, count), dtype=np.float32)
    for number, centre in enumerate(centres):
        for channel, step in enumerate(how.steps_mm):
            result[number, channel] = cube(
                chest.values, chest.geometry, centre, step, count, how.low_hu
            )
    return spread(result, how)


def spread(densities: NDArray[np.float32], how: Preparation) -> NDArray[np.float32]:
    """Return HU as the network takes them, 0 to 1."""
    above = densities - np.float32(how.low_hu)
    return np.asarray((above / np.float32(how.high_hu - how.low_hu)).clip(0, 1))


def packed(cubes: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return patches in a quarter of the memory, for lessons."""
    return np.asarray((cubes * 255).round().astype(np.uint8))


def unpacked(cubes: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return packed patches as the network takes them."""
    return np.asarray(cubes.astype(np.float32) / np.float32(255))
