"""A heap of voxels by their cost, for fronts that spread from the cheapest one.

`heap` holds indices, `place` where each index stands in it (-1: not yet), `cost` by index.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled

Indices = NDArray[np.int64]
Costs = NDArray[np.float32]


@compiled
def put(heap: Indices, place: Indices, cost: Costs, size: int, index: int) -> int:
    """Add an index, or move one whose cost has fallen; return the new size."""
    if place[index] < 0:
        heap[size] = index
        place[index] = size
        size += 1
    at = place[index]
    while at > 0:
        above = (at - 1) // 2
        if cost[heap[above]] <= cost[heap[at]]:
            break
        heap[at], heap[above] = heap[above], heap[at]
        place[heap[at]] = at
        place[heap[above]] = above
        at = above
    return size


@compiled
def take(heap: Indices, place: Indices, cost: Costs, size: int) -> int:
    """Take the cheapest index out; the heap is one smaller after."""
    first = int(heap[0])
    last = heap[size - 1]
    heap[0] = last
    place[last] = 0
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size - 1:
            break
        if child + 1 < size - 1 and cost[heap[child + 1]] < cost[heap[child]]:
            child += 1
        if cost[heap[child]] >= cost[heap[at]]:
            break
        heap[at], heap[child] = heap[child], heap[at]
        place[heap[at]] = at
        place[heap[child]] = child
        at = child
    return first
