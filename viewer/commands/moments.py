"""Going through the moments of a 4D series: times, b-values, echoes."""

from __future__ import annotations

from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.moment_loading import want_moment


def go_to_moment(desk: Desk, cell: int, number: int) -> None:
    """Show a moment in all views of the 4D series that hangs in a view; never past the ends."""
    group = desk.session.group_in(cell)
    if group is None:
        return
    number = min(max(number, 0), len(group.parts) - 1)
    desk.session.show_moment(group, number)
    want_moment(desk, group, number)


def step(desk: Desk, cell: int, count: int) -> None:
    """Go some moments on, or back; never past the ends."""
    number = desk.session.moment_in(cell)
    if number is not None:
        go_to_moment(desk, cell, number + count)


def has_moments(desk: Desk) -> bool:
    """Tell whether the active view shows a moment of a 4D series."""
    return desk.session.group_in(desk.session.hanging.value.active) is not None


def _step(count: int, desk: Desk) -> None:
    step(desk, desk.session.hanging.value.active, count)


_STEPS = (
    ("next", "Next moment", "Alt+Right", 1, "Go one time, b-value or echo on."),
    ("previous", "Previous moment", "Alt+Left", -1, "Go one time, b-value or echo back."),
    ("first", "First moment", "Alt+Home", -1_000_000, "Go to the first time, b-value or echo."),
    ("last", "Last moment", "Alt+End", 1_000_000, "Go to the last time, b-value or echo."),
)

COMMANDS: tuple[Command, ...] = tuple(
    Command(
        id=f"moments.{name}",
        title=title,
        help=words,
        menu="View/Moments",
        key=key,
        run=partial(_step, count),
        allowed=has_moments,
    )
    for name, title, key, count, words in _STEPS
)
