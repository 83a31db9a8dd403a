"""How long a mask is, with the ends of each line: RECIST axes in its slices, Feret in space.

From centre to centre of voxels a diameter is too short, over their outer corners too long,
by at most one voxel. Reported is the middle of the two, right to half a voxel as wide
as it is along the line.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array, Geometry, Position, position_of

Mask3D = NDArray[np.bool_]
_FEW = 2500
"""So many points are compared each with each, without looking for the outermost first."""


@dataclass(frozen=True, slots=True)
class Diameter:
    """A line across a body; its ends are LPS mm."""

    start: Position
    end: Position

    @property
    def length_mm(self) -> float:
        """From end to end."""
        return float(np.linalg.norm(np.subtract(self.end, self.start)))


@dataclass(frozen=True, slots=True)
class Axes:
    """The longest line within one stored slice, and the longest at right angles to it there.

    Both lie in one piece of the mask in that slice (8 neighbours) and go from outer edge to
    outer edge, over holes and bays. `slice_index` is counted from 0 in the mask.
    """

    slice_index: int
    long: Diameter
    short: Diameter


def feret(inside: Mask3D, geometry: Geometry) -> Diameter:
    """Return the longest line in any direction.

    Raises:
        ValueError: if the mask is empty.
    """
    points = np.concatenate([_with_slice(number, hull) for number, hull in _hulls(inside)])
    return _longest(_outermost(points), geometry)


def slice_axes(inside: Mask3D, geometry: Geometry) -> Axes:
    """Return the longest line within one stored slice (along axis 0), and that across it.

    Raises:
        ValueError: if the mask is empty.
    """
    bounds = [
        (_longest(_with_slice(number, hull), geometry).length_mm, number)
        for number, hull in _hulls(inside)
    ]
    best: tuple[int, NDArray[np.bool_], Diameter] | None = None
    for bound_mm, number in sorted(bounds, reverse=True):
        if best is not None and bound_mm <= best[2].length_mm:
            break
        for piece in _pieces(inside[number]):
            ((_, hull),) = _hulls(piece[np.newaxis])
            line = _longest(_with_slice(number, hull), geometry)
            if best is None or line.length_mm > best[2].length_mm:
                best = (number, piece, line)
    if best is None:
        raise ValueError("an empty mask has no diameter")
    number, piece, long = best
    return Axes(number, long, _across(piece, number, long, geometry))


def _pieces(flat: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    """Return the pieces of a slice (8 neighbours), each a mask of its own."""
    count, labels = cv2.connectedComponents(flat.view(np.uint8), connectivity=8)
    return [flat] if count <= 2 else [labels == number for number in range(1, count)]


def _hulls(inside: Mask3D) -> list[tuple[int, Array]]:
    """Return the outermost pixel centres (n, 2) as (row, column) of each slice that has any."""
    filled: NDArray[np.bool_] = np.asarray(inside.any(axis=2))
    if not filled.any():
        raise ValueError("an empty mask has no diameter")
    first = inside.argmax(axis=2)
    last = inside.shape[2] - 1 - inside[:, :, ::-1].argmax(axis=2)
    hulls = []
    for number in np.flatnonzero(filled.any(axis=1)).tolist():
        rows = np.flatnonzero(filled[number])
        ends = np.concatenate([first[number, rows], last[number, rows]])
        points = np.column_stack([np.concatenate([rows, rows]), ends]).astype(np.int32)
        hulls.append((number, cv2.convexHull(points)[:, 0].astype(np.float64)))
    return hulls


def _with_slice(number: int, points: Array) -> Array:
    return np.column_stack([np.full(len(points), float(number)), points])


def _outermost(points: Array) -> Array:
    """Return the corners of the convex hull of many points (n, 3); few stay as they are."""
    if len(points) <= _FEW:
        return points
    from scipy.spatial import ConvexHull, QhullError

    try:
        return np.asarray(points[ConvexHull(points).vertices])
    except QhullError:  # all in one plane
        return np.asarray(points[ConvexHull(points, qhull_options="QJ").vertices])


def _longest(index: Array, geometry: Geometry) -> Diameter:
    """Return the longest line between two of some voxels (n, 3), half a voxel added to it."""
    points = geometry.to_patient(index)
    slack = float(np.linalg.norm(geometry.affine[:3, :3], axis=0).sum()) / 2
    starts, ends = _far_pairs(points, slack)
    lines = points[ends] - points[starts]
    lengths = np.linalg.norm(lines, axis=1) + _half_widths(lines, geometry)
    best = int(np.argmax(lengths))
    return _grown(points[starts[best]], points[ends[best]], geometry)


def _far_pairs(points: Array, slack: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs of points that are further apart than the furthest less a slack.

    Distances are worked out twice, since all of them together could be gigabytes.
    """
    from scipy.spatial.distance import cdist

    starts = range(0, len(points), _FEW)
    least = max(float(cdist(points[a : a + _FEW], points).max()) for a in starts) - slack
    found = [
        np.argwhere(cdist(points[a : a + _FEW], points) >= least) + np.array([a, 0]) for a in starts
    ]
    pairs = np.concatenate(found)
    return pairs[:, 0], pairs[:, 1]


