"""Segmentation from marks: every voxel goes to the mark that reaches it most easily.

Marks are labels (slice, row, column), 0 where nothing was marked. The result holds the
label of every voxel.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from viewer.core.progress import Progress
from viewer.imaging.compiled import compiled
from viewer.imaging.enhance.field import Field, Values
from viewer.imaging.enhance.smoothing import gaussian

Labels = NDArray[np.uint16]


def grow_from_seeds(field: Field, marks: Labels, progress: Progress) -> Labels:
    """Return the label of every voxel by the cheapest way to a mark (Zhu et al. 2014).

    The cost of a step is the difference of the values along it: the shortest-path form of
    GrowCut, with the same result whatever the order of the voxels.
    """
    if not marks.any():
        raise ValueError("something must be marked")
    progress.report(0.1, "growing")
    values = field.filled().values
    spread = float(np.percentile(field.sample(), 99) - np.percentile(field.sample(), 1)) or 1.0
    labels = marks.astype(np.uint16)
    _spread_out(values / np.float32(spread), labels, np.float32(_PER_STEP))
    progress.report(1.0)
    return labels


_PER_STEP = 1e-4
"""What a step costs where values do not change, so that the nearest mark wins."""


@compiled
def _spread_out(values: Values, labels: Labels, per_step: np.float32) -> None:
    """Dijkstra's algorithm from all marks at once, with a heap of our own."""
    depth, height, width = values.shape
    count = depth * height * width
    cost = np.full(count, np.float32(np.inf))
    flat = values.reshape(count)
    names = labels.reshape(count)
    heap = np.empty(count + 1, np.int64)
    place = np.full(count, -1, np.int64)
    size = 0
    for index in range(count):
        if names[index] != 0:
            cost[index] = 0
            heap[size] = index
            place[index] = size
            size += 1
    done = np.zeros(count, np.uint8)
    while size > 0:
        here = heap[0]
        size -= 1
        last = heap[size]
        heap[0] = last
        place[last] = 0
        at = 0
        while True:
            child = 2 * at + 1
            if child >= size:
                break
            if child + 1 < size and cost[heap[child + 1]] < cost[heap[child]]:
                child += 1
            if cost[heap[child]] >= cost[heap[at]]:
                break
            heap[at], heap[child] = heap[child], heap[at]
            place[heap[at]] = at
            place[heap[child]] = child
            at = child
        done[here] = 1
        x = here % width
        y = (here // width) % height
        z = here // (width * height)
        for way in range(6):
            nz, ny, nx = z, y, x
            if way == 0:
                nz -= 1
            elif way == 1:
                nz += 1
            elif way == 2:
                ny -= 1
            elif way == 3:
                ny += 1
            elif way == 4:
                nx -= 1
            else:
                nx += 1
            if nz < 0 or ny < 0 or nx < 0 or nz >= depth or ny >= height or nx >= width:
                continue
            there = (nz * height + ny) * width + nx
            if done[there]:
                continue
            price = cost[here] + per_step + abs(flat[there] - flat[here])
            if price < cost[there]:
                cost[there] = price
                names[there] = names[here]
                if place[there] < 0:
                    heap[size] = there
                    place[there] = size
                    size += 1
                at = place[there]
                while at > 0:
                    above = (at - 1) // 2
                    if cost[heap[above]] <= cost[heap[at]]:
                        break
                    heap[at], heap[above] = heap[above], heap[at]
                    place[heap[at]] = at
                    place[heap[above]] = above
                    at = above


def walk(field: Field, marks: Labels, stiffness: float, progress: Progress) -> Labels:
    """Return the label that a random walker from each voxel reaches first (Grady 2006).

    `stiffness` is how strongly it avoids crossing edges. Voxels cut off from all marks get 0.
    """
    from skimage.segmentation import random_walker

    solve: Callable[..., NDArray[np.generic]] = random_walker
    if not marks.any():
        raise ValueError("something must be marked")
    progress.report(0.1, "random walks")
    values = field.filled().values
    low, high = np.percentile(values, (1, 99))
    level = ((values - low) / max(float(high - low), 1e-9)).astype(np.float64)
    found = solve(level, marks.astype(np.int32), beta=stiffness, mode="cg_j", tol=1e-4,
                  spacing=np.array(field.spacing_mm) / min(field.spacing_mm))  # fmt: skip
    progress.report(1.0)
    return np.asarray(found).clip(0, 65535).astype(np.uint16)


def flood(field: Field, marks: Labels, sigma_mm: float, progress: Progress) -> Labels:
    """Return the basins of the gradient, flooded from the marks (watershed; Meyer 1991)."""
    from skimage.segmentation import watershed

    fill: Callable[..., NDArray[np.generic]] = watershed
    if not marks.any():
        raise ValueError("something must be marked")
    soft = gaussian(field.filled(), sigma_mm, progress) if sigma_mm > 0 else field.filled().values
    slopes = [
        np.gradient(soft, step, axis=axis) if soft.shape[axis] > 1 else np.zeros_like(soft)
        for axis, step in enumerate(field.spacing_mm)
    ]
    steep = np.sqrt(sum(np.square(slope) for slope in slopes))
    return np.asarray(fill(steep, markers=marks.astype(np.int32))).astype(np.uint16)
