"""A map of scores laid over a picture, and borders of segments as sure as the map is there.

A border is sure where the map rises from `LOW` to `HIGH` within `REACH` voxels to both sides of
it; where it stays between them, or never gets there, the border could lie elsewhere just as
well. It is then drawn in dashes and paler.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled
from viewer.imaging.tone import Screen
from viewer.imaging.values import Values, solid

LOW, HIGH = 0.3, 0.7
"""Shares of the way from the least to the greatest value of a map."""
REACH = 1.5
"""Voxels to each side of a border within which a sure map rises."""
_FULL = np.float32(255)
_DASH = 4
_WIDEST = 24


def lay_map(screen: Screen, values: NDArray[np.generic], colours: NDArray[np.uint8]) -> None:
    """Lay a map over a picture that is on the screen.

    `values` are (row, column), 0 to 255, NaN where there is none; `colours` is (256, 4), red,
    green, blue and alpha in bytes.
    """
    if values.shape != screen.shape[:2] or colours.shape != (256, 4):
        raise ValueError(f"a map of {values.shape} over a picture of {screen.shape}")
    words = np.asarray(screen.view(np.uint32)[..., 0])
    _veil(solid(values), solid(colours), words)


def unsure(values: NDArray[np.generic], voxel_px: float) -> NDArray[np.bool_]:
    """Tell for each pixel whether a border through it would be unsure.

    `values` as for `lay_map`; `voxel_px` is how many pixels one voxel of the map is wide.
    """
    if values.dtype == np.uint8:
        known = np.ascontiguousarray(values)
    else:
        known = cv2.patchNaNs(np.array(values, dtype=np.float32), 0.0).astype(np.uint8)
    reach = min(max(round(REACH * voxel_px), 1), _WIDEST)
    square = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    highest, lowest = cv2.dilate(known, square), cv2.erode(known, square)
    return np.asarray((highest < HIGH * _FULL) | (lowest > LOW * _FULL))


def lay_borders(
    screen: Screen,
    labels: NDArray[np.unsignedinteger],
    colours: NDArray[np.uint8],
    doubt: NDArray[np.bool_],
) -> None:
    """Draw the borders of labels over a picture, dashed and paler where they are in doubt.

    `colours` is (label, 4) RGBA in bytes, as of `tone.Overlay`.
    """
    if labels.shape != screen.shape[:2] or doubt.shape != labels.shape:
        raise ValueError(f"labels of {labels.shape} over a picture of {screen.shape}")
    words = np.asarray(screen.view(np.uint32)[..., 0])
    _borders(solid(labels), solid(colours), solid(doubt), words)


def ready() -> None:
    """Compile what draws; code on disk is only loaded."""
    screen = np.zeros((6, 6, 4), np.uint8)
    colours = np.zeros((256, 4), np.uint8)
    for kind in (np.uint8, np.float32):
        lay_map(screen, np.zeros((6, 6), kind), colours)
    doubt = np.zeros((6, 6), np.bool_)
    for width in (np.uint8, np.uint16):
        lay_borders(screen, np.zeros((6, 6), width), colours[:2], doubt)


@compiled
def _mixed(word: np.uint32, colours: Values, at: int, alpha: np.uint32) -> np.uint32:
    mixed = np.uint32(0xFF000000)
    for channel in range(3):
        place = np.uint32(16 - 8 * channel)
        below = (word >> place) & np.uint32(255)
        total = below * (np.uint32(255) - alpha) + np.uint32(colours[at, channel]) * alpha
        mixed |= np.uint32((total + np.uint32(127)) // np.uint32(255)) << place
    return mixed


@compiled
def _veil(values: Values, colours: Values, words: NDArray[np.uint32]) -> None:
    for row in range(words.shape[0]):
        for column in range(words.shape[1]):
            value = np.float32(values[row, column])
            if np.isnan(value):
                continue
            at = int(min(max(np.rint(value), np.float32(0)), np.float32(255)))
            alpha = np.uint32(colours[at, 3])
            if alpha:
                words[row, column] = _mixed(words[row, column], colours, at, alpha)


@compiled
def _borders(labels: Values, colours: Values, doubt: Values, words: NDArray[np.uint32]) -> None:
    rows, columns = labels.shape
    for row in range(rows):
        for column in range(columns):
            label = labels[row, column]
            if label == 0 or label >= colours.shape[0]:
                continue
            inside = 0 < row < rows - 1 and 0 < column < columns - 1
            if (
                inside
                and labels[row - 1, column] == label
                and labels[row + 1, column] == label
                and labels[row, column - 1] == label
                and labels[row, column + 1] == label
            ):
                continue
            alpha = np.uint32(colours[label, 3])
            if doubt[row, column]:
                if ((row + column) // _DASH) % 2:
                    continue
                alpha = alpha * np.uint32(2) // np.uint32(3)
            words[row, column] = _mixed(words[row, column], colours, int(label), alpha)
