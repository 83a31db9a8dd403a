"""What must be known of the values of an image before it is filtered, in sentences."""

from __future__ import annotations

import numpy as np

from viewer.core.volume import Volume, padded
from viewer.imaging.enhance.derive import sample_of
from viewer.imaging.enhance.field import Values

_TAIL = 0.1
"""Per cent of the values at each end that may be outliers."""
_FAR = 3.0
"""How many times the range of all other values an outlier is beyond it."""


def bounds_of(sample: Values) -> tuple[float, float]:
    """Return the values beyond which something is an outlier: far off the range of the others."""
    if not sample.size:
        return -np.inf, np.inf
    low, high = (float(x) for x in np.percentile(sample, (_TAIL, 100 - _TAIL)))
    return low - _FAR * (high - low), high + _FAR * (high - low)


def remarks_on(volume: Volume) -> tuple[str, ...]:
    """Say how many voxels are no values and stay as they are, and which are far outliers."""
    sample = sample_of(volume)
    low, high = bounds_of(sample)
    padding = missing = outliers = 0
    for one in volume.voxels:
        values = one.astype(np.float32) * np.float32(volume.slope) + np.float32(volume.intercept)
        nothing = padded(one, volume.padding)
        finite = np.isfinite(values)
        missing += int(np.count_nonzero(~finite))
        if nothing is not None:
            padding += int(np.count_nonzero(nothing))
            finite &= ~nothing
        outliers += int(np.count_nonzero(finite & ((values < low) | (values > high))))
    said = []
    if padding:
        said.append(f"{padding} voxels are padding; they stay as they are and taint nothing.")
    if missing:
        said.append(f"{missing} voxels are no numbers; they stay as they are and taint nothing.")
    if outliers:
        said.append(
            f"{outliers} voxels lie far beyond all others (below {low:.4g} or above {high:.4g}); "
            "the filter that cuts off outliers takes them in."
        )
    return tuple(said)
