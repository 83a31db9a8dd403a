"""Borders that move: a geodesic snake pulled to edges, and regions of two means.

The snake is a level set (Caselles, Kimmel, Sapiro 1997; ITK); the regions are those of Chan
and Vese (2001), found by iterating a threshold (Wang, Li, Wei and Wang 2017).
"""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.imaging.enhance.field import Values
from viewer.imaging.enhance.smoothing import blurred
from viewer.imaging.segment.distance import Mask, Spacing, away
from viewer.imaging.segment.shape import Box, bounds

_PER_REPORT = 20


def snake(
    values: Values,
    start: Mask,
    spacing_mm: Spacing,
    progress: Progress,
    *,
    push: float = 1.0,
    stiffness: float = 1.0,
    sigma_mm: float = 1.0,
    rounds: int = 200,
    reach_mm: float = 30.0,
) -> Mask:
    """Let the border of a mask move until it lies on edges, no further than a reach.

    `push` blows it up (positive) or lets it shrink (negative), `stiffness` keeps it smooth,
    `sigma_mm` is the width of the edges it is drawn to. What counts as an edge is half of the
    steepest slopes near the start.

    Raises:
        Declined: if there is nothing to start from.
        Cancelled: if the work is no longer wanted.
    """
    box = _round(start, reach_mm, spacing_mm)
    part, first = values[box], start[box]
    even = _evenness(np.nan_to_num(part), sigma_mm, spacing_mm)
    level = _signed(first, spacing_mm)
    done = 0
    while done < rounds:
        progress.report(done / rounds, f"round {done} of {rounds}")
        count = min(_PER_REPORT, rounds - done)
        moved, settled = _moved(level, even, spacing_mm, push, stiffness, count)
        done += count
        same = np.array_equal(moved < 0, level < 0)
        level = _signed(moved < 0, spacing_mm) if (moved < 0).any() else moved
        if same or settled or not (moved < 0).any():
            break
    progress.report(1.0)
    return _placed(np.asarray(level < 0), box, start.shape)


def two_regions(
    values: Values,
    start: Mask,
    spacing_mm: Spacing,
    progress: Progress,
    *,
    smooth_mm: float = 1.5,
    weight: float = 0.2,
    rounds: int = 40,
    reach_mm: float = 30.0,
) -> Mask:
    """Part the surroundings of a mask into two even regions with a short border between.

    `weight` is what a border costs against one squared difference of the two means. It stops
    when nothing changes.

    Raises:
        Declined: if there is nothing to start from.
        Cancelled: if the work is no longer wanted.
    """
    box = _round(start, reach_mm, spacing_mm)
    part, inside = np.nan_to_num(values[box]), start[box]
    sigmas = tuple(smooth_mm / step for step in spacing_mm)
    for number in range(rounds):
        progress.report(number / rounds, f"round {number + 1} of {rounds}")
        if inside.all() or not inside.any():
            break
        fore, back = float(part[inside].mean()), float(part[~inside].mean())
        contrast = max((fore - back) ** 2, 1e-12)
        soft = blurred(inside.astype(np.float32), (sigmas[0], sigmas[1], sigmas[2]))
        fit = (np.square(part - fore) - np.square(part - back)) / np.float32(contrast)
        after = np.asarray(fit + np.float32(2 * weight) * (1 - 2 * soft) < 0)
        if np.array_equal(after, inside):
            break
        inside = after
    progress.report(1.0)
    return _placed(inside, box, start.shape)


def _round(start: Mask, reach_mm: float, spacing_mm: Spacing) -> Box:
    box = bounds(start, tuple(ceil(reach_mm / step) for step in spacing_mm))
    if box is None:
        raise Declined("Paint a start first: there is no border to move.", code="no_seeds")
    return box


def _placed(part: Mask, box: Box, shape: tuple[int, ...]) -> Mask:
    result = np.zeros(shape, np.bool_)
    result[box] = part
    return result


def _evenness(part: Values, sigma_mm: float, spacing_mm: Spacing) -> Values:
    """Return 1 where values are even, towards 0 on edges."""
    sigmas = tuple(sigma_mm / step for step in spacing_mm)
    soft = blurred(part, (sigmas[0], sigmas[1], sigmas[2]))
    squares = np.zeros_like(soft)
    for axis, step in enumerate(spacing_mm):
        if soft.shape[axis] > 1:
            squares += np.square(np.gradient(soft, step, axis=axis))
    half = max(float(np.percentile(squares, 99)) / 4, 1e-12)
    return np.asarray(1 / (1 + squares / np.float32(half) * 3), np.float32)


def _signed(mask: Mask, spacing_mm: Spacing) -> Values:
    """Return the distance in mm to the border of a mask, negative inside."""
    if mask.all():
        return np.full(mask.shape, -max(spacing_mm), np.float32)
    half = np.float32(min(spacing_mm) / 2)
    out, inside = away(mask, spacing_mm), away(~mask, spacing_mm)
    return np.asarray(np.where(mask, half - inside, out - half), np.float32)


def _moved(
    level: Values, even: Values, spacing_mm: Spacing, push: float, stiffness: float, rounds: int
) -> tuple[NDArray[np.float32], bool]:
    """Return the level set after some rounds, and whether it has come to rest."""
    import SimpleITK as sitk  # noqa: N813 - its own documentation calls it so

    flat = level.shape[0] == 1
    images = []
    for values in (level, even):
        image = sitk.GetImageFromArray(values[0] if flat else values)
        image.SetSpacing(spacing_mm[:0:-1] if flat else spacing_mm[::-1])
        images.append(image)
    engine = sitk.GeodesicActiveContourLevelSetImageFilter()
    engine.SetPropagationScaling(push)
    engine.SetCurvatureScaling(stiffness)
    engine.SetAdvectionScaling(2.0)
    engine.SetNumberOfIterations(rounds)
    engine.SetMaximumRMSError(1e-3)
    found = np.asarray(sitk.GetArrayFromImage(engine.Execute(*images)), np.float32)
    settled = engine.GetElapsedIterations() < rounds
    return (found[None] if flat else found), settled
