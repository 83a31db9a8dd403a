"""One picture laid over another: three ways of mixing, each by a share from 0 to 1.

Pictures are bytes of any shape, colours or greys, both alike. What is not `known` of the
upper picture lets the lower one through unchanged, so that the end of a PET is not taken
for no uptake.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.uint8]


class Mix(StrEnum):
    """How an upper picture and a lower one become one."""

    WEIGHTED = "weighted"
    """From the lower picture over to the upper one."""
    MULTIPLICATIVE = "multiplicative"
    """From the lower picture to itself, lit by the upper one: dark where that is dark."""
    AVERAGE = "average"
    """From the lower picture to the mean of both: the lower one is never hidden."""


def weighted(below: Pixels, above: Pixels, opacity: float) -> Pixels:
    """Return (1 - opacity) below + opacity above, rounded."""
    _require_share(opacity)
    return _bytes(cv2.addWeighted(below, 1 - opacity, above, opacity, 0))


def multiplicative(below: Pixels, above: Pixels, opacity: float) -> Pixels:
    """Return below ((1 - opacity) + opacity above / 255), rounded."""
    _require_share(opacity)
    lit = cv2.multiply(below, above, scale=opacity / 255, dtype=cv2.CV_32F)
    return _bytes(cv2.addWeighted(below, 1 - opacity, lit, 1.0, 0, dtype=cv2.CV_8U))


def average(below: Pixels, above: Pixels, opacity: float) -> Pixels:
    """Return (1 - opacity) below + opacity (below + above) / 2, rounded."""
    _require_share(opacity)
    return _bytes(cv2.addWeighted(below, 1 - opacity / 2, above, opacity / 2, 0))


_WAYS: dict[Mix, Callable[[Pixels, Pixels, float], Pixels]] = {
    Mix.WEIGHTED: weighted,
    Mix.MULTIPLICATIVE: multiplicative,
    Mix.AVERAGE: average,
}


def fuse(
    below: Pixels, above: Pixels, known: NDArray[np.bool_], opacity: float, mix: Mix
) -> Pixels:
    """Return a picture (rows, columns, channels) with another laid over it where that is known."""
    if below.shape != above.shape or known.shape != below.shape[:2]:
        raise ValueError(f"a picture of {above.shape} over one of {below.shape}")
    mixed = _WAYS[mix](below, above, opacity)
    if not known.all():
        cv2.copyTo(below, (~known).view(np.uint8), mixed)
    return mixed


def _require_share(opacity: float) -> None:
    if not 0 <= opacity <= 1:
        raise ValueError(f"an opacity of {opacity}")


def _bytes(picture: object) -> Pixels:
    return np.asarray(picture, dtype=np.uint8)
