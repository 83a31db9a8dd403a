"""Where values lie: by a range, by the histogram, by two steps, or by their neighbourhood."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.progress import Progress, Silent
from viewer.imaging.enhance.field import Values
from viewer.imaging.segment.levels import Counts, Rule

Mask = NDArray[np.bool_]


def in_range(values: NDArray[np.generic], low: float, high: float) -> Mask:
    """Return where values lie from `low` to `high`, both included."""
    return np.asarray((values >= low) & (values <= high))  # type: ignore[operator]


def otsu(values: Values) -> float:
    """Return the threshold between two classes of the least variance within (Otsu 1979)."""
    return Counts.of(values).level(Rule.OTSU)


def multi_otsu(values: Values, classes: int) -> tuple[float, ...]:
    """Return the thresholds between three to five classes (Liao, Chen, Chung 2001)."""
    return Counts.of(values).several(classes)


def hysteresis(values: Values, low: float, high: float) -> Mask:
    """Return what is above `low` and connected with something above `high` (Canny 1986)."""
    import cc3d

    labels = cc3d.connected_components(values >= low, connectivity=26)
    kept = np.zeros(int(labels.max()) + 1, np.bool_)
    kept[labels[values >= high]] = True
    kept[0] = False
    return np.asarray(kept[labels])


def local(values: Values, radius_voxels: int, offset: float) -> Mask:
    """Return what is more than `offset` above the mean of its square within the slice."""
    side = (2 * radius_voxels + 1, 2 * radius_voxels + 1)
    result = np.empty(values.shape, np.bool_)
    for one, done in zip(values, result, strict=True):
        mean = cv2.blur(one, side, borderType=cv2.BORDER_REFLECT_101)
        np.greater(one, mean + np.float32(offset), out=done)
    return result


def sauvola(
    values: Values,
    radius_voxels: int,
    weight: float,
    span: float | None = None,
    progress: Progress | None = None,
) -> Mask:
    """Return what is above mean * (1 + weight * (deviation / span - 1)) of its square in the slice.

    Sauvola and Pietikäinen 2000. Values are counted from the least one, so that it does not
    matter where their zero lies; `span` is half their range unless given.
    """
    progress = progress or Silent()
    side = (2 * radius_voxels + 1, 2 * radius_voxels + 1)
    border = cv2.BORDER_REFLECT_101
    least = float(np.nanmin(values))
    span = span or max((float(np.nanmax(values)) - least) / 2, 1e-9)
    result = np.empty(values.shape, np.bool_)
    for number, (one, done) in enumerate(zip(values, result, strict=True), start=1):
        level = (one - least).astype(np.float64)
        mean = cv2.blur(level, side, borderType=border)
        squares = cv2.blur(level * level, side, borderType=border)
        spread = np.sqrt(np.maximum(squares - mean * mean, 0))
        np.greater(level, mean * (1 + weight * (spread / span - 1)), out=done)
        progress.report(number / len(values), f"slice {number} of {len(values)}")
    return result
