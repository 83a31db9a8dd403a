"""Panels, the palette, and pages of help written from the commands themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from itertools import groupby

from viewer import __version__
from viewer.commands.command import Command
from viewer.commands.desk import Desk

PANELS = (
    ("studies", "Studies", "F2"),
    ("findings", "Findings", "F3"),
    ("segments", "Segments", "F4"),
    ("histogram", "Histogram", "F5"),
    ("jobs", "Jobs", "F6"),
    ("tags", "Tags", "F7"),
    ("curve", "Curve", "F8"),
    ("space", "3D", "F9"),
)

_MOUSE = (
    ("Left drag", "the chosen tool"),
    ("Right drag", "window: sideways for width, up and down for centre"),
    ("Middle drag", "pan"),
    ("Wheel", "scroll through the slices; with Ctrl zoom; with Shift ten at a time"),
    ("Wheel with Alt, or Ctrl and Shift", "through the moments of a 4D series"),
    ("Double click", "maximise the view, or show all again"),
    ("Click on a box", "choose the finding"),
)


def shortcuts_page(commands: Sequence[Command]) -> str:
    """Return a page that lists every command with its key and help line.

    Of commands whose names depend on the image and that do the same, the first stands for all.
    """
    parts = ["<h2>Keys and commands</h2>", "<h3>Mouse</h3>", _table(_MOUSE)]
    different: dict[str, Command] = {}
    for command in commands:
        different.setdefault(command.help if command.named else command.id, command)
    by_menu = sorted(different.values(), key=lambda command: command.menu)
    for menu, group in groupby(by_menu, key=lambda command: command.menu):
        rows = [_row(command) for command in group]
        parts += [f"<h3>{escape(menu)}</h3>", _table(rows)]
    return "".join(parts)


def _row(command: Command) -> tuple[str, str]:
    keys = command.key.replace("; ", " or ") or "–"
    return keys, f"{command.title} – {command.help}"


def _table(rows: Sequence[tuple[str, str]]) -> str:
    cells = (
        f"<tr><td><b>{escape(left)}</b>&nbsp;&nbsp;</td><td>{escape(right)}</td></tr>"
        for left, right in rows
    )
    return f"<table cellspacing=4>{''.join(cells)}</table>"


def _about(desk: Desk) -> None:
    desk.asker.show_page(
        "About Skiagram",
        f"<h2>Skiagram {__version__}</h2><p>A radiology viewer with an AI second reader.</p>"
        "<p><b>Research use only. Not a medical device.</b></p>"
        "<p>What a model proposes is never saved as accepted unless a person accepts it.</p>",
    )


def _palette(desk: Desk) -> None:
    if desk.window is not None:
        desk.window.show_palette()


def _toggle(name: str, desk: Desk) -> None:
    if desk.window is not None:
        desk.window.toggle_panel(name)


def _panel_shown(name: str, desk: Desk) -> bool:
    return desk.window is not None and desk.window.panel_shown(name)


def help_commands(every: Callable[[], Sequence[Command]]) -> tuple[Command, ...]:
    """Return the commands of help; `every` gives all commands when the page is shown."""

    def shortcuts(desk: Desk) -> None:
        desk.asker.show_page("Keys and commands", shortcuts_page(every()))

    return (
        *(
            Command(
                id=f"panel.{name}",
                title=f"{title} panel",
                help=f"Show or hide the {title.lower()} panel.",
                menu="View/Panels",
                key=key,
                run=partial(_toggle, name),
                checked=partial(_panel_shown, name),
            )
            for name, title, key in PANELS
        ),
        Command(
            id="help.palette",
            title="Command palette",
            help="Find any command by typing a part of its name.",
            menu="Help",
            key="Ctrl+K",
            run=_palette,
            icon="palette",
        ),
        Command(
            id="help.shortcuts",
            title="Keys and commands",
            help="List every command with its key.",
            menu="Help",
            key="F1",
            run=shortcuts,
        ),
        Command(
            id="help.about",
            title="About Skiagram",
            help="Say what this is, and what it is not.",
            menu="Help",
            run=_about,
        ),
    )
