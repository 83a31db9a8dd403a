"""Tiles that overlap, and the blending of what a network answers for each of them.

Near the border of a tile a network sees less than it could, so each answer counts by a Gaussian
round the middle of its tile (deviation one eighth of the side: Isensee et al., Nature Methods
2021). Sums are kept for as many slices as tiles still reach; finished ones become bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Shape

_NARROW = 8.0
_LEAST_WEIGHT = 1e-3


@dataclass(frozen=True, slots=True)
class Plan:
    """Where tiles of one size lie in a picture, in the order of their slices.

    `shape` is the picture's; it is padded to `padded` where a tile is larger.
    """

    shape: Shape
    tile: Shape
    padded: Shape
    starts: tuple[Shape, ...] = field(repr=False)


def plan(shape: Shape, tile: Sequence[int], overlap: float, step: Sequence[int]) -> Plan:
    """Cover a picture with tiles of one size.

    Args:
        shape: Slices, rows, columns of the picture.
        tile: Largest sides of a tile, 0 for all of the picture; less where the picture is smaller.
        overlap: Least share of a tile that the next one covers too.
        step: What each side of a tile must be a multiple of.
    """
    sides = [_side(n, t, s) for n, t, s in zip(shape, tile, step, strict=True)]
    padded = [max(n, side) for n, side in zip(shape, sides, strict=True)]
    along = [_starts(n, side, overlap) for n, side in zip(padded, sides, strict=True)]
    a, b, c = sides
    p, q, r = padded
    return Plan(shape, (a, b, c), (p, q, r), tuple((z, y, x) for z, y, x in product(*along)))


def _side(length: int, tile: int, step: int) -> int:
    whole = -(-length // step) * step
    largest = max(step, tile // step * step) if tile else whole
    return min(whole, largest)


def _starts(length: int, side: int, overlap: float) -> list[int]:
    """Return where tiles begin: evenly spread, the last one ending with the picture."""
    room = length - side
    count = 1 + int(np.ceil(room / max(1, round(side * (1 - overlap))))) if room else 1
    return [round(k * room / max(1, count - 1)) for k in range(count)]


def cut(picture: NDArray[np.float32], plan: Plan, start: Shape) -> NDArray[np.float32]:
    """Return one tile (channels, ...) of a picture, its outermost voxels repeated beyond it."""
    places = [
        np.minimum(np.arange(begin, begin + side), n - 1)
        for begin, side, n in zip(start, plan.tile, plan.shape, strict=True)
    ]
    if all(place[-1] == place[0] + len(place) - 1 for place in places):
        z, y, x = (slice(begin, begin + n) for begin, n in zip(start, plan.tile, strict=True))
        return picture[:, z, y, x]
    return np.asarray(picture[np.ix_(np.arange(len(picture)), *places)])


def weight_of(plan: Plan) -> NDArray[np.float32]:
    """Return how much each voxel of a tile counts; all the same where one tile is enough."""
    weight = np.ones(plan.tile, np.float32)
    for axis, (side, n) in enumerate(zip(plan.tile, plan.padded, strict=True)):
        if side == n:
            continue
        away = (np.arange(side) - (side - 1) / 2) / (side / _NARROW)
        line = np.exp(-0.5 * away**2).astype(np.float32)
        weight *= line.reshape([-1 if k == axis else 1 for k in range(3)])
    return np.asarray(weight.clip(_LEAST_WEIGHT, None), dtype=np.float32)


class Blend:
    """Sums of weighted answers of the slices that are still open; finished ones become bytes."""

    def __init__(self, plan: Plan, outputs: int, most_open: int) -> None:
        self._plan, self._weight = plan, weight_of(plan)
        rows, columns = plan.padded[1:]
        self._sums = np.zeros((outputs, most_open, rows, columns), np.float32)
        self._weights = np.zeros((most_open, rows, columns), np.float32)
        self._first = 0
        self.bytes = np.zeros((outputs, *plan.shape), np.uint8)

    def add(self, start: Shape, answer: NDArray[np.float32]) -> None:
        """Count one tile's probabilities (outputs, ...)."""
        z, y, x = start
        a, b, c = self._plan.tile
        here = (slice(z - self._first, z - self._first + a), slice(y, y + b), slice(x, x + c))
        self._sums[:, *here] += answer * self._weight
        self._weights[here] += self._weight

    def close(self, until: int) -> None:
        """Finish all slices before this one."""
        count = until - self._first
        if count <= 0:
            return
        depth, rows, columns = self._plan.shape
        for k in range(min(count, depth - self._first, len(self._weights))):
            weights = self._weights[k, :rows, :columns]
            for sums, kept in zip(self._sums, self.bytes, strict=True):
                share = sums[k, :rows, :columns] / weights
                kept[self._first + k] = np.rint(share * 255).clip(0, 255)
        for sums in (*self._sums, self._weights):
            left = max(0, len(sums) - count)
            sums[:left] = sums[count : count + left].copy()
            sums[left:] = 0
        self._first = until

    @staticmethod
    def needed(plan: Plan, outputs: int, most_open: int) -> int:
        """Return how many bytes it holds."""
        rows, columns = plan.padded[1:]
        finished = outputs * int(np.prod(plan.shape))
        return finished + 4 * (outputs + 1) * most_open * rows * columns


def most_open(plan: Plan, batch: int) -> int:
    """Return over how many slices a batch of tiles, and those before it, reach at most."""
    starts = [start[0] for start in plan.starts]
    batches = [starts[k : k + batch] for k in range(0, len(starts), batch)]
    return max(part[-1] - part[0] for part in batches) + plan.tile[0]
