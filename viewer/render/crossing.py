"""The lines of other planes in a view: crosshair with handles, slabs, reference lines.

Each standard view has a colour of its own, from a palette that is told apart with any kind of
colour vision (M. Okabe, K. Ito: Color universal design, 2008), and wears it in its corner.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from viewer.core.geometry import Array, Position, cross
from viewer.core.plane import Plane
from viewer.core.segmentation import Colour
from viewer.core.volume import Volume
from viewer.render.crosshair import GAP_PX, clipped, crosshair
from viewer.render.cut import Cut
from viewer.render.reference_lines import reference_lines
from viewer.render.scene import Grip, Line, Point, Scene
from viewer.session.hold import Grasp, Hold
from viewer.session.images import OpenImage
from viewer.session.look import Viewing
from viewer.session.oblique import STANDARD
from viewer.session.session import Place, Session, Tool
from viewer.session.turning import thick_cells
from viewer.session.whereabouts import company_of, is_pointed_at

COLOURS: dict[Viewing, Colour] = {
    Viewing.AXIAL: (86, 180, 233),
    Viewing.CORONAL: (240, 228, 66),
    Viewing.SAGITTAL: (235, 150, 205),
}
_TURN_AT, _THICKNESS_AT = 2 / 3, 1 / 3
"""Where handles stand, from the crosshair to the edge of the view."""
_PARALLEL = 0.05
_UPRIGHT = 0.005


def with_lines(
    session: Session, opened: OpenImage, cell: int, cut: Cut, place: Place, scene: Scene
) -> Scene:
    """Add the lines in which other planes cut a view, where they are switched on."""
    shown, plane = session.shown.value, scene.plane
    scene = replace(scene, company=company_of(session, cell))
    if plane is None or not cut.in_patient:
        return scene
    viewing = session.hanging.value.cells[cell].viewing
    mpr = isinstance(opened.image, Volume) and viewing in STANDARD
    if mpr:
        scene = replace(scene, tint=COLOURS[viewing])
    if shown.reference_lines:
        scene = replace(scene, lines=reference_lines(session, opened, cell, plane, scene.size))
    if shown.crosshair and cut.meets and is_pointed_at(session, cell):
        middle = scene.to_screen(place.position)
        if not mpr:
            lines = crosshair(middle, scene.size)
            return replace(scene, lines=(*scene.lines, *lines))
        return _with_planes(session, opened, cell, plane, middle, scene)
    return scene


def _with_planes(
    session: Session, opened: OpenImage, cell: int, plane: Plane, middle: Point, scene: Scene
) -> Scene:
    """Add the lines of the two other standard planes, with handles while the crosshair is used."""
    planes, space = session.planes.value, opened.frame_of_reference_uid
    own = session.hanging.value.cells[cell].viewing
    for viewing in STANDARD:
        axes = planes.of(space, viewing)
        way = None if axes is None or viewing is own else _direction(plane, axes.normal)
        if way is None or axes is None:
            continue
        cells = thick_cells(session, cell, viewing)
        slab_mm = session.hanging.value.cells[cells[0]].slab_mm if cells else 0.0
        edge = slab_mm / 2 / plane.spacing_mm[0]
        lines = _lines(middle, way, edge, scene.size, COLOURS[viewing])
        scene = replace(scene, lines=(*scene.lines, *lines))
        if session.tool.value is Tool.CROSSHAIR:
            grips = _grips(middle, way, edge, scene.size, viewing, thick=bool(cells))
            scene = replace(scene, grips=(*scene.grips, *grips))
    return scene


def _direction(plane: Plane, normal: Position) -> Array | None:
    """Return the unit direction (x, y) on screen of the line of another plane, if they cross."""
    along = np.asarray(cross(plane.normal, normal))
    size = float(np.linalg.norm(along))
    if size < _PARALLEL:
        return None
    way = np.array([along @ np.asarray(plane.right), along @ np.asarray(plane.down)]) / size
    way = way / np.linalg.norm(way)
    if abs(way[0]) < _UPRIGHT or abs(way[1]) < _UPRIGHT:
        way = np.rint(way)
    first = way[0] if abs(way[0]) > abs(way[1]) else way[1]
    return np.asarray(way if first > 0 else -way)


def _lines(
    middle: Point, way: Array, edge: float, size: tuple[int, int], colour: Colour
) -> tuple[Line, ...]:
    """Return a line on both sides of the gap, and the edges of its slab."""
    begin, end = _reach(middle, size)
    lines = [
        clipped(middle, way, begin, -GAP_PX, size, colour),
        clipped(middle, way, GAP_PX, end, size, colour),
    ]
    if edge > 0:
        aside = edge * np.array([-way[1], way[0]])
        for side in (aside, -aside):
            start = (middle[0] + float(side[0]), middle[1] + float(side[1]))
            begin, end = _reach(start, size)
            thin = clipped(start, way, begin, end, size, colour)
            lines.append(None if thin is None else replace(thin, width=0.6, dashed=True))
    return tuple(line for line in lines if line is not None)


def _reach(middle: Point, size: tuple[int, int]) -> tuple[float, float]:
    """Return how far a line can be followed, back and forth, before it leaves for good."""
    far = float(np.hypot(*size) + np.hypot(*middle))
    return -far, far


def _grips(
    middle: Point,
    way: Array,
    edge: float,
    size: tuple[int, int],
    viewing: Viewing,
    *,
    thick: bool,
) -> tuple[Grip, ...]:
    """Return the handles of a line: round ones to turn it, square ones for its slab."""
    colour, grips = COLOURS[viewing], []
    half = min(size) / 2
    aside = edge * np.array([-way[1], way[0]])
    for sign in (-1, 1):
        grips.append((Grasp.TURN, sign * _TURN_AT * half * way))
        if thick:
            grips.append((Grasp.THICKNESS, sign * (_THICKNESS_AT * half * way + aside)))
    return tuple(
        Grip((middle[0] + float(x), middle[1] + float(y)), Hold(viewing, kind), colour)
        for kind, (x, y) in grips
        if 0 <= middle[0] + x < size[0] and 0 <= middle[1] + y < size[1]
    )
