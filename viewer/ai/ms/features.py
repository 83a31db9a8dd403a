"""What changed between two dates, measured in units of the noise that is there.

Both images are divided by their median in the brain and their slow difference in shading is
taken away (differential bias correction, Lewis and Fox 2004). The noise of the difference is
estimated where the picture is equally steep: at edges small errors of alignment look like
change, so that more is asked of a change there. Features follow Sweeney et al. (AJNR 2013), who
found that a simple classifier on subtraction and intensities tells lesion change from noise.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.ms.pair import Pair
from viewer.core.errors import Declined

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]
Steps = tuple[float, float, float]

NAMES = (
    "change, 0 mm, in noise", "change, 0 mm", "change, 0.8 mm, in noise", "change, 0.8 mm",
    "change, 1.6 mm, in noise", "change, 1.6 mm", "change, 3.2 mm, in noise", "change, 3.2 mm",
    "brighter date, 0.8 mm", "darker date, 0.8 mm", "brighter date, 3.2 mm", "darker date, 3.2 mm",
    "brighter date over its surroundings", "darker date over its surroundings", "steepness",
    "depth in the brain (mm)", "distance to fluid (mm)",
)  # fmt: skip
BLURS_MM = (0.0, 0.8, 1.6, 3.2)
_CLASSES = 20
_SHADING_MM = 12.0
_FLUID = -3.0
"""Deviations below white matter that are fluid on FLAIR."""
LEAST_BRAIN = 20_000
"""Voxels of brain without which nothing can be estimated."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A pair in its own units, and the features of its brain."""

    pair: Pair
    first: Values = field(repr=False)
    """Deviations from white matter; 1 is the robust spread of the brain's values."""
    second: Values = field(repr=False)
    change: Values = field(repr=False)
    """Second less first, blurred by 0.8 mm, in units of its noise."""
    sign: NDArray[np.int8] = field(repr=False)
    """1 where the second date is brighter, else -1."""
    features: NDArray[np.float32] = field(repr=False)
    """(voxels of the brain, features), in the order of NAMES."""
    noise: float
    """Robust deviation of second less first within the brain, in the units of first and second."""

    def volume(self, numbers: NDArray[np.float32]) -> Values:
        """Return numbers of the brain's voxels at their places, 0 elsewhere."""
        result = np.zeros(self.pair.brain.shape, np.float32)
        result[self.pair.brain] = numbers
        return result


def seen_of(pair: Pair) -> Seen:
    """Measure a pair.

    Raises:
        Declined: if there is too little brain on both, or one is of one value.
    """
    core = pair.brain
    if np.count_nonzero(core) < LEAST_BRAIN:
        raise Declined("Too little of the brain is on both images.", code="too_little_brain")
    first, second = _alike(pair)
    white, spread = scale_of(np.concatenate([first[core], second[core]]))
    white_, spread_ = np.float32(white), np.float32(spread)
    first, second = (first - white_) / spread_, (second - white_) / spread_
    steps = pair.spacing_mm
    change = second - first
    steep = _steepness((first + second) * np.float32(0.5), steps)
    classes = _classes(steep, core)
    parts: list[Values] = []
    for mm in BLURS_MM:
        blurred_change = blurred(change, mm, steps)
        parts += [blurred_change / _noise(blurred_change, classes, core), blurred_change]
    sign = np.where(parts[4] >= 0, 1, -1).astype(np.int8)
    in_noise = parts[2]
    parts = [part * sign for part in parts]
    parts += _brightness(first, second, sign, steps)
    parts += [steep, *_depths(first, second, core, steps)]
    features = np.stack([part[core] for part in parts], axis=1).astype(np.float32)
    return Seen(pair, first, second, in_noise, sign, features, robust(change[core]))


def blurred(values: Values, mm: float, steps: Steps) -> Values:
    """Blur by a Gaussian of `mm`; 0 leaves as it is."""
    if mm <= 0:
        return values
    sigmas = [mm / step for step in steps]
    return np.asarray(ndimage.gaussian_filter(values, sigmas, truncate=3.0), np.float32)


