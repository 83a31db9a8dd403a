"""Views along a path: the straightened picture, and the cross-section at the place of the reader.

The straightened picture lies in no patient: it has no letters, and of its lengths only those
along the path and straight across it are true.
"""

from __future__ import annotations

from math import cos, sin

import numpy as np

from viewer.core.geometry import Position, position_of
from viewer.core.plane import Plane
from viewer.core.scale import SECTION
from viewer.core.volume import Volume
from viewer.render.crosshair import crosshair
from viewer.render.cut import Cut
from viewer.render.scene import Line, Point, Scene
from viewer.session.curved_look import Along
from viewer.session.curves import (
    ANGLE_STEP,
    ANGLES,
    Curve,
    curve_of,
    path_of,
    step_at,
    turn_of,
    width_of,
)
from viewer.session.look import Look, Viewing
from viewer.session.session import Place, Session

MARKS = {
    Along.STRAIGHTENED: "straightened: lengths are true along the path only",
    Along.STRETCHED: "stretched: lengths are true along the path, seen from one side",
}


_DOWN = ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
"""Right and down of a picture along a path, in its own axes."""


def cut_along(session: Session, cell: int, place: Place) -> Cut | None:
    """Return the cut of a view along a path, None while nothing is made for it."""
    look = session.hanging.value.cells[cell]
    curve, opened = curve_of(session, look), session.image_in(cell)
    if curve is None or opened is None or not isinstance(opened.image, Volume):
        return None
    if look.viewing is Viewing.CURVED:
        return _straight(curve, look) if curve.curtain is None else _stretched(curve)
    return _across(opened.image, curve, look, step_at(session, cell, curve), place)


def _straight(curve: Curve, look: Look) -> Cut:
    """Cut a straightened block along its path, turned about it."""
    angle = turn_of(look)
    grid = curve.straight.geometry
    return Cut(
        geometry=grid,
        right=(cos(angle), sin(angle), 0.0),
        down=(0.0, 0.0, 1.0),
        through=(0.0, 0.0, grid.centre[2]),
        axis=(sin(angle), -cos(angle), 0.0),
        number=round(look.curved.angle / ANGLE_STEP) % ANGLES,
        count=ANGLES,
        step_mm=curve.course.step_mm,
        stored=range(grid.shape[0]),
        original=False,
        follows=False,
        meets=False,
        in_patient=False,
        scale=SECTION,
        fit=_DOWN,
        along=curve.along.value,
        path_mm=curve.course.length_mm,
    )


def _stretched(curve: Curve) -> Cut:
    """Take the picture of an unrolled surface as a cut."""
    grid = curve.straight.geometry
    return Cut(
        geometry=grid,
        right=_DOWN[0],
        down=_DOWN[1],
        through=grid.centre,
        axis=(0.0, -1.0, 0.0),
        number=round(curve.angle / ANGLE_STEP) % ANGLES,
        count=ANGLES,
        step_mm=curve.course.step_mm,
        stored=range(grid.shape[0]),
        original=False,
        follows=False,
        meets=False,
        in_patient=False,
        scale=SECTION,
        fit=_DOWN,
        along=curve.along.value,
        path_mm=curve.course.length_mm,
    )


def _across(volume: Volume, curve: Curve, look: Look, number: int, place: Place) -> Cut:
    """Cut a volume at right angles to a path."""
    course, geometry = curve.course, volume.geometry
    right, down = course.directions(number, turn_of(look))
    through = position_of(course.places[number])
    axis = position_of(np.cross(right, down))
    follows = place.frame_of_reference_uid == geometry.frame_of_reference_uid
    off = abs(float(np.subtract(place.position, through) @ np.asarray(axis)))
    return Cut(
        geometry=geometry,
        right=right,
        down=down,
        through=through,
        axis=axis,
        number=number,
        count=len(course.places),
        step_mm=course.step_mm,
        stored=range(geometry.shape[0]),
        original=False,
        follows=follows,
        meets=follows and off <= course.step_mm,
        side_mm=2 * width_of(look),
    )


def straightened(session: Session, look: Look) -> Volume | None:
    """Return the straightened block that a view shows, if it shows one."""
    curve = curve_of(session, look) if look.viewing is Viewing.CURVED else None
    return None if curve is None else curve.straight


def marks_of(session: Session, look: Look) -> tuple[str, ...]:
    """Return what must be known of a picture along a path."""
    curve = curve_of(session, look) if look.viewing is Viewing.CURVED else None
    return () if curve is None else (MARKS[curve.along],)


def why_empty(session: Session, look: Look) -> str:
    """Say why a view along a path shows nothing yet."""
    if path_of(session, look) is None:
        return "Draw a path with the path tool; it is straightened here."
    return "The path is being straightened."


def to_patient(session: Session, cell: int, point: Point, scene: Scene) -> Position | None:
    """Return the place in the patient of a point of a straightened picture."""
    look = session.hanging.value.cells[cell]
    curve = curve_of(session, look) if look.viewing is Viewing.CURVED else None
    if curve is None or scene.plane is None:
        return None
    x, y, z = scene.to_patient(point)
    if curve.curtain is not None:
        inside = -0.5 * curve.course.step_mm <= z <= curve.curtain.height_mm
        return curve.curtain.to_patient(x, z) if inside else None
    angle = turn_of(look)
    if not -0.5 * curve.course.step_mm <= z <= curve.course.length_mm + 0.5 * curve.course.step_mm:
        return None
    return curve.course.to_patient(z, x * cos(angle) + y * sin(angle), angle)


def place_on(session: Session, cell: int, place: Place, plane: Plane) -> Point | None:
    """Return where the place of the reader is seen in a straightened picture."""
    look, opened = session.hanging.value.cells[cell], session.image_in(cell)
    curve = curve_of(session, look)
    if curve is None or opened is None:
        return None
    if place.frame_of_reference_uid != opened.frame_of_reference_uid:
        return None
    number = curve.course.nearest(place.position)
    off = np.subtract(place.position, curve.course.places[number])
    if float(np.linalg.norm(off)) > 2 * curve.half_width_mm:
        return None
    if curve.curtain is not None:
        x, down = curve.curtain.shown_at(place.position, curve.course, number)
        row, column = plane.to_pixel((x, 0.0, down))
        return float(column), float(row)
    right = np.asarray(curve.course.directions(number, turn_of(look))[0])
    away, along = float(off @ right), number * curve.course.step_mm
    angle = turn_of(look)
    row, column = plane.to_pixel((away * cos(angle), away * sin(angle), along))
    return float(column), float(row)


def lines_on(session: Session, cell: int, place: Place, scene: Scene) -> tuple[Line, ...]:
    """Return the crosshair of a straightened picture."""
    if scene.plane is None or not session.shown.value.crosshair:
        return ()
    middle = place_on(session, cell, place, scene.plane)
    return () if middle is None else crosshair(middle, scene.size)
