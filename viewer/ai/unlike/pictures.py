"""Head CT as pictures: 8-bit slices in a brain window, without HU and without a place.

Large pictures are made smaller by whole steps first, to about the size of those learned from.
"""

from __future__ import annotations

import numpy as np

from viewer.ai.unlike.heads import Bytes, Head, Pictures, head_of
from viewer.core.errors import Declined
from viewer.core.stack import Frame, Stack

WORDS = "The map of what is unlike the rest is made for head CT"
FEWEST, MOST = 8, 400
SMALLEST, LARGEST = 64, 2048
WIDE = 256
"""Columns of the pictures that were learned from."""
_GREY = (60.0, 150.0)
"""Brain lies about 96 of 255 in the pictures that were learned from."""


def admit_stack(stack: Stack) -> None:
    """Let pictures in by how they are stored.

    Raises:
        Declined: if they are no 8-bit pictures of one size, as many as a head has.
    """
    sides = stack.frames[0].pixels.shape[:2]
    if not FEWEST <= len(stack.frames) <= MOST:
        raise Declined(
            f"{WORDS}; it needs {FEWEST} to {MOST} slices of one head, here are"
            f" {len(stack.frames)}.",
            code="not_slices",
        )
    if any(one.pixels.shape[:2] != sides for one in stack.frames):
        raise Declined(f"{WORDS}; these pictures differ in size.", code="not_slices")
    if any(one.pixels.dtype != np.uint8 or one.inverted for one in stack.frames):
        raise Declined(
            f"{WORDS}, in HU or as 8-bit pictures in a brain window; these are neither.",
            code="no_window",
        )
    if not SMALLEST <= min(sides) <= max(sides) <= LARGEST:
        raise Declined(
            f"{WORDS}; it takes pictures of {SMALLEST} to {LARGEST} pixels a side.",
            code="wrong_size",
        )


def slices_of(stack: Stack) -> Bytes:
    """Return pictures (slice, row, column), smaller by whole steps where they are large.

    Raises:
        Declined: if they are coloured.
    """
    step = step_of(stack)
    return np.stack([_smaller(_grey(one), step) for one in stack.frames])


def step_of(stack: Stack) -> int:
    """Return how many stored pixels become one."""
    columns = int(stack.frames[0].pixels.shape[1])
    return max(1, (columns + WIDE // 2) // WIDE)


def larger(small: Pictures, stack: Stack) -> Pictures:
    """Return a map of smaller slices on the stored pixels; what was cut off is 0."""
    step = step_of(stack)
    rows, columns = stack.frames[0].pixels.shape[:2]
    full = small.repeat(step, axis=1).repeat(step, axis=2)
    missing = [(0, 0), (0, rows - full.shape[1]), (0, columns - full.shape[2])]
    return np.pad(full, missing)


def admitted_head(slices: Bytes) -> Head:
    """Return the head in slices whose brain is as bright as in a brain window.

    Raises:
        Declined: if there is no inside of a skull, or it is brighter or darker.
    """
    head = head_of(slices)
    grey = float(np.median(head.pictures[head.brain])) * 255
    if not _GREY[0] <= grey <= _GREY[1]:
        raise Declined(
            f"{WORDS}; what lies inside the skull is not as bright as brain here.", code="no_brain"
        )
    return head


def _grey(frame: Frame) -> Bytes:
    pixels = np.asarray(frame.pixels, np.uint8)
    if pixels.ndim == 2:
        return pixels
    colours = pixels[..., :3].astype(np.int16)
    if int(np.ptp(colours, axis=-1).max(initial=0)) > 0:
        raise Declined(f"{WORDS}; these pictures are coloured.", code="coloured")
    return pixels[..., 0]


def _smaller(one: Bytes, step: int) -> Bytes:
    rows, columns = one.shape[0] // step, one.shape[1] // step
    cut = one[: rows * step, : columns * step].reshape(rows, step, columns, step)
    return np.asarray(np.rint(cut.mean(axis=(1, 3))), dtype=np.uint8)
