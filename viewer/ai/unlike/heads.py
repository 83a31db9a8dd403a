"""Slices of heads in one size: what lies inside the skull, and how to bring a map back.

Slices are bytes of the brain window, from the neck up. Which side is left and which way the face
looks does not matter here. The size of a head comes from its own widest slice, because pictures
do not tell it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.errors import Declined

LOW_HU, HIGH_HU = -5.0, 85.0
"""What is 0 and what is 255; in the pictures learned from widths of 80 to 100 HU would fit."""
SIDE = 64
"""Rows and columns of a slice as the network sees it."""
BRAIN_SIDE = 47.0
"""Root of the area of the widest brain slice, in the pixels of the network."""
EDGE = 1
"""Pixels along the skull that are left out of every map."""
SMOOTH = 0.8
"""Blurring of a map, in pixels."""
BONE = 250
LEAST_SOFT = 5
_MARGIN = 3
"""Pixels of the stored slice next to bone that are half bone."""
_GAP = 0.04
"""Of the width of the picture: half the widest gap in a skull that is closed for it."""
_ENOUGH = 0.6
"""Of the brain in the slice next to it, that a slice has if it was found whole."""
_LEAST_SHARE = 0.02
"""Of a slice, that the brain has to fill in its widest slice."""

Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Pictures = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """One head: its slices (slice, SIDE, SIDE) from 0 to 1, and the brain in them (the same)."""

    pictures: Pictures = field(repr=False)
    brain: Mask = field(repr=False)
    centre: tuple[float, float]
    """Row and column of the stored slices that come to lie in the middle."""
    step: float
    """Stored pixels for one pixel here."""
    shape: tuple[int, int, int]
    """Of the stored slices."""

    def stored(self, here: Pictures) -> Pictures:
        """Return numbers (slice, SIDE, SIDE) on the stored slices; 0 outside."""
        middle = (SIDE - 1) / 2
        offset = [middle - place / self.step for place in self.centre]
        matrix = np.eye(2) / self.step
        rows, columns = self.shape[1:]
        return np.stack([sampled(one, matrix, np.array(offset), (rows, columns)) for one in here])

    def place(self, row: float, column: float) -> tuple[float, float]:
        """Return where a stored pixel lies here."""
        middle = (SIDE - 1) / 2
        return (
            (row - self.centre[0]) / self.step + middle,
            (column - self.centre[1]) / self.step + middle,
        )


def head_of(slices: Bytes) -> Head:
    """Return a head in the size of the network, from slices (slice, row, column).

    Raises:
        Declined: if there is no inside of a skull in them.
    """
    brain = inside_skull(slices)
    areas = brain.sum(axis=(1, 2))
    widest = int(areas.argmax())
    if areas[widest] < _LEAST_SHARE * brain[0].size:
        raise Declined("There is no closed skull with a brain in these slices.", code="no_skull")
    middle = ndimage.center_of_mass(brain[widest])
    step = float(np.sqrt(areas[widest])) / BRAIN_SIDE
    pictures = [_cut(one.astype(np.float32) / 255, middle, step) for one in slices]
    inside = [_cut(one.astype(np.float32), middle, step) > 0.5 for one in brain]
    count, rows, columns = slices.shape
    return Head(
        np.stack(pictures),
        np.stack(inside),
        (float(middle[0]), float(middle[1])),
        step,
        (count, rows, columns),
    )


def _cut(one: Pictures, middle: tuple[float, ...], step: float) -> Pictures:
    smooth = ndimage.gaussian_filter(one, max(0.0, (step - 1) / 2))
    offset = np.array([place - step * (SIDE - 1) / 2 for place in middle])
    return sampled(smooth, np.eye(2) * step, offset, (SIDE, SIDE))


def sampled(
    one: Pictures, matrix: NDArray[np.float64], offset: NDArray[np.float64], shape: tuple[int, int]
) -> Pictures:
    """Return a slice at the places `matrix @ (row, column) + offset` of another; 0 outside."""
    out = np.zeros(shape, dtype=np.float32)
    ndimage.affine_transform(one, matrix, offset, shape, output=out, order=1)
    return out


def inside_skull(slices: Bytes) -> Mask:
    """Mark what lies in a ring of bone, and hangs together (slice, row, column)."""
    soft = np.stack([_held(one) for one in slices])
    labels, count = ndimage.label(soft)
    if not count:
        return soft
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    largest = labels == sizes.argmax()
    brain = np.stack([_whole(one) for one in largest])
    widest = int(brain.sum(axis=(1, 2)).argmax())
    for number in range(widest - 1, -1, -1):
        brain[number] = _continued(slices[number], brain[number], brain[number + 1])
    for number in range(widest + 1, len(slices)):
        brain[number] = _continued(slices[number], brain[number], brain[number - 1])
    return brain


def _continued(one: Bytes, here: Mask, next_to: Mask) -> Mask:
    """Mark the brain in a slice whose ring is open, by that of the slice next to it."""
    enough = _ENOUGH * next_to.sum()
    if here.sum() >= enough:
        return here
    soft = ndimage.binary_erosion((one < BONE) & (one > LEAST_SOFT), iterations=_MARGIN)
    more = _whole(soft & next_to) | here
    return more if more.sum() >= enough else here


def _held(one: Bytes) -> Mask:
    """Mark what bone holds, through gaps of the skull base, and away from its blurred edge."""
    bone = one >= BONE
    gap = _GAP * one.shape[1]
    padded = np.pad(bone, int(gap) + 2)
    near = ndimage.distance_transform_edt(~padded) <= gap
    ring = ndimage.distance_transform_edt(near) > gap
    inside = ndimage.binary_fill_holes(ring | padded)[_core(bone.shape, int(gap) + 2)]
    return np.asarray(
        ndimage.binary_erosion(inside & ~bone & (one > LEAST_SOFT), iterations=_MARGIN)
    )


def _whole(one: Mask) -> Mask:
    """Fill what is closed in, such as blood as bright as bone, and dark sulci."""
    closed = ndimage.binary_closing(np.pad(one, 4), iterations=3)
    return np.asarray(ndimage.binary_fill_holes(closed)[_core(one.shape, 4)])


def _core(shape: tuple[int, ...], margin: int) -> tuple[slice, ...]:
    return tuple(slice(margin, margin + side) for side in shape)


def unlikeness(head: Head, expected: Pictures) -> Pictures:
    """Return how far slices (slice, SIDE, SIDE) are from what was expected, blurred."""
    return blurred(head, np.abs(head.pictures - expected))


def blurred(head: Head, away: Pictures) -> Pictures:
    """Return a map (slice, SIDE, SIDE) blurred inside the skull, away from its edge."""
    inside = kept(head)
    weight = ndimage.gaussian_filter(inside.astype(np.float32), (0, SMOOTH, SMOOTH))
    total = ndimage.gaussian_filter(np.where(inside, away, 0), (0, SMOOTH, SMOOTH))
    return np.asarray(np.where(inside, total / np.maximum(weight, 1e-3), 0), dtype=np.float32)


def kept(head: Head) -> NDArray[np.bool_]:
    """Mark the brain without its edge (slice, SIDE, SIDE)."""
    flat = np.zeros((3, 3, 3), dtype=np.bool_)
    flat[1] = ndimage.generate_binary_structure(2, 1)
    return np.asarray(ndimage.binary_erosion(head.brain, flat, iterations=EDGE))
