"""How often each value occurs, and which window shows most of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.volume import Volume, blanked, padded
from viewer.core.window import Window

MOST_VOXELS = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """Counts between edges (one more than counts), in real-world values.

    `share` is the part of the voxels that was looked at.
    """

    counts: NDArray[np.int64] = field(repr=False)
    edges: NDArray[np.float64] = field(repr=False)
    share: float


def histogram(volume: Volume, bins: int = 256, most: int = MOST_VOXELS) -> Histogram:
    """Count the values of a volume; of a large one, an even sample of at most so many voxels."""
    sample = sampled(volume, most)
    low, high = (float(sample.min()), float(sample.max())) if sample.size else (0.0, 1.0)
    counts, edges = np.histogram(sample, bins, (low, high if high > low else low + 1))
    return Histogram(
        counts.astype(np.int64), edges.astype(np.float64), sample.size / volume.voxels.size
    )


def sampled(volume: Volume, most: int = MOST_VOXELS) -> NDArray[np.float32]:
    """Return the finite values of an even sample of voxels, flat; padding is no value."""
    step = max(1, int(np.ceil((volume.voxels.size / most) ** (1 / 3))))
    sample = blanked(volume.voxels[::step, ::step, ::step], volume.padding).ravel()
    sample = sample * np.float32(volume.slope) + np.float32(volume.intercept)
    return np.asarray(sample[np.isfinite(sample)])


def auto_window(volume: Volume, low: float = 0.01, high: float = 0.99) -> Window:
    """Return the window between two quantiles of the values.

    Where no padding is known, the lowest value is taken for it and left out.
    """
    sample = sampled(volume)
    if sample.size == 0:
        return Window(0.5, 1)
    body = sample[sample > sample.min()] if volume.padding is None else sample
    if body.size == 0:
        return Window(float(sample[0]), 1)
    bottom, top = np.quantile(body, [low, high])
    if top <= bottom:
        bottom, top = sample.min(), sample.max()
    return _spanning(float(bottom), float(top))


def full_window(volume: Volume) -> Window:
    """Return the window over all values, each voxel looked at; padding is no value."""
    ends = [end for sheet in volume.voxels for end in _ends(sheet, volume.padding)]
    if not ends:
        return Window(0.5, 1)
    low, high = sorted(end * volume.slope + volume.intercept for end in (min(ends), max(ends)))
    return _spanning(low, high)


def _ends(sheet: NDArray[np.generic], padding: tuple[float, float] | None) -> tuple[float, ...]:
    """Return the least and the greatest stored value of a slice; nothing where it has none."""
    nothing = padded(sheet, padding)
    known = sheet if nothing is None else sheet[~nothing]
    if known.dtype.kind == "f":
        known = known[np.isfinite(known)]
    return (float(known.min()), float(known.max())) if known.size else ()


def _spanning(low: float, high: float) -> Window:
    return Window.between(low, high) if high > low else Window(low, 1)
