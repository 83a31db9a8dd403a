"""Which way is right and down on the screen, in the coordinates of a figure."""

from __future__ import annotations

import numpy as np

from viewer.core.geometry import Position, position_of
from viewer.core.measurement import Measurement
from viewer.core.stack import Stack
from viewer.session.ground import frame_at
from viewer.session.look import Look, Viewing
from viewer.session.session import Session
from viewer.session.stepping import viewing_axes

_PICTURE: tuple[Position, Position] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))


def screen_axes(session: Session, figure: Measurement) -> tuple[Position, Position]:
    """Return right and down of the active view as steps of one pixel of the image."""
    hanging = session.hanging.value
    look = hanging.cells[hanging.active]
    opened = session.images.value.get(figure.series_key)
    if opened is None or not figure.anchor.in_patient:
        return turned(*_PICTURE, look)
    if isinstance(opened.image, Stack):
        number = frame_at(opened.image, figure.anchor)
        plane = opened.image.frames[number].plane if number is not None else None
        if plane is None:
            return turned(*_PICTURE, look)
        right, down, step_mm = plane.right, plane.down, min(plane.spacing_mm)
    else:
        geometry = opened.image.geometry
        viewing = Viewing.ACQUISITION if look.viewing is Viewing.SPACE else look.viewing
        right, down = viewing_axes(geometry, viewing, session.planes.value)
        step_mm = min(geometry.spacing_mm)
    right, down = turned(right, down, look)
    return _stepped(right, step_mm, figure), _stepped(down, step_mm, figure)


def turned(right: Position, down: Position, look: Look) -> tuple[Position, Position]:
    """Return screen right and screen down after the flips and quarter turns of a look."""
    across, along = np.asarray(right), np.asarray(down)
    if look.flipped_sideways:
        across = -across
    if look.flipped_upside_down:
        along = -along
    for _ in range(look.quarter_turns % 4):
        across, along = -along, across
    return position_of(across), position_of(along)


def _stepped(direction: Position, step_mm: float, figure: Measurement) -> Position:
    """Return a step along a direction that leaves a flat figure in its plane."""
    way = np.asarray(direction)
    normal = figure.anchor.normal
    if normal is not None:
        way = way - float(way @ np.asarray(normal)) * np.asarray(normal)
    size = float(np.linalg.norm(way))
    return position_of(way / size * step_mm) if size > 1e-3 else (0.0, 0.0, 0.0)
