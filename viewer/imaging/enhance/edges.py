"""Edge maps: how steep, where exactly, and where the bend changes sign."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.progress import Part, Progress
from viewer.imaging.enhance.field import Field, Values, each_slice
from viewer.imaging.enhance.smoothing import gaussian


def sobel(field: Field, progress: Progress, *, flat: bool = True) -> Values:
    """Return the size of the gradient, in values per mm, by Sobel's kernels."""
    deep, down, across = field.spacing_mm
    if flat or len(field.values) < 3:
        in_plane = partial(_sobel_of_slice, down=down, across=across)
        return each_slice(field.values, in_plane, progress)
    padded = np.concatenate([field.values[1:2], field.values, field.values[-2:-1]])
    result = np.empty_like(field.values)
    for index in range(len(result)):
        before, here, after = padded[index : index + 3]
        blend = (before + 2 * here + after) / 4
        slope = _sobel_of_slice(blend, down=down, across=across)
        soft = cv2.sepFilter2D(
            after - before, cv2.CV_32F, _SOFT, _SOFT, borderType=cv2.BORDER_REFLECT_101
        )
        result[index] = cv2.magnitude(slope, np.asarray(soft, np.float32) / np.float32(2 * deep))
        progress.report((index + 1) / len(result), f"slice {index + 1} of {len(result)}")
    return result


_SOFT = np.array([0.25, 0.5, 0.25], np.float32)


def _sobel_of_slice(picture: Values, down: float, across: float) -> Values:
    border = cv2.BORDER_REFLECT_101
    x = cv2.Sobel(picture, cv2.CV_32F, 1, 0, ksize=3, scale=1 / (8 * across), borderType=border)
    y = cv2.Sobel(picture, cv2.CV_32F, 0, 1, ksize=3, scale=1 / (8 * down), borderType=border)
    return np.asarray(cv2.magnitude(x, y))


def canny(field: Field, sigma_mm: float, low: float, high: float, progress: Progress) -> Values:
    """Return 1 on edges and 0 elsewhere, within slices (Canny 1986).

    `low` and `high` are the percentiles of the gradient at which an edge goes on and begins.
    """
    from skimage.feature import canny as trace

    find: Callable[..., NDArray[np.bool_]] = trace
    _, down, across = field.voxels(sigma_mm)
    sigma = (down * across) ** 0.5

    def one(picture: Values) -> Values:
        thresholds = {"low_threshold": low / 100, "high_threshold": high / 100}
        return find(picture, sigma=sigma, use_quantiles=True, **thresholds).astype(np.float32)

    return each_slice(field.values, one, progress)


def laplacian_of_gaussian(
    field: Field, sigma_mm: float, progress: Progress, *, flat: bool = False
) -> Values:
    """Return the bend of the blurred picture times sigma squared: bright spots are negative."""
    soft = gaussian(field, sigma_mm, Part(progress, 0.0, 0.7), flat=flat)
    bend = np.zeros_like(soft)
    for axis in range(1 if flat else 0, 3):
        if soft.shape[axis] > 2:
            bend += second_derivative(soft, axis, field.spacing_mm[axis])
    return np.asarray(bend * np.float32(sigma_mm**2), np.float32)


def second_derivative(values: Values, axis: int, step_mm: float) -> Values:
    """Return the second derivative along an axis, per mm squared; mirrored at the border."""
    from scipy.ndimage import correlate1d

    kernel = np.array([1, -2, 1], np.float64) / step_mm**2
    return np.asarray(correlate1d(values, kernel, axis=axis, mode="mirror"), np.float32)
