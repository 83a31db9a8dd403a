"""How an image hangs at first: its first frame, and the place in its middle."""

from __future__ import annotations

from viewer.core.geometry import Position, position_of
from viewer.core.volume import Volume
from viewer.session.ground import frame_geometry
from viewer.session.images import OpenImage
from viewer.session.look import Look, Viewing
from viewer.session.space_look import first_look


def middle_of(opened: OpenImage) -> Position:
    """Return the middle of a volume, or of the frame of a stack that is shown first.

    Of a volume it is the centre of a voxel: half-way between two slices, images on the same
    slices would each round to another one.
    """
    image = opened.image
    if isinstance(image, Volume):
        grid = image.geometry
        return position_of(grid.to_patient(grid.nearest(grid.centre)))
    frame = image.frames[_first_frame(opened)]
    if frame.plane is None:
        return (0.0, 0.0, 0.0)
    return frame_geometry(frame, "").centre


def first_look_of(opened: OpenImage, viewing: Viewing) -> Look:
    """Return how a view shows an image that has just come."""
    space = first_look(opened.image.modality)
    return Look(opened.key, viewing, frame=_first_frame(opened), space=space)


def _first_frame(opened: OpenImage) -> int:
    sliced = opened.image.modality in ("CT", "MR", "PT")
    return opened.count // 2 if sliced else 0
