"""Closed lines on a raster of pixels: filled by the even-odd rule, traced, joined by keyholes.

Lines are (n, 2) fractional (row, column); a pixel is inside where its centre is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array
from viewer.imaging.compiled import compiled
from viewer.imaging.contours import contours

Mask = NDArray[np.bool_]


def toggle(line: Array, mask: Mask) -> None:
    """Turn every pixel inside a closed line to its opposite: lines within lines make holes."""
    if len(line) >= 3:
        _toggle(np.ascontiguousarray(line, np.float64), mask.view(np.uint8))


@compiled
def _toggle(line: NDArray[np.float64], mask: NDArray[np.uint8]) -> None:
    rows, columns = mask.shape
    count = line.shape[0]
    crossings = np.empty(count, np.float64)
    first = max(int(np.ceil(line[:, 0].min())), 0)
    last = min(int(np.floor(line[:, 0].max())), rows - 1)
    for row in range(first, last + 1):
        found = 0
        for n in range(count):
            a, b = line[n, 0], line[(n + 1) % count, 0]
            if (a <= row) != (b <= row):
                share = (row - a) / (b - a)
                crossings[found] = line[n, 1] + share * (line[(n + 1) % count, 1] - line[n, 1])
                found += 1
        through = np.sort(crossings[:found])
        for pair in range(0, found - 1, 2):
            left = max(int(np.ceil(through[pair])), 0)
            right = min(int(np.ceil(through[pair + 1])) - 1, columns - 1)
            for column in range(left, right + 1):
                mask[row, column] = 1 - mask[row, column]


def area(line: Array) -> float:
    """Return the area of a closed line in square pixels, negative one way round."""
    row, column = line[:, 0], line[:, 1]
    return float(np.dot(row, np.roll(column, -1)) - np.dot(column, np.roll(row, -1))) / 2


def outlines(mask: Mask) -> tuple[Array, ...]:
    """Return closed lines that give a mask back when filled, each with its holes by a keyhole.

    The keyhole technique leads from the outer line to the hole and back on the same way
    (PS3.3 C.8.8.6.3), which every reader of contours understands.
    """
    rings = [ring[:-1] for ring in contours(mask.astype(np.uint8), 1) if len(ring) > 3]
    outer = [ring for ring in rings if not _is_hole(ring, mask)]
    holes = [ring for ring in rings if _is_hole(ring, mask)]
    owned: list[list[Array]] = [[] for _ in outer]
    for hole in holes:
        around = [n for n, ring in enumerate(outer) if _holds(ring, hole[0])]
        if around:
            owned[min(around, key=lambda n: abs(area(outer[n])))].append(hole)
    return tuple(keyholed(ring, own) for ring, own in zip(outer, owned, strict=True))


def keyholed(outer: Array, holes: Sequence[Array]) -> Array:
    """Return one line round an area with holes, each reached by a cut to its nearest point."""
    line = outer
    for hole in sorted(holes, key=lambda ring: float(ring[:, 1].min())):
        apart = np.linalg.norm(line[:, None] - hole[None], axis=2)
        at, into = np.unravel_index(int(apart.argmin()), apart.shape)
        round_ = np.roll(hole, -int(into), axis=0)
        bridge = [line[: at + 1], round_, round_[:1], line[at : at + 1], line[at + 1 :]]
        line = np.concatenate(bridge)
    return line


def _is_hole(ring: Array, mask: Mask) -> bool:
    """Tell whether a traced line goes round pixels that are out, by what lies just inside."""
    filled = np.zeros(mask.shape, np.bool_)
    toggle(ring, filled)
    rows, columns = np.nonzero(filled)
    if rows.size == 0:
        return False
    edge = np.abs(rows - ring[0, 0]) + np.abs(columns - ring[0, 1])
    nearest = int(edge.argmin())
    return not bool(mask[rows[nearest], columns[nearest]])


def _holds(ring: Array, point: Array) -> bool:
    """Tell whether a point lies inside a closed line."""
    low = np.floor(ring.min(axis=0)).astype(int)
    inside = False
    row, column = point - low
    shifted = ring - low
    for one, other in zip(shifted, np.roll(shifted, -1, axis=0), strict=True):
        if (one[0] <= row) != (other[0] <= row):
            share = (row - one[0]) / (other[0] - one[0])
            inside ^= bool(one[1] + share * (other[1] - one[1]) > column)
    return inside
