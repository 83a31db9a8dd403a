"""Cut a flat picture out of a grid of voxels.

Where the rows and columns of the picture run along the axes of the grid nothing
but rows and columns is interpolated, and where they fall on the voxels nothing
at all: the picture is then a view of the voxels themselves. A voxel fills the
space half-way to its neighbours, so the outer half of a border voxel is inside.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry
from viewer.core.plane import Plane
from viewer.core.volume import blanked, padded
from viewer.imaging.oblique import nearest as sample_nearest
from viewer.imaging.oblique import trilinear
from viewer.imaging.sheet import sample_sheet, within
from viewer.imaging.values import Values, numeric
from viewer.imaging.walk import TOLERANCE, Aligned, Walk, aligned

Padding: TypeAlias = tuple[float, float] | None


class Interpolation(StrEnum):
    """How a value between voxels is made."""

    LINEAR = "linear"
    NEAREST = "nearest"


def reslice(
    voxels: NDArray[np.generic],
    geometry: Geometry,
    plane: Plane,
    shape: tuple[int, int],
    *,
    interpolation: Interpolation = Interpolation.LINEAR,
    outside: float | None = None,
    padding: Padding = None,
) -> Values:
    """Cut a picture of (rows, columns) out of a grid, in stored values.

    Linear pictures are float32, or a read-only view of the voxels in their own
    type where every pixel is the centre of a voxel. Nearest pictures keep the type
    of the voxels. Pixels outside the grid become `outside`; not said, that is NaN,
    or 0 for nearest. Voxels from the least to the greatest of `padding` stand for nothing:
    where a linear picture would be mixed with them it is that of the nearest voxel, or NaN.
    """
    values = numeric(voxels)
    nearest = interpolation is Interpolation.NEAREST
    fill = (0.0 if nearest else math.nan) if outside is None else outside
    walk = Walk.over(geometry, plane)
    along = aligned(walk, shape)
    if along is None:
        return slanted(values, walk, shape, fill, nearest=nearest, padding=padding)
    return _parallel(values, along, fill, nearest=nearest, padding=padding)


def slanted(
    values: Values,
    walk: Walk,
    shape: tuple[int, int],
    fill: float,
    *,
    nearest: bool = False,
    padding: Padding = None,
) -> Values:
    """Cut a picture along any walk, aligned with the grid or not.

    A linear picture is NaN where the nearest voxel is padding.
    """
    picture = np.full(shape, fill, dtype=values.dtype if nearest else np.float32)
    if nearest:
        sample_nearest(values, walk.start, walk.down, walk.right, picture)
        return picture
    trilinear(values, walk.start, walk.down, walk.right, picture)
    nothing = padded(slanted(values, walk, shape, 0, nearest=True), padding) if padding else None
    if nothing is not None:
        picture[nothing] = math.nan
    return picture


def sample_known(sheet: Values, along: Aligned, fill: float) -> Values:
    """Sample a sheet linearly where it is known all round, and by the nearest pixel elsewhere."""
    picture = sample_sheet(sheet, along.rows, along.columns, fill, nearest=False)
    if sheet.dtype.kind != "f" or not np.isnan(sheet).any():
        return picture
    near = sample_sheet(sheet, along.rows, along.columns, fill, nearest=True)
    return np.where(np.isnan(picture), near, picture)


def _parallel(
    values: Values, along: Aligned, fill: float, *, nearest: bool, padding: Padding
) -> Values:
    """Cut a picture that lies along the axes of the grid."""
    stack = values.transpose(along.axes)
    if not within(np.array([along.depth]), len(stack))[0]:
        kind = values.dtype if nearest else np.float32
        return np.full((len(along.rows), len(along.columns)), fill, dtype=kind)
    if padding is not None and not nearest:
        return sample_known(_known_sheet(stack, along.depth, padding), along, fill)
    sheet = _sheet(stack, along.depth, nearest=nearest)
    return sample_sheet(sheet, along.rows, along.columns, fill, nearest=nearest)


def _sheet(stack: Values, depth: float, *, nearest: bool) -> Values:
    """Return the sheet of a stack at a depth, mixed from its two neighbours if between."""
    depth = min(max(depth, 0.0), len(stack) - 1.0)
    whole = math.floor(depth + 0.5)
    if nearest or abs(depth - whole) <= TOLERANCE:
        sheet: Values = stack[whole]
        return sheet
    above = math.floor(depth)
    first, second = stack[above].astype(np.float32), stack[above + 1].astype(np.float32)
    return np.asarray(first + (second - first) * np.float32(depth - above))


def _known_sheet(stack: Values, depth: float, padding: Padding) -> Values:
    """Return the sheet of a stack at a depth, NaN where the nearest sheet has padding."""
    depth = min(max(depth, 0.0), len(stack) - 1.0)
    whole = math.floor(depth + 0.5)
    nearer = blanked(stack[whole], padding)
    if abs(depth - whole) <= TOLERANCE:
        return nearer
    other = blanked(stack[whole + (1 if depth > whole else -1)], padding)
    mixed = nearer + (other - nearer) * np.float32(abs(depth - whole))
    return np.where(np.isnan(other), nearer, mixed)
