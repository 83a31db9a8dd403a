"""How far a region must loosen before it reaches each voxel, from its seeds on.

Two ways to go: by the worst step of the best path (the level of a threshold at which a
voxel is connected), or by the sum of all steps (a geodesic distance). Both settle voxels in
order of whole-numbered levels, one bucket for each, so that time grows with voxels alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled

UNREACHED = 65535
Levels = NDArray[np.uint16]


@compiled
def worst_step(cost: NDArray[np.uint8], seeds: NDArray[np.int64]) -> NDArray[np.uint16]:
    """Return for each voxel the least worst cost (0 to 255) of any path to it (6 neighbours)."""
    nz, ny, nx = cost.shape
    total = nz * ny * nx
    level = np.full(total, 65535, np.uint16)
    flat = cost.ravel()
    head = np.full(256, -1, np.int64)
    after = np.full(total, -1, np.int64)
    for n in range(len(seeds)):
        at = (seeds[n, 0] * ny + seeds[n, 1]) * nx + seeds[n, 2]
        if level[at] == 65535:
            level[at] = 0
            after[at] = head[0]
            head[0] = at
    for now in range(256):
        while head[now] >= 0:
            at = head[now]
            head[now] = after[at]
            z, rest = at // (ny * nx), at % (ny * nx)
            y, x = rest // nx, rest % nx
            for way in range(6):
                if way == 0 and z > 0:
                    to = at - ny * nx
                elif way == 1 and z < nz - 1:
                    to = at + ny * nx
                elif way == 2 and y > 0:
                    to = at - nx
                elif way == 3 and y < ny - 1:
                    to = at + nx
                elif way == 4 and x > 0:
                    to = at - 1
                elif way == 5 and x < nx - 1:
                    to = at + 1
                else:
                    continue
                if level[to] == 65535:
                    new = max(now, int(flat[to]))
                    level[to] = new
                    after[to] = head[new]
                    head[new] = to
    return level.reshape(cost.shape)


@compiled
def summed_steps(
    cost: NDArray[np.uint8], seeds: NDArray[np.int64], lengths: NDArray[np.int64], most: int
) -> NDArray[np.uint16]:
    """Return for each voxel the least sum of cost times length of step; `most` ends the search."""
    nz, ny, nx = cost.shape
    total = nz * ny * nx
    level = np.full(total, 65535, np.uint16)
    flat = cost.ravel()
    head = np.full(most + 1, -1, np.int64)
    after = np.full(total, -1, np.int64)
    before = np.full(total, -1, np.int64)
    for n in range(len(seeds)):
        at = (seeds[n, 0] * ny + seeds[n, 1]) * nx + seeds[n, 2]
        if level[at] == 65535:
            level[at] = 0
            after[at] = head[0]
            if head[0] >= 0:
                before[head[0]] = at
            head[0] = at
    for now in range(most + 1):
        while head[now] >= 0:
            at = head[now]
            head[now] = after[at]
            if after[at] >= 0:
                before[after[at]] = -1
            z, rest = at // (ny * nx), at % (ny * nx)
            y, x = rest // nx, rest % nx
            for way in range(6):
                if way == 0 and z > 0:
                    to = at - ny * nx
                elif way == 1 and z < nz - 1:
                    to = at + ny * nx
                elif way == 2 and y > 0:
                    to = at - nx
                elif way == 3 and y < ny - 1:
                    to = at + nx
                elif way == 4 and x > 0:
                    to = at - 1
                elif way == 5 and x < nx - 1:
                    to = at + 1
                else:
                    continue
                new = now + max(int(flat[to]) * int(lengths[way // 2]) // 16, 1)
                old = int(level[to])
                if new > most or new >= old:
                    continue
                if old != 65535:
                    if before[to] >= 0:
                        after[before[to]] = after[to]
                    else:
                        head[old] = after[to]
                    if after[to] >= 0:
                        before[after[to]] = before[to]
                level[to] = new
                before[to] = -1
                after[to] = head[new]
                if head[new] >= 0:
                    before[head[new]] = to
                head[new] = to
    return level.reshape(cost.shape)
