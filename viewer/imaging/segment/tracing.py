"""Level tracing: the closed outline at the value below the pointer, on one picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array
from viewer.imaging.segment.thresholds import Mask


@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """An outline (n, 2) as fractional (row, column), what it holds, and the value it is at."""

    line: Array
    inside: Mask
    level: float
    bright: bool


def traced(
    picture: NDArray[np.floating], row: int, column: int, *, bright: bool | None = None
) -> Traced | None:
    """Return the outer outline of what is connected with a pixel and not darker than it.

    Or not brighter, whichever does not run out of the picture, if `bright` does not say which;
    the smaller one if both are closed. None if neither closes, or the pixel has no value.
    """
    level = float(picture[row, column])
    if not np.isfinite(level):
        return None
    ways = (True, False) if bright is None else (bright,)
    found = [(one, _connected(picture, row, column, level, bright=one)) for one in ways]
    closed = [(one, part) for one, part in found if not _at_border(part)]
    if not closed:
        return None
    which, part = min(closed, key=lambda pair: int(np.count_nonzero(pair[1])))
    filled = _filled(part)
    line = _outline(picture, filled, level, bright=which)
    return Traced(line, filled, level, which)


def _connected(
    picture: NDArray[np.floating], row: int, column: int, level: float, *, bright: bool
) -> Mask:
    import cc3d

    inside = picture >= level if bright else picture <= level
    labels = cc3d.connected_components(np.ascontiguousarray(inside), connectivity=4)
    return np.asarray(labels == labels[row, column])


def _at_border(part: Mask) -> bool:
    return bool(part[0].any() or part[-1].any() or part[:, 0].any() or part[:, -1].any())


def _filled(part: Mask) -> Mask:
    from scipy.ndimage import binary_fill_holes

    return np.asarray(binary_fill_holes(part), np.bool_)


def _outline(picture: NDArray[np.floating], filled: Mask, level: float, *, bright: bool) -> Array:
    """Trace the outline between pixels at the very value, as far as its one ring goes round."""
    from skimage.measure import find_contours

    rows, columns = np.flatnonzero(filled.any(axis=1)), np.flatnonzero(filled.any(axis=0))
    top, left = int(rows[0]) - 1, int(columns[0]) - 1
    box = (slice(top, int(rows[-1]) + 2), slice(left, int(columns[-1]) + 2))
    inside = filled[box]
    part = np.nan_to_num(picture[box].astype(np.float64) * (1 if bright else -1))
    sign = level if bright else -level
    least = min(float(part.min()), sign) - 1e-3
    part = np.where(inside, np.maximum(part, sign), np.minimum(part, sign - 1e-9))
    part = np.where(_deep(inside), sign + 1.0, part)
    part[~_near(inside)] = least
    lines = find_contours(part, sign - 5e-10)  # type: ignore[no-untyped-call]
    longest = max(lines, key=len)
    return np.asarray(longest + np.array([top, left]))


def _deep(inside: Mask) -> Mask:
    from scipy.ndimage import binary_erosion

    return np.asarray(binary_erosion(inside, np.ones((3, 3), np.bool_)), np.bool_)


def _near(inside: Mask) -> Mask:
    from scipy.ndimage import binary_dilation

    return np.asarray(binary_dilation(inside, np.ones((3, 3), np.bool_)), np.bool_)
