"""How the operations of the catalogue do their work: settings taken out, blocks cut to size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil

import numpy as np

from viewer.core.progress import Progress
from viewer.imaging.enhance.field import Values
from viewer.imaging.segment import (
    between as slices_between,
)
from viewer.imaging.segment import clusters, cut, growing, marching, parts, seeds, shape, thresholds
from viewer.imaging.segment import snake as borders
from viewer.imaging.segment.distance import Mask
from viewer.imaging.segment.levels import Counts, Rule
from viewer.imaging.segment.operation import Ground, Run, Settings, number_of, numbered
from viewer.imaging.segment.parts import Labels, Wall
from viewer.imaging.segment.shape import Box, bounds

# -- thresholds ------------------------------------------------------------------------------


def in_range(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Take a range."""
    low, high = number_of(settings, "low"), number_of(settings, "high")
    return _by_slice(ground.values, progress, lambda one: thresholds.in_range(one, low, high))


def above_rule(rule: str) -> Run:
    """Return the operation that takes what is above the threshold of a rule."""

    def run(ground: Ground, settings: Settings, progress: Progress) -> Mask:
        level = np.float32(Counts.of(ground.values).level(Rule(rule)))
        if number_of(settings, "below"):
            return _by_slice(ground.values, progress, lambda one: one <= level)
        return _by_slice(ground.values, progress, lambda one: one > level)

    return run


def multi_otsu(ground: Ground, settings: Settings, progress: Progress) -> Labels:
    """Part values into classes."""
    levels = Counts.of(ground.values).several(int(number_of(settings, "classes")))
    return clusters.sorted_in(ground.values, np.array(levels), progress)


