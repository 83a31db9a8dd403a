"""Which slice of its volume a view shows, where it shows one just as it lies in the grid."""

from __future__ import annotations

import numpy as np

from viewer.core.geometry import Geometry, Position
from viewer.core.volume import Volume
from viewer.session.look import Viewing
from viewer.session.session import Session
from viewer.session.stepping import AXES, steps
from viewer.session.whereabouts import place_in

_ALONG = 0.99999


def sheet_wanted(session: Session, cell: int) -> tuple[int, int] | None:
    """Return the axis of the grid and the index of the slice in a view.

    None in 3D, in slabs, in planes that lie along no axis, and where there is no volume.
    """
    opened = session.image_in(cell)
    if opened is None or not isinstance(opened.image, Volume):
        return None
    look = session.hanging.value.cells[cell]
    geometry = opened.image.geometry
    space = geometry.frame_of_reference_uid
    if look.viewing not in (*AXES, Viewing.ACQUISITION) or look.slab_mm > 0:
        return None
    if session.planes.value.is_turned(space, look.viewing):
        return None
    place = place_in(session, cell)
    same = place.frame_of_reference_uid == space
    position = place.position if same else geometry.centre
    if look.viewing is Viewing.ACQUISITION:
        return 0, geometry.nearest(position)[0]
    line = steps(geometry, look.viewing)
    axis = axis_along(geometry, line.axis) if line.aligned else None
    if axis is None:
        return None
    on_slice = line.at(line.index(position), position)
    return axis, geometry.nearest(on_slice)[axis]


def axis_along(geometry: Geometry, direction: Position) -> int | None:
    """Return the axis of a grid along a direction, if one is."""
    cosines = np.abs(geometry.directions @ np.asarray(direction))
    nearest = int(np.argmax(cosines))
    return nearest if cosines[nearest] > _ALONG else None
