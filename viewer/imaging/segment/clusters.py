"""Classes of voxels without marks: k-means and Gaussian mixtures of values, supervoxels.

Classes are numbered from 1 with rising values. K-means and mixtures work on a fine histogram,
so that they are quick and the same every time, whatever the size of the image.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.imaging.enhance.field import Values
from viewer.imaging.enhance.smoothing import blurred
from viewer.imaging.segment.distance import Spacing
from viewer.imaging.segment.levels import Counts, Floats
from viewer.imaging.segment.parts import Labels

_BINS = 1024
_MOST_ROUNDS = 500


@dataclass(frozen=True, slots=True)
class Mixture:
    """Normal distributions by rising mean: their shares (sum 1), means and deviations."""

    shares: tuple[float, ...]
    means: tuple[float, ...]
    deviations: tuple[float, ...]

    def chances(self, values: Values) -> NDArray[np.float32]:
        """Return how likely values are of each class, (class, ...)."""
        each = [
            np.log(share / spread) - 0.5 * np.square((values - np.float32(mean)) / spread)
            for share, mean, spread in zip(self.shares, self.means, self.deviations, strict=True)
        ]
        logs = np.stack(each).astype(np.float32)
        logs -= logs.max(axis=0)
        chances = np.exp(logs)
        return np.asarray(chances / chances.sum(axis=0), np.float32)


def means(values: Values, classes: int) -> tuple[float, ...]:
    """Return the rising means of classes that spread the least within (k-means; Lloyd 1982).

    It begins at quantiles and at even steps, and keeps the better of the two.

    Raises:
        Declined: if there are fewer different values than classes.
    """
    counts = _counts(values, classes)
    total = counts.counts.sum()
    below = np.cumsum(counts.counts) / total
    quantiles = np.interp((np.arange(classes) + 0.5) / classes, below, counts.middles)
    even = np.linspace(counts.middles[0], counts.middles[-1], 2 * classes + 1)[1::2]
    found = [_lloyd(counts, start) for start in (quantiles, even)]
    return tuple(min(found, key=lambda one: _spread(counts, one)).tolist())


def k_means(values: Values, classes: int, progress: Progress) -> Labels:
    """Return the class of each voxel by the nearest mean; what is no number is 0."""
    progress.report(0.0, "means")
    centres = np.array(means(values, classes))
    return sorted_in(values, (centres[1:] + centres[:-1]) / 2, progress)


def sorted_in(values: Values, levels: Floats, progress: Progress) -> Labels:
    """Return how many levels each value is above, counted from 1; what is no number is 0."""
    result = np.empty(values.shape, np.uint16)
    for number, (one, done) in enumerate(zip(values, result, strict=True), start=1):
        done[...] = 1
        for level in levels:
            np.add(done, one > np.float32(level), out=done)
        done[~np.isfinite(one)] = 0
        progress.report(number / len(values), f"slice {number} of {len(values)}")
    return result


def _counts(values: Values, classes: int) -> Counts:
    counts = Counts.of(values, _BINS)
    if np.count_nonzero(counts.counts) < classes:
        raise Declined("There are fewer values than classes.", code="one_value")
    return counts


def _lloyd(found: Counts, start: Floats) -> Floats:
    centres = np.array(start)
    sums = np.concatenate([[0.0], np.cumsum(found.counts * found.middles)])
    below = np.concatenate([[0], np.cumsum(found.counts)])
    for _ in range(_MOST_ROUNDS):
        edges = np.searchsorted(found.middles, (centres[1:] + centres[:-1]) / 2)
        ends = np.concatenate([[0], edges, [len(found.middles)]])
        sizes, totals = np.diff(below[ends]), np.diff(sums[ends])
        after = np.where(sizes > 0, totals / np.maximum(sizes, 1), centres)
        if np.allclose(after, centres, rtol=0, atol=1e-9):
            break
        centres = after
    return np.sort(centres)


def _spread(found: Counts, centres: Floats) -> float:
    off = np.abs(found.middles[:, None] - centres).min(axis=1)
    return float((found.counts * off**2).sum())


def mixture(values: Values, classes: int) -> Mixture:
    """Return the Gaussian mixture that explains the values best (EM; Dempster et al. 1977).

    Raises:
        Declined: if there are fewer different values than classes.
    """
    counts = _counts(values, classes)
    weights = counts.counts / counts.counts.sum()
    x = counts.middles
    least = (x[1] - x[0]) / 2
    mean = np.array(means(values, classes))
    near = np.abs(x[:, None] - mean).argmin(axis=1)
    share = np.maximum(np.bincount(near, weights, classes), 1e-6)
    squares = np.bincount(near, weights * (x - mean[near]) ** 2, classes)
    spread = np.maximum(np.sqrt(squares / share), least)
    before = -np.inf
    for _ in range(_MOST_ROUNDS):
        logs = np.log(share / spread) - 0.5 * ((x[:, None] - mean) / spread) ** 2
        top = logs.max(axis=1, keepdims=True)
        parts = np.exp(logs - top)
        total = parts.sum(axis=1, keepdims=True)
        likely = float((weights * (np.log(total) + top)[:, 0]).sum())
        held = weights[:, None] * parts / total
        share = np.maximum(held.sum(axis=0), 1e-9)
        mean = (held * x[:, None]).sum(axis=0) / share
        spread = np.sqrt((held * (x[:, None] - mean) ** 2).sum(axis=0) / share)
        spread = np.maximum(spread, least)
        if likely - before < 1e-7:
            break
        before = likely
    order = np.argsort(mean)
    share = share / share.sum()
    shares, middles, spreads = (part[order].tolist() for part in (share, mean, spread))
    return Mixture(tuple(shares), tuple(middles), tuple(spreads))


def gaussian_mixture(
    values: Values, classes: int, smooth_mm: float, spacing_mm: Spacing, progress: Progress
) -> Labels:
    """Return the likeliest class of each voxel; `smooth_mm` lets neighbours have a say.

    The chances of the classes are blurred by that Gaussian before the greatest is taken, which
    is done in blocks of slices, so that memory stays bounded.
    """
    progress.report(0.0, "mixture")
    found = mixture(values, classes)
    sigmas = tuple(smooth_mm / step for step in spacing_mm)
    margin = int(np.ceil(4 * sigmas[0] + 1)) if smooth_mm > 0 else 0
    block = max(1, _BLOCK // max(values[0].size, 1))
    result = np.empty(values.shape, np.uint16)
    for start in range(0, len(values), block):
        stop = min(start + block, len(values))
        first, last = max(start - margin, 0), min(stop + margin, len(values))
        known = np.isfinite(values[first:last])
        chances = found.chances(np.where(known, values[first:last], np.float32(0)))
        if smooth_mm > 0:
            chances = np.stack([blurred(one, (sigmas[0], sigmas[1], sigmas[2])) for one in chances])
        done = chances.argmax(axis=0).astype(np.uint16) + np.uint16(1)
        result[start:stop] = np.where(known, done, 0)[start - first : stop - first]
        progress.report(stop / len(values), f"slice {stop} of {len(values)}")
    return result


_BLOCK = 4_000_000


def supervoxels(
    values: Values,
    size_mm: float,
    compactness: float,
    spacing_mm: Spacing,
    progress: Progress,
) -> NDArray[np.int32]:
    """Return patches of like values, about so wide, numbered from 1 (SLIC; Achanta et al. 2012).

    `compactness` weighs nearness against likeness; values are scaled to their range.

    Raises:
        Declined: if a patch would be smaller than a voxel, or larger than the block.
    """
    from skimage.segmentation import slic

    cut: Callable[..., NDArray[np.generic]] = slic
    flat = values.shape[0] == 1
    steps = spacing_mm[1:] if flat else spacing_mm
    count = round(values.size * float(np.prod(steps)) / size_mm ** len(steps))
    if not 1 <= count <= values.size:
        raise Declined("Patches are between one voxel and the whole block.", code="bad_setting")
    low, high = (float(end) for end in np.nanpercentile(values, (1, 99)))
    level = np.nan_to_num((values - low) / max(high - low, 1e-9)).clip(0, 1)
    progress.report(0.1, "patches")
    found = cut(
        level[0] if flat else level,
        n_segments=count,
        compactness=compactness,
        sigma=0,
        spacing=steps,
        channel_axis=None,
        start_label=1,
    )
    progress.report(1.0)
    return np.asarray(found, np.int32).reshape(values.shape)
