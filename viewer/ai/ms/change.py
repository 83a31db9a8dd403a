"""From scores of voxels to lesions that changed: which way, how large before and after.

There is one volume of a change: that of the voxels which the forest outlines, and which mask,
segment, table and sentence all give. The lesion at the smaller date is what is bright beside
these voxels, at the larger date both together, so that after less before is the volume of the
change. What is bright ends half-way between the surroundings and the brightest part.

A change has an interval. It reaches from the smaller to the larger of two volumes, that of the
outlined voxels and that by the edge alone, and on both sides further by what the volumes become
when that edge is moved by the noise of the difference, and by the counting of voxels. It holds
95 % as far as these are all that is wrong; `figures.held_of` counts how often readers' volumes lie
in it. A change whose interval reaches down to nothing is called noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import cc3d
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.ms.features import Seen, blurred
from viewer.ai.ms.smallest import is_lesion
from viewer.imaging.anatomy.masks import dilated
from viewer.imaging.click.trees import Forest

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]

FLOOR = 0.2
"""Voxels less likely changed than this are in no candidate."""
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
    changed_mm3: float
    """The volume of the voxels that changed, always positive."""
    steady_mm3: float
    """The volume of the part of the lesion that is there at both dates."""
    least_mm3: float
    most_mm3: float
    """The 95 % interval of the volume that changed; `least_mm3` may be below nothing."""
    height: float
    """Mean change in units of its noise; positive where it became brighter."""

    def of_volume(self, mm3: float) -> Change:
        """Return this with the volume that its voxels have on another grid, within its interval.

        By as much as that differs the interval reaches further, so that it holds both.
        """
        off = mm3 - self.changed_mm3
        least, most = self.least_mm3 + min(off, 0.0), self.most_mm3 + max(off, 0.0)
        return replace(self, changed_mm3=mm3, least_mm3=least, most_mm3=most)

    @property
    def sign(self) -> int:
        """1 where it became larger, else -1."""
        return 1 if self.kind in (Kind.NEW, Kind.GROWN) else -1

    @property
    def difference_mm3(self) -> float:
        """After less before: the volume that changed, with its sign."""
        return self.sign * self.changed_mm3

    @property
    def interval_mm3(self) -> tuple[float, float]:
        """The 95 % interval of after less before, its lower end first."""
        ends = self.sign * self.least_mm3, self.sign * self.most_mm3
        return min(ends), max(ends)

    @property
    def before_mm3(self) -> float:
        """The volume of the whole lesion before."""
        return self.steady_mm3 + max(-self.difference_mm3, 0.0)

    @property
    def after_mm3(self) -> float:
        """The volume of the whole lesion after."""
        return self.steady_mm3 + max(self.difference_mm3, 0.0)

    @property
    def is_noise(self) -> bool:
        """Whether nothing may have changed, by its interval."""
        return self.least_mm3 <= 0

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
    """Return the lesions that changed, of 3 mm and more, most likely first."""
    found: list[Change] = []
    for sign in (1, -1):
        mask = (scores > FLOOR) & (seen.sign == sign)
        labels = cc3d.connected_components(mask, connectivity=26)
        boxes = ndimage.find_objects(labels)
        for number, (a, b, c) in enumerate(boxes, start=1):
            box = (a, b, c)
            inside = labels[box] == number
            if is_lesion(inside, seen.pair.geometry):
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
    edge = _Edge(region, within, level, seen)
    changed = edge.voxel_mm3 * float(np.count_nonzero(within))
    steady = edge.steady_mm3(before if sign > 0 else after)
    sizes, uncertain = edge.sizes_mm3(before, after), edge.uncertainty_mm3(before, after)
    kind = _kind(*sizes, sign)
    by_edge = sign * (sizes[1] - sizes[0])
    least, most = min(changed, by_edge) - uncertain, max(changed, by_edge) + uncertain
    height = float(seen.change[wide][within].mean())
    return Change(kind, score, box, inside, changed, steady, least, most, height)


def _ground(darker: Values, region: Mask, within: Mask) -> float:
    """Return the value round a lesion; white matter (0) where nothing is round it."""
    around = region & ~within
    return float(np.percentile(darker[around], 25)) if np.count_nonzero(around) > 5 else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class _Edge:
    """Where a lesion ends, on a part of the grid: brighter than `level` within `region`."""

    region: Mask
    within: Mask
    level: float
    seen: Seen

    @property
    def voxel_mm3(self) -> float:
        return self.seen.pair.geometry.voxel_volume_mm3

    def bright(self, values: Values, level: float) -> Mask:
        """Return what is brighter than a level and reaches into what changed."""
        labels = cc3d.connected_components((values > level) & self.region, connectivity=26)
        keep = np.unique(labels[self.within])
        return np.asarray(np.isin(labels, keep[keep > 0]))

    def steady_mm3(self, values: Values) -> float:
        """Return how much of a lesion is bright at the smaller date beside what changed."""
        return self._mm3(self.bright(values, self.level) & ~self.within)

    def sizes_mm3(self, before: Values, after: Values) -> tuple[float, float]:
        """Return how large a lesion is at both dates by its edge alone."""
        first, second = (self._mm3(self.bright(one, self.level)) for one in (before, after))
        return first, second

    def uncertainty_mm3(self, before: Values, after: Values) -> float:
        """Return half of the 95 % interval of the change by its edge."""
        noise = float(self.seen.noise / np.sqrt(2))
        dates = (before, after)
        sizes = self.sizes_mm3(before, after)
        spreads = [
            self._mm3(self.bright(one, self.level - noise))
            - self._mm3(self.bright(one, self.level + noise))
            for one in dates
        ]
        moved = np.hypot(spreads[0], spreads[1]) / 2
        counted = self.voxel_mm3 * np.sqrt(max(sum(sizes) / self.voxel_mm3, 1.0)) / 2
        return float(_SURELY * np.hypot(moved, counted) / np.sqrt(2))

    def _mm3(self, mask: Mask) -> float:
        return float(np.count_nonzero(mask)) * self.voxel_mm3


def _kind(before: float, after: float, sign: int) -> Kind:
    """Return which way a lesion changed; `sign` is 1 where the second date is brighter."""
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
