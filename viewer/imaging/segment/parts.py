"""Segments taken apart and put together: instances, cuts, touching bodies, joint smoothing.

Masks are (slice, row, column) booleans, label maps the same with whole numbers, 0 outside.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import ceil

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.progress import Progress, Silent
from viewer.imaging.enhance.field import Values
from viewer.imaging.enhance.smoothing import blurred
from viewer.imaging.segment.distance import Mask, Spacing, away
from viewer.imaging.segment.shape import bounds, grown, islands

Labels = NDArray[np.uint16]
MOST_LABELS = 65535


class Wall(StrEnum):
    """Which side of the surface a hollow wall lies on."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    MIDDLE = "middle"


def wall(mask: Mask, thickness_mm: float, spacing_mm: Spacing, side: Wall = Wall.INSIDE) -> Mask:
    """Return the shell of a mask, so many mm thick, on one side of its surface or on both."""
    match side:
        case Wall.INSIDE:
            return mask & ~grown(mask, -thickness_mm, spacing_mm)
        case Wall.OUTSIDE:
            return grown(mask, thickness_mm, spacing_mm) & ~mask
        case Wall.MIDDLE:
            # distances run between voxel centres; the surface lies half a voxel before
            half = (thickness_mm + min(spacing_mm)) / 2
            return grown(mask, half, spacing_mm) & ~grown(mask, -half, spacing_mm)


def instances(mask: Mask, least_ml: float, spacing_mm: Spacing) -> Labels:
    """Return the pieces of a mask that are large enough, numbered from the largest.

    Raises:
        Declined: if there are more than labels can number.
    """
    labels, sizes = islands(mask)
    kept = int(np.count_nonzero(sizes >= voxels_of(least_ml, spacing_mm)))
    if kept > MOST_LABELS:
        raise Declined(
            f"There are {kept} pieces; remove small ones first, {MOST_LABELS} can be numbered.",
            code="too_many",
        )
    return np.where(labels <= kept, labels, 0).astype(np.uint16)


def voxels_of(volume_ml: float, spacing_mm: Spacing) -> int:
    """Return how many voxels make up a volume, one at least."""
    return max(ceil(volume_ml * 1000 / float(np.prod(spacing_mm)) - 1e-6), 1)


def split_by_plane(
    mask: Mask, point: tuple[float, float, float], normal: tuple[float, float, float]
) -> Labels:
    """Return 1 behind a plane and 2 before it; point and normal are in voxel indices.

    A normal across the plane in patient directions becomes one of indices by the transpose of
    the grid's affine.
    """
    if not any(normal):
        raise Declined("The plane has no direction.", code="bad_setting")
    result = mask.astype(np.uint16)
    box = bounds(mask)
    if box is None:
        return result
    lines = [
        (np.arange(part.start, part.stop) - at) * way
        for part, at, way in zip(box, point, normal, strict=True)
    ]
    before = lines[0][:, None, None] + lines[1][:, None] + lines[2] > 0
    result[box][before & mask[box]] = 2
    return result


def split_touching(
    mask: Mask, spacing_mm: Spacing, neck_mm: float, progress: Progress | None = None
) -> Labels:
    """Return the bodies that touch in a mask apart, numbered from the largest.

    Watershed of the depth below the surface; two summits are one body unless the way between
    them is shallower by `neck_mm` than the lower of them.
    """
    from skimage.morphology import reconstruction
    from skimage.segmentation import watershed

    progress = progress or Silent()
    result = np.zeros(mask.shape, np.uint16)
    box = bounds(mask, (1, 1, 1))
    if box is None:
        return result
    part = np.pad(mask[box], 1)
    progress.report(0.1, "depth")
    deep = away(~part, spacing_mm)
    progress.report(0.3, "summits")
    rise: Callable[..., Values] = reconstruction
    flooded = rise(np.maximum(deep - neck_mm, 0), deep)
    marks, count = _summits(np.asarray(flooded))
    whole, pieces = islands(part)
    for number in range(1, len(pieces) + 1):  # what is nowhere deep is a body of its own
        if number <= _MOST_SHALLOW and not marks[whole == number].any():
            count += 1
            marks[whole == number] = count
    progress.report(0.6, "parting")
    found = np.asarray(watershed(-deep, markers=marks, mask=part))  # type: ignore[no-untyped-call]
    result[box] = _by_size(found)[1:-1, 1:-1, 1:-1]
    progress.report(1.0)
    return result


_MOST_SHALLOW = 200


def _summits(flooded: Values) -> tuple[NDArray[np.int32], int]:
    import cc3d
    from skimage.morphology import local_maxima

    find: Callable[..., Mask] = local_maxima
    high = np.asarray(find(flooded, connectivity=3)) & (flooded > 0)
    labels = np.asarray(cc3d.connected_components(high, connectivity=26), np.int32)
    return labels, int(labels.max())


def _by_size(labels: NDArray[np.integer]) -> Labels:
    sizes = np.bincount(labels.ravel())
    if len(sizes) - 1 > MOST_LABELS:
        raise Declined("There are too many bodies to be numbered.", code="too_many")
    order = np.argsort(-sizes[1:], kind="stable") + 1
    renamed = np.zeros(len(sizes), np.uint16)
    renamed[order] = np.arange(1, len(sizes))
    return np.asarray(renamed[labels])


def merged(labels: Labels, names: tuple[int, ...], into: int) -> Labels:
    """Return a label map in which several labels are one."""
    table = np.arange(max(int(labels.max()), *names, into) + 1, dtype=np.uint16)
    table[list(names)] = into
    return np.asarray(table[labels])


def smoothed_together(
    labels: Labels, sigma_mm: float, spacing_mm: Spacing, progress: Progress
) -> Labels:
    """Return all segments smoothed at once: none overlap, and no gap opens where two touch.

    Every voxel goes to the segment whose blurred share of it is greatest, or to the outside
    where that outweighs it by so much that all segments together keep their volume.

    Raises:
        Cancelled: if the work is no longer wanted.
    """
    margin = tuple(ceil(3 * sigma_mm / step) + 1 for step in spacing_mm)
    sigmas = (sigma_mm / spacing_mm[0], sigma_mm / spacing_mm[1], sigma_mm / spacing_mm[2])
    box = bounds(labels > 0, margin)
    if box is None:
        return labels.copy()
    part = labels[box]
    best, result = np.zeros(part.shape, np.float32), np.zeros_like(part)
    outside = np.ones(part.shape, np.float32)
    names = [int(name) for name in np.flatnonzero(np.bincount(part.ravel())) if name]
    for number, name in enumerate(names):
        progress.report(number / len(names), f"segment {number + 1} of {len(names)}")
        own = bounds(part == name, margin)
        if own is None:
            continue
        share = blurred((part[own] == name).astype(np.float32), sigmas)
        outside[own] -= share
        leads = share > best[own]
        best[own][leads] = share[leads]
        result[own][leads] = name
    more = best - outside
    count = part.size - int(np.count_nonzero(part))
    if count:
        level = float(np.partition(more.ravel(), count - 1)[count - 1])
        result[more <= level] = 0
    whole = np.zeros_like(labels)
    whole[box] = result
    progress.report(1.0)
    return whole


def masked(values: Values, mask: Mask, outside: float, *, inside: bool = False) -> Values:
    """Return the values with those outside a mask (or those inside it) set to one value."""
    kept = ~mask if inside else mask
    return np.asarray(np.where(kept, values, np.float32(outside)), np.float32)
