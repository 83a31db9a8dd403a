"""An image sampled onto the grid of another one, by where both lie in the patient."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.volume import Volume, padded
from viewer.imaging.oblique import nearest, trilinear
from viewer.imaging.upright import Turn


def sampled(
    volume: Volume,
    grid: Geometry,
    nothing_is: float,
    values: NDArray[np.float32],
    inside: NDArray[np.bool_],
    progress: Progress,
) -> None:
    """Fill arrays on a grid with the values of an image and with where it has any.

    Linear between voxels; where the grid is coarser than the image, this is blurred before, by a
    Gaussian as wide as the steps of the grid. What is outside stays as it was.

    Args:
        volume: The image.
        grid: Where its values are wanted.
        nothing_is: The value that stands in for padding.
        values: Filled, on the grid.
        inside: Filled, on the grid.
        progress: Told as it goes.
    """
    turn = Turn.of(volume.geometry)
    stored = turn.upright(volume.voxels)
    source = np.ascontiguousarray(stored).astype(np.float32)
    nothing = padded(stored, volume.padding)
    endless = ~np.isfinite(source)
    if endless.any():
        nothing = endless if nothing is None else nothing | endless
    source *= np.float32(volume.slope)
    source += np.float32(volume.intercept)
    if nothing is not None:
        source[nothing] = nothing_is
    # rounded, so that the order in which an image was stored makes no difference
    steps = np.linalg.inv(turn.geometry.affine) @ grid.affine
    steps = steps.round(9)
    _blur(source, steps[:3, :3])
    known = None if nothing is None else (~nothing).astype(np.uint8)
    for number in range(grid.shape[0]):
        start = steps[:3, 3] + number * steps[:3, 0]
        down, right = np.ascontiguousarray(steps[:3, 1]), np.ascontiguousarray(steps[:3, 2])
        picture = np.full(grid.shape[1:], math.nan, np.float32)
        trilinear(source, start, down, right, picture)
        there = np.isfinite(picture)
        if known is not None:
            here = np.zeros(grid.shape[1:], np.uint8)
            nearest(known, start, down, right, here)
            there &= here > 0
        inside[number] = there
        values[number][there] = picture[there]
        if number % 8 == 0:
            progress.report(0.9 * number / grid.shape[0], volume.modality)


def _blur(source: NDArray[np.float32], steps: NDArray[np.float64]) -> None:
    """Take away what is too fine for the steps of the grid, given in voxels of the source."""
    for axis in range(3):
        longest = float(np.abs(steps[axis]).max())
        if longest > 1.0 + 1e-6:
            # as wide as the triangle of `scaling`: its deviation is the step over root 6
            sigma = math.sqrt((longest**2 - 1) / 6)
            gaussian_filter1d(source, sigma, axis=axis, output=source, mode="nearest", truncate=3.0)
