"""How far a mask reaches: its box and its longest diameters.

From centre to centre of voxels a diameter is too short, from edge to edge too
long, for of all the stairs it picks the outermost. The mean of the two is within
4 % of a ball of 20 mm even where slices are twice as thick as pixels (tested).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array, Geometry, Position, position_of
from viewer.imaging.orientation import Orientation, slicing_axis

Mask3D = NDArray[np.bool_]


def bounding_box(inside: Mask3D, geometry: Geometry) -> tuple[Position, Position]:
    """Return the opposite corners, in LPS mm, of the box along the body that holds all voxels."""
    centres = geometry.to_patient(edge_points(inside))
    return position_of(centres.min(axis=0)), position_of(centres.max(axis=0))


def edge_points(inside: Mask3D, axes: tuple[int, ...] = (0, 1, 2)) -> Array:
    """Return the fractional indices (n, 3) half-way between in and out, along these axes."""
    padded = np.pad(inside, 1)
    points = []
    for axis in axes:
        change = np.argwhere(np.diff(padded, axis=axis)).astype(float) - 1
        change[:, axis] += 0.5
        points.append(change)
    return np.concatenate(points)


def longest_diameter_mm(inside: Mask3D, geometry: Geometry) -> float:
    """Return the longest diameter in any direction."""
    edge = geometry.to_patient(edge_points(inside))
    centres = geometry.to_patient(_rim(inside))
    return (_longest(edge) + _longest(centres)) / 2


def axial_diameter_mm(inside: Mask3D, geometry: Geometry) -> float:
    """Return the longest diameter that lies in one slice, of those nearest to axial."""
    across = slicing_axis(geometry, Orientation.AXIAL)
    a, b = (axis for axis in range(3) if axis != across)
    frame = _flat_frame(geometry, a, b)
    return max(
        (_widest(edge @ frame) + _widest(centres @ frame)) / 2
        for edge, centres in zip(
            _by_slice(edge_points(inside, (a, b)), across, (a, b)),
            _by_slice(np.argwhere(inside).astype(float), across, (a, b)),
            strict=True,
        )
    )


def _by_slice(points: Array, across: int, within: tuple[int, int]) -> list[Array]:
    """Return the points (n, 2) of each slice that has any, in order."""
    points = points[np.argsort(points[:, across], kind="stable")]
    cuts = np.flatnonzero(np.diff(points[:, across])) + 1
    return [part[:, within] for part in np.split(points, cuts)]


def _rim(inside: Mask3D) -> Array:
    """Return the indices of the voxels with a neighbour outside."""
    hidden = np.pad(inside, 1)
    for axis in range(3):
        hidden = hidden & np.roll(hidden, 1, axis) & np.roll(hidden, -1, axis)
    return np.argwhere(inside & ~hidden[1:-1, 1:-1, 1:-1]).astype(float)


def _longest(points: Array) -> float:
    """Return the longest distance between any two points (n, 3)."""
    from scipy.spatial import ConvexHull
    from scipy.spatial.distance import pdist

    if len(points) < 2:
        return 0.0
    if len(points) > 200 and np.linalg.matrix_rank(points - points[0]) == 3:
        points = points[ConvexHull(points).vertices]
    return float(pdist(points).max())


def _flat_frame(geometry: Geometry, a: int, b: int) -> Array:
    """Return the 2x2 matrix from index steps along two axes to mm in their plane."""
    first, second = geometry.affine[:3, a], geometry.affine[:3, b]
    along = first / np.linalg.norm(first)
    aside = second - (second @ along) * along
    aside = aside / np.linalg.norm(aside)
    return np.array([[first @ along, first @ aside], [second @ along, second @ aside]])


def _widest(points: Array) -> float:
    from scipy.spatial.distance import pdist

    hull = cv2.convexHull(points.astype(np.float32))[:, 0]
    return float(pdist(hull).max()) if len(hull) > 1 else 0.0
