"""Paths drawn through a volume, and what was straightened along them.

A path is an open line in the patient whose points need not lie in one slice; it is smooth
where it is measured and straightened.
"""

from __future__ import annotations

from dataclasses import replace
from math import radians

from viewer.core.measurement import Measurement, MeasurementKind
from viewer.session.curve import Curve, width_of
from viewer.session.curved_look import CurvedLook
from viewer.session.look import Look, Viewing
from viewer.session.session import Session
from viewer.session.whereabouts import place_in

__all__ = [
    "ANGLES", "ANGLE_STEP", "Curve", "curve_of", "follows_path", "is_path", "path_of", "step_at",
    "turn_of", "turned", "width_of",
]  # fmt: skip

ANGLE_STEP = 5
"""Degrees by which a straightened picture is turned about its path with one step."""
ANGLES = 360 // ANGLE_STEP


def is_path(figure: Measurement) -> bool:
    """Tell whether a measurement is a path through space."""
    flat = figure.anchor.normal is not None or not figure.anchor.in_patient
    return figure.kind is MeasurementKind.POLYLINE and not flat


def follows_path(look: Look) -> bool:
    """Tell whether a view shows something along a path."""
    return look.viewing in (Viewing.CURVED, Viewing.ACROSS)


def path_of(session: Session, look: Look) -> Measurement | None:
    """Return the path that a view follows: the one it names, else the chosen, else the last."""
    opened = session.images.value.get(look.series_key)
    if opened is None or opened.geometry is None:
        return None
    space = opened.frame_of_reference_uid
    figures = session.record.value.measurements
    paths = [one for one in figures if is_path(one) and one.anchor.frame_of_reference_uid == space]
    wanted = (look.curved.path_id, session.selected.value)
    named = (one for id_ in wanted for one in paths if id_ and one.id == id_)
    return next(named, paths[-1] if paths else None)


def curve_of(session: Session, look: Look) -> Curve | None:
    """Return what was made for a view, be it of an older state of its path."""
    path = path_of(session, look)
    if path is None:
        return None
    made = [
        one
        for one in session.curves.value
        if one.path_id == path.id and one.series_key == look.series_key
    ]
    fitting = [one for one in made if one.suits(look)]
    current = [one for one in fitting if one.serves(path, look)]
    return next(reversed(current or fitting or made), None)


def step_at(session: Session, cell: int, curve: Curve) -> int:
    """Return the step of a path that lies nearest to where a view is."""
    return curve.course.nearest(place_in(session, cell).position)


def turn_of(look: Look) -> float:
    """Return by how many radians a view is turned about its path."""
    return radians(look.curved.angle)


def turned(curved: CurvedLook, steps: int) -> CurvedLook:
    """Return it turned on by some steps."""
    return replace(curved, angle=(curved.angle + steps * ANGLE_STEP) % 360)