def robust(values: NDArray[np.float32]) -> float:
    """Return the deviation about 0 that outliers do not move (1.4826 times the median size)."""
    return float(1.4826 * np.median(np.abs(values))) if values.size else 0.0


def scale_of(values: NDArray[np.float32]) -> tuple[float, float]:
    """Return the most common value, which on FLAIR is that of white matter, and the spread.

    Raises:
        Declined: if all values are the same.
    """
    low, high = np.percentile(values, (1, 99))
    if not high > low:
        raise Declined("The brain is of one value on these images.", code="flat")
    counts, edges = np.histogram(values, 200, (float(low), float(high)))
    smooth = ndimage.gaussian_filter1d(counts.astype(float), 5)
    white = float(edges[int(smooth.argmax())] + edges[int(smooth.argmax()) + 1]) / 2
    return white, max(robust(values - np.float32(white)), 1e-6)


def _alike(pair: Pair) -> tuple[Values, Values]:
    """Return both dates over their medians, without the slow difference of their shading."""
    core = pair.brain
    middles = (float(np.median(pair.first[core])), float(np.median(pair.second[core])))
    if min(middles) <= 0:
        raise Declined("The brain is dark on one of these images.", code="flat")
    first, second = pair.first / middles[0], pair.second / middles[1]
    usual = core & (first > 0.5) & (first < 1.5) & (second > 0.5) & (second < 1.5)
    ratio = np.zeros_like(first)
    ratio[usual] = np.log(second[usual] / first[usual])
    if usual.any():
        usual &= np.abs(ratio) <= np.percentile(np.abs(ratio[usual]), 90)
    weight = blurred(usual.astype(np.float32), _SHADING_MM, pair.spacing_mm)
    field_ = blurred(np.where(usual, ratio, 0).astype(np.float32), _SHADING_MM, pair.spacing_mm)
    half = np.exp(field_ / np.maximum(weight, 1e-3) / 2).astype(np.float32)
    return first * half, second / half


def _steepness(mean: Values, steps: Steps) -> Values:
    """Return the size of the gradient of the mean of both dates, for each mm."""
    total = np.zeros_like(mean)
    for axis, step in enumerate(steps):
        order = [int(axis == one) for one in range(3)]
        slope = ndimage.gaussian_filter(mean, [0.7 / s for s in steps], order=order, truncate=3.0)
        total += (slope / step) ** 2
    return np.sqrt(total)


def _classes(steep: Values, core: Mask) -> NDArray[np.intp]:
    limits = np.quantile(steep[core], np.linspace(0, 1, _CLASSES + 1))[1:-1]
    return np.searchsorted(limits, steep)


def _noise(change: Values, classes: NDArray[np.intp], core: Mask) -> Values:
    """Return the noise of a change where the picture is equally steep, never falling with it."""
    inside, which = change[core], classes[core]
    levels = np.array([robust(inside[which == one]) for one in range(_CLASSES)])
    smooth = ndimage.gaussian_filter1d(np.maximum.accumulate(levels), 1)
    return np.maximum(smooth, 1e-6).astype(np.float32)[classes]


def _brightness(
    first: Values, second: Values, sign: NDArray[np.int8], steps: Steps
) -> list[Values]:
    found: list[Values] = []
    later = sign > 0
    near = [blurred(first, 0.8, steps), blurred(second, 0.8, steps)]
    wide = [blurred(first, 3.2, steps), blurred(second, 3.2, steps)]
    over = [n - blurred(v, 5.0, steps) for n, v in zip(near, (first, second), strict=True)]
    for one, other in (near, wide, over):
        found += [np.where(later, other, one), np.where(later, one, other)]
    return found


def _depths(first: Values, second: Values, core: Mask, steps: Steps) -> tuple[Values, Values]:
    depth = ndimage.distance_transform_edt(np.pad(core, 1), sampling=steps)[1:-1, 1:-1, 1:-1]
    dark = np.minimum(blurred(first, 0.8, steps), blurred(second, 0.8, steps))
    dry = core & (dark >= _FLUID)
    away = ndimage.distance_transform_edt(np.pad(dry, 1), sampling=steps)[1:-1, 1:-1, 1:-1]
    return depth.astype(np.float32), away.astype(np.float32)
