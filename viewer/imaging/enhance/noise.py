"""The noise of a series: how much there is, how far it is shared, and what it leaves of a guess."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.imaging.enhance.field import Values
from viewer.imaging.enhance.smoothing import noise_of

_MOST_SLICES = 24
_ROUGH = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
_WHITE = -4 / 6
"""Correlation of neighbours after `_ROUGH`, where the noise of voxels is independent."""
_CALM = 1e-12


def noise_of_all(values: Values) -> float:
    """Return the standard deviation of the noise (J. Immerkaer 1996), the median of slices.

    Slices, or large areas of them, without any noise (filled with one value) count for nothing.
    """
    found = [noise_of(one) for one in _some(values)]
    known = [one for one in found if one > 0]
    return float(np.median(known)) if known else 0.0


def correlation_of(values: Values, noise: float) -> tuple[float, float]:
    """Return how far noise is shared by neighbours in a slice, and by neighbouring slices.

    0 for independent noise, towards 1 for noise that is the same. Measured on what is left by
    a second difference, where that is no larger than noise.
    """
    limit = 3 * 6 * noise
    within, between = [], []
    last: NDArray[np.float32] | None = None
    for one in _run(values):
        rough = np.asarray(cv2.filter2D(one, cv2.CV_32F, _ROUGH), np.float32)
        calm = np.abs(rough) < limit
        within.append(_alike(rough[:, :-1], rough[:, 1:], calm[:, :-1] & calm[:, 1:]))
        if last is not None:
            between.append(_alike(last, rough, calm & (np.abs(last) < limit)))
        last = rough
    flat = (float(np.median(within)) - _WHITE) / (1 - _WHITE)
    upright = float(np.median(between)) if between else 0.0
    return min(max(flat, 0.0), 1.0), min(max(upright, 0.0), 1.0)


def weighed(measured: Values, guess: Values, noise: float) -> Values:
    """Return a slice between a guess that did not know a voxel and what was measured there.

    The guess where both differ by no more than noise on average round a voxel; the more they
    differ, the more of the measured value (the posterior mean for Gaussian noise).
    """
    apart = measured - guess
    spread = np.asarray(cv2.blur(apart * apart, (5, 5), borderType=cv2.BORDER_REFLECT_101))
    share = 1 - np.float32(noise * noise) / np.maximum(spread, np.float32(_CALM))
    return np.asarray(guess + np.clip(share, 0, 1) * apart, np.float32)


def _alike(one: Values, other: Values, where: NDArray[np.bool_]) -> float:
    first, second = one[where].astype(np.float64), other[where].astype(np.float64)
    size = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / size if size > _CALM else 0.0


def _some(values: Values) -> Values:
    return values[:: max(len(values) // _MOST_SLICES, 1)]


def _run(values: Values) -> Values:
    """Return slices that follow one another, from the middle."""
    start = max((len(values) - _MOST_SLICES) // 2, 0)
    return values[start : start + _MOST_SLICES]
