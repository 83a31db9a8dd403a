"""Where each view is in its patient space, and who comes along when it moves."""

from __future__ import annotations

import numpy as np

from viewer.core.geometry import Position
from viewer.core.stack import Stack
from viewer.session.ground import frame_geometry
from viewer.session.images import OpenImage
from viewer.session.linking import Group
from viewer.session.look import Viewing
from viewer.session.session import Place, Session


def place_in(session: Session, cell: int) -> Place:
    """Return where a view is; in a patient space it was never moved in, where all are."""
    opened, place = session.image_in(cell), session.place.value
    if opened is None:
        return place
    linking, space = session.linking.value, opened.frame_of_reference_uid
    if linking.group(cell) is Group.ALL and place.frame_of_reference_uid == space:
        return place
    at = linking.place(linking.key(cell), space)
    return place if at is None else Place(at, space)


def go(session: Session, cell: int, position: Position) -> None:
    """Bring a view, and all that move with it, to a position of its patient space."""
    opened = session.image_in(cell)
    if opened is None:
        return
    space, linking = opened.frame_of_reference_uid, session.linking.value
    if linking.group(cell) is Group.ALL:
        session.place.set(Place(position, space))
        return
    session.linking.set(linking.moved(linking.key(cell), space, position))
    session.bring_frames(linking.key(cell))


def jump(session: Session, place: Place) -> None:
    """Bring all views of a patient space to a place that was chosen from a list.

    Groups come along too; of views that move alone only the active one.
    """
    session.place.set(place)
    space, active = place.frame_of_reference_uid, session.hanging.value.active
    for cell in session.hanging.value.shown:
        opened, linking = session.image_in(cell), session.linking.value
        group = linking.group(cell)
        if opened is None or opened.frame_of_reference_uid != space or group is Group.ALL:
            continue
        if group is not Group.ALONE or cell == active:
            session.linking.set(linking.moved(linking.key(cell), space, place.position))
            session.bring_frames(linking.key(cell))


def is_pointed_at(session: Session, cell: int) -> bool:
    """Tell whether the crosshair of a view is the one that was moved last, or linked with it."""
    opened, place, linking = session.image_in(cell), session.place.value, session.linking.value
    if opened is None:
        return False
    own = linking.group(cell) is not Group.ALL
    linked = linking.everywhere(place.frame_of_reference_uid, place.position)
    return own or opened.frame_of_reference_uid in linked


def company_of(session: Session, cell: int) -> str:
    """Return in a word with whom a view moves; nothing where it moves with all of its space."""
    linking, opened = session.linking.value, session.image_in(cell)
    group = linking.group(cell)
    words = [] if group is Group.ALL else [group.value]
    if opened is not None and group is not Group.ALONE:
        paired = any(opened.frame_of_reference_uid in pair.spaces for pair in linking.pairs)
        if paired or any(opened.key in (one.one, one.other) for one in linking.frame_pairs):
            words.append("linked")
    return " ".join(words)


def companions(session: Session, cell: int, *, values: bool = False) -> frozenset[int]:
    """Return the views that share zoom and pan with one, or with `values` its window.

    Without a group those are the views of the same series; values are shared only where
    they mean the same.
    """
    linking, opened = session.linking.value, session.image_in(cell)
    group, cells = linking.group(cell), session.hanging.value.cells
    if group is Group.ALONE or opened is None:
        return frozenset({cell})
    alike = [n for n in range(len(cells)) if linking.group(n) is group]
    if group is Group.ALL:
        return frozenset(n for n in alike if cells[n].series_key == cells[cell].series_key)
    return frozenset(n for n in alike if not values or _same_values(opened, session.image_in(n)))


def _same_values(one: OpenImage, other: OpenImage | None) -> bool:
    if other is None:
        return False
    return (one.image.modality, one.image.unit) == (other.image.modality, other.image.unit)


def in_line(session: Session, cell: int) -> bool:
    """Bring the views that are shown beside one in line with it as they are now.

    Returns False where there is nothing to bring in line.
    """
    opened, hanging = session.image_in(cell), session.hanging.value
    linking = session.linking.value
    before = linking
    for other in hanging.shown:
        beside = session.image_in(other)
        if other == cell or opened is None or beside is None:
            continue
        if linking.key(other) != linking.key(cell) or Viewing.SPACE is hanging.cells[other].viewing:
            continue
        if _in_space(opened) and _in_space(beside):
            one, two = opened.frame_of_reference_uid, beside.frame_of_reference_uid
            if one != two:
                here, there = where(session, cell), where(session, other)
                offset = tuple(np.subtract(there, here).tolist())
                linking = linking.paired(one, two, (offset[0], offset[1], offset[2]))
        elif opened.key != beside.key and opened.count > 1 and beside.count > 1:
            frames = hanging.cells[other].frame - hanging.cells[cell].frame
            linking = linking.frames_paired(opened.key, beside.key, frames)
    if opened is not None and _in_space(opened):
        key, space = linking.key(cell), opened.frame_of_reference_uid
        linking = linking.moved(key, space, where(session, cell))
    session.linking.set(linking)
    return linking.pairs != before.pairs or linking.frame_pairs != before.frame_pairs


def where(session: Session, cell: int) -> Position:
    """Return the position that a view goes through: in its slice, or the middle of its image."""
    opened, place = session.image_in(cell), place_in(session, cell)
    if opened is None:
        return place.position
    follows = place.frame_of_reference_uid == opened.frame_of_reference_uid
    if opened.geometry is not None:
        return place.position if follows else opened.geometry.centre
    look = session.hanging.value.cells[cell]
    image = opened.image
    frame = image.frames[look.frame] if isinstance(image, Stack) else None
    if frame is None or frame.plane is None:
        return place.position
    plane = frame.plane
    if not follows:
        return frame_geometry(frame, "").centre
    foot = np.asarray(place.position)
    foot = foot - float(plane.distance_mm(foot)) * np.asarray(plane.normal)
    return float(foot[0]), float(foot[1]), float(foot[2])


def _in_space(opened: OpenImage) -> bool:
    """Tell whether an image lies in a patient space that can be paired."""
    if opened.geometry is not None:
        return True
    image = opened.image
    placed_ = isinstance(image, Stack) and all(one.plane is not None for one in image.frames)
    return bool(opened.frame_of_reference_uid) and placed_
