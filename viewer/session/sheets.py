"""Which voxels of its volume a view shows: a slice of the grid, or a plane through it."""

from __future__ import annotations

import numpy as np

from viewer.core.crossing import Crossing, Slice, Where
from viewer.core.geometry import Geometry, Position, position_of
from viewer.core.volume import Volume
from viewer.session.curves import follows_path
from viewer.session.look import Viewing
from viewer.session.session import Session
from viewer.session.stepping import Steps, steps
from viewer.session.whereabouts import place_in

_ALONG = 0.99999
_OFF = 0.01
"""Voxels by which a plane may leave a slice of the grid and still count as that slice."""


def sheet_wanted(session: Session, cell: int) -> Where | None:
    """Return the slice of the grid that a view shows, or the plane or slab through the grid.

    None in 3D, along paths, and where there is no volume.
    """
    opened = session.image_in(cell)
    if opened is None or not isinstance(opened.image, Volume):
        return None
    look = session.hanging.value.cells[cell]
    if look.viewing is Viewing.SPACE or follows_path(look):
        return None
    geometry, place = opened.image.geometry, place_in(session, cell)
    same = place.frame_of_reference_uid == geometry.frame_of_reference_uid
    position = place.position if same else geometry.centre
    line = steps(geometry, look.viewing, session.planes.value)
    through = line.at(line.index(position), position)
    axis = _axis_of(geometry, look.viewing, line)
    if axis is not None and look.slab_mm <= 0:
        return Slice(axis, geometry.nearest(through)[axis])
    along = round(float(np.dot(through, line.axis)), 4)
    normal = position_of(np.round(line.axis, 9))
    return Crossing(normal, along, max(look.slab_mm, 0.0))


def _axis_of(geometry: Geometry, viewing: Viewing, line: Steps) -> int | None:
    """Return the axis of the grid that a view steps along, if its planes stay in one slice."""
    if not line.aligned:
        return None
    axis = 0 if viewing is Viewing.ACQUISITION else axis_along(geometry, line.axis)
    if axis is None:
        return None
    slopes = np.abs(geometry.affine[:3, :3].T @ np.asarray(line.axis))
    others = [k for k in range(3) if k != axis]
    off = sum(slopes[k] * geometry.shape[k] for k in others) / slopes[axis]
    return axis if off < _OFF else None


def axis_along(geometry: Geometry, direction: Position) -> int | None:
    """Return the axis of a grid along a direction, if one is."""
    cosines = np.abs(geometry.directions @ np.asarray(direction))
    nearest = int(np.argmax(cosines))
    return nearest if cosines[nearest] > _ALONG else None
