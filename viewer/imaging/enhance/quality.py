"""How good a picture is: signal and contrast to noise, and likeness to another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.enhance.field import Values


def signal_to_noise(inside: NDArray[np.floating]) -> float:
    """Return the mean of a region over its standard deviation (n - 1)."""
    spread = float(inside.std(ddof=1)) if inside.size > 1 else 0.0
    return abs(float(inside.mean())) / spread if spread > 0 else float("inf")


def contrast_to_noise(one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    """Return the difference of the means of two regions over the root mean of their variances."""
    noise = float(np.sqrt((one.var(ddof=1) + other.var(ddof=1)) / 2))
    apart = abs(float(one.mean()) - float(other.mean()))
    return apart / noise if noise > 0 else float("inf")


def peak_signal_to_noise_db(values: Values, truth: Values) -> float:
    """Return the range of the truth over the root mean square error, in dB.

    It is infinite for the same picture, and minus that where the truth is even.
    """
    error = float(np.mean((values.astype(np.float64) - truth) ** 2))
    reach = float(truth.max() - truth.min())
    if error == 0:
        return float("inf")
    return float(10 * np.log10(reach**2 / error)) if reach > 0 else -float("inf")


def structural_similarity(values: Values, truth: Values) -> float:
    """Return the mean structural similarity over slices, 1 for the same (Wang et al. 2004)."""
    from skimage.metrics import structural_similarity as likeness

    measure: Callable[..., float] = likeness
    reach = float(truth.max() - truth.min()) or 1.0
    sides = [
        measure(one, other, data_range=reach) for one, other in zip(values, truth, strict=True)
    ]
    return float(np.mean(sides))


def difference(values: NDArray[np.float32], truth: NDArray[np.float32]) -> Values:
    """Return what a filter has taken away or added."""
    return np.asarray(values - truth, np.float32)


def noise_against(after: Values, before: Values) -> tuple[str, ...]:
    """Return in words what a filter did to a slice: its noise, and how alike both are."""
    from viewer.imaging.enhance.smoothing import noise_of

    known = np.isfinite(after) & np.isfinite(before)
    if not known.any():
        return ()
    one, other = np.where(known, after, 0), np.where(known, before, 0)
    likeness = structural_similarity(one[None], other[None]) if min(one.shape) >= 7 else 1.0
    ratio = peak_signal_to_noise_db(one, other)
    said = [f"noise {noise_of(other):.3g} → {noise_of(one):.3g}"]
    if np.isfinite(ratio):
        said.append(f"PSNR {ratio:.1f} dB")
    return (*said, f"SSIM {likeness:.3f}")
