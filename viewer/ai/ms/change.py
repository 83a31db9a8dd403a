"""From scores of voxels to lesions that changed: which way, how large before and after.

A lesion's edge is where it is half as bright as at its brightest, over white matter, the same
value at both dates. The uncertainty of a volume is what it becomes when that value is moved by
the noise of the difference either way; a change smaller than both together is called noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import cc3d
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.ms.features import Seen, blurred
from viewer.imaging.anatomy.masks import dilated
from viewer.imaging.click.trees import Forest

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]

FLOOR = 0.2
"""Voxels less likely changed than this are in no candidate."""
LEAST_MM3 = 5.0
LEAST_VOXELS = 3
GONE_SHARE = 0.2
"""A lesion that was, or is, smaller than this share of its larger volume was not there."""
_REACH_MM = 3.0
_SURELY = 1.96


class Kind(StrEnum):
    """Which way a lesion changed."""

    NEW = "new"
    GROWN = "grown"
    SHRUNK = "shrunk"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One lesion that changed, on the grid of the pair."""

    kind: Kind
    score: float
    box: tuple[slice, slice, slice]
    changed: Mask = field(repr=False)
    """The voxels that changed, within the box."""
    before_mm3: float
    after_mm3: float
    uncertainty_mm3: float
    """Half of the 95 % interval of the change of the volume."""
    height: float
    """Mean change in units of its noise; positive where it became brighter."""

    @property
    def difference_mm3(self) -> float:
        """After less before."""
        return self.after_mm3 - self.before_mm3

    @property
    def is_noise(self) -> bool:
        """Whether the change of the volume is no larger than its uncertainty."""
        return abs(self.difference_mm3) <= self.uncertainty_mm3

    @property
    def per_cent(self) -> float | None:
        """The change of the volume in per cent of that before; None for what was not there."""
        if self.kind is Kind.NEW or self.before_mm3 <= 0:
            return None
        return 100 * self.difference_mm3 / self.before_mm3


def scores_of(seen: Seen, forest: Forest) -> Values:
    """Return how likely each voxel of the brain changed, 0 to 1; 0 elsewhere."""
    odds = np.clip(forest(seen.features), -30, 30)
    return seen.volume((1 / (1 + np.exp(-odds))).astype(np.float32))


def changes_of(seen: Seen, scores: Values) -> tuple[Change, ...]:
    """Return the lesions that changed, most likely first."""
    voxel = seen.pair.geometry.voxel_volume_mm3
    found: list[Change] = []
    for sign in (1, -1):
        mask = (scores > FLOOR) & (seen.sign == sign)
        labels = cc3d.connected_components(mask, connectivity=26)
        boxes = ndimage.find_objects(labels)
        for number, (a, b, c) in enumerate(boxes, start=1):
            box = (a, b, c)
            inside = labels[box] == number
            count = int(np.count_nonzero(inside))
            if count >= LEAST_VOXELS and count * voxel >= LEAST_MM3:
                found.append(_change(seen, scores, box, inside, sign))
    return tuple(sorted(found, key=lambda one: -one.score))


def outlined(changes: Sequence[Change], shape: tuple[int, ...], threshold: float) -> Mask:
    """Return the voxels of all changes at or above a threshold."""
    mask = np.zeros(shape, dtype=np.bool_)
    for one in changes:
        if one.score >= threshold:
            mask[one.box] |= one.changed
    return mask


def _change(
    seen: Seen, scores: Values, box: tuple[slice, slice, slice], inside: Mask, sign: int
) -> Change:
    likely = np.sort(scores[box][inside])
    score = float(likely[len(likely) // 2 :].mean())
    wide = _wider(box, scores.shape, seen.pair.spacing_mm)
    within = np.zeros(scores[wide].shape, dtype=np.bool_)
    within[_within(box, wide)] = inside
    steps = seen.pair.spacing_mm
    before, after = blurred(seen.first[wide], 0.5, steps), blurred(seen.second[wide], 0.5, steps)
    region = dilated(within, _REACH_MM, seen.pair.geometry) & seen.pair.brain[wide]
    brighter = after if sign > 0 else before
    ground = _ground(np.minimum(before, after), region, within)
    level = ground + (float(np.percentile(brighter[within], 90)) - ground) / 2
    volumes = _volumes(before, after, region, within, level, seen)
    kind = _kind(volumes[0], volumes[1], sign)
    height = float(seen.change[wide][within].mean())
    return Change(kind, score, box, inside, *volumes, height)


def _ground(darker: Values, region: Mask, within: Mask) -> float:
    """Return the value round a lesion; white matter (0) where nothing is round it."""
    around = region & ~within
    return float(np.percentile(darker[around], 25)) if np.count_nonzero(around) > 5 else 0.0


def _volumes(
    before: Values, after: Values, region: Mask, within: Mask, level: float, seen: Seen
) -> tuple[float, float, float]:
    voxel = seen.pair.geometry.voxel_volume_mm3
    noise = seen.noise / np.sqrt(2)

    def at(values: Values, height: float) -> float:
        labels = cc3d.connected_components((values > height) & region, connectivity=26)
        keep = np.unique(labels[within & (labels > 0)])
        return float(np.count_nonzero(np.isin(labels, keep[keep > 0]))) * voxel

    volumes = at(before, level), at(after, level)
    spreads = [(at(one, level - noise) - at(one, level + noise)) / 2 for one in (before, after)]
    counting = voxel * np.sqrt(max(sum(volumes) / voxel, 1.0)) / 2
    return (
        volumes[0],
        volumes[1],
        float(_SURELY * np.hypot(np.hypot(spreads[0], spreads[1]), counting) / np.sqrt(2)),
    )


def _kind(before: float, after: float, sign: int) -> Kind:
    if sign > 0:
        return Kind.NEW if before <= GONE_SHARE * after else Kind.GROWN
    return Kind.VANISHED if after <= GONE_SHARE * before else Kind.SHRUNK


def _wider(
    box: tuple[slice, slice, slice], shape: tuple[int, ...], steps: tuple[float, float, float]
) -> tuple[slice, slice, slice]:
    reach = [int(np.ceil(2 * _REACH_MM / step)) for step in steps]
    a, b, c = (
        slice(max(0, one.start - r), min(n, one.stop + r))
        for one, r, n in zip(box, reach, shape, strict=True)
    )
    return a, b, c


def _within(
    box: tuple[slice, slice, slice], wide: tuple[slice, slice, slice]
) -> tuple[slice, slice, slice]:
    a, b, c = (
        slice(one.start - w.start, one.stop - w.start) for one, w in zip(box, wide, strict=True)
    )
    return a, b, c
