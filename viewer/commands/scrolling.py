"""Going through slices and frames; what moves along is told by groups and pairs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from viewer.commands.desk import Desk
from viewer.core.geometry import position_of
from viewer.core.stack import Stack
from viewer.core.volume import Volume
from viewer.session.curves import curve_of, follows_path, step_at, turned
from viewer.session.following import are_parallel
from viewer.session.look import Look, Viewing
from viewer.session.session import Session
from viewer.session.stepping import steps
from viewer.session.whereabouts import go, where


def scroll(desk: Desk, cell: int, count: int) -> None:
    """Move a view by some slices or frames, never past the ends, and all that move with it."""
    session = desk.session
    opened = session.image_in(cell)
    look = session.hanging.value.cells[cell]
    if opened is None or look.viewing is Viewing.SPACE:
        return
    if follows_path(look):
        _scroll_path(session, cell, look, count)
        return
    if isinstance(opened.image, Volume):
        line = steps(opened.image.geometry, look.viewing, session.planes.value)
        position = where(session, cell)
        go(session, cell, line.at(line.index(position) + count, position))
        return
    show_frame(session, cell, opened.image, look.frame + count)


def _scroll_path(session: Session, cell: int, look: Look, count: int) -> None:
    """Go along a path, or turn the picture that is straightened along it."""
    curve = curve_of(session, look)
    if look.viewing is Viewing.CURVED:
        curved = turned(look.curved, count)
        session.hanging.set(
            session.hanging.value.changed(cell, lambda old: replace(old, curved=curved))
        )
    elif curve is not None:
        goal = step_at(session, cell, curve) + count
        places = curve.course.places
        go(session, cell, position_of(places[min(max(goal, 0), len(places) - 1)]))


def show_frame(session: Session, cell: int, stack: Stack, number: int) -> None:
    """Show a frame of a stack; where it lies in the patient, others come along by position."""
    before = min(max(session.hanging.value.cells[cell].frame, 0), len(stack.frames) - 1)
    number = min(max(number, 0), len(stack.frames) - 1)
    _set_frame(session, cell, number)
    old, new = stack.frames[before].plane, stack.frames[number].plane
    if old is None or new is None or not stack.frame_of_reference_uid:
        _bring_paired(session, cell, stack, number)
    elif are_parallel(old, new):
        position = np.asarray(where(session, cell))
        away = float(new.distance_mm(position))
        go(session, cell, position_of(position - away * np.asarray(new.normal)))


def _bring_paired(session: Session, cell: int, stack: Stack, number: int) -> None:
    """Show in the views of the same group the frames that were paired with this one."""
    linking = session.linking.value
    for pair in linking.frame_pairs:
        goal = pair.across(stack.series_key, number)
        for other, look in enumerate(session.hanging.value.cells):
            alike = goal is not None and look.series_key == goal[0]
            beside = session.image_in(other)
            if goal is None or not alike or beside is None or other == cell:
                continue
            if linking.key(other) == linking.key(cell):
                _set_frame(session, other, min(max(goal[1], 0), beside.count - 1))


def _set_frame(session: Session, cell: int, number: int) -> None:
    session.hanging.set(session.hanging.value.changed(cell, partial(_at_frame, number)))


def _at_frame(number: int, look: Look) -> Look:
    return replace(look, frame=number)
