"""Figures copied: to the next slice, to all slices, to another picture."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.findings import now
from viewer.commands.measures import (
    chosen,
    has_chosen,
    measure,
    measured_quickly,
    put,
    put_all,
)
from viewer.core.geometry import Position, position_of
from viewer.core.identity import new_uid
from viewer.core.measurement import Anchor, Measurement
from viewer.core.stack import Stack
from viewer.session.images import OpenImage
from viewer.session.look import Viewing
from viewer.session.screenwise import screen_axes
from viewer.session.shaping import copied
from viewer.session.stepping import Steps, steps

_MENU = "Measure/Figure"
_MOST_COPIES = 2000
_ASIDE_PX = 6.0
_HERE_MM = 1e-3


def copy_on(desk: Desk, count: int) -> None:
    """Copy the chosen figure so many slices on, and go there."""
    session, figure = desk.session, chosen(desk)
    line = _line(desk, figure) if figure is not None else None
    if figure is None or line is None:
        session.say("Only a figure in a volume can be copied to another slice.", serious=True)
        return
    step = position_of(np.asarray(line.axis) * line.step_mm * count)
    copy = copied(figure, new_uid(), step, now())
    place = session.place.value
    session.place.set(replace(place, position=position_of(np.add(place.position, step))))
    measure(desk, replace(copy, author=session.reader), partial(put, desk, "Copy"))


def copy_to_all(desk: Desk) -> None:
    """Copy the chosen figure to all other slices of its series, in one step."""
    session, figure = desk.session, chosen(desk)
    line = _line(desk, figure) if figure is not None else None
    if figure is None or line is None or line.count > _MOST_COPIES:
        session.say("This figure cannot be copied to all slices.", serious=True)
        return
    here = line.index(figure.points[0])
    at = now()
    ways = (np.asarray(line.axis) * line.step_mm * (n - here) for n in range(line.count))
    copies = [
        replace(copied(figure, new_uid(), position_of(way), at), author=session.reader)
        for number, way in enumerate(ways)
        if number != here
    ]
    put_all(desk, f"Copy {figure.kind.value} to all", [measured_quickly(desk, c) for c in copies])
    session.say(f"Copied to {len(copies)} other slices; undo takes them all back.")


def _line(desk: Desk, figure: Measurement) -> Steps | None:
    """Return the slices of the active view, if a figure lies in one of them."""
    session = desk.session
    opened = session.images.value.get(figure.series_key)
    normal = figure.anchor.normal
    if opened is None or opened.geometry is None or normal is None:
        return None
    looks = session.hanging.value
    looking = looks.cells[looks.active].viewing
    own = [looking, Viewing.AXIAL, Viewing.CORONAL, Viewing.SAGITTAL, Viewing.ACQUISITION]
    for viewing in own:
        if viewing is Viewing.SPACE:
            continue
        line = steps(opened.geometry, viewing, session.planes.value)
        if abs(float(np.dot(line.axis, normal))) > 0.999:
            return line
    return None


def copy(desk: Desk) -> None:
    """Remember the chosen figure, to be pasted."""
    figure = chosen(desk)
    if figure is not None:
        desk.copied = figure
        desk.session.say(f"Copied: {figure.kind.value}.")


def paste(desk: Desk) -> None:
    """Put the remembered figure where the reader is: on this slice, or this picture."""
    figure, opened = desk.copied, desk.session.active_image
    if figure is None or opened is None:
        return
    same_space = figure.anchor.frame_of_reference_uid == opened.frame_of_reference_uid
    if opened.key != figure.series_key and not (figure.anchor.in_patient and same_space):
        desk.session.say("A figure can be pasted in the space it was copied from.", serious=True)
        return
    anchor = _anchor_here(desk, figure, opened)
    made = copied(figure, new_uid(), _way_here(desk, figure, anchor), now())
    made = replace(made, author=desk.session.reader, anchor=anchor)
    measure(desk, made, partial(put, desk, "Paste"))


def _anchor_here(desk: Desk, figure: Measurement, opened: OpenImage) -> Anchor:
    """Return what a figure is fixed to on the picture that is shown."""
    if not isinstance(opened.image, Stack):
        space, normal = figure.anchor.frame_of_reference_uid, figure.anchor.normal
        return Anchor(opened.key, space, normal)
    hanging = desk.session.hanging.value
    number = min(hanging.cells[hanging.active].frame, len(opened.image.frames) - 1)
    origin = opened.image.frames[number].origin
    return replace(
        figure.anchor,
        series_key=opened.key,
        sop_instance_uid=origin.sop_instance_uid,
        sop_class_uid=origin.sop_class_uid,
        frame=origin.frame if origin.sop_instance_uid else number,
    )


def _way_here(desk: Desk, figure: Measurement, anchor: Anchor) -> Position:
    """Return by how much a pasted figure is moved: onto this slice, or a little aside."""
    right, down = (np.asarray(way) for way in screen_axes(desk.session, figure))
    aside = position_of(_ASIDE_PX * (right + down))
    if not figure.anchor.in_patient:
        before = replace(figure.anchor, series_key=anchor.series_key)
        return aside if anchor == before else (0.0, 0.0, 0.0)
    normal = figure.anchor.normal
    off = np.asarray(desk.session.place.value.position) - np.mean(figure.points, axis=0)
    if normal is None:
        return position_of(off) if np.linalg.norm(off) > _HERE_MM else aside
    along = float(off @ np.asarray(normal)) * np.asarray(normal)
    return position_of(along) if np.linalg.norm(along) > _HERE_MM else aside


def _has_copied(desk: Desk) -> bool:
    return desk.copied is not None and desk.session.active_image is not None


COMMANDS: tuple[Command, ...] = (
    Command(
        id="measure.copy",
        title="Copy measurement",
        help="Remember the chosen figure, to paste it on another slice.",
        menu=_MENU,
        key="Ctrl+C",
        run=copy,
        allowed=has_chosen,
    ),
    Command(
        id="measure.paste",
        title="Paste measurement",
        help="Put the remembered figure on this slice or picture and measure it there.",
        menu=_MENU,
        key="Ctrl+V",
        run=paste,
        allowed=_has_copied,
    ),
    Command(
        id="measure.copy_next",
        title="Copy to next slice",
        help="Copy the chosen measurement one slice on and measure it there.",
        menu=_MENU,
        key="Ctrl+Shift+PgDown",
        run=partial(copy_on, count=1),
        allowed=has_chosen,
    ),
    Command(
        id="measure.copy_previous",
        title="Copy to previous slice",
        help="Copy the chosen measurement one slice back and measure it there.",
        menu=_MENU,
        key="Ctrl+Shift+PgUp",
        run=partial(copy_on, count=-1),
        allowed=has_chosen,
    ),
    Command(
        id="measure.copy_all",
        title="Copy to all slices",
        help="Copy the chosen measurement to every slice of its series and measure it there.",
        menu=_MENU,
        run=copy_to_all,
        allowed=has_chosen,
    ),
)
