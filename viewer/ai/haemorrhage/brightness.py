"""How bright things are against the brain around them, and against the other side of the head.

Plain rules and the features of marks: all on slices as the network sees them, in grey steps of
the brain window (255 for its whole width). No side is called left or right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.haemorrhage.pictures import Bytes, Floats

BONE = 245
"""Grey levels from which on a large part is bone."""
_BONE_PIXELS = 60
_CALM, _COARSE = 0.7, 2.5
_RING, _SHELL = 150, 2
"""Grey from which on something may belong to the ring of bone; how thin the ring may be."""
_ROOM = 8
"""Half of the widest gap in the skull that is bridged."""


@dataclass(frozen=True, slots=True, eq=False)
class Brightness:
    """What is inside the skull (slices, rows, columns), and how bright it is.

    `excess` is the grey above the middle of all brain; `uneven` what it is above the mirrored
    place of the same slice. Both are 0 outside the brain.
    """

    brain: NDArray[np.bool_] = field(repr=False)
    excess: Floats = field(repr=False)
    uneven: Floats = field(repr=False)


def brightness_of(slices: Bytes) -> Brightness:
    """Look at the slices of one head."""
    brain = np.stack([inside_skull(one) for one in slices])
    calm = ndimage.gaussian_filter(slices.astype(np.float32), (0, _CALM, _CALM))
    level = float(np.median(calm[brain])) if brain.any() else 0.0
    excess = np.where(brain, calm - level, 0).astype(np.float32)
    coarse = ndimage.gaussian_filter(excess, (0, _COARSE, _COARSE))
    pairs = zip(coarse, brain, strict=True)
    mirrored = np.stack([_mirrored(one, where) for one, where in pairs])
    uneven = np.where(brain, coarse - mirrored, 0).astype(np.float32)
    return Brightness(brain, excess, uneven)


def skull_of(picture: Bytes) -> NDArray[np.bool_]:
    """Return the bone of a slice with its blurred border: all large white parts."""
    labels, count = ndimage.label(picture > BONE)
    if not count:
        return np.zeros(picture.shape, np.bool_)
    large = np.bincount(labels.ravel())[1:] >= _BONE_PIXELS
    skull = np.isin(labels, 1 + np.flatnonzero(large))
    return np.asarray(ndimage.binary_dilation(skull, iterations=2))


def inside_skull(picture: Bytes) -> NDArray[np.bool_]:
    """Return what lies within a ring of bone on a slice; small gaps in the ring are bridged.

    Thin bone is blurred with what is about it: the ring is taken at a lower grey than bone.
    """
    labels, count = ndimage.label(picture > _RING)
    if not count:
        return np.zeros(picture.shape, np.bool_)
    ring = labels == 1 + int(np.bincount(labels.ravel())[1:].argmax())
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * _ROOM + 1, 2 * _ROOM + 1))
    closed = cv2.morphologyEx(np.pad(ring, _ROOM).astype(np.uint8), cv2.MORPH_CLOSE, disc)
    whole = ndimage.binary_fill_holes(closed)[_ROOM:-_ROOM, _ROOM:-_ROOM]
    inner = ndimage.binary_erosion(whole, iterations=_SHELL) & ~skull_of(picture) & (picture > 0)
    labels, count = ndimage.label(inner)
    if not count:
        return np.zeros(picture.shape, np.bool_)
    largest = labels == 1 + int(np.bincount(labels.ravel())[1:].argmax())
    return np.asarray(ndimage.binary_erosion(largest, iterations=1))


def _mirrored(picture: Floats, where: NDArray[np.bool_]) -> Floats:
    """Return a slice mirrored at the long axis of the brain on it."""
    if where.sum() < _BONE_PIXELS:
        return picture
    places = np.argwhere(where)[:, ::-1].astype(np.float64)
    middle = places.mean(axis=0)
    axis = np.linalg.eigh(np.cov((places - middle).T))[1][:, 1]
    turn = 2 * np.outer(axis, axis) - np.eye(2)
    place = np.column_stack([turn, middle - turn @ middle])
    rows, columns = picture.shape
    made = cv2.warpAffine(
        picture, place, (columns, rows), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    )
    return np.asarray(made, np.float32)
