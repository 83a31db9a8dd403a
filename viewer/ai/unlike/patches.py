"""Patches of usual slices, remembered, and how far the patches of a head are from them.

The numbers of a patch do not tell where left is, nor which way the face looks: how bright it is at
three scales and how even, how far the skull, how high the slice, and what the network that
mends slices would change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from viewer.ai.unlike.heads import Head, Pictures

NAMES = (
    "brightness, fine",
    "brightness, middle",
    "brightness, coarse",
    "unevenness",
    "distance from the skull",
    "height in the brain",
)
CHANGE = "what the network would change"
REMEMBERED = 4000
NEIGHBOURS = 5
_SCALES = (0.7, 1.5, 3.0)
_DEEPEST = 12.0
"""Pixels from the skull from which on deeper makes no difference."""

Floats = NDArray[np.float64]


def patches(head: Head, expected: Pictures | None = None) -> Floats:
    """Return the numbers of each brain pixel (pixels of `head.brain`, features).

    `expected` are the slices as the network would have them; without, its feature is left out.
    """
    usual = np.median(head.pictures[head.brain])
    inside = np.where(head.brain, head.pictures - usual, 0).astype(np.float64)
    scales = [ndimage.gaussian_filter(inside, (0, s, s)) for s in _SCALES]
    spread = ndimage.gaussian_filter(inside**2, (0, _SCALES[1], _SCALES[1])) - scales[1] ** 2
    deep = np.stack([ndimage.distance_transform_edt(one) for one in head.brain])
    columns = [
        *scales,
        np.sqrt(spread.clip(0)),
        deep.clip(0, _DEEPEST) / _DEEPEST,
        np.broadcast_to(_heights(head)[:, None, None], inside.shape),
    ]
    if expected is not None:
        change = np.where(head.brain, head.pictures - expected, 0).astype(np.float64)
        columns.append(ndimage.gaussian_filter(change, (0, _SCALES[0], _SCALES[0])))
    return np.stack([one[head.brain] for one in columns], axis=1)


def _heights(head: Head) -> Floats:
    """Return 0 for the lowest slice with brain to 1 for the highest."""
    seen = np.flatnonzero(head.brain.any(axis=(1, 2)))
    heights = np.zeros(len(head.brain))
    heights[seen] = np.linspace(0, 1, len(seen))
    return heights


def spread_out(head: Head, numbers: Floats) -> Pictures:
    """Return a number for each brain pixel as slices (slice, SIDE, SIDE); 0 elsewhere."""
    laid = np.zeros(head.pictures.shape, dtype=np.float32)
    laid[head.brain] = numbers
    return laid


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """Some usual patches (patches, features), and the spread of each feature over all."""

    remembered: NDArray[np.float32] = field(repr=False)
    scale: NDArray[np.float32] = field(repr=False)

    @classmethod
    def of(cls, usual: Floats, seed: int) -> Memory:
        """Remember some of many usual patches."""
        count = min(REMEMBERED, len(usual))
        chosen = np.random.default_rng(seed).choice(len(usual), count, replace=False)
        scale = np.asarray(usual.std(axis=0) + 1e-6)
        return cls(usual[chosen].astype(np.float32), scale.astype(np.float32))

    def distances(self) -> Callable[[Floats], Floats]:
        """Return what gives the mean distance of patches from their nearest usual ones.

        In spreads of the features; the same on every computer to about 1e-6.
        """
        tree = cKDTree(self.remembered.astype(np.float64) / self.scale)

        def away(rows: Floats) -> Floats:
            near = np.asarray(tree.query(rows / self.scale, NEIGHBOURS)[0])
            return np.asarray(near.mean(axis=1))

        return away


def usual_patches(
    heads: Sequence[Head], usual: Sequence[NDArray[np.intp]], expected: Sequence[Pictures | None]
) -> Floats:
    """Return the patches of the usual slices of several heads (patches, features)."""
    rows = []
    for head, slices, back in zip(heads, usual, expected, strict=True):
        of_usual = np.zeros(len(head.brain), dtype=np.bool_)
        of_usual[slices] = True
        which = np.nonzero(head.brain)[0]
        rows.append(patches(head, back)[of_usual[which]])
    return np.concatenate(rows)
