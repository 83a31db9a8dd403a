"""Voxels that a brush or a closed line touches, in mm of the patient, on any grid.

A flat brush and a filled line take just the voxels that the plane of the view cuts: what is
seen is what is painted, on slanted planes too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from viewer.core.geometry import Array, Geometry, Shape
from viewer.imaging.compiled import compiled

_HAIR = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Touched:
    """Which voxels of a block (slice, row, column) are touched, and where the block begins."""

    start: Shape
    mask: NDArray[np.bool_]

    @property
    def box(self) -> tuple[slice, slice, slice]:
        """Where the block lies in the grid."""
        z, y, x = (slice(a, a + n) for a, n in zip(self.start, self.mask.shape, strict=True))
        return z, y, x


def swept(
    geometry: Geometry,
    first: ArrayLike,
    last: ArrayLike,
    radius_mm: float,
    normal: ArrayLike | None = None,
) -> Touched | None:
    """Return what a ball touches on its way between two points, or a disc in their plane.

    A voxel is touched if its centre is. Where a brush is so small that it touches none, it is
    the voxels in which the two points lie. None if all that is outside the grid.

    Args:
        geometry: The grid.
        first: Where the stroke comes from, LPS mm.
        last: Where it is now, LPS mm.
        radius_mm: The radius of the brush.
        normal: The unit direction the plane of a disc faces; not given for a ball.
    """
    a, b = np.asarray(first, np.float64), np.asarray(last, np.float64)
    flat = normal is not None
    facing = np.zeros(3) if normal is None else np.asarray(normal, np.float64)
    half = _half_step(geometry, facing) if flat else 0.0
    ends = geometry.to_index(np.stack([a, b]))
    reach = _reach(geometry, radius_mm, facing, half, flat=flat)
    found = _block(geometry, ends - reach, ends + reach)
    if found is None:
        return None
    start, mask = found
    _sweep(mask, geometry.affine, np.array(start), a, b, radius_mm, facing, half, flat)
    if not mask.any():
        _set_nearest(mask, start, geometry, ends)
    return Touched(start, mask) if mask.any() else None


def filled(geometry: Geometry, line: Array, right: ArrayLike, down: ArrayLike) -> Touched | None:
    """Return the voxels in the plane of a closed line whose centres lie inside it (even-odd).

    Args:
        geometry: The grid.
        line: Points (n, 3) of the line in LPS mm, all in one plane.
        right: A unit direction in that plane.
        down: The unit direction in it at right angles.
    """
    if len(line) < 3:
        return None
    across, along = np.asarray(right, np.float64), np.asarray(down, np.float64)
    facing = np.cross(across, along)
    half = _half_step(geometry, facing)
    ends = geometry.to_index(line)
    spread = np.abs(np.asarray(np.linalg.inv(geometry.affine[:3, :3])) @ facing) * half
    found = _block(geometry, ends - spread, ends + spread)
    if found is None:
        return None
    start, mask = found
    origin = np.asarray(line[0], np.float64)
    flat = np.stack([(line - origin) @ along, (line - origin) @ across], axis=1)
    turn = np.stack([along, across, facing])
    flat = np.ascontiguousarray(flat)
    _fill(mask, geometry.affine, np.array(start), origin, turn, flat, half)
    return Touched(start, mask) if mask.any() else None


def _half_step(geometry: Geometry, facing: Array) -> float:
    """Return how far from a plane the centres of the voxels are that it cuts, in mm."""
    return float(np.abs(facing @ geometry.affine[:3, :3]).sum()) / 2


def _reach(
    geometry: Geometry, radius_mm: float, facing: Array, half: float, *, flat: bool
) -> Array:
    """Return how many voxels a brush extends along each axis of the grid."""
    steps = np.linalg.inv(geometry.affine[:3, :3])
    if not flat:
        return np.asarray(np.linalg.norm(steps, axis=1) * radius_mm)
    off = steps @ facing
    along = np.linalg.norm(steps - off[:, None] * facing, axis=1)
    return np.asarray(along * radius_mm + np.abs(off) * half)


def _block(geometry: Geometry, low: Array, high: Array) -> tuple[Shape, NDArray[np.bool_]] | None:
    """Return an empty block of the grid round some indices, at least a voxel wide."""
    shape = np.asarray(geometry.shape)
    first = np.maximum(np.floor(low.min(axis=0) + 0.5 - _HAIR), 0).astype(int)
    last = np.minimum(np.ceil(high.max(axis=0) - 0.5 + _HAIR), shape - 1).astype(int)
    if (first > last).any():
        return None
    z, y, x = (int(n) for n in first)
    size = last - first + 1
    return (z, y, x), np.zeros((int(size[0]), int(size[1]), int(size[2])), np.bool_)


def _set_nearest(mask: NDArray[np.bool_], start: Shape, geometry: Geometry, ends: Array) -> None:
    for index in np.rint(ends).astype(int):
        at = index - np.asarray(start)
        if ((at >= 0) & (at < mask.shape)).all() and (index < geometry.shape).all():
            mask[tuple(at)] = True


@compiled
def _sweep(
    mask: NDArray[np.bool_],
    affine: Array,
    start: NDArray[np.int64],
    a: Array,
    b: Array,
    radius: float,
    facing: Array,
    half: float,
    flat: bool,  # noqa: FBT001 - compiled code takes arguments by place
) -> None:
    wx, wy, wz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    if flat:
        off = wx * facing[0] + wy * facing[1] + wz * facing[2]
        wx, wy, wz = wx - off * facing[0], wy - off * facing[1], wz - off * facing[2]
    length = wx * wx + wy * wy + wz * wz
    for i in range(mask.shape[0]):
        for j in range(mask.shape[1]):
            for k in range(mask.shape[2]):
                s, r, c = i + start[0], j + start[1], k + start[2]
                x = affine[0, 0] * s + affine[0, 1] * r + affine[0, 2] * c + affine[0, 3] - a[0]
                y = affine[1, 0] * s + affine[1, 1] * r + affine[1, 2] * c + affine[1, 3] - a[1]
                z = affine[2, 0] * s + affine[2, 1] * r + affine[2, 2] * c + affine[2, 3] - a[2]
                if flat:
                    d = x * facing[0] + y * facing[1] + z * facing[2]
                    if d < -half - 1e-6 or d > half - 1e-6:
                        continue
                    x, y, z = x - d * facing[0], y - d * facing[1], z - d * facing[2]
                share = 0.0
                if length > 0:
                    share = min(max((x * wx + y * wy + z * wz) / length, 0.0), 1.0)
                x, y, z = x - share * wx, y - share * wy, z - share * wz
                if x * x + y * y + z * z <= radius * radius:
                    mask[i, j, k] = True


@compiled
def _fill(
    mask: NDArray[np.bool_],
    affine: Array,
    start: NDArray[np.int64],
    origin: Array,
    turn: Array,
    line: Array,
    half: float,
) -> None:
    count = line.shape[0]
    for i in range(mask.shape[0]):
        for j in range(mask.shape[1]):
            for k in range(mask.shape[2]):
                s, r, c = i + start[0], j + start[1], k + start[2]
                x = affine[0, 0] * s + affine[0, 1] * r + affine[0, 2] * c + affine[0, 3]
                y = affine[1, 0] * s + affine[1, 1] * r + affine[1, 2] * c + affine[1, 3]
                z = affine[2, 0] * s + affine[2, 1] * r + affine[2, 2] * c + affine[2, 3]
                x, y, z = x - origin[0], y - origin[1], z - origin[2]
                d = x * turn[2, 0] + y * turn[2, 1] + z * turn[2, 2]
                if d < -half - 1e-6 or d > half - 1e-6:
                    continue
                row = x * turn[0, 0] + y * turn[0, 1] + z * turn[0, 2]
                column = x * turn[1, 0] + y * turn[1, 1] + z * turn[1, 2]
                inside = False
                for n in range(count):
                    ra, rb = line[n, 0], line[(n + 1) % count, 0]
                    if (ra <= row) != (rb <= row):
                        ca, cb = line[n, 1], line[(n + 1) % count, 1]
                        if ca + (row - ra) / (rb - ra) * (cb - ca) > column:
                            inside = not inside
                mask[i, j, k] = inside
