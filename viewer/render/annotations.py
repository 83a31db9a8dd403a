"""Measurements as they are seen in one view: lines, handles, words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from viewer.core.geometry import Array, position_of
from viewer.core.measurement import Measurement, MeasurementKind
from viewer.core.plane import Plane
from viewer.core.segmentation import Colour
from viewer.core.stack import Stack
from viewer.imaging import figures
from viewer.render.anchoring import from_anchor
from viewer.render.cut import Cut
from viewer.render.lesions import shares_space
from viewer.render.numbers import caption
from viewer.render.scene import Annotation, Point, Stroke
from viewer.session.ground import frame_at
from viewer.session.images import OpenImage
from viewer.session.session import Session
from viewer.session.shaping import handles

PLAIN: Colour = (104, 211, 255)
CHOSEN: Colour = (255, 244, 130)
_PARALLEL = 0.999
_ON_PLANE_MM = 0.05
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


def annotations_on(
    session: Session, opened: OpenImage, cut: Cut, plane: Plane
) -> tuple[Annotation, ...]:
    """Return the figures that are seen in a view of an image, the chosen one last."""
    chosen = session.selected.value
    found = [
        annotation_of(figure, cut, plane, chosen=figure.id == chosen)
        for figure in _on(session, opened, cut)
        if figure.id not in session.hidden.value
    ]
    there = [one for one in found if one is not None]
    return tuple(sorted(there, key=lambda one: one.chosen))


def _on(session: Session, opened: OpenImage, cut: Cut) -> Iterator[Measurement]:
    """Go through the figures that lie in the space of an image, or on its picture."""
    for figure in session.record.value.measurements:
        anchor = figure.anchor
        if anchor.in_patient and cut.in_patient:
            if shares_space(session, opened, anchor.series_key):
                yield figure
        elif _same_picture(figure, opened, cut):
            yield figure


def _same_picture(figure: Measurement, opened: OpenImage, cut: Cut) -> bool:
    if figure.anchor.series_key != opened.key or not isinstance(opened.image, Stack):
        return False
    return frame_at(opened.image, figure.anchor) == cut.number


def annotation_of(
    figure: Measurement, cut: Cut, plane: Plane, *, chosen: bool = False
) -> Annotation | None:
    """Return a figure as it is seen on a screen; None where the slice does not hold it."""
    if figure.kind.solid:
        strokes, grips = _solid(figure, cut, plane)
    elif figure.anchor.in_patient and not _lies_in(figure, cut, plane):
        return None
    else:
        strokes, grips = _flat(figure, cut, plane)
    if not strokes and not grips:
        return None
    shade = figure.colour or PLAIN
    return Annotation(
        measurement_id=figure.id,
        kind=figure.kind,
        strokes=strokes,
        handles=grips,
        caption=caption(figure),
        caption_at=_caption_place(strokes, grips),
        colour=CHOSEN if chosen and figure.colour is None else shade,
        chosen=chosen,
    )


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
    many = figure.kind in (MeasurementKind.FREEHAND, MeasurementKind.LIVEWIRE)
    return (Stroke(line, closed=figure.kind.closed),), () if many else grips


def _solid(
    figure: Measurement, cut: Cut, plane: Plane
) -> tuple[tuple[Stroke, ...], tuple[Point, ...]]:
    """Return where a slice cuts a sphere or a box, and the handles that lie near it."""
    points = np.asarray(figure.points, dtype=float)
    line = _sphere_cut(points, plane) if figure.kind is MeasurementKind.SPHERE else None
    line = _box_cut(points, plane) if figure.kind is MeasurementKind.BOX else line
    if line is None:
        return (), ()
    grips = np.asarray(handles(figure), dtype=float)
    near = np.abs(np.asarray(plane.distance_mm(grips))) <= max(cut.step_mm, _ON_PLANE_MM)
    seen = tuple(
        point if kept else None
        for point, kept in zip(_points(_screen(plane, grips)), near, strict=True)
    )
    return (Stroke(_screen(plane, line), closed=True),), tuple(
        point if point is not None else (-1e6, -1e6) for point in seen
    )


def _sphere_cut(points: Array, plane: Plane) -> Array | None:
    centre, radius = points[0], float(np.linalg.norm(points[1] - points[0]))
    off = float(plane.distance_mm(centre))
    if abs(off) >= radius:
        return None
    middle = centre - off * np.asarray(plane.normal)
    size = (radius**2 - off**2) ** 0.5
    right, down = np.asarray(plane.right), np.asarray(plane.down)
    return np.asarray(middle + size * (np.cos(_ROUND) * right + np.sin(_ROUND) * down))


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
    return tuple((float(x), float(y)) for x, y in places)


def _caption_place(strokes: Sequence[Stroke], grips: Sequence[Point]) -> Point:
    """Return the rightmost point of a figure."""
    seen = [stroke.points for stroke in strokes] or [np.asarray(grips)]
    everything = np.concatenate(seen)
    x, y, _ = position_of((*everything[int(np.argmax(everything[:, 0]))], 0.0))
    return x, y
