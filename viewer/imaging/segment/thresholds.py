"""Where values lie: by a range, by the histogram, by two steps, or by their neighbourhood."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.imaging.enhance.field import Values

Mask = NDArray[np.bool_]
_BINS = 256


def in_range(values: NDArray[np.generic], low: float, high: float) -> Mask:
    """Return where values lie from `low` to `high`, both included."""
    return np.asarray((values >= low) & (values <= high))  # type: ignore[operator]


def otsu(values: Values) -> float:
    """Return the threshold between two classes of the least variance within (Otsu 1979)."""
    from skimage.filters import threshold_otsu

    find: Callable[..., float] = threshold_otsu
    return float(find(values[np.isfinite(values)]))


def multi_otsu(values: Values, classes: int) -> tuple[float, ...]:
    """Return the thresholds between three to five classes (Liao, Chen, Chung 2001)."""
    from skimage.filters import threshold_multiotsu

    find: Callable[..., NDArray[np.float64]] = threshold_multiotsu
    known = values[np.isfinite(values)]
    return tuple(float(level) for level in find(known, classes=classes, nbins=_BINS))


def hysteresis(values: Values, low: float, high: float) -> Mask:
    """Return what is above `low` and connected with something above `high` (Canny 1986)."""
    import cc3d

    wide = values >= low
    labels = cc3d.connected_components(wide, connectivity=26)
    kept = np.unique(labels[values >= high])
    return np.isin(labels, kept[kept > 0])


def local(values: Values, radius_voxels: int, offset: float) -> Mask:
    """Return what is more than `offset` above the mean of its square within the slice."""
    side = (2 * radius_voxels + 1, 2 * radius_voxels + 1)
    means = [cv2.blur(one, side, borderType=cv2.BORDER_REFLECT_101) for one in values]
    return np.asarray(values > np.stack(means) + np.float32(offset))
