"""The changed bricks of labels on a slanted picture, without a copy of all labels."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array, Shape
from viewer.core.label_map import BRICK, Index, Labels
from viewer.imaging.compiled import compiled
from viewer.imaging.values import Values
from viewer.imaging.walk import Walk


def lay_bricks(bricks: Mapping[Index, Labels], shape: Shape, walk: Walk, picture: Values) -> None:
    """Put what changed into a picture (rows, columns) of the labels as they were.

    Args:
        bricks: The changed blocks by slice, row and column in bricks.
        shape: Slices, rows and columns of the grid.
        walk: Where the pixels of the picture are in the grid.
        picture: The nearest labels of the array that the versions share; changed in place.
    """
    crossed = _crossed(np.array(list(bricks), np.int64).reshape(-1, 3), walk, picture.shape)
    if not len(crossed):
        return
    places = np.full([-(-n // m) for n, m in zip(shape, BRICK, strict=True)], -1, np.int32)
    blocks = np.zeros((len(crossed), *BRICK), np.dtype(picture.dtype.str))
    for number, (layer, row, column) in enumerate(crossed.tolist()):
        brick = bricks[layer, row, column]
        depth, height, width = brick.shape
        blocks[number, :depth, :height, :width] = brick
        places[layer, row, column] = number
    size = np.array(shape, np.int64)
    _lay(places, blocks, size, walk.start, walk.down, walk.right, picture)


def _crossed(places: NDArray[np.int64], walk: Walk, shape: tuple[int, ...]) -> NDArray[np.int64]:
    """Return those of some bricks that the picture may go through."""
    normal = np.cross(walk.down, walk.right)
    half = np.array(BRICK) / 2
    middles = places * BRICK + half - 0.5
    reach = float(np.abs(normal) @ half) + 1e-6 * float(np.linalg.norm(normal))
    near = np.abs((middles - walk.start) @ normal) <= reach
    ends = [
        walk.start + r * walk.down + c * walk.right for r in (0, shape[0]) for c in (0, shape[1])
    ]
    low, high = np.min(ends, axis=0) - half - 1, np.max(ends, axis=0) + half + 1
    return np.asarray(places[near & ((middles >= low) & (middles <= high)).all(axis=1)])


@compiled
def _lay(
    places: NDArray[np.int32],
    blocks: Values,
    size: NDArray[np.int64],
    start: Array,
    down: Array,
    right: Array,
    out: Values,
) -> None:
    """Go over the pixels as `imaging.oblique.nearest` does."""
    depth, height, width = blocks.shape[1], blocks.shape[2], blocks.shape[3]
    for row in range(out.shape[0]):
        begin = start + row * down
        for column in range(out.shape[1]):
            s = math.floor(begin[0] + column * right[0] + 0.5)
            r = math.floor(begin[1] + column * right[1] + 0.5)
            c = math.floor(begin[2] + column * right[2] + 0.5)
            if s < 0 or r < 0 or c < 0 or s >= size[0] or r >= size[1] or c >= size[2]:
                continue
            number = places[s // depth, r // height, c // width]
            if number >= 0:
                out[row, column] = blocks[number, s % depth, r % height, c % width]
