"""Where the slices of other views cut a view: as far as their pictures reach.

The crosshair already shows the planes of an MPR; here are stacks, scouts, other series and
other groups.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from viewer.core.geometry import Array, Geometry
from viewer.core.plane import Plane
from viewer.core.segmentation import Colour
from viewer.core.stack import Stack
from viewer.core.volume import Volume
from viewer.render.crosshair import clipped
from viewer.render.cutting import cut_in
from viewer.render.scene import Line
from viewer.session.ground import frame_geometry
from viewer.session.images import OpenImage
from viewer.session.look import Viewing
from viewer.session.oblique import STANDARD
from viewer.session.session import Session

COLOUR: Colour = (170, 185, 200)
ACTIVE: Colour = (255, 213, 79)
_PARALLEL = 0.05


def reference_lines(
    session: Session, opened: OpenImage, cell: int, plane: Plane, size: tuple[int, int]
) -> tuple[Line, ...]:
    """Return where the other views on screen cut this one; the active one stands out."""
    hanging, lines = session.hanging.value, []
    for other in hanging.shown:
        beside = session.image_in(other)
        if other == cell or beside is None or not _share(opened, beside):
            continue
        if _is_crosshair(session, cell, other):
            continue
        active = other == hanging.active
        for outline in _slices(session, other, ends=active and session.shown.value.reference_ends):
            line = _line(outline[0], plane, size, active=active, dashed=outline[1])
            if line is not None:
                lines.append(line)
    return tuple(lines)


def _share(one: OpenImage, other: OpenImage) -> bool:
    """Tell whether positions of one are positions of the other, in the same person."""
    uid = one.frame_of_reference_uid
    same = bool(uid) and uid == other.frame_of_reference_uid
    return same and one.study.identity[1:] == other.study.identity[1:]


def _is_crosshair(session: Session, cell: int, other: int) -> bool:
    """Tell whether the crosshair of a view stands for the plane of another."""
    looks, linking = session.hanging.value.cells, session.linking.value
    solid = all(
        isinstance(opened.image, Volume)
        for opened in (session.image_in(cell), session.image_in(other))
        if opened is not None
    )
    standard = looks[cell].viewing in STANDARD and looks[other].viewing in STANDARD
    return solid and standard and linking.key(cell) == linking.key(other)


def _slices(session: Session, cell: int, *, ends: bool) -> list[tuple[Array, bool]]:
    """Return the corners of the slice of a view, and of the first and last one it could show."""
    opened = session.image_in(cell)
    look = session.hanging.value.cells[cell]
    if opened is None or look.viewing is Viewing.SPACE:
        return []
    if isinstance(opened.image, Stack):
        numbers = [(look.frame, False)]
        numbers += [(0, True), (len(opened.image.frames) - 1, True)] if ends else []
        return [
            (_corners(frame_geometry(opened.image.frames[number], "")), dashed)
            for number, dashed in numbers
            if opened.image.frames[number].plane is not None
        ]
    cut = cut_in(session, cell)
    if cut is None or not cut.in_patient:
        return []
    outline = _section(cut.geometry, cut.through, cut.axis)
    found = [(outline, False)]
    for number in (0, cut.count - 1) if ends else ():
        shift = (number - cut.number) * cut.step_mm * np.asarray(cut.axis)
        found.append((_section(cut.geometry, np.asarray(cut.through) + shift, cut.axis), True))
    return [one for one in found if len(one[0])]


def _corners(geometry: Geometry) -> Array:
    """Return the corners of the picture of a single frame, in the plane of its pixels."""
    _, rows, columns = geometry.shape
    low, high, right = -0.5, rows - 0.5, columns - 0.5
    return geometry.to_patient([(0, low, low), (0, low, right), (0, high, right), (0, high, low)])


def _section(geometry: Geometry, through: ArrayLike, axis: ArrayLike) -> Array:
    """Return where a plane cuts the edges of a grid (n, 3)."""
    corners = geometry.corners()
    normal = np.asarray(axis, dtype=float)
    off = (corners - np.asarray(through, dtype=float)) @ normal
    off = np.where(np.abs(off) < 1e-9, 1e-9, off)
    points = [
        corners[a] + (corners[b] - corners[a]) * off[a] / (off[a] - off[b])
        for a in range(8)
        for b in (a ^ 1, a ^ 2, a ^ 4)
        if a < b and off[a] * off[b] < 0
    ]
    return np.asarray(points).reshape(-1, 3)


def _line(
    outline: Array, plane: Plane, size: tuple[int, int], *, active: bool, dashed: bool
) -> Line | None:
    """Return the line in which a flat outline (any order of corners) cuts the screen."""
    centre = outline.mean(axis=0)
    _, _, ways = np.linalg.svd(outline - centre)
    along = np.cross(ways[2], plane.normal)
    length = float(np.linalg.norm(along))
    if length < _PARALLEL:
        return None
    along = along / length
    down = np.cross(along, ways[2])
    fall = float(down @ np.asarray(plane.normal))
    foot = centre - down * float(plane.distance_mm(centre)) / fall
    reach = _chord(outline - foot, along, down)
    if reach is None:
        return None
    ends = plane.to_pixel(np.array([foot + part * along for part in reach]))[:, ::-1]
    way = ends[1] - ends[0]
    far = float(np.linalg.norm(way))
    if far < 1:
        return None
    start = (float(ends[0, 0]), float(ends[0, 1]))
    line = clipped(start, way / far, 0.0, far, size, ACTIVE if active else COLOUR)
    if line is None:
        return None
    return Line(line.start, line.end, line.colour, 1.8 if active else 1.0, dashed)


def _chord(corners: Array, along: Array, down: Array) -> tuple[float, float] | None:
    """Return from where to where the line `down` = 0 lies within a convex outline."""
    x, y = corners @ along, corners @ down
    y = np.where(np.abs(y) < 1e-9, 1e-9, y)
    cuts = [
        x[a] + (x[b] - x[a]) * y[a] / (y[a] - y[b])
        for a in range(len(x))
        for b in range(a)
        if y[a] * y[b] < 0
    ]
    return (float(min(cuts)), float(max(cuts))) if cuts else None
