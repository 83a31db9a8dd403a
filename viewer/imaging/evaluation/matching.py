"""Which finding is which lesion of the truth.

Closeness is an array (findings, lesions): the larger, the closer; -inf where a finding does not
hit a lesion. Positions are mm in any one space; a box (2, 3) is its lowest and highest corner.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """The lesion of each finding, -1 for none; `again`: it hits only what is found already."""

    lesion: NDArray[np.intp]
    again: NDArray[np.bool_]


def distances(centres: Array, lesions: Array) -> Array:
    """Return how far findings (n, 3) are from lesions (m, 3), (n, m)."""
    return np.asarray(np.linalg.norm(centres[:, None] - lesions[None], axis=2))


def within_distance(centres: Array, lesions: Array, limits_mm: Array) -> Array:
    """Return the closeness of centres that are at most as far as the limit of a lesion (m)."""
    apart = distances(centres, lesions)
    return np.where(apart <= limits_mm[None] + 1e-9, -apart, -np.inf)


def within_boxes(centres: Array, boxes: Array) -> Array:
    """Return the closeness of centres in boxes, by the distance from their middle."""
    inside = (centres[:, None] >= boxes[None, :, 0]) & (centres[:, None] <= boxes[None, :, 1])
    apart = distances(centres, boxes.mean(axis=1))
    return np.where(inside.all(axis=2), -apart, -np.inf)


def shared(boxes: Array, lesions: Array, least: float) -> Array:
    """Return the intersection over union of boxes (n, 2, 3) and (m, 2, 3), if at least `least`."""
    low = np.maximum(boxes[:, None, 0], lesions[None, :, 0])
    high = np.minimum(boxes[:, None, 1], lesions[None, :, 1])
    both = np.clip(high - low, 0, None).prod(axis=2)
    sizes = [np.clip(b[:, 1] - b[:, 0], 0, None).prod(axis=1) for b in (boxes, lesions)]
    either = sizes[0][:, None] + sizes[1][None] - both
    part = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    return np.where((part >= least) & (part > 0), part, -np.inf)


def match(scores: Array, closeness: Array) -> Match:
    """Give each lesion one finding at most, and each finding one lesion.

    By falling score each finding takes the closest lesion it hits that none took before
    (M. Everingham et al.: The PASCAL VOC challenge, 2010). So what is above a threshold is matched
    in the same way whatever lies below it.
    """
    count, lesions = closeness.shape
    best = closeness.max(axis=1, initial=-np.inf)
    lesion = np.full(count, -1, np.intp)
    again = np.zeros(count, np.bool_)
    taken = np.zeros(lesions, np.bool_)
    for number in np.lexsort((-best, -scores)):
        free = np.where(taken, -np.inf, closeness[number])
        if lesions and np.isfinite(free.max()):
            lesion[number] = int(np.argmax(free))
            taken[lesion[number]] = True
        else:
            again[number] = bool(np.isfinite(best[number]))
    return Match(lesion, again)
