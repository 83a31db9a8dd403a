"""Where the words of figures stand: beside them, on nothing else, or further off with a line.

A pure layout: sizes of words go in, places come out, in the pixels of whoever draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_GAP = 8.0
_PAD = 3.0
_RINGS = (0.0, 22.0, 50.0, 90.0, 140.0)
"""How much further off words go where there is no room beside their figure."""
_NEAR_RINGS = 3
"""In so many of them the words of a figure that is not chosen may stand whole."""
_FAR = 26.0
"""From here on a line leads from the words to the figure."""


@dataclass(frozen=True, slots=True)
class Area:
    """An upright rectangle: its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Area) -> bool:
        """Tell whether two have more than an edge in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Area) -> bool:
        """Tell whether another lies wholly inside."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def contains(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the rectangle that is nearest to another."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one figure: how large as a whole and as its number alone, and its line.

    `ink` is (n, 2) points of the figure, x and y. `at` is where a reader put the words: their
    left upper corner.
    """

    size: tuple[float, float]
    short: tuple[float, float]
    ink: NDArray[np.float64]
    at: tuple[float, float] | None = None
    first: bool = False
    tiny: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where words stand; `whole` unless there was room for the number only.

    `leader` goes from the words to the figure where they stand far from it.
    """

    area: Area
    whole: bool = True
    leader: tuple[float, float, float, float] | None = None


def place(
    words: Sequence[Words], view: tuple[float, float], taken: Sequence[Area]
) -> list[Placed | None]:
    """Return where the words of each figure stand; None for those without any room.

    Words that were put somewhere stay there, the chosen figure comes next, then the others.
    """
    screen = Area(2.0, 2.0, view[0] - 2.0, view[1] - 2.0)
    filled = list(taken)
    result: list[Placed | None] = [None] * len(words)
    ink = [_dense(one.ink) for one in words]
    order = sorted(range(len(words)), key=lambda n: (words[n].at is None, not words[n].first, n))
    for number in order:
        others = [line for n, line in enumerate(ink) if n != number and len(line)]
        crossed = np.concatenate(others) if others else np.empty((0, 2))
        found = _placed(words[number], ink[number], screen, filled, crossed)
        result[number] = found
        if found is not None:
            filled.append(found.area)
    return result


def _placed(
    one: Words,
    line: NDArray[np.float64],
    screen: Area,
    filled: Sequence[Area],
    crossed: NDArray[np.float64],
) -> Placed | None:
    if not len(line):
        return None
    if one.at is not None:
        area = _inside(_sized(*one.at, one.size), screen)
        return Placed(area, leader=_leader(area, line))
    if not _seen(line, screen):
        return None
    sizes = [(one.size, True), (one.short, False)]
    for size, whole in sizes[1:] if one.tiny and not one.first else sizes:
        rings = _RINGS if one.first or not whole else _RINGS[:_NEAR_RINGS]
        best = _best(size, line, screen, filled, crossed, rings)
        if best is not None:
            return Placed(best, whole, _leader(best, line))
    return None


def _best(
    size: tuple[float, float],
    line: NDArray[np.float64],
    screen: Area,
    filled: Sequence[Area],
    crossed: NDArray[np.float64],
    rings: Sequence[float],
) -> Area | None:
    """Return the nearest free place that crosses the fewest lines of other figures."""
    best: tuple[float, Area] | None = None
    for ring, area in _candidates(size, line, rings):
        if not screen.holds(area) or any(area.meets(other) for other in filled):
            continue
        cost = ring + 14.0 * _count(area, crossed) + 6.0 * _count(area, line)
        if best is None or cost < best[0]:
            best = (cost, area)
        if cost <= ring and best is not None:
            break
    return best[1] if best is not None else None


def _candidates(
    size: tuple[float, float], line: NDArray[np.float64], rings: Sequence[float]
) -> Iterator[tuple[float, Area]]:
    """Go through places round a figure, the nearest first; the right is liked best."""
    (left, top), (right, bottom) = line.min(axis=0), line.max(axis=0)
    width, height = size
    x, y = (left + right) / 2, (top + bottom) / 2
    edge = line[int(np.argmax(line[:, 0]))]
    for ring in rings:
        off = _GAP + ring
        yield ring, _sized(float(edge[0]) + off, float(edge[1]) - height / 2, size)
        yield ring + 1, _sized(right + off, y - height / 2, size)
        yield ring + 2, _sized(left - off - width, y - height / 2, size)
        yield ring + 3, _sized(x - width / 2, top - off - height, size)
        yield ring + 4, _sized(x - width / 2, bottom + off, size)
        yield ring + 5, _sized(right + off, top - off - height, size)
        yield ring + 6, _sized(right + off, bottom + off, size)
        yield ring + 7, _sized(left - off - width, top - off - height, size)
        yield ring + 8, _sized(left - off - width, bottom + off, size)


def _sized(left: float, top: float, size: tuple[float, float]) -> Area:
    return Area(float(left), float(top), float(left + size[0]), float(top + size[1]))


def _inside(area: Area, screen: Area) -> Area:
    """Return an area moved so that it lies on the screen, if it fits at all."""
    width, height = area.right - area.left, area.bottom - area.top
    left = max(min(area.left, screen.right - width), screen.left)
    top = max(min(area.top, screen.bottom - height), screen.top)
    return _sized(left, top, (width, height))


def _leader(area: Area, line: NDArray[np.float64]) -> tuple[float, float, float, float] | None:
    """Return a line from words to the nearest point of their figure, where that is far."""
    closest = [area.nearest(float(x), float(y)) for x, y in line]
    gaps = np.hypot(*(line - np.array(closest)).T)
    nearest = int(np.argmin(gaps))
    if gaps[nearest] < _FAR:
        return None
    return (*closest[nearest], float(line[nearest, 0]), float(line[nearest, 1]))


def _count(area: Area, points: NDArray[np.float64]) -> int:
    if not len(points):
        return 0
    x, y = points[:, 0], points[:, 1]
    inside = (x > area.left - _PAD) & (x < area.right + _PAD)
    return int((inside & (y > area.top - _PAD) & (y < area.bottom + _PAD)).sum())


def _seen(line: NDArray[np.float64], screen: Area) -> bool:
    (left, top), (right, bottom) = line.min(axis=0), line.max(axis=0)
    within = Area(left - 1, top - 1, right + 1, bottom + 1)
    return screen.meets(within)


def _dense(line: NDArray[np.float64], step: float = 6.0) -> NDArray[np.float64]:
    """Return points along a line no further apart than a few pixels, so that none slips between."""
    if len(line) < 2:
        return line
    parts = [line[:1]]
    for start, end in pairwise(line):
        count = min(max(int(np.hypot(*(end - start)) / step), 1), 400)
        parts.append(start + (end - start) * np.linspace(0, 1, count + 1)[1:, None])
    return np.concatenate(parts)
