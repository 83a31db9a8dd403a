"""Smoothing and denoising: mean, Gaussian, median, bilateral, non-local means and more.

Lengths are millimetres, whatever the voxels. At the border the picture is mirrored
about its outermost voxels.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.progress import Progress
from viewer.imaging.compiled import compiled
from viewer.imaging.enhance.field import Field, Values, each_slice

_TRUNCATE = 4.0
"""Standard deviations after which a Gaussian is cut off."""
_CALM = 1e-6


def gaussian(field: Field, sigma_mm: float, progress: Progress, *, flat: bool = False) -> Values:
    """Blur by a Gaussian of a standard deviation in mm; `flat` within slices only."""
    deep, down, across = field.voxels(sigma_mm)
    values = each_slice(field.values, partial(_blurred, down=down, across=across), progress)
    return values if flat else _along_slices(values, deep)


def blurred(values: Values, sigmas: tuple[float, float, float]) -> Values:
    """Return a block blurred by Gaussians of so many voxels along each axis."""
    result = np.stack([_blurred(one, sigmas[1], sigmas[2]) for one in values])
    return _along_slices(result, sigmas[0])


def _blurred(picture: Values, down: float, across: float) -> Values:
    size = (_side(across), _side(down))
    if size == (1, 1):
        return picture
    border = cv2.BORDER_REFLECT_101
    done = cv2.sepFilter2D(picture, cv2.CV_32F, _bell(across), _bell(down), borderType=border)
    return np.asarray(done, np.float32)


def _side(sigma: float) -> int:
    return 2 * int(_TRUNCATE * sigma + 0.5) + 1


def _bell(sigma: float) -> NDArray[np.float32]:
    """Return a Gaussian kernel whose sum is one."""
    reach = _side(sigma) // 2
    if reach == 0:
        return np.ones(1, np.float32)
    steps = np.arange(-reach, reach + 1)
    kernel = np.exp(-0.5 * (steps / sigma) ** 2)
    return np.asarray(kernel / kernel.sum(), np.float32)


def _along_slices(values: Values, sigma: float) -> Values:
    """Blur from slice to slice, as one flat picture of (slice, row x column)."""
    if _side(sigma) == 1 or len(values) == 1:
        return values
    flat = values.reshape(len(values), -1)
    border = cv2.BORDER_REFLECT_101
    one = np.ones(1, np.float32)
    done = cv2.sepFilter2D(flat, cv2.CV_32F, one, _bell(sigma), borderType=border)
    return np.asarray(done, np.float32).reshape(values.shape)


def mean(field: Field, width_mm: float, progress: Progress, *, flat: bool = False) -> Values:
    """Return the mean of a box of a width in mm, rounded to an odd number of voxels."""
    deep, down, across = (_odd(n) for n in field.voxels(width_mm))
    values = each_slice(
        field.values,
        lambda one: np.asarray(cv2.blur(one, (across, down), borderType=cv2.BORDER_REFLECT_101)),
        progress,
    )
    if flat or deep == 1 or len(values) == 1:
        return values
    rows = values.reshape(len(values), -1)
    done = cv2.blur(rows, (1, deep), borderType=cv2.BORDER_REFLECT_101)
    return np.asarray(done, np.float32).reshape(values.shape)


def _odd(width: float) -> int:
    return max(1, 2 * round((width - 1) / 2) + 1)


def median(field: Field, radius: int, progress: Progress, *, flat: bool = True) -> Values:
    """Return the median of a square or cube of 2 radius + 1 voxels."""
    if not flat:
        return _median_of_cubes(field.values, radius, progress)
    side = 2 * radius + 1
    if side <= 5:
        return each_slice(field.values, lambda one: np.asarray(cv2.medianBlur(one, side)), progress)
    from scipy.ndimage import median_filter

    work = partial(_as_float, lambda one: median_filter(one, size=side, mode="nearest"))
    return each_slice(field.values, work, progress)


def _as_float(work: Callable[[Values], NDArray[np.generic]], picture: Values) -> Values:
    return np.asarray(work(picture), np.float32)


def _median_of_cubes(values: Values, radius: int, progress: Progress) -> Values:
    padded = np.pad(values, radius, mode="edge")
    result = np.empty_like(values)
    side = 2 * radius + 1

    def one(index: int) -> None:
        _medians(padded[index : index + side], result[index])

    _each_index(len(values), one, progress)
    return result


def _each_index(count: int, work: Callable[[int], None], progress: Progress) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2, "enhance") as pool:
        jobs = [pool.submit(work, index) for index in range(count)]
        try:
            for done, job in enumerate(jobs, start=1):
                job.result()
                progress.report(done / count, f"slice {done} of {count}")
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@compiled
def _medians(block: Values, result: Values) -> None:
    """Write the median of every cube of a block of (side, rows, columns)."""
    side = block.shape[0]
    count = side * side * side
    middle = count // 2
    window = np.empty(count, np.float32)
    for row in range(result.shape[0]):
        for column in range(result.shape[1]):
            n = 0
            for z in range(side):
                for y in range(side):
                    for x in range(side):
                        window[n] = block[z, row + y, column + x]
                        n += 1
            low, high = 0, count - 1
            while low < high:  # Hoare's selection: only the half that holds the middle is sorted
                pivot = window[middle]
                left, right = low, high
                while left <= right:
                    while window[left] < pivot:
                        left += 1
                    while pivot < window[right]:
                        right -= 1
                    if left <= right:
                        kept = window[left]
                        window[left] = window[right]
                        window[right] = kept
                        left += 1
                        right -= 1
                if right < middle:
                    low = left
                if middle < left:
                    high = right
            result[row, column] = window[middle]


def bilateral(field: Field, sigma_mm: float, sigma_value: float, progress: Progress) -> Values:
    """Smooth within slices between values that are alike (Tomasi and Manduchi 1998)."""
    sigma = sigma_mm / ((field.spacing_mm[1] + field.spacing_mm[2]) / 2)
    side = min(_side(sigma / 2), 31)
    return each_slice(
        field.values,
        lambda one: np.asarray(cv2.bilateralFilter(one, side, sigma_value, sigma)),
        progress,
    )


def non_local_means(field: Field, strength: float, progress: Progress) -> Values:
    """Average patches that look alike within a slice (Buades, Coll, Morel 2005).

    `strength` is in standard deviations of the noise, which is estimated from the slice.
    """
    from skimage.restoration import denoise_nl_means

    clean: Callable[..., NDArray[np.generic]] = denoise_nl_means

    def one(picture: Values) -> Values:
        sigma = noise_of(picture)
        if sigma < _CALM:
            return picture
        done = clean(
            picture, patch_size=5, patch_distance=6, h=strength * sigma, sigma=sigma, fast_mode=True
        )
        return np.asarray(done, np.float32)

    return each_slice(field.values, one, progress)


def noise_of(picture: Values) -> float:
    """Return the standard deviation of the noise of a picture (J. Immerkaer 1996), robustly."""
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    rough = np.asarray(cv2.filter2D(picture, cv2.CV_32F, kernel, borderType=cv2.BORDER_REFLECT_101))
    return float(np.median(np.abs(rough)) / 0.6745 / 6)


def total_variation(field: Field, weight: float, progress: Progress) -> Values:
    """Minimise total variation within slices (Chambolle 2004); `weight` is in units of noise."""
    from skimage.restoration import denoise_tv_chambolle

    clean: Callable[..., NDArray[np.generic]] = denoise_tv_chambolle

    def one(picture: Values) -> Values:
        sigma = noise_of(picture)
        if sigma < _CALM:
            return picture
        done = np.asarray(clean(picture / np.float32(sigma), weight=weight), np.float32)
        return np.asarray(done * np.float32(sigma), np.float32)

    return each_slice(field.values, one, progress)


def diffusion(
    field: Field, contrast: float, rounds: int, progress: Progress, *, flat: bool = False
) -> Values:
    """Smooth where the picture is even, not across edges (Perona and Malik 1990).

    `contrast` is the step of values between neighbours that counts as an edge. Steps are
    weighted by the spacing, so that thick slices exchange less.
    """
    least = min(field.spacing_mm)
    weights = np.array([(least / step) ** 2 for step in field.spacing_mm], np.float32)
    if flat:
        weights[0] = 0
    pace = np.float32(0.9 / (2 * weights.sum()))
    values = field.values.copy()
    for done in range(rounds):
        progress.report(done / rounds, f"round {done + 1} of {rounds}")
        values = _diffused(values, weights, np.float32(contrast), pace)
    progress.report(1.0)
    return values


@compiled
def _diffused(values: Values, weights: Values, contrast: np.float32, pace: np.float32) -> Values:
    depth, height, width = values.shape
    result = np.empty_like(values)
    for z in range(depth):
        for y in range(height):
            for x in range(width):
                here = values[z, y, x]
                flow = np.float32(0)
                for axis in range(3):
                    weight = weights[axis]
                    if weight == 0:
                        continue
                    for side in (-1, 1):
                        a = z + (side if axis == 0 else 0)
                        b = y + (side if axis == 1 else 0)
                        c = x + (side if axis == 2 else 0)
                        if a < 0 or b < 0 or c < 0 or a >= depth or b >= height or c >= width:
                            continue
                        step = values[a, b, c] - here
                        ratio = step / contrast
                        flow += weight * step / (np.float32(1) + ratio * ratio)
                result[z, y, x] = here + pace * flow
    return result


def wavelet(field: Field, strength: float, progress: Progress) -> Values:
    """Shrink the details of a slice that are no larger than noise (BayesShrink, Chang 2000).

    Averaged over shifts of the picture, which leaves no blocks (Coifman and Donoho 1995).
    """
    from skimage.restoration import cycle_spin, denoise_wavelet

    clean: Callable[..., NDArray[np.generic]] = denoise_wavelet
    spin: Callable[..., NDArray[np.generic]] = cycle_spin

    def one(picture: Values) -> Values:
        sigma = noise_of(picture)
        if sigma < _CALM:
            return picture
        words = {"sigma": strength * sigma, "method": "BayesShrink", "mode": "soft"}
        done = spin(picture, clean, max_shifts=3, func_kw=words, workers=1)
        return np.asarray(done, np.float32)

    return each_slice(field.values, one, progress)


def speckle(field: Field, radius: int, looks: float, progress: Progress) -> Values:
    """Smooth the speckle of ultrasound, which grows with the signal (J. S. Lee 1980).

    `looks` is the number of looks: one over the squared relative spread of even tissue.
    """
    side = (2 * radius + 1, 2 * radius + 1)
    spread = 1 / max(looks, _CALM)

    def one(picture: Values) -> Values:
        border = cv2.BORDER_REFLECT_101
        local = np.asarray(cv2.blur(picture, side, borderType=border))
        squares = np.asarray(cv2.blur(picture * picture, side, borderType=border))
        variance = np.maximum(squares - local * local, 0)
        signal = np.maximum((variance - local * local * spread) / (1 + spread), 0)
        share = signal / np.maximum(variance, _CALM)
        return np.asarray(local + share * (picture - local), np.float32)

    return each_slice(field.values, one, progress)
