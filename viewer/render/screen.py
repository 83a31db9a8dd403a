"""The screen as a plane in the patient: fit, zoom, pan, flips and turns.

Everything a view shows is placed through this one plane, so that letters,
crosshair, boxes and values can never disagree. After a flip its right and
down no longer make a right-handed pair with the direction of looking.
"""

from __future__ import annotations

import numpy as np

from viewer.core.geometry import Array, Geometry, Position, position_of
from viewer.core.plane import Plane, side_letters
from viewer.render.scene import Letters
from viewer.session.look import Look
from viewer.session.turning import screen_axes as turned

__all__ = ["centred_plane", "letters_of", "screen_plane", "square_about", "turned"]


def screen_plane(
    geometry: Geometry,
    through: Position,
    right: Position,
    down: Position,
    look: Look,
    size: tuple[int, int],
    fit: tuple[Position, Position] | None = None,
) -> Plane:
    """Lay a screen of (width, height) square pixels into the patient.

    `right` and `down` are those of the image, before any flip. At zoom 1 the
    whole grid just fits, seen along `fit` if that is given, so that a plane keeps
    its size while it is turned; `through` is a point of the plane.
    """
    across, along = turned(right, down, look)
    width, height = size
    left, wide = _extent(geometry, across)
    top, high = _extent(geometry, along)
    seen = (across, along) if fit is None else turned(*fit, look)
    room = _extent(geometry, seen[0])[1] / width, _extent(geometry, seen[1])[1] / height
    step_mm = max(room) / look.zoom
    pushed = look.edge.sign * (max(room) * width - wide) / 2
    plane = Plane(through, across, along, (step_mm, step_mm))
    first_x = left + wide / 2 - look.pan_mm[0] - pushed - step_mm * (width - 1) / 2
    first_y = top + high / 2 - look.pan_mm[1] - step_mm * (height - 1) / 2
    return Plane(_moved(plane, first_x, first_y), across, along, (step_mm, step_mm))


def square_about(
    middle: Position,
    right: Position,
    down: Position,
    side_mm: float,
    look: Look,
    size: tuple[int, int],
) -> Plane:
    """Lay a screen about a point, turned, zoomed and panned as a look says."""
    across, along = turned(right, down, look)
    pan = look.pan_mm[0] * np.asarray(across) + look.pan_mm[1] * np.asarray(along)
    shifted = position_of(np.asarray(middle) - pan)
    return centred_plane(shifted, across, along, side_mm / look.zoom, size)


def centred_plane(
    middle: Position, right: Position, down: Position, side_mm: float, size: tuple[int, int]
) -> Plane:
    """Lay a screen of (width, height) about a point, its shorter side so many mm long."""
    width, height = size
    step_mm = side_mm / min(width, height)
    shift = (width - 1) / 2 * np.asarray(right) + (height - 1) / 2 * np.asarray(down)
    first = np.asarray(middle) - shift * step_mm
    return Plane(position_of(first), right, down, (step_mm, step_mm))


def letters_of(plane: Plane) -> Letters:
    """Return the sides of the patient at the edges of a screen."""
    right, down = np.asarray(plane.right), np.asarray(plane.down)
    return Letters(*(side_letters(side) for side in (-right, right, -down, down)))


def _extent(geometry: Geometry, direction: Position) -> tuple[float, float]:
    """Return where a grid begins along a direction, and how long it is, in mm."""
    along: Array = geometry.corners() @ np.asarray(direction)
    return float(along.min()), float(along.max() - along.min())


def _moved(plane: Plane, x_mm: float, y_mm: float) -> Position:
    """Return the point of a plane that lies so far along its right and its down."""
    origin, right, down = (np.asarray(v) for v in (plane.origin, plane.right, plane.down))
    shift = (x_mm - origin @ right) * right + (y_mm - origin @ down) * down
    return position_of(origin + shift)
