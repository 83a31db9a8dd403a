"""Look through a slab: the brightest, the darkest or the mean value along the line of sight.

Along the axes of a grid the slab is made of the slices whose centres lie in it,
so that its values are true voxel values; a slanted slab is sampled at steps of
one voxel.
"""

from __future__ import annotations

import math
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry
from viewer.core.plane import Plane
from viewer.core.volume import blanked
from viewer.imaging.oblique import MAXIMUM, MINIMUM, TOTAL, gather
from viewer.imaging.reslice import Padding, reslice, sample_known, slanted
from viewer.imaging.sheet import sample_sheet
from viewer.imaging.values import Values, numeric
from viewer.imaging.walk import TOLERANCE, Aligned, Walk, aligned, step_through


class SlabMode(StrEnum):
    """What is shown of all the values on one line of sight."""

    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    MEAN = "mean"


_JOIN = {SlabMode.MAXIMUM: MAXIMUM, SlabMode.MINIMUM: MINIMUM, SlabMode.MEAN: TOTAL}


def project(
    voxels: NDArray[np.generic],
    geometry: Geometry,
    plane: Plane,
    shape: tuple[int, int],
    *,
    thickness_mm: float,
    mode: SlabMode,
    outside: float = math.nan,
    padding: Padding = None,
    stride: int = 1,
) -> Values:
    """Show a slab of a thickness, half of it on either side of a plane.

    Returns (rows, columns) in stored values: float32, or the type of the voxels
    where nothing had to be mixed. A slab thinner than two slices is one slice. Voxels from
    the least to the greatest of `padding` are left out, and what has no others is NaN.
    Of a slanted slab only each `stride`-th plane is sampled, for a picture in a hurry.
    """
    values = numeric(voxels)
    walk = Walk.over(geometry, plane)
    along = aligned(walk, shape)
    step, step_mm = step_through(geometry, plane)
    half = thickness_mm / 2 / step_mm
    if along is not None:
        chosen = _slices(along, half, values.shape[along.axes[0]])
        if len(chosen) > 1:
            stack = values.transpose(along.axes)[chosen.start : chosen.stop]
            if padding is not None:
                return sample_known(_flatten_known(stack, mode, padding), along, outside)
            sheet = _flatten(stack, mode)
            return sample_sheet(sheet, along.rows, along.columns, outside, nearest=False)
    if along is not None or half < 1:
        return reslice(voxels, geometry, plane, shape, outside=outside, padding=padding)
    steps = math.floor(half + TOLERANCE)
    planes = range(-steps, steps + 1, stride)
    return _slanted_slab(values, walk, shape, step, planes, mode, outside, padding)


def _slices(along: Aligned, half: float, length: int) -> range:
    first = math.ceil(along.depth - half - TOLERANCE)
    last = math.floor(along.depth + half + TOLERANCE)
    return range(max(first, 0), min(last, length - 1) + 1)


def _flatten(stack: Values, mode: SlabMode) -> Values:
    """Reduce a stack to one sheet, slice by slice."""
    if mode is SlabMode.MEAN:
        return np.asarray(stack.mean(axis=0, dtype=np.float32))
    join = np.fmax if mode is SlabMode.MAXIMUM else np.fmin
    flat: Values = np.array(stack[0])
    for sheet in stack[1:]:
        join(flat, sheet, out=flat)
    return flat


def _flatten_known(stack: Values, mode: SlabMode, padding: Padding) -> Values:
    """Reduce a stack to one sheet slice by slice, padding left out; NaN where nothing is left."""
    joined = np.zeros(stack.shape[1:], np.float32)
    counts = np.zeros(stack.shape[1:], np.float32)
    for sheet in stack:
        gather(blanked(sheet, padding), joined, counts, _JOIN[mode])
    if mode is SlabMode.MEAN:
        joined /= np.maximum(counts, 1)
    joined[counts == 0] = math.nan
    return joined


def _slanted_slab(
    values: Values,
    walk: Walk,
    shape: tuple[int, int],
    step: NDArray[np.float64],
    planes: range,
    mode: SlabMode,
    outside: float,
    padding: Padding,
) -> Values:
    """Join samples of parallel planes; from one number to the next it is a step of one voxel."""
    joined = np.zeros(shape, dtype=np.float32)
    counts = np.zeros(shape, dtype=np.float32)
    for k in planes:
        moved = Walk(walk.start + k * step, walk.down, walk.right)
        taken = slanted(values, moved, shape, math.nan, padding=padding)
        gather(taken.astype(np.float32, copy=False), joined, counts, _JOIN[mode])
    if mode is SlabMode.MEAN:
        joined /= np.maximum(counts, 1)
    joined[counts == 0] = outside
    return joined
