"""How good a picture is: signal and contrast to noise, and likeness to another."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.enhance.field import Values


def signal_to_noise(inside: Values) -> float:
    """Return the mean of a region over its standard deviation (n - 1)."""
    spread = float(inside.std(ddof=1)) if inside.size > 1 else 0.0
    return abs(float(inside.mean())) / spread if spread > 0 else float("inf")


def contrast_to_noise(one: Values, other: Values) -> float:
    """Return the difference of the means of two regions over the root mean of their variances."""
    noise = float(np.sqrt((one.var(ddof=1) + other.var(ddof=1)) / 2))
    apart = abs(float(one.mean()) - float(other.mean()))
    return apart / noise if noise > 0 else float("inf")


def peak_signal_to_noise_db(values: Values, truth: Values) -> float:
    """Return the range of the truth over the root mean square error, in dB."""
    error = float(np.mean((values.astype(np.float64) - truth) ** 2))
    reach = float(truth.max() - truth.min())
    return float("inf") if error == 0 else float(10 * np.log10(reach**2 / error))


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
    return (
        f"noise {noise_of(before):.3g} → {noise_of(after):.3g}",
        f"PSNR {peak_signal_to_noise_db(one, other):.1f} dB",
        f"SSIM {likeness:.3f}",
    )
