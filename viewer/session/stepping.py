"""Which slices one can scroll through in a view.

In the axial, coronal and sagittal view slices stand along the patient's axes;
where the grid lies along them too, steps go from voxel centre to voxel centre,
so that what is shown is original and not a blend of neighbours. A plane that was
turned goes through the very place where the reader is, and steps on from there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from viewer.core.geometry import Array, Geometry, Position, position_of
from viewer.session.look import Viewing
from viewer.session.oblique import STANDARD, STRAIGHT, Planes

_ALIGNED = 0.99999
"""Cosine above which a grid axis counts as a patient axis (0.26 degrees)."""

AXES: dict[Viewing, tuple[Position, Position]] = {
    viewing: (axes.right, axes.down) for viewing, axes in STANDARD.items()
}
"""Screen right and screen down of each standard view, in the radiological convention."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Slices along the unit vector `axis`; the first lies at `first_mm` on it.

    Where they are `free` they stand so that one goes through the place that is asked for.
    """

    axis: Position
    first_mm: float
    step_mm: float
    count: int
    aligned: bool
    free: bool = False

    def index(self, position: Position) -> int:
        """Return the number (from 0) of the slice nearest to a position."""
        along = float(np.dot(position, self.axis))
        number = round((along - self.first_mm) / self.step_mm)
        return int(min(max(number, 0), self.count - 1))

    def indices(self, positions: ArrayLike) -> NDArray[np.int64]:
        """Return the numbers of the slices nearest to positions (n, 3)."""
        along = np.asarray(positions, dtype=np.float64).reshape(-1, 3) @ np.asarray(self.axis)
        numbers = np.rint((along - self.first_mm) / self.step_mm).astype(np.int64)
        return np.asarray(numbers.clip(0, self.count - 1))

    def at(self, index: int, position: Position) -> Position:
        """Return a position moved along the axis onto a slice."""
        index = min(max(index, 0), self.count - 1)
        along = float(np.dot(position, self.axis))
        goal = self.first_mm + (index + self._phase(along)) * self.step_mm
        return position_of(np.asarray(position) + (goal - along) * np.asarray(self.axis))

    def _phase(self, along: float) -> float:
        """Return by how much of a step slices stand off those that are counted."""
        number = (along - self.first_mm) / self.step_mm
        inside = -0.5 <= number <= self.count - 0.5
        return number - round(number) if self.free and inside else 0.0


def viewing_axes(
    geometry: Geometry, viewing: Viewing, planes: Planes = STRAIGHT
) -> tuple[Position, Position]:
    """Return the directions to screen right and screen down of a view of a grid."""
    axes = planes.of(geometry.frame_of_reference_uid, viewing)
    if axes is not None:
        return axes.right, axes.down
    return position_of(geometry.directions[2]), position_of(geometry.directions[1])


def steps(geometry: Geometry, viewing: Viewing, planes: Planes = STRAIGHT) -> Steps:
    """Return the slices of a grid in a view; slices grow along screen right x screen down."""
    axes = planes.of(geometry.frame_of_reference_uid, viewing)
    if axes is None:
        return _stored(geometry)
    axis = np.asarray(axes.normal)
    cosines = geometry.directions @ axis
    nearest = int(np.argmax(np.abs(cosines)))
    if abs(cosines[nearest]) > _ALIGNED:
        return _along(geometry, np.sign(cosines[nearest]) * geometry.directions[nearest], nearest)
    if planes.is_turned(geometry.frame_of_reference_uid, viewing):
        return _across(geometry, axis, _one_voxel(geometry, axis), free=True)
    return _across(geometry, axis, geometry.spacing_mm[nearest], free=False)


def along_axis(geometry: Geometry, axis: Position) -> Steps:
    """Return slices at right angles to any direction, one voxel apart, through any place."""
    return _across(geometry, np.asarray(axis), _one_voxel(geometry, np.asarray(axis)), free=True)


def _across(geometry: Geometry, axis: Array, step: float, *, free: bool) -> Steps:
    """Slices that cross the axes of the grid, from end to end."""
    spread = geometry.corners() @ axis
    count = max(int((spread.max() - spread.min()) / step), 1)
    first = (spread.max() + spread.min()) / 2 - (count - 1) * step / 2
    return Steps(position_of(axis), float(first), step, count, aligned=False, free=free)


def _one_voxel(geometry: Geometry, axis: Array) -> float:
    """Return the length of a step along a direction that goes one voxel on."""
    ends = geometry.to_index(np.stack([np.zeros(3), axis]))
    return 1 / float(np.abs(ends[1] - ends[0]).max())


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
