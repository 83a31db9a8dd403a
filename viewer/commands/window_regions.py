"""A window that fits the values of a region, typed windows, and windows of the reader's own."""

from __future__ import annotations

import re
from functools import partial

import numpy as np
from numpy.typing import NDArray

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.windows import active_look, has_image, set_window
from viewer.core.errors import Declined
from viewer.core.measurement import Measurement
from viewer.core.progress import Progress
from viewer.core.window import Window
from viewer.imaging.measuring import values_inside
from viewer.session.ground import ground_of
from viewer.session.images import OpenImage
from viewer.session.session import Tool

_LOW, _HIGH = 2.0, 98.0
_FEWEST = 4
_OWN = 8
"""How many windows of the reader's own have a command."""
_MENU = "Image/Window"
_NUMBER = r"([+\-\u2212]?\d+(?:[.,]\d+)?(?:[eE][+\-]?\d+)?)"
_TYPED = re.compile(rf"\s*(?:[cC]|[lL])?\s*{_NUMBER}\s*[,;/ ]\s*[wW]?\s*{_NUMBER}\s*")


def fit_window(desk: Desk, cell: int, region: Measurement) -> None:
    """Look at the values of a region in the background, then show them from black to white."""
    opened = desk.session.image_in(cell)
    if opened is None:
        return

    def found(window: Window) -> None:
        hanging = desk.session.hanging.value
        if hanging.cells[cell].series_key == opened.key and hanging.active == cell:
            set_window(desk, window.like(desk.session.window_of(hanging.cells[cell])))

    desk.runner.start(
        "Window of a region",
        partial(_window_of, opened, region),
        found,
        instead_of="window",
        belongs_to=opened.study.uid,
    )


def window_of_values(values: NDArray[np.float64]) -> Window:
    """Return the window from the 2nd to the 98th percentile of values.

    Raises:
        Declined: if they are too few.
    """
    known = values[np.isfinite(values)]
    if known.size < _FEWEST:
        raise Declined("That region holds too few values for a window.", code="region")
    low, high = (float(part) for part in np.percentile(known, (_LOW, _HIGH)))
    if high <= low:
        low, high = float(known.min()), float(known.max())
    return Window.between(low, high) if high > low else Window(low, 1.0)


def _window_of(opened: OpenImage, region: Measurement, progress: Progress) -> Window:
    progress.report(0.0, "looking at the values")
    volume, _ = ground_of(opened, region)
    if volume is None:
        raise Declined("A picture in colour has no window.", code="region")
    return window_of_values(values_inside(region, volume))


def typed_window(words: str) -> Window:
    """Return the window that a reader typed: centre and width, as in "40 400" or "C 40 W 400".

    Raises:
        Declined: if these are not two numbers, or the width is not above nothing.
    """
    match = _TYPED.fullmatch(words)
    if match is None:
        raise Declined(
            f'"{words.strip()}" is no window: type centre and width, such as 40 400.',
            code="no_window",
        )
    centre, width = (
        float(part.replace(",", ".").replace("\u2212", "-")) for part in match.groups()
    )
    if not (width > 0 and np.isfinite([centre, width]).all()):
        raise Declined("The width of a window is above nothing.", code="no_window")
    return Window(centre, width)


def _type(desk: Desk) -> None:
    now = desk.session.window_of(active_look(desk))

    def typed(words: str) -> None:
        try:
            set_window(desk, typed_window(words).like(now))
        except Declined as why:
            desk.session.say(str(why), serious=True)

    shown = f"{now.centre:g} {now.width:g}"
    desk.asker.ask_text("Window", "Centre and width:", shown, typed)


def _keep(desk: Desk) -> None:
    """Give the window of the active view a name, and keep it in the settings."""
    now = desk.session.window_of(active_look(desk))

    def named(words: str) -> None:
        name = " ".join(words.split())[:40]
        if not name:
            return
        viewing = desk.settings.viewing
        others = tuple(one for one in viewing.windows if one[0] != name)
        kept = (*others, (name, now.centre, now.width))[-_OWN:]
        changed = viewing.changed(windows=kept)
        desk.settings = desk.settings.model_copy(update={"viewing": changed})
        desk.session.say(f'The window "{name}" is kept: C {now.centre:g}, W {now.width:g}.')

    desk.asker.ask_text("Keep this window", "Name:", "", named)


def _own(desk: Desk, number: int) -> tuple[str, float, float] | None:
    windows = desk.settings.viewing.windows
    return windows[number] if number < len(windows) else None


def _own_name(number: int, desk: Desk) -> str:
    own = _own(desk, number)
    return "" if own is None else f"{own[0]} (C {own[1]:g}  W {own[2]:g})"


def _take_own(number: int, desk: Desk) -> None:
    own = _own(desk, number)
    if own is not None and own[2] > 0:
        window = Window(own[1], own[2])
        set_window(desk, window.like(desk.session.window_of(active_look(desk))))


def _may_take(number: int, desk: Desk) -> bool:
    return has_image(desk) and _own(desk, number) is not None


def _forget(desk: Desk) -> None:
    viewing = desk.settings.viewing.changed(windows=())
    desk.settings = desk.settings.model_copy(update={"viewing": viewing})


def _hold(tool: Tool, desk: Desk) -> None:
    desk.session.tool.set(tool)


def _is_held(tool: Tool, desk: Desk) -> bool:
    return desk.session.tool.value is tool


COMMANDS: tuple[Command, ...] = (
    Command(
        id="tool.window_region",
        title="Window of a region",
        help="Drag a rectangle, or with Shift an ellipse; the window fits the values inside.",
        menu="Tools",
        key="Shift+W",
        run=partial(_hold, Tool.WINDOW_REGION),
        checked=partial(_is_held, Tool.WINDOW_REGION),
    ),
    Command(
        id="window.typed",
        title="Type a window",
        help="Type the centre and the width of the window.",
        menu=_MENU,
        key="9",
        run=_type,
        allowed=has_image,
    ),
    Command(
        id="window.keep",
        title="Keep this window",
        help="Give this window a name; it is then offered in this menu.",
        menu=_MENU,
        run=_keep,
        allowed=has_image,
    ),
    *(
        Command(
            id=f"window.own_{number + 1}",
            title=f"Own window {number + 1}",
            help="Show the image by a window that you kept.",
            menu=_MENU,
            key=f"Alt+Shift+{number + 1}",
            run=partial(_take_own, number),
            allowed=partial(_may_take, number),
            named=partial(_own_name, number),
        )
        for number in range(_OWN)
    ),
    Command(
        id="window.forget_own",
        title="Forget own windows",
        help="Take the windows that you kept out of this menu.",
        menu=_MENU,
        run=_forget,
        allowed=lambda desk: bool(desk.settings.viewing.windows),
    ),
)
