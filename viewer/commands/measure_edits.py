"""What is done to figures that are there: copied, moved, locked, hidden, coloured, named."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.findings import now
from viewer.commands.measures import (
    chosen,
    delete,
    has_chosen,
    measure,
    measured_quickly,
    put,
    put_all,
    rename,
)
from viewer.core.geometry import Position, position_of
from viewer.core.identity import new_uid
from viewer.core.measurement import Anchor, Measurement
from viewer.core.segmentation import Colour
from viewer.core.stack import Stack
from viewer.session.images import OpenImage
from viewer.session.look import Viewing
from viewer.session.screenwise import screen_axes
from viewer.session.session import Tool
from viewer.session.shaping import copied, moved
from viewer.session.stepping import Steps, steps

_MENU = "Measure/Figure"
_MOST_COPIES = 2000
_ASIDE_PX = 6.0
_HERE_MM = 1e-3
COLOURS: tuple[tuple[str, Colour | None], ...] = (
    ("Usual", None),
    ("Orange", (230, 159, 0)),
    ("Sky blue", (86, 180, 233)),
    ("Green", (0, 190, 140)),
    ("Yellow", (240, 228, 66)),
    ("Blue", (110, 160, 255)),
    ("Vermilion", (245, 120, 60)),
    ("Purple", (226, 141, 187)),
    ("White", (255, 255, 255)),
)
"""Those that most people can tell apart (M. Okabe, K. Ito, 2008), brightened for dark pictures."""


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


def nudge(desk: Desk, right: int, down: int) -> None:
    """Move the chosen figure by so many pixels of the image, as the screen shows them."""
    figure = chosen(desk)
    if figure is None or figure.locked:
        return
    across, along = (np.asarray(way) for way in screen_axes(desk.session, figure))
    by = position_of(right * across + down * along)
    shifted = replace(figure, points=moved(figure, by), author=desk.session.reader)
    if figure.caption_at is not None:
        shifted = replace(shifted, caption_at=position_of(np.add(figure.caption_at, by)))
    measure(desk, shifted, partial(put, desk, "Move"))


def let_go(desk: Desk) -> None:
    """Choose nothing any more; and again, take the crosshair."""
    if has_chosen(desk):
        desk.session.selected.set("")
    elif desk.session.tool.value.draws:
        desk.session.tool.set(Tool.CROSSHAIR)


def colour(desk: Desk, shade: Colour | None) -> None:
    """Draw the chosen figure, and those to come, in a colour."""
    measuring = desk.settings.measuring.changed(colour=shade)
    desk.settings = desk.settings.model_copy(update={"measuring": measuring})
    figure = chosen(desk)
    if figure is not None and figure.colour != shade:
        put(desk, "Colour", replace(figure, colour=shade))


def _lock(desk: Desk) -> None:
    figure = chosen(desk)
    if figure is not None:
        verb = "Unlock" if figure.locked else "Lock"
        put(desk, verb, replace(figure, locked=not figure.locked))


def _caption_back(desk: Desk) -> None:
    figure = chosen(desk)
    if figure is not None and figure.caption_at is not None:
        put(desk, "Caption of", replace(figure, caption_at=None))


def _hide(desk: Desk) -> None:
    figure = chosen(desk)
    if figure is not None:
        desk.session.selected.set("")
        desk.session.hidden.set(desk.session.hidden.value | {figure.id})
        desk.session.say("The figure is hidden; “Show hidden figures” brings it back.")


def _hidden_ids(desk: Desk) -> frozenset[str]:
    ids = frozenset(one.id for one in desk.session.record.value.measurements)
    return ids & desk.session.hidden.value


def _show_hidden(desk: Desk) -> None:
    desk.session.hidden.set(desk.session.hidden.value - _hidden_ids(desk))


def _toggle_setting(name: str, desk: Desk) -> None:
    measuring = desk.settings.measuring
    on = {"keep_tool": measuring.keep_tool, "snap": measuring.snap}[name]
    update = {"measuring": measuring.changed(**{name: not on})}
    desk.settings = desk.settings.model_copy(update=update)


def _delete_chosen(desk: Desk) -> None:
    delete(desk, (desk.session.selected.value,))


def _delete_all(desk: Desk) -> None:
    opened = desk.session.active_image
    keys = opened.study.keys if opened is not None else frozenset()
    said = desk.session.record.value.measurements
    wanted = [one.id for one in said if one.series_key in keys]

    def agreed() -> None:
        delete(desk, wanted)

    question = f"Delete all {len(wanted)} measurements of this study? Undo brings them back."
    desk.asker.ask_yes("Delete all measurements", question, agreed)


def _rename_chosen(desk: Desk) -> None:
    figure = chosen(desk)
    if figure is not None:
        desk.asker.ask_text(
            "Label", "What is it called?", figure.label, partial(rename, desk, figure.id)
        )


def _has_copied(desk: Desk) -> bool:
    return desk.copied is not None and desk.session.active_image is not None


def _is_locked(desk: Desk) -> bool:
    figure = chosen(desk)
    return figure is not None and figure.locked


def _is_free(desk: Desk) -> bool:
    return has_chosen(desk) and not _is_locked(desk)


def _can_let_go(desk: Desk) -> bool:
    return has_chosen(desk) or desk.session.tool.value.draws


def _has_any(desk: Desk) -> bool:
    return bool(desk.session.record.value.measurements)


def _is_coloured(shade: Colour | None, desk: Desk) -> bool:
    return desk.settings.measuring.colour == shade


_NUDGES = (
    ("left", "Ctrl+Shift+Left", -1, 0),
    ("right", "Ctrl+Shift+Right", 1, 0),
    ("up", "Ctrl+Shift+Up", 0, -1),
    ("down", "Ctrl+Shift+Down", 0, 1),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        id="measure.let_go",
        title="Let go",
        help="Choose no figure any more; pressed again, take the crosshair.",
        menu="Measure",
        key="Escape",
        run=let_go,
        allowed=_can_let_go,
    ),
    Command(
        id="measure.keep_tool",
        title="Measure on after a figure",
        help="Keep the tool after a figure is drawn; else go back to the crosshair.",
        menu="Measure",
        run=partial(_toggle_setting, "keep_tool"),
        checked=lambda desk: desk.settings.measuring.keep_tool,
    ),
    Command(
        id="measure.snap",
        title="Snap to edges and ends",
        help="Draw points to the strongest edge nearby and to the ends of other figures.",
        menu="Measure",
        key="Shift+N",
        run=partial(_toggle_setting, "snap"),
        checked=lambda desk: desk.settings.measuring.snap,
    ),
    Command(
        id="measure.delete",
        title="Delete measurement",
        help="Take the chosen measurement away; undo brings it back.",
        menu=_MENU,
        key="Del",
        run=_delete_chosen,
        allowed=_is_free,
    ),
    Command(
        id="measure.delete_all",
        title="Delete all measurements…",
        help="Take all measurements of the study away, but for locked ones; undo brings them back.",
        menu=_MENU,
        run=_delete_all,
        allowed=_has_any,
    ),
    Command(
        id="measure.label",
        title="Label measurement…",
        help="Name the chosen measurement.",
        menu=_MENU,
        key="Ctrl+L",
        run=_rename_chosen,
        allowed=has_chosen,
    ),
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
    *(
        Command(
            id=f"measure.nudge_{side}",
            title=f"Move {side}",
            help=f"Move the chosen measurement by one pixel of the image {side}.",
            menu=_MENU,
            key=key,
            run=partial(nudge, right=right, down=down),
            allowed=_is_free,
        )
        for side, key, right, down in _NUDGES
    ),
    Command(
        id="measure.lock",
        title="Lock",
        help="Let the chosen measurement be neither moved nor deleted.",
        menu=_MENU,
        run=_lock,
        allowed=has_chosen,
        checked=_is_locked,
    ),
    Command(
        id="measure.caption_back",
        title="Put the words back",
        help="Let the words of the chosen measurement stand beside it again.",
        menu=_MENU,
        run=_caption_back,
        allowed=has_chosen,
    ),
    Command(
        id="measure.hide",
        title="Hide measurement",
        help="Do not draw the chosen measurement; it stays in the list.",
        menu=_MENU,
        run=_hide,
        allowed=has_chosen,
    ),
    Command(
        id="measure.show_hidden",
        title="Show hidden figures",
        help="Draw all measurements again that were hidden one by one.",
        menu=_MENU,
        run=_show_hidden,
        allowed=lambda desk: bool(_hidden_ids(desk)),
    ),
    *(
        Command(
            id=f"measure.colour_{name.lower().replace(' ', '_')}",
            title=name,
            help=f"Draw the chosen measurement and those to come: {name.lower()}.",
            menu="Measure/Colour",
            run=partial(colour, shade=shade),
            checked=partial(_is_coloured, shade),
        )
        for name, shade in COLOURS
    ),
)
