"""Which slices one can scroll through in a view.

In the axial, coronal and sagittal view slices stand along the patient's axes;
where the grid lies along them too, steps go from voxel centre to voxel centre,
so that what is shown is original and not a blend of neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viewer.core.geometry import Array, Geometry, Position, position_of
from viewer.session.look import Viewing

_ALIGNED = 0.99999
"""Cosine above which a grid axis counts as a patient axis (0.26 degrees)."""

AXES: dict[Viewing, tuple[Position, Position]] = {
    Viewing.AXIAL: ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    Viewing.CORONAL: ((1.0, 0.0, 0.0), (0.0, 0.0, -1.0)),
    Viewing.SAGITTAL: ((0.0, 1.0, 0.0), (0.0, 0.0, -1.0)),
}
"""Screen right and screen down of each standard view, in the radiological convention."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Slices along the unit vector `axis`; the first lies at `first_mm` on it."""

    axis: Position
    first_mm: float
    step_mm: float
    count: int
    aligned: bool

    def index(self, position: Position) -> int:
        """Return the number (from 0) of the slice nearest to a position."""
        along = float(np.dot(position, self.axis))
        number = round((along - self.first_mm) / self.step_mm)
        return int(min(max(number, 0), self.count - 1))

    def at(self, index: int, position: Position) -> Position:
        """Return a position moved along the axis onto a slice."""
        index = min(max(index, 0), self.count - 1)
        goal = self.first_mm + index * self.step_mm
        shift = goal - float(np.dot(position, self.axis))
        return position_of(np.asarray(position) + shift * np.asarray(self.axis))


def viewing_axes(geometry: Geometry, viewing: Viewing) -> tuple[Position, Position]:
    """Return the directions to screen right and screen down of a view of a grid."""
    if viewing in AXES:
        return AXES[viewing]
    return position_of(geometry.directions[2]), position_of(geometry.directions[1])


def steps(geometry: Geometry, viewing: Viewing) -> Steps:
    """Return the slices of a grid in a view; slices grow along screen right x screen down."""
    if viewing not in AXES:
        return _stored(geometry)
    right, down = AXES[viewing]
    axis = np.cross(right, down)
    cosines = geometry.directions @ axis
    nearest = int(np.argmax(np.abs(cosines)))
    if abs(cosines[nearest]) > _ALIGNED:
        return _along(geometry, np.sign(cosines[nearest]) * geometry.directions[nearest], nearest)
    spread = geometry.corners() @ axis
    step = geometry.spacing_mm[nearest]
    count = max(int((spread.max() - spread.min()) / step), 1)
    first = (spread.max() + spread.min()) / 2 - (count - 1) * step / 2
    return Steps(position_of(axis), float(first), step, count, aligned=False)


def _stored(geometry: Geometry) -> Steps:
    """Slices as stored, along their own normal."""
    normal = np.cross(geometry.directions[2], geometry.directions[1])
    normal /= np.linalg.norm(normal)
    axis = normal if normal @ geometry.directions[0] > 0 else -normal
    step = geometry.spacing_mm[0] * float(axis @ geometry.directions[0])
    first = float(np.dot(geometry.origin, axis))
    return Steps(position_of(axis), first, step, geometry.shape[0], aligned=True)


def _along(geometry: Geometry, axis: Array, nearest: int) -> Steps:
    ends = np.zeros((2, 3))
    ends[1, nearest] = geometry.shape[nearest] - 1
    first = float((geometry.to_patient(ends) @ axis).min())
    step, count = geometry.spacing_mm[nearest], geometry.shape[nearest]
    return Steps(position_of(axis), first, step, count, aligned=True)
