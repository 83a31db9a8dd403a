"""How the stacks on screen follow the place of their group: each shows its nearest frame."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from viewer.core.geometry import Position
from viewer.core.plane import Plane
from viewer.core.stack import Stack
from viewer.session.images import Images
from viewer.session.linking import Linking
from viewer.session.look import Hanging, Look

_PARALLEL = 0.9
"""Cosine above which frames belong to one pile that can be scrolled through."""
_NEARER_MM = 1e-3


def with_frames(hanging: Hanging, images: Images, linking: Linking, key: str) -> Hanging:
    """Return a hanging in which the stacks of a group show the frames nearest to its place."""
    for cell, look in enumerate(hanging.cells):
        opened = images.get(look.series_key)
        if opened is None or linking.key(cell) != key or not isinstance(opened.image, Stack):
            continue
        at = linking.place(key, opened.frame_of_reference_uid)
        frame = look.frame if at is None else nearest_frame(opened.image, look.frame, at)
        if opened.frame_of_reference_uid and frame != look.frame:
            hanging = hanging.changed(cell, partial(_at_frame, frame))
    return hanging


def _at_frame(frame: int, look: Look) -> Look:
    return replace(look, frame=frame)


def nearest_frame(stack: Stack, now: int, position: Position) -> int:
    """Return the frame, of those parallel to the one shown, that lies nearest to a position.

    The one shown stays where no other is nearer, as where the same slice was taken again.
    """
    now = min(max(now, 0), len(stack.frames) - 1)
    own = stack.frames[now].plane
    if own is None:
        return now
    best, least = now, abs(float(own.distance_mm(position)))
    for number, frame in enumerate(stack.frames):
        if frame.plane is None or not are_parallel(own, frame.plane):
            continue
        away = abs(float(frame.plane.distance_mm(position)))
        if away < least - _NEARER_MM:
            best, least = number, away
    return best


def are_parallel(one: Plane, other: Plane) -> bool:
    """Tell whether two planes could be slices of one pile."""
    return abs(float(np.dot(one.normal, other.normal))) > _PARALLEL
