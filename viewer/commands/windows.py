"""Which window the active view has: a preset, one that fits the values, one from the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.core.progress import Progress
from viewer.core.volume import Volume
from viewer.core.window import PRESETS, Curve, Window
from viewer.imaging.histogram import auto_window, full_window
from viewer.session.images import Image, grid_of
from viewer.session.look import Look
from viewer.session.whereabouts import companions

_OFFERED = 9
"""How many windows of a file have a command of their own."""
_MENU = "Image/Window"


def has_image(desk: Desk) -> bool:
    """Tell whether something hangs in the active view."""
    return desk.session.active_image is not None


def active_look(desk: Desk) -> Look:
    """Return how the active view looks at its image."""
    return desk.session.hanging.value.cells[desk.session.hanging.value.active]


def change_look(
    desk: Desk,
    change: Callable[[Look], Look],
    *,
    all_of_series: bool = False,
    values: bool = False,
) -> None:
    """Change how the active view looks, or how all views of its series or group do.

    With `values` those of the group only whose values mean the same.
    """
    session = desk.session
    hanging = session.hanging.value
    if not all_of_series:
        session.hanging.set(hanging.changed(hanging.active, change))
        return
    for cell in companions(session, hanging.active, values=values):
        hanging = hanging.changed(cell, change)
    session.hanging.set(hanging)


def set_window(desk: Desk, window: Window | None) -> None:
    """Give a window to the active view, and to all views of its series if windows are linked.

    None gives every picture its own again.
    """
    change_look(
        desk,
        lambda look: replace(look, window=window),
        all_of_series=desk.session.links.value.window,
        values=True,
    )


def file_windows(desk: Desk) -> tuple[tuple[str, Window], ...]:
    """Return the windows and tables that came with what the active view shows, by name."""
    opened = desk.session.active_image
    return () if opened is None else opened.windows_at(active_look(desk).frame)


def _preset(window: Window, desk: Desk) -> None:
    """Set a preset along the curve that the image is shown by."""
    set_window(desk, window.like(desk.session.window_of(active_look(desk))))


def _full(desk: Desk) -> None:
    _measured_window(desk, full_window)


def _auto(desk: Desk) -> None:
    _measured_window(desk, auto_window)


def _measured_window(desk: Desk, measure: Callable[[Volume], Window]) -> None:
    """Look at the values in the background, then set the window they ask for."""
    opened = desk.session.active_image
    if opened is None:
        return
    look = active_look(desk)
    cell = desk.session.hanging.value.active

    def found(window: Window) -> None:
        if desk.session.hanging.value.cells[cell].series_key == opened.key:
            set_window(desk, window)

    desk.runner.start(
        f"Window of {opened.series.title}",
        partial(_measure, measure, opened.image, min(look.frame, opened.count - 1)),
        found,
        instead_of="window",
        belongs_to=opened.study.uid,
    )


def _measure(
    measure: Callable[[Volume], Window], image: Image, frame: int, progress: Progress
) -> Window:
    progress.report(0.0, "looking at the values")
    return measure(grid_of(image, frame))


def _from_file(desk: Desk) -> None:
    set_window(desk, None)


def _has_file_window(number: int, desk: Desk) -> bool:
    return number < len(file_windows(desk))


def _take_file_window(number: int, desk: Desk) -> None:
    set_window(desk, file_windows(desk)[number][1])


def _is_file_window(number: int, desk: Desk) -> bool:
    if not _has_file_window(number, desk):
        return False
    return desk.session.window_of(active_look(desk)) == file_windows(desk)[number][1]


def _file_window_name(number: int, desk: Desk) -> str:
    if not _has_file_window(number, desk):
        return ""
    name, window = file_windows(desk)[number]
    if window.curve is Curve.TABLE:
        return f"{name} (table)"
    curve = ", sigmoid" if window.curve is Curve.SIGMOID else ""
    return f"{name} (C {window.centre:g}  W {window.width:g}{curve})"


def _next_from_file(desk: Desk) -> None:
    """Go on to the next window of the file; from any other to its first."""
    windows = [window for _, window in file_windows(desk)]
    now = desk.session.window_of(active_look(desk))
    number = windows.index(now) + 1 if now in windows else 0
    set_window(desk, windows[number % len(windows)])


def _presets() -> tuple[Command, ...]:
    return tuple(
        Command(
            id=f"window.{name.lower().replace(' ', '_')}",
            title=f"{name} window",
            help=f"Show values around {window.centre:g}, {window.width:g} wide.",
            menu=_MENU,
            key=str(number),
            run=partial(_preset, window),
            allowed=has_image,
        )
        for number, (name, window) in enumerate(PRESETS.items(), start=1)
    )


def _of_file() -> tuple[Command, ...]:
    return tuple(
        Command(
            id=f"window.file_{number + 1}",
            title=f"Window {number + 1} of the file",
            help="Show the image by a window or a table of greys that came with it.",
            menu=_MENU,
            run=partial(_take_file_window, number),
            allowed=partial(_has_file_window, number),
            checked=partial(_is_file_window, number),
            named=partial(_file_window_name, number),
        )
        for number in range(_OFFERED)
    )


COMMANDS: tuple[Command, ...] = (
    *_presets(),
    Command(
        id="window.full",
        title="Full window",
        help="Spread black to white over all values of the image.",
        menu=_MENU,
        key="6",
        run=_full,
        allowed=has_image,
    ),
    Command(
        id="window.auto",
        title="Automatic window",
        help="Leave out the darkest and the brightest two per cent.",
        menu=_MENU,
        key="7",
        run=_auto,
        allowed=has_image,
    ),
    Command(
        id="window.from_file",
        title="Window from the file",
        help="Show every picture by the first window that came with it.",
        menu=_MENU,
        key="0",
        run=_from_file,
        allowed=has_image,
    ),
    *_of_file(),
    Command(
        id="window.next_from_file",
        title="Next window of the file",
        help="Go through the windows and tables of greys that came with the image.",
        menu=_MENU,
        key="8",
        run=_next_from_file,
        allowed=lambda desk: bool(file_windows(desk)),
    ),
)
