"""What stands where on the screen, and moving through the slices."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.looks import has_volume
from viewer.commands.scrolling import scroll
from viewer.commands.windows import has_image
from viewer.session.look import PRESETS, Layout, Viewing
from viewer.session.session import Tool

_TITLES = {
    Viewing.AXIAL: "Axial",
    Viewing.CORONAL: "Coronal",
    Viewing.SAGITTAL: "Sagittal",
    Viewing.ACQUISITION: "As acquired",
    Viewing.SPACE: "3D",
}
_LAYOUT_TITLES = {
    Layout.ONE: "One view",
    Layout.TWO: "Two views",
    Layout.FOUR: "Four views",
    Layout.ONE_AND_THREE: "One large and three small",
}
_LAYOUT_IDS = dict(zip(PRESETS, ("one", "two", "four", "one_and_three"), strict=True))


def _scroll_active(count: int, desk: Desk) -> None:
    scroll(desk, desk.session.hanging.value.active, count)


def _layout(layout: Layout, desk: Desk) -> None:
    desk.session.hanging.set(desk.session.hanging.value.laid_out(layout))


def _layout_is(layout: Layout, desk: Desk) -> bool:
    return desk.session.hanging.value.layout == layout


def _maximise(desk: Desk) -> None:
    hanging = desk.session.hanging.value
    alone = None if hanging.maximised is not None else hanging.active
    desk.session.hanging.set(replace(hanging, maximised=alone))


def _next_view(desk: Desk) -> None:
    hanging = desk.session.hanging.value
    if hanging.maximised is not None:
        every = replace(hanging, maximised=None)
        row = every.main if hanging.maximised in every.main else every.beside
        number = row[(row.index(hanging.maximised) + 1) % len(row)]
        desk.session.hanging.set(replace(hanging, maximised=number, active=number))
        return
    shown = hanging.shown
    number = shown[(shown.index(hanging.active) + 1) % len(shown)] if hanging.active in shown else 0
    desk.session.hanging.set(replace(hanging, active=number))


def _viewing(viewing: Viewing, desk: Desk) -> None:
    hanging = desk.session.hanging.value
    desk.session.hanging.set(
        hanging.changed(
            hanging.active, lambda look: replace(look, viewing=viewing, quarter_turns=0)
        )
    )


def _active_viewing(viewing: Viewing, desk: Desk) -> bool:
    hanging = desk.session.hanging.value
    return hanging.cells[hanging.active].viewing is viewing


def _tool(tool: Tool, desk: Desk) -> None:
    desk.session.tool.set(tool)


def _tool_chosen(tool: Tool, desk: Desk) -> bool:
    return desk.session.tool.value is tool


def _show(name: str, desk: Desk) -> None:
    desk.session.shown.update(**{name: not getattr(desk.session.shown.value, name)})


def _is_shown(name: str, desk: Desk) -> bool:
    return bool(getattr(desk.session.shown.value, name))


_SCROLLS = (
    ("next_slice", "Next slice", "Down; Right", 1, "Go one slice on."),
    ("previous_slice", "Previous slice", "Up; Left", -1, "Go one slice back."),
    ("ten_on", "Ten slices on", "PgDown", 10, "Go ten slices on."),
    ("ten_back", "Ten slices back", "PgUp", -10, "Go ten slices back."),
    ("last_slice", "Last slice", "End", 1_000_000, "Go to the last slice."),
    ("first_slice", "First slice", "Home", -1_000_000, "Go to the first slice."),
)
_TOOLS = (
    (Tool.CROSSHAIR, "Crosshair", "C", "Drag to the point that all views shall go through."),
    (Tool.WINDOW, "Window", "W", "Drag sideways for width, up and down for centre."),
    (Tool.PAN, "Pan", "M", "Drag the picture."),
    (Tool.ZOOM, "Zoom", "Z", "Drag up to enlarge, down to shrink."),
    (Tool.SCROLL, "Scroll", "S", "Drag up and down through the slices."),
)
_SHOWN = (
    ("segments", "Segments", "Shift+S", "the outlines of segments"),
    ("filled", "Filled segments", "Shift+D", "segments filled as well as outlined"),
    ("findings", "Findings", "Shift+A", "boxes and outlines of findings"),
    ("crosshair", "Crosshair", "Shift+C", "the crosshair"),
    ("texts", "Texts", "Shift+T", "the texts in the corners"),
    ("graphics", "Graphics from the file", "Shift+G", "what files draw over their own pictures"),
    ("shutters", "Shutters", "", "the covers that presentation states lay round a picture"),
)

COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            id=f"layout.{_LAYOUT_IDS[layout]}",
            title=_LAYOUT_TITLES[layout],
            help=f"Arrange the views as {layout.value}.",
            menu="View/Layout",
            key=f"Ctrl+{number}",
            run=partial(_layout, layout),
            checked=partial(_layout_is, layout),
            icon=f"layout_{_LAYOUT_IDS[layout]}",
        )
        for number, layout in enumerate(PRESETS, start=1)
    ),
    Command(
        id="view.maximise",
        title="Maximise view",
        help="Show the active view alone, or all of them again.",
        menu="View/Layout",
        key="Return; Enter",
        run=_maximise,
        checked=lambda desk: desk.session.hanging.value.maximised is not None,
    ),
    Command(
        id="view.next",
        title="Next view",
        help="Make the next view the active one.",
        menu="View/Layout",
        key="Tab",
        run=_next_view,
    ),
    *(
        Command(
            id=f"view.{viewing.name.lower()}",
            title=_TITLES[viewing],
            help=f"Show the active view: {_TITLES[viewing].lower()}.",
            menu="View/Plane",
            key=f"Alt+{number}",
            run=partial(_viewing, viewing),
            allowed=has_volume,
            checked=partial(_active_viewing, viewing),
        )
        for number, viewing in enumerate(_TITLES, start=1)
    ),
    *(
        Command(
            id=f"view.{name}",
            title=title,
            help=words,
            menu="View/Slices",
            key=key,
            run=partial(_scroll_active, count),
            allowed=has_image,
        )
        for name, title, key, count, words in _SCROLLS
    ),
    *(
        Command(
            id=f"tool.{tool.value}",
            title=title,
            help=words,
            menu="Tools",
            key=key,
            run=partial(_tool, tool),
            checked=partial(_tool_chosen, tool),
            icon=f"tool_{tool.value}",
        )
        for tool, title, key, words in _TOOLS
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
        for name, title, key, words in _SHOWN
    ),
)
