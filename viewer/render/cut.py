"""Where a view cuts its image: the slice, its directions, its number.

Where a grid lies along the directions of a view, the cut goes through voxel
centres, so that what is shown is original and not a blend of neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from viewer.core.geometry import Geometry, Position, position_of
from viewer.core.scale import SECTION, Scale
from viewer.core.stack import Stack
from viewer.core.volume import Volume
from viewer.session.ground import frame_geometry
from viewer.session.look import Look, Viewing
from viewer.session.oblique import STRAIGHT, Planes
from viewer.session.session import Place
from viewer.session.stepping import AXES, Steps, steps, viewing_axes

_PARALLEL = 0.99999
"""Cosine above which a grid axis is taken for the direction of a view (0.26 degrees)."""
_OFF_CENTRE = 1e-3
"""Voxels by which a cut may miss the centres and still show them unmixed."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One slice of an image, before it is fitted to a screen.

    `through` lies in the slice, at the crosshair where `follows`. `right` and
    `down` are those of the unflipped picture. `number` counts from 0. `stored` is
    the range of stored slices it shows; all of them where it crosses the stack.
    `original` tells that no two voxels are mixed through the slice, `meets` that
    the crosshair really lies in it and not beyond the ends of the image.
    """

    geometry: Geometry
    right: Position
    down: Position
    through: Position
    axis: Position
    number: int
    count: int
    step_mm: float
    stored: range
    original: bool
    follows: bool
    meets: bool = True
    in_patient: bool = True
    scale: Scale = SECTION
    fit: tuple[Position, Position] | None = None
    """Right and down of the picture by which its size on the screen is chosen; None: its own."""
    side_mm: float | None = None
    """The side of a square about `through` that is shown at zoom 1; None: the whole grid."""
    along: str = ""
    """What was made along a path, and is shown, in a word."""
    path_mm: float = 0.0
    """How long that path is."""

    @property
    def along_mm(self) -> float:
        """How far along its axis the slice lies."""
        return float(np.dot(self.through, self.axis))


def cut_volume(volume: Volume, look: Look, place: Place, planes: Planes = STRAIGHT) -> Cut:
    """Cut a volume where the reader is, or in its middle if that is another patient space."""
    geometry = volume.geometry
    follows = place.frame_of_reference_uid == geometry.frame_of_reference_uid
    position = place.position if follows else geometry.centre
    line = steps(geometry, look.viewing, planes)
    number = line.index(position)
    right, down = viewing_axes(geometry, look.viewing, planes)
    through = line.at(number, position)
    axis = _axis_through(geometry, line, look.viewing)
    if axis is not None:
        right, down = _along_grid(geometry, right), _along_grid(geometry, down)
        through = _onto_centres(geometry, axis, number, line, through)
    return Cut(
        geometry=geometry,
        right=right,
        down=down,
        through=through,
        axis=line.axis,
        number=number,
        count=line.count,
        step_mm=line.step_mm,
        stored=_stored(geometry, axis, through, look.slab_mm),
        original=axis is not None and _parallel(geometry, axis, right, down),
        follows=follows,
        meets=follows and _within(position, line.at(number, position), line.step_mm),
        fit=AXES.get(look.viewing),
    )


def cut_stack(stack: Stack, look: Look, place: Place) -> Cut:
    """Take one frame of a stack as a cut; without a plane it lies in no patient."""
    number = min(max(look.frame, 0), len(stack.frames) - 1)
    frame = stack.frames[number]
    geometry = frame_geometry(frame, stack.frame_of_reference_uid)
    right, down = viewing_axes(geometry, Viewing.ACQUISITION)
    same = bool(stack.frame_of_reference_uid) and (
        place.frame_of_reference_uid == stack.frame_of_reference_uid
    )
    follows = same and frame.plane is not None
    through = _onto(geometry, place.position) if follows else geometry.centre
    return Cut(
        geometry=geometry,
        right=right,
        down=down,
        through=through,
        axis=position_of(geometry.directions[0]),
        number=number,
        count=len(stack.frames),
        step_mm=0.0,
        stored=range(number, number + 1),
        original=True,
        follows=follows,
        meets=follows and _is_nearest(stack, number, place.position),
        in_patient=frame.plane is not None,
        scale=frame.scale,
    )


def _within(position: Position, through: Position, step_mm: float) -> bool:
    """Tell whether a position lies in the slice through another, half a step to each side."""
    return float(np.linalg.norm(np.subtract(position, through))) <= 0.505 * step_mm


def _is_nearest(stack: Stack, number: int, position: Position) -> bool:
    """Tell whether no parallel frame lies nearer to a position."""
    own = stack.frames[number].plane
    if own is None:
        return False
    away = abs(float(own.distance_mm(position)))
    others = (frame.plane for frame in stack.frames if frame.plane is not None)
    return all(
        abs(float(plane.distance_mm(position))) >= away - _OFF_CENTRE
        for plane in others
        if abs(float(np.dot(plane.normal, own.normal))) > _PARALLEL
    )


def _onto(geometry: Geometry, position: Position) -> Position:
    """Return the foot of a position on the only slice of a grid."""
    index = geometry.to_index(position)
    return position_of(geometry.to_patient((0.0, index[1], index[2])))


def _axis_through(geometry: Geometry, line: Steps, viewing: Viewing) -> int | None:
    """Return the grid axis that a view steps along, or None if it steps between voxels."""
    if not line.aligned:
        return None
    if viewing is Viewing.ACQUISITION:
        return 0
    return int(np.argmax(np.abs(geometry.directions @ np.asarray(line.axis))))


def _along_grid(geometry: Geometry, direction: Position) -> Position:
    """Return the grid's own direction where it is as good as the wanted one."""
    cosines = geometry.directions @ np.asarray(direction)
    nearest = int(np.argmax(np.abs(cosines)))
    if abs(cosines[nearest]) < _PARALLEL:
        return direction
    return position_of(geometry.directions[nearest] * np.sign(cosines[nearest]))


def _onto_centres(
    geometry: Geometry, axis: int, number: int, line: Steps, through: Position
) -> Position:
    """Move a point along a grid axis onto the centre of the slice of this number."""
    index = geometry.to_index(through)
    grows = float(geometry.directions[axis] @ np.asarray(line.axis)) > 0
    index[axis] = number if grows else line.count - 1 - number
    return position_of(geometry.to_patient(index))


def _parallel(geometry: Geometry, axis: int, right: Position, down: Position) -> bool:
    """Tell whether a picture stays on voxel centres through its whole width and height."""
    ends = geometry.to_index(np.stack([np.zeros(3), np.asarray(right), np.asarray(down)]))
    reach = max(geometry.shape) * max(geometry.spacing_mm)
    return bool(np.abs(ends[1:, axis] - ends[0, axis]).max() * reach < 0.5 - _OFF_CENTRE)


def _stored(geometry: Geometry, axis: int | None, through: Position, slab_mm: float) -> range:
    count = geometry.shape[0]
    if axis != 0:
        return range(count)
    place = float(geometry.to_index(through)[0])
    half = slab_mm / 2 / geometry.spacing_mm[0]
    first, last = ceil(place - half - _OFF_CENTRE), floor(place + half + _OFF_CENTRE)
    return range(max(first, 0), min(last, count - 1) + 1)
