"""Windpipe and main bronchi: grown from the windpipe, stopped before they leak.

Works on an upright, coarse grid of HU (slices to the head, about 2 mm). The
seed is the longest chain of round pure-air discs through the upper slices;
the threshold is then raised until the air breaks through into the lungs
(after Mori 1996).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import cc3d
import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry
from viewer.core.progress import Progress

THRESHOLDS_HU = (-960, -940, -920, -900, -880, -860, -840, -820)
LARGEST_MM3 = 110_000.0
"""Windpipe and bronchi of a large man; more than that has leaked into a lung."""
STEEPEST = 1.7
"""A step of the threshold that adds more than this factor is a leak."""
DISC_MM2 = (45.0, 900.0)
SHORTEST_MM = 12.0
PURE_AIR_HU = -930
"""Half of the windpipe is darker than this also where its edge is blurred; lung is not."""
OFF_MIDDLE_MM = 60.0


@dataclass(frozen=True, slots=True)
class _Disc:
    """A round pocket of air in one axial slice (indices, mm2)."""

    slice: int
    row: float
    column: float
    area_mm2: float
    inside: tuple[int, int] = field(repr=False)


def segment_airways(
    values: NDArray[np.float32], outside: NDArray[np.bool_], geometry: Geometry, progress: Progress
) -> NDArray[np.bool_]:
    """Return windpipe and main bronchi on an upright grid; empty where no windpipe is seen.

    `outside` marks the air around the body.
    """
    chain = _windpipe(values, outside, geometry, progress)
    if not chain:
        return np.zeros(values.shape, dtype=np.bool_)
    return _grown(values, outside, geometry, chain, progress)


def _windpipe(
    values: NDArray[np.float32], outside: NDArray[np.bool_], geometry: Geometry, progress: Progress
) -> list[_Disc]:
    """Find the longest chain of discs that follow each other from slice to slice."""
    chains: list[list[_Disc]] = []
    open_chains: list[list[_Disc]] = []
    for number in range(len(values) - 1, -1, -1):
        if number % 16 == 0:
            progress.report(0.5 * (1 - number / len(values)), "looking for the windpipe")
        discs = _discs(values[number], outside[number], number, geometry)
        going_on: list[list[_Disc]] = []
        for disc in discs:
            before = min(open_chains, key=lambda c: _distance(c[-1], disc, geometry), default=None)
            if before is not None and _follows(before[-1], disc, geometry):
                open_chains.remove(before)
                before.append(disc)
                going_on.append(before)
            else:
                going_on.append([disc])
        chains += [c for c in open_chains if c not in going_on]
        open_chains = going_on
    middle = float(np.median(np.nonzero((values > -300).any(axis=(0, 1)))[0]))
    best = max(chains + open_chains, key=lambda c: _worth(c, middle, geometry), default=[])
    return best if _worth(best, middle, geometry) >= SHORTEST_MM else []


def _discs(
    plane: NDArray[np.float32], outside: NDArray[np.bool_], number: int, geometry: Geometry
) -> list[_Disc]:
    air = ((plane < -850) & ~outside).astype(np.uint8)
    count, labels, stats, centres = cv2.connectedComponentsWithStats(air, connectivity=4)
    pixel = geometry.spacing_mm[1] * geometry.spacing_mm[2]
    found = []
    for label in range(1, count):
        left, top, width, height, pixels = (int(n) for n in stats[label])
        area = pixels * pixel
        if not DISC_MM2[0] <= area <= DISC_MM2[1]:
            continue
        mm = sorted((width * geometry.spacing_mm[2], height * geometry.spacing_mm[1]))
        if mm[1] > 2.2 * mm[0] or area < 0.5 * mm[0] * mm[1]:
            continue
        block = labels[top : top + height, left : left + width] == label
        if np.median(plane[top : top + height, left : left + width][block]) > PURE_AIR_HU:
            continue
        deepest = np.unravel_index(
            np.argmax(ndimage.distance_transform_edt(np.pad(block, 1))), (height + 2, width + 2)
        )
        inside = (top + int(deepest[0]) - 1, left + int(deepest[1]) - 1)
        found.append(
            _Disc(number, float(centres[label][1]), float(centres[label][0]), area, inside)
        )
    return found


def _distance(a: _Disc, b: _Disc, geometry: Geometry) -> float:
    _, row_mm, column_mm = geometry.spacing_mm
    return float(np.hypot((a.row - b.row) * row_mm, (a.column - b.column) * column_mm))


def _follows(above: _Disc, below: _Disc, geometry: Geometry) -> bool:
    step = geometry.spacing_mm[0]
    near = _distance(above, below, geometry) <= max(3.0, 1.2 * step)
    return near and 0.5 <= below.area_mm2 / above.area_mm2 <= 2


def _worth(chain: list[_Disc], middle: float, geometry: Geometry) -> float:
    """Length in mm, less where it wanders and where it lies far off the middle of the body."""
    if not chain:
        return 0.0
    length = len(chain) * geometry.spacing_mm[0]
    wander = sum(_distance(a, b, geometry) for a, b in pairwise(chain))
    off = abs(np.mean([disc.column for disc in chain]) - middle) * geometry.spacing_mm[2]
    return float((length - 0.3 * wander) * np.exp(-((off / OFF_MIDDLE_MM) ** 2)))


def _grown(
    values: NDArray[np.float32],
    outside: NDArray[np.bool_],
    geometry: Geometry,
    chain: list[_Disc],
    progress: Progress,
) -> NDArray[np.bool_]:
    """Raise the threshold until the tree leaks, and keep the step before."""
    seeds = tuple(np.array([(d.slice, *d.inside) for d in chain]).T)
    best = np.zeros(values.shape, dtype=np.bool_)
    before = 0.0
    for number, threshold in enumerate(THRESHOLDS_HU):
        progress.report(0.5 + 0.5 * number / len(THRESHOLDS_HU), "growing the airways")
        labels = cc3d.connected_components((values < threshold) & ~outside, connectivity=6)
        wanted = np.setdiff1d(np.unique(labels[seeds]), [0])
        tree = np.isin(labels, wanted)
        volume = float(np.count_nonzero(tree)) * geometry.voxel_volume_mm3
        if volume > LARGEST_MM3 or (before > 8_000 and volume > STEEPEST * before):
            break
        best, before = tree, volume
    return ndimage.binary_closing(best, iterations=1) | best
