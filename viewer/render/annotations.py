"""Measurements as they are seen in one view: lines, handles, words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viewer.core import code
from viewer.core.geometry import Array
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.core.plane import Plane
from viewer.core.segmentation import Colour
from viewer.core.stack import Stack
from viewer.imaging import figures
from viewer.render.anchoring import from_anchor
from viewer.render.cut import Cut
from viewer.render.lesions import shares_space
from viewer.render.numbers import caption
from viewer.render.paths import path_seen
from viewer.render.scene import Annotation, Point, Stroke
from viewer.session.curves import is_path
from viewer.session.ground import frame_at
from viewer.session.images import OpenImage
from viewer.session.moments import moment_name, number_of
from viewer.session.session import Session
from viewer.session.shaping import handles

PLAIN: Colour = (104, 211, 255)
CHOSEN: Colour = (255, 244, 130)
FAINT: Colour = (165, 170, 175)
_PARALLEL = 0.999
_ON_PLANE_MM = 0.05
_ELSEWHERE: Point = (-1e6, -1e6)
_MOST_GRIPS = 80
"""A traced line of more points has no handles; they would lie on each other."""
_ROUND = np.linspace(0, 2 * np.pi, 96, endpoint=False)[:, None]
_BOX_SIDES = (
    (0, 1),
    (0, 2),
    (0, 4),
    (1, 3),
    (1, 5),
    (2, 3),
    (2, 6),
    (3, 7),
    (4, 5),
    (4, 6),
    (5, 7),
    (6, 7),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """How a figure is seen in a view: its row in the list, and what must be said of its numbers."""

    number: int = 0
    notes: tuple[str, ...] = ()
    faint: bool = False
    chosen: bool = False


_DRAFT = Seen(chosen=True)


def annotations_on(
    session: Session, opened: OpenImage, cut: Cut, plane: Plane, *, slab_mm: float = 0.0
) -> tuple[Annotation, ...]:
    """Return the figures that are seen in a view of an image, the chosen one last."""
    chosen, hidden = session.selected.value, session.hidden.value
    found = []
    for number, figure in enumerate(session.record.value.measurements, start=1):
        if figure.id in hidden or not _is_on(session, opened, cut, figure):
            continue
        other = _other_moment(session, opened, figure)
        notes = (*_notes(session, opened, figure, other), *_of_slab(figure, slab_mm))
        seen = Seen(number, notes, faint=other is not None, chosen=figure.id == chosen)
        found.append(annotation_of(figure, cut, plane, seen))
    there = [one for one in found if one is not None]
    return tuple(sorted(there, key=lambda one: one.chosen))


def _is_on(session: Session, opened: OpenImage, cut: Cut, figure: Measurement) -> bool:
    """Tell whether a figure lies in the space of an image, or on its picture."""
    anchor = figure.anchor
    if anchor.in_patient and cut.in_patient:
        same = shares_space(session, opened, anchor.series_key)
        return same or _other_moment(session, opened, figure) is not None
    return _same_picture(figure, opened, cut)


def _other_moment(session: Session, opened: OpenImage, figure: Measurement) -> OpenImage | None:
    """Return the moment of the same 4D series that a figure was drawn on, if it is another one."""
    other = session.images.value.get(figure.series_key)
    if not opened.group or other is None or other.key == opened.key:
        return None
    return other if other.group == opened.group else None


def _notes(
    session: Session, opened: OpenImage, figure: Measurement, moment: OpenImage | None
) -> tuple[str, ...]:
    """Say on what a figure was measured, where that is not what is seen."""
    if figure.series_key == opened.key or not figure.quantities:
        return ()
    if moment is not None:
        group = session.catalogue.value.group_of(figure.series_key)
        number = number_of(group, figure.series_key) if group is not None else None
        if group is not None and number is not None:
            return (f"measured on {moment_name(group, number)}",)
        return ("measured on another moment",)
    if not _has_values(figure):
        return ()
    other = session.images.value.get(figure.series_key)
    return (f"measured on {other.series.title}",) if other is not None else ()


def _of_slab(figure: Measurement, slab_mm: float) -> tuple[str, ...]:
    """Say that values are those of the slice, where a slab is seen."""
    flat = not figure.kind.solid
    return ("of the slice, not the slab",) if slab_mm > 0 and flat and _has_values(figure) else ()


def _has_values(figure: Measurement) -> bool:
    return (figure.quantity(code.MEAN) or figure.quantity(code.VALUE)) is not None


def _same_picture(figure: Measurement, opened: OpenImage, cut: Cut) -> bool:
    if figure.anchor.series_key != opened.key or not isinstance(opened.image, Stack):
        return False
    return frame_at(opened.image, figure.anchor) == cut.number


def annotation_of(
    figure: Measurement, cut: Cut, plane: Plane, seen: Seen = _DRAFT
) -> Annotation | None:
    """Return a figure as it is seen on a screen; None where the slice does not hold it."""
    if is_path(figure):
        strokes, grips = path_seen(figure, plane, cut.step_mm)
    elif figure.kind.solid:
        strokes, grips = _solid(figure, cut, plane)
    elif figure.anchor.in_patient and not _lies_in(figure, cut, plane):
        return None
    else:
        strokes, grips = _flat(figure, cut, plane)
    if not strokes and not grips:
        return None
    shade = figure.colour or PLAIN
    if seen.chosen and figure.colour is None:
        shade = CHOSEN
    return Annotation(
        measurement_id=figure.id,
        kind=figure.kind,
        strokes=strokes,
        handles=() if figure.locked else grips,
        caption=(*caption(figure), *seen.notes),
        colour=FAINT if seen.faint and not seen.chosen else shade,
        chosen=seen.chosen,
        number=seen.number,
        faint=seen.faint,
        words_at=_words_at(figure, cut, plane),
    )


def _words_at(figure: Measurement, cut: Cut, plane: Plane) -> Point | None:
    if figure.caption_at is None:
        return None
    place = from_anchor(figure.anchor, cut.geometry, np.asarray(figure.caption_at, dtype=float))
    x, y = _screen(plane, place)
    return float(x), float(y)


def _lies_in(figure: Measurement, cut: Cut, plane: Plane) -> bool:
    """Tell whether the slice on the screen is the one that a flat figure was drawn in."""
    points = np.asarray(figure.points, dtype=float)
    off = np.abs(np.asarray(plane.distance_mm(points)))
    if len(points) == 1:
        return bool(off[0] <= max(cut.step_mm / 2, _ON_PLANE_MM))
    normal = figure.anchor.normal
    if normal is not None and abs(float(np.dot(normal, plane.normal))) < _PARALLEL:
        return False
    return bool(off.max() <= max(cut.step_mm / 2, _ON_PLANE_MM))


def _flat(
    figure: Measurement, cut: Cut, plane: Plane
) -> tuple[tuple[Stroke, ...], tuple[Point, ...]]:
    def seen(points: Array) -> Array:
        return _screen(plane, from_anchor(figure.anchor, cut.geometry, points))

    points = np.asarray(figure.points, dtype=float)
    grips = _points(seen(np.asarray(handles(figure), dtype=float)))
    match figure.kind:
        case MeasurementKind.PROBE | MeasurementKind.TEXT:
            return (), grips
        case MeasurementKind.COBB | MeasurementKind.BIDIRECTIONAL:
            line = seen(points)
            return (Stroke(line[:2]), Stroke(line[2:])), grips
    line = seen(figures.outline(figure.kind, points))
    stroke = Stroke(line, closed=figure.kind.closed)
    return (stroke,), grips if len(grips) <= _MOST_GRIPS else ()


def _solid(
    figure: Measurement, cut: Cut, plane: Plane
) -> tuple[tuple[Stroke, ...], tuple[Point, ...]]:
    """Return where a slice cuts a sphere or a box, and where it can be taken there."""
    points = np.asarray(figure.points, dtype=float)
    if figure.kind is MeasurementKind.SPHERE:
        line, grips = _sphere_cut(points, plane), _sphere_grips(points, cut, plane)
    else:
        line, grips = _box_cut(points, plane), _box_grips(points, plane)
    if line is None:
        return (), ()
    seen = tuple(_ELSEWHERE if grip is None else _point(_screen(plane, grip)) for grip in grips)
    return (Stroke(_screen(plane, line), closed=True),), seen


def _sphere_cut(points: Array, plane: Plane) -> Array | None:
    centre, radius = points[0], float(np.linalg.norm(points[1] - points[0]))
    off = float(plane.distance_mm(centre))
    if abs(off) >= radius:
        return None
    middle = centre - off * np.asarray(plane.normal)
    size = (radius**2 - off**2) ** 0.5
    right, down = np.asarray(plane.right), np.asarray(plane.down)
    return np.asarray(middle + size * (np.cos(_ROUND) * right + np.sin(_ROUND) * down))


def _sphere_grips(points: Array, cut: Cut, plane: Plane) -> list[Array | None]:
    """Return its middle, if that is in the slice, and four places on the circle that is seen."""
    centre, radius = points[0], float(np.linalg.norm(points[1] - points[0]))
    off = float(plane.distance_mm(centre))
    if abs(off) >= radius:
        return [None]
    foot = centre - off * np.asarray(plane.normal)
    size = (radius**2 - off**2) ** 0.5
    ways = (np.asarray(plane.right), np.asarray(plane.down))
    near = abs(off) <= max(cut.step_mm, _ON_PLANE_MM)
    return [
        foot if near else None,
        *(foot + sign * size * way for way in ways for sign in (1, -1)),
    ]


def _box_grips(points: Array, plane: Plane) -> list[Array | None]:
    """Return for each face of a box the middle of the line in which the slice cuts it."""
    edges = figures.box_edges(points)
    return [
        _across_face(points[0] + far * edges[axis], np.delete(edges, axis, axis=0), plane)
        for far in (0, 1)
        for axis in range(3)
    ]


def _across_face(corner: Array, sides: Array, plane: Plane) -> Array | None:
    """Return the middle of the line in which a plane cuts a face; None where it does not."""
    one, other = sides
    around = np.array([corner, corner + one, corner + one + other, corner + other])
    off = np.asarray(plane.distance_mm(around))
    off = np.where(np.abs(off) < 1e-9, 1e-9, off)
    crossed = [
        around[a] + (around[b] - around[a]) * off[a] / (off[a] - off[b])
        for a, b in ((0, 1), (1, 2), (2, 3), (3, 0))
        if off[a] * off[b] < 0
    ]
    return np.asarray(np.mean(crossed, axis=0)) if len(crossed) == 2 else None


def _box_cut(points: Array, plane: Plane) -> Array | None:
    """Return the polygon in which a plane cuts a box, its corners in turn."""
    edges = figures.box_edges(points)
    choice = np.array([[i >> 2 & 1, i >> 1 & 1, i & 1] for i in range(8)])
    corners = points[0] + choice @ edges
    off = np.asarray(plane.distance_mm(corners))
    off = np.where(np.abs(off) < 1e-9, 1e-9, off)
    crossed = [
        corners[a] + (corners[b] - corners[a]) * off[a] / (off[a] - off[b])
        for a, b in _BOX_SIDES
        if off[a] * off[b] < 0
    ]
    if len(crossed) < 3:
        return None
    found = np.array(crossed)
    flat = plane.to_pixel(found) - plane.to_pixel(found).mean(axis=0)
    return np.asarray(found[np.argsort(np.arctan2(flat[:, 0], flat[:, 1]))])


def _screen(plane: Plane, positions: Array) -> Array:
    return np.asarray(plane.to_pixel(positions)[..., ::-1])


def _points(places: Array) -> tuple[Point, ...]:
    return tuple(_point(place) for place in places)


def _point(place: Array) -> Point:
    return float(place[0]), float(place[1])
