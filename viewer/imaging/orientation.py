"""Which way a reader looks: the standard planes of radiology on any grid.

Axial is seen from the feet, coronal from the front, sagittal from the left: the
patient's left is on the right of the screen, the back at the bottom (axial) or
on the right (sagittal), the head at the top.
"""

from __future__ import annotations

import math
from enum import StrEnum
from itertools import permutations

import numpy as np

from viewer.core.geometry import Array, Geometry, Position, position_of
from viewer.core.plane import Plane
from viewer.imaging.walk import step_through


class Orientation(StrEnum):
    """The three planes of the body."""

    AXIAL = "axial"
    CORONAL = "coronal"
    SAGITTAL = "sagittal"


_ACROSS = {Orientation.AXIAL: 2, Orientation.CORONAL: 1, Orientation.SAGITTAL: 0}
_RIGHT_DOWN: dict[Orientation, tuple[Position, Position]] = {
    Orientation.AXIAL: ((1, 0, 0), (0, 1, 0)),
    Orientation.CORONAL: ((1, 0, 0), (0, 0, -1)),
    Orientation.SAGITTAL: ((0, 1, 0), (0, 0, -1)),
}


def array_axes(geometry: Geometry) -> tuple[int, int, int]:
    """Return the array axes that run most nearly along x, y and z; each axis once."""
    along = np.abs(geometry.directions)
    first, second, third = max(
        permutations(range(3)), key=lambda axes: sum(along[axes[k], k] for k in range(3))
    )
    return first, second, third


def slicing_axis(geometry: Geometry, orientation: Orientation) -> int:
    """Return the array axis along which one scrolls through an orientation."""
    return array_axes(geometry)[_ACROSS[orientation]]


def acquired(geometry: Geometry) -> Orientation:
    """Return the orientation nearest to the slices as they are stored."""
    return next(kind for kind in Orientation if slicing_axis(geometry, kind) == 0)


def standard_plane(
    geometry: Geometry,
    orientation: Orientation,
    position: Position,
    spacing_mm: tuple[float, float] | None = None,
) -> Plane:
    """Return the plane of the body through a position, its first pixel in the grid's corner.

    Without a spacing (between rows, between columns) it is that of the grid; on a grid
    along the body's axes every pixel then stands on a voxel.
    """
    right, down = _RIGHT_DOWN[orientation]
    return _over(geometry, position, right, down, spacing_mm)


def grid_plane(
    geometry: Geometry,
    orientation: Orientation,
    position: Position,
    spacing_mm: tuple[float, float] | None = None,
) -> Plane:
    """Return the plane along the grid that is nearest to one of the body: no voxel is cut askew.

    Raises:
        ValueError: if the axes of the grid do not stand at right angles.
    """
    axes = array_axes(geometry)
    right, down = (_nearest(geometry, axes, wanted) for wanted in _RIGHT_DOWN[orientation])
    return _over(geometry, position, right, down, spacing_mm)


def covering_shape(geometry: Geometry, plane: Plane) -> tuple[int, int]:
    """Return how many rows and columns a plane needs to reach the far corner of the grid."""
    furthest = plane.to_pixel(geometry.corners()).max(axis=0)
    rows, columns = (max(math.ceil(end + 0.5 - 1e-6), 1) for end in furthest)
    return rows, columns


def snapped(geometry: Geometry, plane: Plane) -> Plane:
    """Return the plane moved onto the nearest slice, if it is parallel to slices of the grid."""
    step, step_mm = step_through(geometry, plane)
    axis = int(np.argmax(np.abs(step)))
    if np.abs(np.delete(step, axis)).max() > 1e-3:
        return plane
    depth = float(geometry.to_index(plane.origin)[axis])
    whole = min(max(math.floor(depth + 0.5), 0), geometry.shape[axis] - 1)
    shift = np.asarray(plane.normal) * (whole - depth) * float(np.sign(step[axis])) * step_mm
    return plane.at(position_of(np.asarray(plane.origin) + shift))


def scroll_step_mm(geometry: Geometry, plane: Plane) -> float:
    """Return the distance from one slice to the next, looking through a plane."""
    return step_through(geometry, plane)[1]


def _nearest(geometry: Geometry, axes: tuple[int, int, int], wanted: Position) -> Position:
    """Return the grid axis nearest to a body axis, pointing the same way."""
    axis = axes[int(np.argmax(np.abs(wanted)))]
    direction = geometry.directions[axis]
    return position_of(direction * np.sign(direction @ np.asarray(wanted)))


def _over(
    geometry: Geometry,
    position: Position,
    right: Position,
    down: Position,
    spacing_mm: tuple[float, float] | None,
) -> Plane:
    """Return a plane through a position that begins at the corner of the grid."""
    rows_mm, columns_mm = spacing_mm or (_spacing(geometry, down), _spacing(geometry, right))
    corners = geometry.corners() - np.asarray(position)
    top = float((corners @ np.asarray(down)).min()) + rows_mm / 2
    left = float((corners @ np.asarray(right)).min()) + columns_mm / 2
    origin: Array = np.asarray(position) + top * np.asarray(down) + left * np.asarray(right)
    return Plane(position_of(origin), right, down, (rows_mm, columns_mm))


def _spacing(geometry: Geometry, direction: Position) -> float:
    axis = int(np.argmax(np.abs(geometry.directions @ np.asarray(direction))))
    return geometry.spacing_mm[axis]
