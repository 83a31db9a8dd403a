"""Where the words of figures stand: beside them, on nothing else, or further off with a line.

A pure layout: sizes of words go in, places come out, in the pixels of whoever draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_GAP = 8.0
_PAD = 3.0
_RINGS = (0.0, 22.0, 50.0, 90.0, 140.0)
"""How much further off words go where there is no room beside their figure."""
_NEAR_RINGS = 3
"""In so many of them the words of a figure that is not chosen may stand whole."""
_CELL = 4.0
_CROSSED = 14.0
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
    paper = _Paper([one.ink for one in words], view)
    order = sorted(range(len(words)), key=lambda n: (words[n].at is None, not words[n].first, n))
    for number in order:
        found = _placed(words[number], screen, filled, paper)
        result[number] = found
        if found is not None:
            filled.append(found.area)
    return result


class _Paper:
    """How much of the lines of all figures lies in any rectangle, known without counting again."""

    def __init__(self, inks: Sequence[NDArray[np.float64]], view: tuple[float, float]) -> None:
        width, height = (int(side / _CELL) + 2 for side in view)
        lines = [_dense(ink) for ink in inks if len(ink)]
        points = np.concatenate(lines) if lines else np.empty((0, 2))
        points = points[((points >= 0) & (points < view)).all(axis=1)]
        column, row = (points / _CELL).astype(int).T
        counts = np.bincount(row * width + column, minlength=width * height)
        self._sums = np.zeros((height + 1, width + 1), np.int64)
        self._sums[1:, 1:] = counts.reshape(height, width).cumsum(axis=0).cumsum(axis=1)

    def ink(self, areas: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return about how many points of lines lie in rectangles (n, 4), or hard by them."""
        most = np.array(self._sums.shape)[[1, 0, 1, 0]] - 1
        wider = areas + np.array([-_PAD, -_PAD, _PAD, _PAD])
        left, top, right, bottom = np.clip(np.rint(wider / _CELL), 0, most).astype(int).T
        sums = self._sums
        inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return np.asarray(inside)


def _placed(one: Words, screen: Area, filled: Sequence[Area], paper: _Paper) -> Placed | None:
    line = one.ink
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
        best = _best(_candidates(size, line, rings), screen, filled, paper)
        if best is not None:
            return Placed(best, whole, _leader(best, line))
    return None


def _best(
    candidates: tuple[NDArray[np.float64], NDArray[np.float64]],
    screen: Area,
    filled: Sequence[Area],
    paper: _Paper,
) -> Area | None:
    """Return the nearest free place that crosses the fewest lines."""
    far, areas = candidates
    left, top, right, bottom = areas.T
    free = (left >= screen.left) & (right <= screen.right)
    free &= (top >= screen.top) & (bottom <= screen.bottom)
    if filled:
        a, b, c, d = np.array([(o.left, o.top, o.right, o.bottom) for o in filled]).T
        meets = (left[:, None] < c) & (a < right[:, None])
        free &= ~(meets & (top[:, None] < d) & (b < bottom[:, None])).any(axis=1)
    if not free.any():
        return None
    cost = np.where(free, far + _CROSSED * paper.ink(areas), np.inf)
    return Area(*areas[int(np.argmin(cost))].tolist())


def _candidates(
    size: tuple[float, float], line: NDArray[np.float64], rings: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return places (n, 4) round a figure and how far off they are; the right is liked best."""
    (left, top), (right, bottom) = line.min(axis=0), line.max(axis=0)
    width, height = size
    x, y = (left + right) / 2 - width / 2, (top + bottom) / 2 - height / 2
    tip, beside = line[int(np.argmax(line[:, 0]))] - (0, height / 2)
    off = _GAP + np.asarray(rings, dtype=float)[:, None]
    east, west = right + off, left - off - width
    north, south = top - off - height, bottom + off
    same = np.zeros_like(off)
    lefts = (tip + off, east, west, x + same, x + same, east, east, west, west)
    tops = (beside + same, y + same, y + same, north, south, north, south, north, south)
    corner_x, corner_y = (np.hstack(parts).ravel() for parts in (lefts, tops))
    far = (off - _GAP + np.arange(len(lefts))).ravel()
    return far, np.stack([corner_x, corner_y, corner_x + width, corner_y + height], axis=1)


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
    edge = np.clip(line, (area.left, area.top), (area.right, area.bottom))
    gaps = np.hypot(*(line - edge).T)
    nearest = int(np.argmin(gaps))
    if gaps[nearest] < _FAR:
        return None
    (x0, y0), (x1, y1) = edge[nearest].tolist(), line[nearest].tolist()
    return x0, y0, x1, y1


def _seen(line: NDArray[np.float64], screen: Area) -> bool:
    (left, top), (right, bottom) = line.min(axis=0), line.max(axis=0)
    within = Area(left - 1, top - 1, right + 1, bottom + 1)
    return screen.meets(within)


def _dense(line: NDArray[np.float64], step: float = 6.0) -> NDArray[np.float64]:
    """Return points along a line no further apart than a few pixels, so that none slips between."""
    if len(line) < 2:
        return line
    ways = np.diff(line, axis=0)
    counts = np.clip((np.hypot(*ways.T) / step).astype(int) + 1, 1, 400)
    piece = np.repeat(np.arange(len(ways)), counts)
    within = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.asarray(line[piece] + ways[piece] * (within / counts[piece])[:, None])
