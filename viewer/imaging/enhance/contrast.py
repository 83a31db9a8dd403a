"""Contrast: values pulled apart, bent, made even.

Every function keeps the range of its input, so that a window of the original still
serves: results lie between the least and the greatest known value.
"""

from __future__ import annotations

from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.progress import Progress
from viewer.imaging.enhance.field import Field, Values, each_slice

_LEVELS = 4096


def stretch(field: Field, low: float, high: float, progress: Progress) -> Values:
    """Spread the values between two percentiles over the whole range; what is beyond is cut."""
    sample = field.sample()
    bottom, top = _span(sample)
    first, last = (float(x) for x in np.percentile(sample, (low, high)))
    progress.report(0.5, "percentiles known")
    level = _level(field.values, first, last)
    return _spread(level, bottom, top)


def stretch_between(field: Field, low: float, high: float, progress: Progress) -> Values:
    """Spread the values from `low` to `high` over the whole range; what is beyond is cut."""
    bottom, top = _span(field.sample())
    progress.report(0.5)
    return _spread(_level(field.values, low, high), bottom, top)


def gamma(field: Field, power: float, progress: Progress) -> Values:
    """Bend the range by a power: below 1 lifts dark values, above 1 lowers them."""
    bottom, top = _span(field.sample())
    progress.report(0.3)
    return _spread(_level(field.values, bottom, top) ** np.float32(power), bottom, top)


def logarithm(field: Field, strength: float, progress: Progress) -> Values:
    """Bend the range by log(1 + strength x), which opens up dark values."""
    bottom, top = _span(field.sample())
    progress.report(0.3)
    level = np.log1p(np.float32(strength) * _level(field.values, bottom, top))
    return _spread(level / np.float32(np.log1p(strength)), bottom, top)


def sigmoid(field: Field, centre: float, width: float, progress: Progress) -> Values:
    """Bend the range by an S: steep round a centre, flat at both ends (PS3.3 C.11.2.1.3.1)."""
    bottom, top = _span(field.sample())
    progress.report(0.3)
    level = 1 / (1 + np.exp(-4 * (field.values - np.float32(centre)) / np.float32(width)))
    return _spread(np.asarray(level, np.float32), bottom, top)


def equalise(field: Field, progress: Progress) -> Values:
    """Make every value equally frequent: its rank among all, over the range, in 65,536 levels."""
    sample = field.sample()
    bottom, top = _span(sample)
    if top <= bottom:
        return field.values.copy()
    scale = np.float32(_RANKS / (top - bottom))
    counts = np.bincount(_rank(sample, bottom, scale), minlength=_RANKS + 1)
    below = np.cumsum(counts) - counts[0]
    level = (below / max(int(below[-1]), 1)).astype(np.float32)
    table = level * np.float32(top - bottom) + np.float32(bottom)
    return each_slice(field.values, lambda one: table[_rank(one, bottom, scale)], progress)


_RANKS = 65535


def _rank(values: Values, bottom: float, scale: np.float32) -> NDArray[np.int32]:
    return ((values - np.float32(bottom)) * scale).clip(0, _RANKS).astype(np.int32)


def clahe(field: Field, limit: float, tiles: int, progress: Progress) -> Values:
    """Equalise tile by tile within slices, slopes limited (Zuiderveld 1994)."""
    bottom, top = _span(field.sample())
    if top <= bottom:
        return field.values.copy()
    scale = 65535 / (top - bottom)

    def one(picture: Values) -> Values:
        level = ((picture - np.float32(bottom)) * np.float32(scale)).clip(0, 65535)
        engine = cv2.createCLAHE(clipLimit=limit, tileGridSize=(tiles, tiles))
        done = engine.apply(level.round().astype(np.uint16))
        return np.asarray(done, np.float32) / np.float32(scale) + np.float32(bottom)

    return each_slice(field.values, one, progress)


def match(field: Field, reference: Values, progress: Progress) -> Values:
    """Give values the distribution of another image: rank for rank, of the known ones."""
    target = reference[np.isfinite(reference)].reshape(-1)
    if not target.size:
        raise ValueError("a reference without values matches nothing")
    return match_levels(field, np.quantile(target, np.linspace(0, 1, _LEVELS)), progress)


def match_levels(field: Field, target: NDArray[np.floating], progress: Progress) -> Values:
    """Give values a distribution that is told by its quantiles, evenly spaced from 0 to 1."""
    progress.report(0.5, "ranks known")
    levels = np.linspace(0, 1, len(target))
    return each_slice(
        field.values, partial(_mapped, np.quantile(field.sample(), levels), target), progress
    )


def _mapped(source: NDArray[np.floating], target: NDArray[np.floating], picture: Values) -> Values:
    steps = np.concatenate([[True], np.diff(source) > 0])
    return np.asarray(np.interp(picture, source[steps], target[steps]), np.float32)


def _span(sample: Values) -> tuple[float, float]:
    return (float(sample.min()), float(sample.max())) if sample.size else (0.0, 0.0)


def _level(values: Values, low: float, high: float) -> Values:
    """Return where values lie between two others, 0 to 1."""
    width = np.float32(max(high - low, 1e-12))
    return np.asarray(((values - np.float32(low)) / width).clip(0, 1), np.float32)


def _spread(level: Values, bottom: float, top: float) -> Values:
    return np.asarray(level * np.float32(top - bottom) + np.float32(bottom), np.float32)
