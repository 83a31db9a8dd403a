"""What is done to figures that are there: moved, locked, hidden, coloured, named."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from viewer.commands import measure_copies
from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.measures import chosen, delete, has_chosen, measure, put, rename
from viewer.core.geometry import position_of
from viewer.core.segmentation import Colour
from viewer.session.screenwise import screen_axes
from viewer.session.session import Tool
from viewer.session.shaping import moved

_MENU = "Measure/Figure"
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
    *measure_copies.COMMANDS,
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
