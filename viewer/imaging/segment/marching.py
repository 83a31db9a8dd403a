"""Fast marching: a front that spreads from seeds, quickly where values are like theirs.

The time of arrival solves the eikonal equation on the grid of the voxels in mm (Sethian
1996); every voxel that the front has reached by some time is the segment, so that growing
and shrinking afterwards costs nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.imaging.compiled import compiled
from viewer.imaging.enhance.field import Values
from viewer.imaging.segment.distance import Mask, Spacing
from viewer.imaging.segment.heap import put, take

_STUCK = 1e-4
"""The least speed: a front that cannot pass would never arrive."""


def speed_from(values: Values, seeds: Mask, spread: float) -> Values:
    """Return how fast the front moves: 1 at the mean of the seeds, less the less alike.

    It falls as a Gaussian whose width is `spread` standard deviations of the seeds' values,
    which count as at least a hundredth of the range of the image.

    Raises:
        Declined: if there are no seeds.
    """
    known = values[seeds & np.isfinite(values)]
    if known.size == 0:
        raise Declined("Mark something inside first: there are no seeds.", code="no_seeds")
    least = 0.01 * float(np.nanpercentile(values, 99) - np.nanpercentile(values, 1))
    width = spread * max(float(known.std()), least, 1e-6)
    off = (values - np.float32(known.mean())) / np.float32(width)
    speed = np.exp(-0.5 * np.square(off))
    return np.asarray(np.maximum(np.nan_to_num(speed), _STUCK), np.float32)


def arrival(speed: Values, seeds: Mask, spacing_mm: Spacing, progress: Progress) -> Values:
    """Return when the front reaches each voxel: the way in mm over the speed, 0 at the seeds.

    Raises:
        Declined: if there are no seeds.
        Cancelled: if the work is no longer wanted.
    """
    if not seeds.any():
        raise Declined("Mark something inside first: there are no seeds.", code="no_seeds")
    time = np.where(seeds, np.float32(0), np.float32(np.inf)).astype(np.float32)
    heap, place = np.empty(time.size, np.int64), np.full(time.size, -1, np.int64)
    done = np.zeros(time.size, np.uint8)
    steps = np.array(spacing_mm, np.float64)
    speed = np.ascontiguousarray(speed)
    size, reached = -1, 0
    while size != 0:
        progress.report(min(reached / time.size, 1.0), "the front spreads")
        size, count = _march(speed, time, done, heap, place, size, steps, 400_000)
        reached += count
    progress.report(1.0)
    return time


def of_volume(time: Values, volume_ml: float, spacing_mm: Spacing) -> Mask:
    """Return the voxels reached first, as many as make up a volume."""
    count = round(volume_ml * 1000 / float(np.prod(spacing_mm)))
    known = int(np.isfinite(time).sum())
    if count >= known:
        return np.isfinite(time)
    if count <= 0:
        return np.asarray(time <= 0)
    level = np.partition(time.ravel(), count - 1)[count - 1]
    return np.asarray(time <= level)


@compiled
def _march(
    speed: Values,
    time: Values,
    done: NDArray[np.uint8],
    heap: NDArray[np.int64],
    place: NDArray[np.int64],
    size: int,
    steps: NDArray[np.float64],
    most: int,
) -> tuple[int, int]:
    """Let the front pass so many voxels; return the size of the heap and how many it passed."""
    depth, height, width = speed.shape
    times = time.reshape(-1)
    if size < 0:
        size = 0
        for index in range(times.shape[0]):
            if times[index] == 0:
                size = put(heap, place, times, size, index)
    passed = 0
    while size > 0 and passed < most:
        here = take(heap, place, times, size)
        size -= 1
        done[here] = 1
        passed += 1
        x = here % width
        y = (here // width) % height
        z = here // (width * height)
        for way in range(6):
            side = 2 * (way % 2) - 1
            a = z + (side if way < 2 else 0)
            b = y + (side if 2 <= way < 4 else 0)
            c = x + (side if way >= 4 else 0)
            if a < 0 or b < 0 or c < 0 or a >= depth or b >= height or c >= width:
                continue
            there = (a * height + b) * width + c
            if done[there]:
                continue
            found = _solved(time, speed[a, b, c], a, b, c, steps)
            if found < times[there]:
                times[there] = found
                size = put(heap, place, times, size, there)
    return size, passed


@compiled
def _solved(
    time: Values, speed: float, z: int, y: int, x: int, steps: NDArray[np.float64]
) -> float:
    """Return the arrival at a voxel from the earliest of its neighbours along each axis."""
    depth, height, width = time.shape
    a = min(time[z - 1, y, x] if z > 0 else np.inf, time[z + 1, y, x] if z + 1 < depth else np.inf)
    b = min(time[z, y - 1, x] if y > 0 else np.inf, time[z, y + 1, x] if y + 1 < height else np.inf)
    c = min(time[z, y, x - 1] if x > 0 else np.inf, time[z, y, x + 1] if x + 1 < width else np.inf)
    first, second, third = steps[0], steps[1], steps[2]
    if b < a:
        a, b, first, second = b, a, second, first
    if c < b:
        b, c, second, third = c, b, third, second
    if b < a:
        a, b, first, second = b, a, second, first
    slow = 1.0 / speed
    best = float(a + slow * first)
    if b >= best:
        return best
    weight = 1.0 / (first * first)
    squares, linear, constant = weight, weight * a, weight * a * a - slow * slow
    weight = 1.0 / (second * second)
    squares += weight
    linear += weight * b
    constant += weight * b * b
    inside = linear * linear - squares * constant
    if inside >= 0:
        best = float((linear + np.sqrt(inside)) / squares)
    if c >= best:
        return best
    weight = 1.0 / (third * third)
    squares += weight
    linear += weight * c
    constant += weight * c * c
    inside = linear * linear - squares * constant
    return float((linear + np.sqrt(inside)) / squares) if inside >= 0 else best
