"""From slices in the brain window to what the network sees.

A picture is 8 bits in the brain window. The network sees a square in which the head has the
same size whatever the field of view, and with each slice its two neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.errors import Declined
from viewer.core.window import Window

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

BRAIN = Window(centre=40.0, width=90.0)
"""The window of the pictures: brain lies at 103 of 255, ventricles near 50, clots at 180 to 240.

That fits widths of 80 to 100 about 40 HU; the middle was taken, training varies it.
"""
SIDE = 96
"""Rows and columns of what the network sees."""
FILLED = 88
"""How many of them the longer side of the head takes."""
HEAD_GREY = 25
"""Of 255: skin, brain and bone are brighter, air and fat are not."""
NEIGHBOURS = (-1, 0, 1)
_THIN = 4
"""Tables and head rests are thinner than this many pixels of 256."""
_LARGE = 0.75
"""Slices with at least this share of the largest one tell how large the head is."""
_LEAST_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Frame:
    """The square around the head that the network sees, in pixels of the picture."""

    row: float
    column: float
    """Its middle."""
    pixel: float
    """Pixels of the picture for one of the network."""

    @property
    def to_picture(self) -> NDArray[np.float64]:
        """The affine (2, 3) from (x, y) of the network to (x, y) of the picture."""
        middle = (SIDE - 1) / 2
        return np.array(
            [
                [self.pixel, 0.0, self.column - self.pixel * middle],
                [0.0, self.pixel, self.row - self.pixel * middle],
            ]
        )


def head_of(picture: Bytes) -> NDArray[np.bool_]:
    """Return the head on one slice (rows, columns): the largest thing that is no table."""
    thin = max(1, round(_THIN * max(picture.shape) / 256))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * thin + 1, 2 * thin + 1))
    bright = ndimage.binary_fill_holes(picture > HEAD_GREY).astype(np.uint8)
    solid = cv2.morphologyEx(bright, cv2.MORPH_OPEN, disc)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    if count < 2:
        return np.zeros(picture.shape, np.bool_)
    return np.asarray(labels == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()))


def frame_of(pictures: Bytes) -> Frame:
    """Return the square that all slices (slices, rows, columns) of one head are seen in.

    Raises:
        Declined: if there is nothing of the size of a head.
    """
    heads = np.stack([head_of(one) for one in pictures])
    areas = heads.sum(axis=(1, 2))
    if areas.max() < _LEAST_SHARE * pictures[0].size:
        raise Declined("No head was found on these slices.", code="no_head")
    seen = heads[areas >= _LARGE * areas.max()].mean(axis=0) >= 0.5
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    sides = (rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1)
    return Frame((rows[0] + rows[-1]) / 2, (columns[0] + columns[-1]) / 2, max(sides) / FILLED)


def framed(pictures: Bytes, frame: Frame) -> Bytes:
    """Return slices as the network sees them (slices, SIDE, SIDE), without their neighbours."""
    finer = max(frame.pixel, 1.0)
    made = np.zeros((len(pictures), SIDE, SIDE), np.uint8)
    for number, one in enumerate(pictures):
        calm = cv2.GaussianBlur(one, (0, 0), 0.4 * finer) if finer > 1.2 else one
        made[number] = cv2.warpAffine(
            calm, frame.to_picture, (SIDE, SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        )
    return made


def with_neighbours(slices: Bytes) -> Floats:
    """Return what goes into the network (slices, 3, rows, columns), 0 to 1.

    Beyond the first and last slice the picture is repeated.
    """
    last = len(slices) - 1
    picked = [slices[np.clip(np.arange(last + 1) + step, 0, last)] for step in NEIGHBOURS]
    return (np.stack(picked, axis=1) / np.float32(255)).astype(np.float32)


def back(seen: Floats, frame: Frame, shape: tuple[int, int]) -> Floats:
    """Return maps (slices, SIDE, SIDE) on the pixels of the pictures; 0 outside the square."""
    rows, columns = shape
    place = frame.to_picture
    made = np.zeros((len(seen), rows, columns), np.float32)
    for number, one in enumerate(seen):
        made[number] = cv2.warpAffine(one, place, (columns, rows), flags=cv2.INTER_LINEAR)
    return made
