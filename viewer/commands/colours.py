"""In which colours the values of the active view are shown."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.windows import active_look, change_look, has_image
from viewer.core.stack import Stack
from viewer.imaging.colour_maps import ColourMap

_MENU = "Image/Colours"
_HELP = {
    ColourMap.GREY: "Show values in greys.",
    ColourMap.INVERSE_GREY: "Show high values dark, as PET is usually read.",
    ColourMap.HOT: "Show values from black over red and yellow to white.",
    ColourMap.RAINBOW: "Show values from blue to red; beware, its bands are not steps of value.",
    ColourMap.VIRIDIS: "Show values in colours that grow evenly lighter, for every eye.",
    ColourMap.COOL_WARM: "Show values below the centre of the window blue, above it red.",
}


def has_values(desk: Desk) -> bool:
    """Tell whether the active view shows values, not a picture that is in colour already."""
    opened = desk.session.active_image
    if opened is None or not isinstance(opened.image, Stack):
        return opened is not None
    frames = opened.image.frames
    return frames[min(max(active_look(desk).frame, 0), len(frames) - 1)].pixels.ndim == 2


def _show_in(colour_map: ColourMap, desk: Desk) -> None:
    linked = desk.session.links.value.window
    change_look(desk, lambda look: replace(look, colour_map=colour_map), all_of_series=linked)


def _is_in(colour_map: ColourMap, desk: Desk) -> bool:
    return active_look(desk).colour_map is colour_map


def _next(desk: Desk) -> None:
    maps = list(ColourMap)
    now = maps.index(active_look(desk).colour_map)
    _show_in(maps[(now + 1) % len(maps)], desk)


COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            id=f"colours.{colour_map.name.lower()}",
            title=f"Colours: {colour_map.value}",
            help=_HELP[colour_map],
            menu=_MENU,
            run=partial(_show_in, colour_map),
            allowed=has_values,
            checked=partial(_is_in, colour_map),
        )
        for colour_map in ColourMap
    ),
    Command(
        id="colours.next",
        title="Next colours",
        help="Go through the colours in which values can be shown.",
        menu=_MENU,
        key="Y",
        run=_next,
        allowed=has_values,
    ),
    Command(
        id="show.colour_bar",
        title="Colour bar",
        help="Show or hide which colour stands for which value.",
        menu="View/Overlays",
        key="Shift+B",
        run=lambda desk: desk.session.shown.update(
            colour_bar=not desk.session.shown.value.colour_bar
        ),
        allowed=has_image,
        checked=lambda desk: desk.session.shown.value.colour_bar,
    ),
)
