"""Slices filled in between those that were drawn (Raya and Udupa 1990).

Where a mask was drawn on some slices only, the signed distance to its outline is
interpolated from each to the next, and what is inside is taken.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.segment.thresholds import Mask

Flat = NDArray[np.float32]


def filled_between(mask: Mask, axis: int, pixel_mm: tuple[float, float] = (1.0, 1.0)) -> Mask:
    """Return a mask with the empty slices between drawn ones filled in along an axis.

    Shapes that do not overlap are led over by moving them on the way between their centres.
    """
    stack = np.moveaxis(mask, axis, 0)
    drawn = np.flatnonzero(stack.any(axis=(1, 2)))
    result = stack.copy()
    for before, after in pairwise(drawn.tolist()):
        if after - before > 1:
            _fill(stack[before], stack[after], result[before + 1 : after], pixel_mm)
    return np.moveaxis(result, 0, axis)


def _fill(first: Mask, last: Mask, gap: Mask, pixel_mm: tuple[float, float]) -> None:
    start, end = _centre(first), _centre(last)
    apart = not (first & last).any()
    shift = end - start if apart else np.zeros(2)
    count = len(gap) + 1
    for number in range(1, count):
        share = number / count
        one = _moved(first, shift * share) if apart else first
        other = _moved(last, -shift * (1 - share)) if apart else last
        level = (1 - share) * _signed(one, pixel_mm) + share * _signed(other, pixel_mm)
        gap[number - 1] = level <= 0


def _centre(flat: Mask) -> NDArray[np.float64]:
    return np.asarray(np.argwhere(flat).mean(axis=0))


def _moved(flat: Mask, by: NDArray[np.float64]) -> Mask:
    """Return a picture moved by whole pixels; what leaves it is lost."""
    rows, columns = (int(x) for x in np.rint(by))
    result = np.zeros_like(flat)
    height, width = flat.shape
    source = flat[max(-rows, 0) : height - max(rows, 0), max(-columns, 0) : width - max(columns, 0)]
    top, left = max(rows, 0), max(columns, 0)
    result[top : top + source.shape[0], left : left + source.shape[1]] = source
    return result


def _signed(flat: Mask, pixel_mm: tuple[float, float]) -> Flat:
    """Return the distance to the outline in mm, negative inside."""
    from scipy.ndimage import distance_transform_edt

    out = np.asarray(distance_transform_edt(~flat, sampling=pixel_mm))
    inside = np.asarray(distance_transform_edt(flat, sampling=pixel_mm))
    return np.asarray(out - inside, np.float32)
