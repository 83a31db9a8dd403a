"""Panels, the palette, and pages of help written from the commands themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from itertools import groupby

from viewer import __version__
from viewer.commands.command import Command, Commands, keys_of
from viewer.commands.desk import Desk
from viewer.commands.reports import save_report

PANELS = (
    ("studies", "Studies", "F2"),
    ("findings", "Findings", "F3"),
    ("segments", "Segments", "F4"),
    ("histogram", "Histogram", "F5"),
    ("jobs", "Jobs", "F6"),
    ("tags", "Tags", "F7"),
    ("curve", "Curve", "F8"),
    ("space", "3D", "F9"),
    ("measurements", "Measurements", "F10"),
    ("profile", "Values", "F11"),
    ("enhance", "Enhance", "Shift+F2"),
    ("models", "Models", "Shift+F3"),
    ("segment_statistics", "Segment statistics", "Shift+F4"),
    ("operations", "Segment operations", "Shift+F5"),
    ("evaluation", "Evaluation", "Shift+F11"),
    ("maps", "Maps", "Shift+F12"),
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


_PAGES = {
    "studies": (
        (
            "Studies and series that were found, with a small picture of each. A double click or "
            "Return opens a series, a drag hangs it in a view. What was not opened is listed with "
            "its reason."
        ),
        ("File",),
    ),
    "findings": (
        (
            "What a model proposed or a person marked. Choose a row to go there; accept or reject "
            "it. Only what is accepted is saved as such."
        ),
        ("Findings",),
    ),
    "segments": (
        (
            "Outlined parts of the body with their volumes, and the tools that draw them. A tick "
            "shows or hides one, the last column locks it. Strokes go to the chosen row."
        ),
        ("Segment", "Segment/Segments", "Segment/Brush", "Segment/One click", "View/Overlays"),
    ),
    "operations": (
        (
            "Thresholds, growing, smoothing and more, done to the chosen segment as one step that "
            "can be taken back. “Show what it would do” shows it before."
        ),
        (
            *("Segment", "Segment/Threshold", "Segment/Grow", "Segment/Marks"),
            *("Segment/Classes", "Segment/Shape", "Segment/Combine"),
        ),
    ),
    "enhance": (
        (
            "Filters tried on the slices on screen, one after the other. The original is never "
            "changed: applied to the series they make a new one, marked as derived. A recipe can "
            "be kept as a file and used on other studies."
        ),
        ("Image/Enhance",),
    ),
    "models": (
        (
            "The models of this computer: what they are for and not for, their licence, and their"
            " figures with 95 % intervals. Models can be added from a folder or a ZIP; each is"
            " checked and tested in a process of its own before it is kept."
        ),
        ("Tools/Models",),
    ),
    "maps": (
        (
            "What a model thinks of each voxel, in colours over the image: which map, how dense, "
            "from which value on, and the sentence of what it shows and what not. Borders of "
            "proposals are dashed where the map rises slowly: there they are not sure."
        ),
        ("Findings/Maps",),
    ),
    "evaluation": (
        (
            "How good predictions are: findings, scores or masks against the truth, with figures, "
            "tables and curves. Intervals are over patients."
        ),
        ("View/Panels",),
    ),
    "histogram": (
        "How often each value occurs, and the window over it; drag its edges to change it.",
        ("Image/Window",),
    ),
    "jobs": ("What runs in the background. Every job can be stopped.", ("Findings",)),
    "tags": ("The header of the picture in the active view.", ("View/Panels",)),
    "curve": ("How values change through the moments of a 4D series.", ("View/Moments",)),
    "view": (
        (
            "A slice or a 3D picture. The wheel goes through the slices, the left button has the "
            "chosen tool."
        ),
        ("View/Slices", "View/Plane", "Tools", "Image", "Measure"),
    ),
}
"""What a panel or view is for, and the menus that have to do with it."""
Words = Callable[[str], str]


def panel_page(area: str, commands: Sequence[Command], words: Words = str) -> str:
    """Return the page of help about a part of the window; empty if there is none."""
    if area not in _PAGES:
        return ""
    sentence, menus = _PAGES[area]
    title = next((title for name, title, _ in PANELS if name == area), area.capitalize())
    parts = [f"<h2>{escape(words(title))}</h2><p>{escape(words(sentence))}</p>"]
    if area == "view":
        parts.append(_table([(words(left), words(right)) for left, right in _MOUSE]))
    here = [command for command in commands if command.menu in menus and command.named is None]
    return "".join((*parts, *_by_menu(here, words)))


def shortcuts_page(commands: Sequence[Command], words: Words = str) -> str:
    """Return a page that lists every command with its key and help line.

    Of commands whose names depend on the image and that do the same, the first stands for all.
    """
    mouse = _table([(words(left), words(right)) for left, right in _MOUSE])
    titles = (escape(words("Keys and commands")), escape(words("Mouse")))
    different: dict[str, Command] = {}
    for command in commands:
        different.setdefault(
            command.help if command.named and not command.key else command.id, command
        )
    parts = (f"<h2>{titles[0]}</h2><h3>{titles[1]}</h3>", mouse)
    return "".join((*parts, *_by_menu(list(different.values()), words)))


def _by_menu(commands: Sequence[Command], words: Words) -> Iterator[str]:
    ordered = sorted(commands, key=lambda command: command.menu)
    for menu, group in groupby(ordered, key=lambda command: command.menu):
        path = " › ".join(map(words, menu.split("/")))
        yield f"<h3>{escape(path)}</h3>"
        yield _table([_row(command, words) for command in group])


def _row(command: Command, words: Words) -> tuple[str, str]:
    keys = f" {words('or')} ".join(keys_of(command.key)) or "–"
    return keys, f"{words(command.title)} – {words(command.help)}"


def _table(rows: Sequence[tuple[str, str]]) -> str:
    cells = (
        f"<tr><td><b>{escape(left)}</b>&nbsp;&nbsp;</td><td>{escape(right)}</td></tr>"
        for left, right in rows
    )
    return f"<table cellspacing=4>{''.join(cells)}</table>"


def _about(desk: Desk) -> None:
    desk.asker.show_page(
        desk.words("About Skiagram"),
        f"<h2>Skiagram {__version__}</h2>"
        f"<p>{desk.words('A radiology viewer with an AI second reader.')}</p>"
        f"<p><b>{desk.words('Research use only. Not a medical device.')}</b></p>"
        f"<p>{desk.words(_ACCEPTED)}</p>",
    )


def _open(tool: str, desk: Desk) -> None:
    if desk.window is not None:
        desk.window.open_tool(tool)


def _go_round(step: int, desk: Desk) -> None:
    if desk.window is not None:
        desk.window.go_round(step)


def _palette(desk: Desk) -> None:
    if desk.window is not None:
        desk.window.show_palette()


def _toggle(name: str, desk: Desk) -> None:
    if desk.window is not None:
        desk.window.toggle_panel(name)


def _panel_shown(name: str, desk: Desk) -> bool:
    return desk.window is not None and desk.window.panel_shown(name)


_ACCEPTED = "What a model proposes is never saved as accepted unless a person accepts it."
_COMFORTS = (
    Command(
        id="help.here",
        title="Help with this",
        help="Explain the panel or view that has the keyboard.",
        menu="Help",
        key="F1",
        run=partial(_open, "here"),
    ),
    Command(
        id="help.whats_this",
        title="What is this?",
        help="Click on anything in the window to read what it is.",
        menu="Help",
        key="Shift+F1",
        run=partial(_open, "whats_this"),
    ),
    Command(
        id="help.tour",
        title="Tour of the window",
        help="Walk round the window in a few steps.",
        menu="Help",
        run=partial(_open, "tour"),
    ),
    Command(
        id="help.keys",
        title="Change keys…",
        help="Give commands other keys.",
        menu="Edit",
        key="Ctrl+Alt+K",
        run=partial(_open, "keys"),
    ),
    Command(
        id="help.mouse",
        title="Mouse buttons…",
        help="Choose the tools of the middle and the right mouse button.",
        menu="Edit",
        run=partial(_open, "mouse"),
    ),
    Command(
        id="help.log",
        title="Log",
        help="Read what the program noted of warnings and errors.",
        menu="Help",
        run=partial(_open, "log"),
    ),
    Command(
        id="help.report",
        title="Save a report of an error…",
        help="Write down versions and errors for the makers, without anything of a patient.",
        menu="Help",
        run=save_report,
    ),
    Command(
        id="view.next_area",
        title="Next area",
        help="Give the keyboard to the next panel, the tool bar or the views.",
        menu="View/Panels",
        key="Ctrl+F6",
        run=partial(_go_round, 1),
    ),
    Command(
        id="view.previous_area",
        title="Previous area",
        help="Give the keyboard to the panel before, the tool bar or the views.",
        menu="View/Panels",
        key="Ctrl+Shift+F6",
        run=partial(_go_round, -1),
    ),
)


def help_commands(every: Callable[[], Sequence[Command]]) -> tuple[Command, ...]:
    """Return the commands of help; `every` gives all commands when the page is shown."""

    def shortcuts(desk: Desk) -> None:
        commands = Commands(every())
        commands.wear(desk.settings.keys)
        page = shortcuts_page(tuple(commands), desk.words)
        desk.asker.show_page(desk.words("Keys and commands"), page)

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
            key="Ctrl+F1",
            run=shortcuts,
        ),
        *_COMFORTS,
        Command(
            id="help.about",
            title="About Skiagram",
            help="Say what this is, and what it is not.",
            menu="Help",
            run=_about,
        ),
    )


def help_texts() -> Iterator[str]:
    """Go through all texts of help that stand in no command."""
    yield from (
        "Mouse",
        "or",
        "Views",
        "Help",
        _ACCEPTED,
        "Research use only. Not a medical device.",
    )
    yield "A radiology viewer with an AI second reader."
    for _, title, _ in PANELS:
        yield title
    for sentence, _ in _PAGES.values():
        yield sentence
    for left, right in _MOUSE:
        yield left
        yield right
