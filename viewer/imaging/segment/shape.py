"""Masks changed by their shape: islands, holes, margins in mm, smoothing, Boolean sums.

Distances are millimetres between voxel centres; a margin adds or takes away a voxel when
its centre lies no further than that from the mask, or from what is outside.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import ceil

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.enhance.smoothing import blurred
from viewer.imaging.segment.distance import squared_distance
from viewer.imaging.segment.thresholds import Mask

Spacing = tuple[float, float, float]
Box = tuple[slice, slice, slice]


class Together(StrEnum):
    """How two masks become one."""

    UNION = "union"
    INTERSECTION = "intersection"
    DIFFERENCE = "difference"
    EITHER = "either"


def together(one: Mask, other: Mask, how: Together) -> Mask:
    """Return two masks as one."""
    match how:
        case Together.UNION:
            return one | other
        case Together.INTERSECTION:
            return one & other
        case Together.DIFFERENCE:
            return one & ~other
        case Together.EITHER:
            return one ^ other


def islands(mask: Mask) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the pieces of a mask (26 neighbours) numbered from the largest, and their sizes."""
    import cc3d

    labels = np.asarray(cc3d.connected_components(mask, connectivity=26), np.uint32)
    sizes = np.bincount(labels.ravel())
    order = np.argsort(-sizes[1:], kind="stable") + 1
    renamed = np.zeros(len(sizes), np.uint32)
    renamed[order] = np.arange(1, len(sizes), dtype=np.uint32)
    return renamed[labels], np.asarray(sizes[order])


def largest(mask: Mask, count: int = 1) -> Mask:
    """Return the largest pieces."""
    return _pieces(mask, lambda sizes: np.argsort(-sizes[1:], kind="stable")[:count] + 1)


def without_small(mask: Mask, least_voxels: int) -> Mask:
    """Return the pieces of at least so many voxels."""
    return _pieces(mask, lambda sizes: np.flatnonzero(sizes[1:] >= least_voxels) + 1)


def _pieces(mask: Mask, choose: Callable[[NDArray[np.int64]], NDArray[np.int64]]) -> Mask:
    """Return some pieces (26 neighbours), chosen by the numbers of voxels of all labels."""
    import cc3d

    result = np.zeros_like(mask)
    box = bounds(mask)
    if box is None:
        return result
    labels = cc3d.connected_components(np.ascontiguousarray(mask[box]), connectivity=26)
    sizes = np.asarray(cc3d.statistics(labels, no_slice_conversion=True)["voxel_counts"], np.int64)
    kept = np.zeros(len(sizes), np.bool_)
    kept[choose(sizes)] = True
    result[box] = kept[labels]
    return result


def touching(mask: Mask, seed: tuple[int, int, int]) -> Mask:
    """Return the piece that holds a voxel; nothing if the voxel is outside."""
    labels, _ = islands(mask)
    return np.asarray((labels == labels[seed]) & mask) if mask[seed] else np.zeros_like(mask)


def filled(mask: Mask, *, by_slice: bool = False) -> Mask:
    """Return a mask without its holes: what is enclosed in space, or in each slice."""
    box = bounds(mask)
    if box is None:
        return mask.copy()
    result = mask.copy()
    part = mask[box]
    if by_slice or len(mask) == 1:
        for one in range(part.shape[0]):
            result[box][one] = _without_holes(part[one : one + 1], deep=0)[0]
    else:
        result[box] = _without_holes(part, deep=1)
    return result


def _without_holes(part: Mask, deep: int) -> Mask:
    """Return what cannot be reached over faces from outside; with a depth of 0 in the plane."""
    import cc3d

    ground = np.pad(~part, ((deep, deep), (1, 1), (1, 1)), constant_values=True)
    labels = cc3d.connected_components(ground, connectivity=6)
    inner = labels[deep : deep + part.shape[0], 1:-1, 1:-1]
    return np.asarray(inner != labels[0, 0, 0])


def grown(mask: Mask, margin_mm: float, spacing_mm: Spacing) -> Mask:
    """Return a mask with a margin all round; a negative one is taken away from it."""
    if margin_mm < 0:
        return ~_reached(~mask, -margin_mm, spacing_mm, mask)
    return _reached(mask, margin_mm, spacing_mm, mask)


def _reached(source: Mask, distance_mm: float, spacing_mm: Spacing, about: Mask) -> Mask:
    """Return what lies no further than a distance from a source, looking round a mask only.

    Beyond the block nothing is in the source.
    """
    box = bounds(about, tuple(ceil(distance_mm / step) + 1 for step in spacing_mm))
    result = source.copy()
    if box is None or distance_mm <= 0:
        return result
    part = source[box]
    if not part.any():
        return result
    result[box] = squared_distance(part, spacing_mm) <= (distance_mm + 1e-5) ** 2
    return result


