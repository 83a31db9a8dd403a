"""Whether an image of the brain is FLAIR: by its name, by how it was taken, by its contrast.

On FLAIR fluid is dark and grey matter, which lies at the outside, brighter than white matter; on
T1 it is the other way round; on T2 fluid is bright. On eight images of two patients brightness
and depth in the brain correlated by -0.44 to -0.35 on FLAIR and by 0.28 to 0.35 on T1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from viewer.ai.ms.pair import Mask, Values
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.technique import Technique

SURELY, AT_MOST = -0.2, 0.05
_NAMED = re.compile(r"flair|dark[ _-]?fluid|tirm", re.IGNORECASE)
_OTHER = re.compile(
    r"mprage|bravo|(?<![a-z0-9])(t1|t1w|t2|t2w|pd|swi|dwi|adc|tof|bold|dti|asl)(?![a-z0-9])",
    re.IGNORECASE,
)
_T1 = re.compile(r"(?<![a-z0-9])t1w?(?![a-z0-9])", re.IGNORECASE)
"""T1 FLAIR has dark fluid, too, but white matter is bright: it is T1."""
_INVERSION_MS, _ECHO_MS = 1500.0, 60.0
_RIM_MM, _DEEP_MM = 3.0, 20.0


@dataclass(frozen=True, slots=True)
class Kind:
    """Whether an image is FLAIR, and how that is known."""

    certain: bool
    how: str
    """The end of a sentence that begins "It is taken as FLAIR ..."."""


def admit_words(name: str, technique: Technique | None, which: str) -> Kind | None:
    """Tell by what the file says; None if it says nothing of it.

    Raises:
        Declined: if the file says that it is something else.
    """
    if _NAMED.search(name) and not _T1.search(name):
        return Kind(True, f"for its series is called {name[:60]!r}")
    if technique is not None and technique.inversion_ms and technique.echo_ms:
        long = technique.inversion_ms >= _INVERSION_MS and technique.echo_ms >= _ECHO_MS
        if long:
            return Kind(
                True,
                f"for its inversion time is {technique.inversion_ms:.0f} ms and its echo time "
                f"{technique.echo_ms:.0f} ms",
            )
        raise Declined(
            f"{which} is no FLAIR: inversion time {technique.inversion_ms:.0f} ms, echo time "
            f"{technique.echo_ms:.0f} ms. Put a FLAIR in front.",
            code="not_flair",
        )
    if _OTHER.search(name):
        raise Declined(
            f"{which} is called {name[:60]!r}, which is no FLAIR. Put a FLAIR in front.",
            code="not_flair",
        )
    return None


def admit_contrast(values: Values, brain: Mask, geometry: Geometry, which: str) -> Kind:
    """Tell by the values within the brain.

    Raises:
        Declined: if they are those of T1 or T2.
    """
    found = depth_correlation(values, brain, geometry)
    inside = values[brain]
    middle = float(np.median(inside))
    if middle <= 0 or float((inside > 1.8 * middle).mean()) > 0.03:
        raise Declined(
            f"{which} is no FLAIR by its contrast: fluid is bright, as on T2. Put a FLAIR in "
            "front.",
            code="not_flair",
        )
    if found > AT_MOST:
        raise Declined(
            f"{which} is no FLAIR by its contrast: white matter is brighter than grey matter "
            f"(correlation of brightness with depth {found:.2f}), as on T1. Put a FLAIR in front.",
            code="not_flair",
        )
    how = f"by its contrast (correlation of brightness with depth {found:.2f}"
    if found <= SURELY:
        return Kind(True, f"{how})")
    return Kind(False, f"{how}; not sure: a FLAIR is usually below {SURELY})")


def depth_correlation(values: Values, brain: Mask, geometry: Geometry) -> float:
    """Return how brightness and depth in the brain go together, from -1 to 1; fluid left out."""
    thin = (slice(None), slice(None, None, 2), slice(None, None, 2))
    steps = geometry.spacing_mm
    depth = ndimage.distance_transform_edt(
        np.pad(brain[thin], 1), sampling=(steps[0], 2 * steps[1], 2 * steps[2])
    )[1:-1, 1:-1, 1:-1]
    inside = brain[thin]
    bright, deep = values[thin][inside], depth[inside].clip(0, _DEEP_MM)
    middle = float(np.median(bright))
    kept = (deep > _RIM_MM) & (bright > 0.75 * middle) & (bright < np.percentile(bright, 98))
    if np.count_nonzero(kept) < 100 or float(bright[kept].std()) == 0:
        return 0.0
    return float(np.corrcoef(bright[kept], deep[kept])[0, 1])