def _half_widths(lines: Array, geometry: Geometry) -> Array:
    """Return half the width of a voxel along each line (n, 3); 0 for those without length."""
    lengths = np.linalg.norm(lines, axis=1, keepdims=True)
    along = lines / np.where(lengths > 0, lengths, 1)
    return np.asarray(np.abs(along @ geometry.affine[:3, :3]).sum(axis=1) / 2)


def _grown(start: Array, end: Array, geometry: Geometry) -> Diameter:
    """Return the line between two voxel centres, made longer by half a voxel in all."""
    line = end - start
    length = float(np.linalg.norm(line))
    if length == 0:
        line = geometry.affine[:3, 2]
        length = float(np.linalg.norm(line))
    along = line / length
    more = along * float(_half_widths(along[np.newaxis], geometry)[0]) / 2
    return Diameter(position_of(start - more), position_of(end + more))


def _across(flat: NDArray[np.bool_], number: int, long: Diameter, geometry: Geometry) -> Diameter:
    """Return the longest line of a slice at right angles to another in it."""
    index = np.argwhere(flat).astype(np.float64)
    points = geometry.to_patient(_with_slice(number, index))
    start = np.asarray(long.start)
    along = np.subtract(long.end, start) / long.length_mm
    aside = np.cross(_normal(geometry), along)
    forth, off = (points - start) @ along, (points - start) @ aside
    place, low, high = _widest(forth, off, geometry, along)
    foot = start + along * place
    flat_steps = geometry.affine[:3, 1:3]
    more = float(np.abs(aside @ flat_steps).sum()) / 4
    return Diameter(
        position_of(foot + aside * (low - more)), position_of(foot + aside * (high + more))
    )


def _normal(geometry: Geometry) -> Array:
    normal = np.cross(geometry.affine[:3, 1], geometry.affine[:3, 2])
    return np.asarray(normal / np.linalg.norm(normal))


def _widest(forth: Array, off: Array, geometry: Geometry, along: Array) -> tuple[float, ...]:
    """Return where along a line a shape is widest, and its ends aside of it there.

    Looked at is one strip after the other, each as wide as a pixel, overlapping by half.
    """
    step = float(np.abs(along @ geometry.affine[:3, 1:3]).sum())
    best = (0.0, 0.0, -1.0)
    for shift in (0.0, 0.5):
        strips = np.floor((forth - forth.min()) / step + shift).astype(np.intp)
        low, high = np.full(strips.max() + 1, np.inf), np.full(strips.max() + 1, -np.inf)
        np.minimum.at(low, strips, off)
        np.maximum.at(high, strips, off)
        place = int(np.argmax(high - low))
        if high[place] - low[place] > best[2] - best[1]:
            middle = (place + 0.5 - shift) * step + float(forth.min())
            best = (middle, float(low[place]), float(high[place]))
    return best
