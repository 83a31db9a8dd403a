"""A radiograph as the network sees it: without borders, equally sharp, equally bright.

Pictures are (row, column). Borders without anatomy are cut off, the chest is sampled to SIDE x SIDE
through one and the same low-pass whatever the resolution was, and grey values are replaced by
their ranks, so that neither exposure nor tone curve nor bit depth can tell pictures apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Grey = NDArray[np.float32]

SIDE = 64
"""Rows and columns of the input."""
BLUR = 0.9
"""Standard deviation of the low-pass, in pixels of the input: coarser than any original."""
DARK = 0.12
"""Share of the brightest value below which a pixel of the margin shows nothing."""
FILLED = 0.3
"""Share of a row or column that must show something to be no border."""
MARGINS = (0.03, 0.14, 0.05, 0.05)
"""What is cut off the body's box above, below, left and right: neck, belly and arms."""
_COARSE = 256


@dataclass(frozen=True, slots=True)
class Box:
    """Rows and columns of a picture, from the first to the one after the last."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        """Rows inside."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns inside."""
        return self.right - self.left


def equalised(picture: NDArray[np.generic], *, inverted: bool = False) -> tuple[Grey, Box]:
    """Return the chest (SIDE, SIDE) with mean 0 and deviation 1, and where it lies.

    Args:
        picture: Any grey values (row, column), bright where dense.
        inverted: Whether they are dark where dense instead.
    """
    grey = scaled(picture, inverted=inverted)
    box = chest_box(grey)
    chest = sampled(grey[box.top : box.bottom, box.left : box.right])
    return ranked(chest), box


def scaled(picture: NDArray[np.generic], *, inverted: bool = False) -> Grey:
    """Return grey values as 0 to 1, the outermost half per cent clipped; no numbers are 0."""
    values = np.nan_to_num(np.asarray(picture, np.float32), posinf=0, neginf=0)
    low, high = (float(each) for each in np.percentile(values[::2, ::2], (0.5, 99.5)))
    grey = ((values - low) / max(high - low, 1e-6)).clip(0, 1)
    return np.asarray(1 - grey if inverted else grey, np.float32)


def chest_box(grey: Grey) -> Box:
    """Return the chest without borders, background beside the body, neck and belly."""
    body = body_box(grey)
    above, below, left, right = MARGINS
    return Box(
        body.top + round(above * body.height),
        body.bottom - round(below * body.height),
        body.left + round(left * body.width),
        body.right - round(right * body.width),
    )


def body_box(grey: Grey) -> Box:
    """Return the rows and columns that show more than darkness."""
    rows, columns = grey.shape
    small = cv2.resize(grey, (_COARSE, _COARSE), interpolation=cv2.INTER_AREA)
    shown = small > DARK
    across = _stretch(shown[_COARSE // 4 : -_COARSE // 8].mean(axis=0) > FILLED)
    along = _stretch(shown[:, slice(*across)].mean(axis=1) > FILLED)
    (top, bottom), (left, right) = along, across
    return Box(
        top * rows // _COARSE,
        -(-bottom * rows // _COARSE),
        left * columns // _COARSE,
        -(-right * columns // _COARSE),
    )


def _stretch(filled: NDArray[np.bool_]) -> tuple[int, int]:
    """Return the longest run; all if it is under half, for then nothing is certain."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], filled, [False]]).astype(np.int8)))
    runs = edges.reshape(-1, 2)
    if not len(runs):
        return 0, len(filled)
    first, last = runs[np.argmax(runs[:, 1] - runs[:, 0])]
    return (int(first), int(last)) if last - first >= len(filled) / 2 else (0, len(filled))


def sampled(grey: Grey, side: int = SIDE) -> Grey:
    """Return a picture of side x side through one low-pass, however fine it was."""
    rows, columns = grey.shape
    sigma = [BLUR * size / side for size in (columns, rows)]
    smooth = cv2.GaussianBlur(
        grey, (0, 0), sigmaX=sigma[0], sigmaY=sigma[1], borderType=cv2.BORDER_REPLICATE
    )
    small = cv2.resize(smooth, (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32)


def ranked(grey: Grey) -> Grey:
    """Return the rank of each value among all, spread to mean 0 and deviation 1."""
    ranks = rankdata(grey.round(5), method="average").reshape(grey.shape)
    share = (ranks - 0.5) / grey.size
    return np.asarray((share - 0.5) * np.sqrt(12), np.float32)


def as_it_is(picture: NDArray[np.generic]) -> Grey:
    """Return the whole picture (SIDE, SIDE), neither cropped nor equalised: for comparison."""
    values = np.asarray(picture, np.float32) / 255
    small = cv2.resize(values, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray((small - 0.5) * 4, np.float32)