def hysteresis(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Take what hangs on something stronger."""
    progress.report(0.1)
    return thresholds.hysteresis(
        ground.values, number_of(settings, "low"), number_of(settings, "high")
    )


def local(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Take what is above the local mean."""
    values, radius = _filled(ground), _pixels(settings, ground)
    offset = number_of(settings, "offset")
    return _by_slice(values, progress, lambda one: thresholds.local(one[None], radius, offset)[0])


def sauvola(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Take what is above the local threshold of Sauvola."""
    weight = number_of(settings, "weight")
    return thresholds.sauvola(_filled(ground), _pixels(settings, ground), weight, progress=progress)


def _by_slice(values: Values, progress: Progress, work: Callable[[Values], Mask]) -> Mask:
    result = np.empty(values.shape, np.bool_)
    for number, one in enumerate(values):
        result[number] = work(one)
        progress.report((number + 1) / len(values), f"slice {number + 1} of {len(values)}")
    return result


def _pixels(settings: Settings, ground: Ground) -> int:
    pixel_mm = (ground.spacing_mm[1] + ground.spacing_mm[2]) / 2
    return max(1, round(number_of(settings, "radius_mm") / pixel_mm))


def _filled(ground: Ground) -> Values:
    return ground.field().filled().values


# -- classes ---------------------------------------------------------------------------------


def k_means(ground: Ground, settings: Settings, progress: Progress) -> Labels:
    """Part values round means."""
    return clusters.k_means(ground.values, int(number_of(settings, "classes")), progress)


def mixture(ground: Ground, settings: Settings, progress: Progress) -> Labels:
    """Part values into normal distributions."""
    classes, smooth_mm = int(number_of(settings, "classes")), number_of(settings, "smooth_mm")
    return clusters.gaussian_mixture(ground.values, classes, smooth_mm, ground.spacing_mm, progress)


def snap(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Give patches to the segment that most of them belonged to."""
    size_mm, compactness = number_of(settings, "size_mm"), number_of(settings, "compactness")
    box = _round(ground.mask, 2 * size_mm, ground)
    if box is None:
        return ground.mask
    patches = clusters.supervoxels(
        ground.values[box], size_mm, compactness, ground.spacing_mm, progress
    )
    inside = np.bincount(patches.ravel(), ground.mask[box].ravel())
    kept = inside > np.bincount(patches.ravel()) / 2
    return _placed(np.asarray(kept[patches]), box, ground)


# -- growing ---------------------------------------------------------------------------------


def connected(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Grow within a range."""
    progress.report(0.1)
    low, high = number_of(settings, "low"), number_of(settings, "high")
    return growing.reached(ground.values, ground.mask, low, high)


def alike(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Grow over alike values."""
    spread, rounds = number_of(settings, "spread"), int(number_of(settings, "rounds"))
    return growing.reached_alike(ground.values, ground.mask, spread, rounds, progress)


def march(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Let a front spread up to a volume."""
    box = _round(ground.mask, number_of(settings, "reach_mm"), ground)
    if box is None:
        return ground.mask
    start = ground.mask[box]
    speed = marching.speed_from(ground.values[box], start, number_of(settings, "spread"))
    time = marching.arrival(speed, start, ground.spacing_mm, progress)
    found = marching.of_volume(time, number_of(settings, "volume_ml"), ground.spacing_mm)
    return _placed(found, box, ground)


def snake(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Let the border move to edges."""
    return borders.snake(
        ground.values, ground.mask, ground.spacing_mm, progress,
        push=number_of(settings, "push"), stiffness=number_of(settings, "stiffness"),
        sigma_mm=number_of(settings, "sigma_mm"), rounds=int(number_of(settings, "rounds")),
        reach_mm=number_of(settings, "reach_mm"),
    )  # fmt: skip


def two_regions(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Part the surroundings into two even regions."""
    return borders.two_regions(
        ground.values, ground.mask, ground.spacing_mm, progress,
        smooth_mm=number_of(settings, "smooth_mm"), weight=number_of(settings, "weight"),
        rounds=int(number_of(settings, "rounds")), reach_mm=number_of(settings, "reach_mm"),
    )  # fmt: skip


# -- from marks ------------------------------------------------------------------------------


def grow_from_seeds(ground: Ground, settings: Settings, progress: Progress) -> Labels:
    """Give every voxel to the mark reached most easily."""
    return _from_marks(
        ground, settings, lambda part: seeds.grow_from_seeds(part.field(), part.labels, progress)
    )


def walker(ground: Ground, settings: Settings, progress: Progress) -> Labels:
    """Give every voxel to the mark a random walk reaches first."""
    stiffness = number_of(settings, "stiffness")
    return _from_marks(
        ground, settings, lambda part: seeds.walk(part.field(), part.labels, stiffness, progress)
    )


def watershed(ground: Ground, settings: Settings, progress: Progress) -> Labels:
    """Flood the slopes from the marks."""
    sigma_mm = number_of(settings, "sigma_mm")
    return _from_marks(
        ground, settings, lambda part: seeds.flood(part.field(), part.labels, sigma_mm, progress)
    )


def graph_cut(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Find the cheapest border."""
    box = _round(ground.labels > 0, number_of(settings, "around_mm"), ground)
    if box is None:
        return ground.mask
    mask = ground.mask[box]
    found = cut.cut(
        ground.values[box], mask, (ground.labels[box] > 0) & ~mask, ground.spacing_mm, progress,
        stiffness=number_of(settings, "stiffness"),
    )  # fmt: skip
    return _placed(found, box, ground)


def _from_marks(ground: Ground, settings: Settings, work: Callable[[Ground], Labels]) -> Labels:
    """Do the work in the block round all marks; beyond it nothing belongs to any."""
    box = _round(ground.labels > 0, number_of(settings, "around_mm"), ground)
    if box is None:
        return ground.labels
    part = replace(
        ground,
        values=np.ascontiguousarray(ground.values[box]),
        labels=np.ascontiguousarray(ground.labels[box]),
        beside=None,
    )
    result = np.zeros_like(ground.labels)
    result[box] = work(part)
    return result


def _round(mask: Mask, margin_mm: float, ground: Ground) -> Box | None:
    return bounds(mask, tuple(ceil(margin_mm / step) for step in ground.spacing_mm))


def _placed(found: Mask, box: Box, ground: Ground) -> Mask:
    result = np.zeros(ground.labels.shape, np.bool_)
    result[box] = found
    return result


# -- shape -----------------------------------------------------------------------------------


def islands(ground: Ground, settings: Settings, progress: Progress) -> Labels:
    """Keep, remove or number the pieces."""
    progress.report(0.1)
    if settings["what"] == "split":
        least_ml = number_of(settings, "least_ml")
        return numbered(ground, parts.instances(ground.mask, least_ml, ground.spacing_mm))
    if settings["what"] == "keep_largest":
        kept = shape.largest(ground.mask, int(number_of(settings, "count")))
    else:
        least = parts.voxels_of(number_of(settings, "least_ml"), ground.spacing_mm)
        kept = shape.without_small(ground.mask, least)
    labels = ground.labels.copy()
    labels[ground.mask & ~kept] = 0
    return labels


def fill_holes(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Fill what is enclosed."""
    progress.report(0.1)
    return shape.filled(ground.mask, by_slice=number_of(settings, "by_slice") > 0)


def margin(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Grow or shrink."""
    progress.report(0.1)
    return shape.grown(ground.mask, number_of(settings, "mm"), ground.spacing_mm)


def hollow(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Leave a wall."""
    progress.report(0.1)
    side = Wall(str(settings["side"]))
    return parts.wall(ground.mask, number_of(settings, "mm"), ground.spacing_mm, side)


def smooth(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Smooth one segment."""
    progress.report(0.1)
    size_mm, mask, spacing = number_of(settings, "mm"), ground.mask, ground.spacing_mm
    match settings["way"]:
        case "median":
            return shape.median(mask, size_mm, spacing)
        case "opening":
            return shape.opened(mask, size_mm, spacing)
        case "closing":
            return shape.closed(mask, size_mm, spacing)
    return shape.smooth(mask, size_mm, spacing)


def smooth_all(ground: Ground, settings: Settings, progress: Progress) -> Labels:
    """Smooth all segments at once."""
    return parts.smoothed_together(
        ground.labels, number_of(settings, "mm"), ground.spacing_mm, progress
    )


def between(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Fill in between drawn slices."""
    progress.report(0.1)
    axis = int(settings["axis"])
    first, second = (step for number, step in enumerate(ground.spacing_mm) if number != axis)
    return slices_between.filled_between(ground.mask, axis, (first, second))


def split_touching(ground: Ground, settings: Settings, progress: Progress) -> Labels:
    """Part what touches."""
    neck_mm = number_of(settings, "neck_mm")
    pieces = parts.split_touching(ground.mask, ground.spacing_mm, neck_mm, progress)
    return numbered(ground, pieces)


def split_plane(ground: Ground, settings: Settings, progress: Progress) -> Labels:
    """Cut across an axis at a share of the length of the segment."""
    progress.report(0.1)
    box = bounds(ground.mask)
    if box is None:
        return ground.labels
    axis, share = int(settings["axis"]), number_of(settings, "share")
    at = box[axis].start - 0.5 + share * (box[axis].stop - box[axis].start)
    point, normal = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
    point[axis], normal[axis] = at, 1.0
    pieces = parts.split_by_plane(
        ground.mask, (point[0], point[1], point[2]), (normal[0], normal[1], normal[2])
    )
    return numbered(ground, pieces)


# -- sums ------------------------------------------------------------------------------------


def union(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Add the second segment."""
    del settings, progress
    return ground.mask | ground.second


def intersection(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Keep what is in both."""
    del settings, progress
    return ground.mask & ground.second


def subtraction(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Take the second segment away."""
    del settings, progress
    return ground.mask & ~ground.second


def either(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Take what is in one of the two alone."""
    del settings, progress
    return ground.mask ^ ground.second


def invert(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Turn in and out round; what is no value stays out."""
    del settings, progress
    return ~ground.mask & np.isfinite(ground.values)


def merge(ground: Ground, settings: Settings, progress: Progress) -> Labels:
    """Make the second segment part of the first."""
    del settings, progress
    return parts.merged(ground.labels, (ground.segment, ground.other), ground.segment)


def clear(ground: Ground, settings: Settings, progress: Progress) -> Mask:
    """Empty the segment."""
    del settings, progress
    return np.zeros(ground.labels.shape, np.bool_)
