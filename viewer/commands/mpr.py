"""Turned planes, groups of views that move together, and reference lines."""

from __future__ import annotations

from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.looks import has_volume
from viewer.commands.windows import has_image
from viewer.core.errors import Declined
from viewer.session.linking import Group
from viewer.session.look import Viewing
from viewer.session.oblique import STANDARD, rotation
from viewer.session.turning import set_planes
from viewer.session.whereabouts import go, in_line, where

_QUARTER = 0.5 * 3.141592653589793
_DEGREES_5 = _QUARTER / 18


def _space(desk: Desk) -> str:
    opened = desk.session.active_image
    return "" if opened is None else opened.frame_of_reference_uid


def _active(desk: Desk) -> int:
    return desk.session.hanging.value.active


def _is_turned(desk: Desk) -> bool:
    return has_volume(desk) and desk.session.planes.value.is_turned(_space(desk))


def _straighten(desk: Desk) -> None:
    set_planes(desk.session, desk.session.planes.value.straightened(_space(desk)))


def _in_plane(desk: Desk) -> bool:
    hanging = desk.session.hanging.value
    return has_volume(desk) and hanging.cells[hanging.active].viewing in STANDARD


def _turn(steps: int, desk: Desk) -> None:
    """Turn the planes at right angles to the active one about its line of sight."""
    session, hanging = desk.session, desk.session.hanging.value
    own = hanging.cells[hanging.active].viewing
    axes = session.planes.value.of(_space(desk), own)
    if axes is None:
        return
    others = [viewing for viewing in STANDARD if viewing is not own]
    turn = rotation(axes.normal, steps * _DEGREES_5)
    set_planes(session, session.planes.value.with_turn(_space(desk), others, turn))


def _together(desk: Desk) -> None:
    desk.session.planes.update(together=not desk.session.planes.value.together)


def _set_group(group: Group, desk: Desk) -> None:
    """Put the active view into a group; it stays where it is."""
    session, cell = desk.session, _active(desk)
    here, known = where(session, cell), has_image(desk)
    members = [n for n in range(len(session.hanging.value.cells)) if n != cell]
    first = all(session.linking.value.group(n) is not group for n in members)
    session.linking.set(session.linking.value.with_group(cell, group))
    if known and group is not Group.ALL and (first or group is Group.ALONE):
        go(session, cell, here)


def _in_group(group: Group, desk: Desk) -> bool:
    return desk.session.linking.value.group(_active(desk)) is group


def _link_here(desk: Desk) -> None:
    if not in_line(desk.session, _active(desk)):
        raise Declined(
            "No other view beside this one shows another patient space to link.",
            code="nothing_to_link",
        )
    desk.session.say("The views are linked as they stand now; scrolling one moves the other.")


def _unlink(desk: Desk) -> None:
    session = desk.session
    opened = session.active_image
    if opened is not None:
        spaces = frozenset({opened.frame_of_reference_uid})
        session.linking.set(session.linking.value.unpaired(spaces, frozenset({opened.key})))


def _is_paired(desk: Desk) -> bool:
    opened, linking = desk.session.active_image, desk.session.linking.value
    if opened is None:
        return False
    spaces = any(opened.frame_of_reference_uid in pair.spaces for pair in linking.pairs)
    return spaces or any(opened.key in (one.one, one.other) for one in linking.frame_pairs)


def _has_slices(desk: Desk) -> bool:
    hanging = desk.session.hanging.value
    return has_image(desk) and hanging.cells[hanging.active].viewing is not Viewing.SPACE


def _show(name: str, desk: Desk) -> None:
    desk.session.shown.update(**{name: not getattr(desk.session.shown.value, name)})


def _is_shown(name: str, desk: Desk) -> bool:
    return bool(getattr(desk.session.shown.value, name))


_GROUPS = (
    (Group.ALL, "Move with all views", "Let this view move with all that are in no group."),
    (Group.A, "Group A", "Put this view into group A: its views move together, and no other."),
    (Group.B, "Group B", "Put this view into group B: its views move together, and no other."),
    (Group.C, "Group C", "Put this view into group C: its views move together, and no other."),
    (Group.ALONE, "Move alone", "Let this view follow no other, and no other follow it."),
)
_TURNS = (
    ("right", "Turn other planes right", "Alt+]", 1, "clockwise"),
    ("left", "Turn other planes left", "Alt+[", -1, "anticlockwise"),
)
_LINES = (
    ("reference_lines", "Reference lines", "Ctrl+Shift+E", "where other views cut this one"),
    ("reference_ends", "First and last slice", "", "where the first and last slice would cut"),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        id="mpr.straighten",
        title="Straighten planes",
        help="Let turned planes stand along the axes of the patient again.",
        menu="View/Plane",
        key="Alt+S",
        run=_straighten,
        allowed=_is_turned,
    ),
    *(
        Command(
            id=f"mpr.turn_{name}",
            title=title,
            help=f"Turn the planes at right angles to this one by 5 degrees {way}.",
            menu="View/Plane",
            key=key,
            run=partial(_turn, count),
            allowed=_in_plane,
        )
        for name, title, key, count, way in _TURNS
    ),
    Command(
        id="mpr.together",
        title="Keep planes at right angles",
        help="Turn planes together, or each by itself (double oblique). Alt turns it round.",
        menu="View/Plane",
        run=_together,
        checked=lambda desk: desk.session.planes.value.together,
    ),
    *(
        Command(
            id=f"linking.{group.name.lower()}",
            title=title,
            help=words,
            menu="View/Linking",
            run=partial(_set_group, group),
            allowed=has_image,
            checked=partial(_in_group, group),
        )
        for group, title, words in _GROUPS
    ),
    Command(
        id="linking.here",
        title="Link scrolling here",
        help="Link this view with those of other examinations just as they stand now.",
        menu="View/Linking",
        key="Ctrl+Shift+L",
        run=_link_here,
        allowed=_has_slices,
    ),
    Command(
        id="linking.none",
        title="Unlink scrolling",
        help="Forget how this view was linked with other examinations.",
        menu="View/Linking",
        run=_unlink,
        allowed=_is_paired,
    ),
    *(
        Command(
            id=f"show.{name}",
            title=title,
            help=f"Show or hide {words}.",
            menu="View/Overlays",
            key=key,
            run=partial(_show, name),
            checked=partial(_is_shown, name),
        )
        for name, title, key, words in _LINES
    ),
)
