"""Lesions planted into real pairs, since two patients are too few to learn from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.ms.pair import Mask, Pair, Values

RADII_MM = (1.5, 7.0)
CONTRAST = (1.0, 4.0)
"""In robust deviations of the brain's values."""
AWAY_MM = 6.0
"""Planted so far from the edge of the brain and from real change."""


def planted(
    pair: Pair, truth: Mask, spread: float, rng: np.random.Generator, count: int
) -> tuple[Pair, Mask]:
    """Return the pair with lesions that one date has and the other has not, and the new truth.

    `spread` is the robust deviation of the brain's values, in the units of the images.
    """
    first, second, changed = pair.first.copy(), pair.second.copy(), truth.copy()
    free = pair.brain & ~ndimage.binary_dilation(truth, iterations=4)
    depth = ndimage.distance_transform_edt(free, sampling=pair.spacing_mm)
    middle = float(np.median(pair.first[pair.brain]))
    bright = ndimage.gaussian_filter(np.minimum(first, second), 1) > 0.8 * middle
    places = np.argwhere((depth > AWAY_MM) & bright)
    for _ in range(count if len(places) else 0):
        centre = places[rng.integers(len(places))]
        box, soft = _lesion(first.shape, centre, pair.spacing_mm, rng)
        into = second if rng.random() < 0.5 else first
        into[box] += np.float32(rng.uniform(*CONTRAST) * spread) * soft
        changed[box] |= soft > 0.5
    return Pair(first, second, pair.brain, pair.geometry), changed & pair.brain


def _lesion(
    shape: tuple[int, ...],
    centre: NDArray[np.int64],
    steps: tuple[float, float, float],
    rng: np.random.Generator,
) -> tuple[tuple[slice, ...], Values]:
    """Return a box and a soft, uneven, slanted egg in it."""
    radius = float(np.exp(rng.uniform(*np.log(RADII_MM))))
    reach = [int(radius * 1.6 / step) + 3 for step in steps]
    box = tuple(
        slice(max(0, int(c) - r), min(n, int(c) + r + 1))
        for c, r, n in zip(centre, reach, shape, strict=True)
    )
    ranges = [np.arange(one.start, one.stop) - int(c) for one, c in zip(box, centre, strict=True)]
    away = np.stack(np.meshgrid(*ranges, indexing="ij"), axis=-1) * np.array(steps)
    turn = np.linalg.qr(rng.normal(size=(3, 3)))[0]
    axes = radius * rng.uniform(0.7, 1.3, 3)
    depth = np.sqrt((((away @ turn) / axes) ** 2).sum(axis=-1))
    depth += 0.6 * ndimage.gaussian_filter(rng.normal(size=depth.shape), 1.5)
    soft = 1 / (1 + np.exp(np.clip((depth - 1) * 6, -30, 30)))
    soft = ndimage.gaussian_filter(soft, [0.25, 0.7, 0.7])
    return box, soft.astype(np.float32)
