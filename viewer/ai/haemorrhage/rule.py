"""What a bleed is found by without a network: bright parts of the brain, and their features.

The plain rule takes parts brighter than the brain by a threshold, and scores them by how much
brightness there is. The classical model scores the same parts by a regression or boosted trees
on size, brightness and the difference from the other side of the head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.haemorrhage.brightness import BONE, Brightness
from viewer.ai.haemorrhage.pictures import Bytes

THRESHOLDS = (18.0, 30.0, 45.0, 60.0)
"""Grey steps above the brain; the one to use is chosen among patients that are learned from."""
_LEAST_PIXELS = 8
_CALCIFIED = 0.1
"""Parts with more of their pixels as white as bone are calcified, and left out by the rule."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A bright part on one slice: its box (row, column, row, column), score and features."""

    slice: int
    box: tuple[float, float, float, float]
    score: float
    features: NDArray[np.float64] = field(repr=False)


def parts_of(slices: Bytes, light: Brightness, threshold: float) -> list[Part]:
    """Return all bright parts of a head."""
    found: list[Part] = []
    for number in range(len(slices)):
        labels, count = ndimage.label(light.excess[number] > threshold)
        sizes = np.bincount(labels.ravel(), minlength=count + 1)
        large = [one for one in range(1, count + 1) if sizes[one] >= _LEAST_PIXELS]
        depth = ndimage.distance_transform_edt(light.brain[number])
        found += [_part(slices, light, number, labels == one, depth) for one in large]
    return found


def _part(
    slices: Bytes,
    light: Brightness,
    number: int,
    inside: NDArray[np.bool_],
    depth: NDArray[np.float64],
) -> Part:
    excess, white = light.excess[number][inside], slices[number][inside] > BONE
    calcified = float(white.mean())
    rows, columns = np.nonzero(inside)
    box = (float(rows.min()), float(columns.min()), float(rows.max()), float(columns.max()))
    last = len(slices) - 1
    near = [light.excess[min(max(number + step, 0), last)][inside].mean() for step in (-1, 1)]
    spread = np.sqrt(max(rows.var() * columns.var(), 0.0)) + 0.1
    features = (
        np.log(inside.sum()),
        excess.mean(),
        excess.max(),
        light.uneven[number][inside].mean(),
        depth[inside].max(),
        calcified,
        max(near),
        np.log(inside.sum() / spread),
        np.log1p(light.brain[number].sum()),
    )
    score = 0.0 if calcified > _CALCIFIED else float(excess.sum())
    return Part(number, box, score, np.array(features, np.float64))


def slice_scores(
    parts: Sequence[Part], scores: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    """Return the highest score of a part on each slice; 0 where there is none."""
    found = np.zeros(count)
    for part, score in zip(parts, scores, strict=True):
        found[part.slice] = max(found[part.slice], score)
    return found