def hollow(mask: Mask, wall_mm: float, spacing_mm: Spacing) -> Mask:
    """Return the outer shell of a mask, so many mm thick."""
    return mask & ~grown(mask, -wall_mm, spacing_mm)


def opened(mask: Mask, radius_mm: float, spacing_mm: Spacing) -> Mask:
    """Return a mask without what is thinner than twice a radius."""
    return grown(grown(mask, -radius_mm, spacing_mm), radius_mm, spacing_mm) & mask


def closed(mask: Mask, radius_mm: float, spacing_mm: Spacing) -> Mask:
    """Return a mask with gaps narrower than twice a radius closed."""
    margin = tuple(ceil(radius_mm / step) + 1 for step in spacing_mm)
    padded = np.pad(mask, [(m, m) for m in margin])
    done = grown(grown(padded, radius_mm, spacing_mm), -radius_mm, spacing_mm)
    a, b, c = (slice(m, -m) for m in margin)
    return np.asarray(done[a, b, c] | mask)


def smooth(mask: Mask, sigma_mm: float, spacing_mm: Spacing) -> Mask:
    """Return a mask with a smoother surface and the same volume, to a voxel or so.

    It is blurred and cut at the level that keeps its number of voxels.
    """
    margin = tuple(ceil(3 * sigma_mm / step) + 1 for step in spacing_mm)
    box = bounds(mask, margin)
    if box is None:
        return mask.copy()
    sigmas = tuple(sigma_mm / step for step in spacing_mm)
    soft = blurred(mask[box].astype(np.float32), (sigmas[0], sigmas[1], sigmas[2]))
    count = int(np.count_nonzero(mask))
    flat = soft.ravel()
    level = np.partition(flat, flat.size - count)[flat.size - count] if count < flat.size else 0.5
    result = np.zeros_like(mask)
    result[box] = soft >= max(float(level), 1e-6)
    return result


def majority(mask: Mask, radius_voxels: int) -> Mask:
    """Return for each voxel what most of its cube are: the median of a mask."""
    from scipy.ndimage import uniform_filter

    side = 2 * radius_voxels + 1
    box = bounds(mask, (side, side, side))
    if box is None:
        return mask.copy()
    result = np.zeros_like(mask)
    share = uniform_filter(mask[box].astype(np.float32), side, mode="constant")
    result[box] = np.asarray(share) > 0.5
    return result


def median(mask: Mask, radius_mm: float, spacing_mm: Spacing) -> Mask:
    """Return for each voxel what most of the ellipsoid of a radius in mm round it are."""
    from scipy.ndimage import correlate1d

    reach = tuple(int(radius_mm / step + 1e-6) for step in spacing_mm)
    box = bounds(mask, tuple(side + 1 for side in reach))
    if box is None:
        return mask.copy()
    part = mask[box].astype(np.int32)
    count, total = np.zeros_like(part), 0
    for z in range(-reach[0], reach[0] + 1):
        for y in range(-reach[1], reach[1] + 1):
            left = radius_mm**2 - (z * spacing_mm[0]) ** 2 - (y * spacing_mm[1]) ** 2
            if left < 0:
                continue
            wide = int(np.sqrt(left) / spacing_mm[2] + 1e-6)
            line = np.asarray(correlate1d(part, np.ones(2 * wide + 1), 2, mode="constant"))
            _add_moved(count, line, z, y)
            total += 2 * wide + 1
    result = np.zeros_like(mask)
    result[box] = 2 * count > total
    return result


def _add_moved(count: NDArray[np.int32], part: NDArray[np.int32], z: int, y: int) -> None:
    """Add a block moved by slices and rows; what leaves it is lost."""
    depth, height = count.shape[:2]
    into = (slice(max(-z, 0), depth - max(z, 0)), slice(max(-y, 0), height - max(y, 0)))
    source = (slice(max(z, 0), depth - max(-z, 0)), slice(max(y, 0), height - max(-y, 0)))
    count[into] += part[source]


def bounds(mask: Mask, margin: tuple[int, ...] = (0, 0, 0)) -> Box | None:
    """Return the block round a mask and a margin, cut at the borders; None if it is empty."""
    found = []
    for axis in range(3):
        others = tuple(k for k in range(3) if k != axis)
        used = np.flatnonzero(mask.any(axis=others))
        if used.size == 0:
            return None
        first = max(int(used[0]) - margin[axis], 0)
        found.append(slice(first, min(int(used[-1]) + 1 + margin[axis], mask.shape[axis])))
    return found[0], found[1], found[2]
