"""The maps of scores that models drew: show or hide, choose, how dense, from which value on."""

from __future__ import annotations

from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.core.score_map import ScoreMap
from viewer.session.images import share_space

_MENU = "Findings/Maps"
_STEP = 0.1


def maps_here(desk: Desk) -> tuple[ScoreMap, ...]:
    """Return the maps that may be drawn over the active image, oldest first."""
    session = desk.session
    opened, images = session.active_image, session.images.value
    if opened is None:
        return ()
    return tuple(
        one
        for one in session.maps.value.items
        if share_space(images, opened, one.series_key) and not session.ai_hidden(one.series_key)
    )


def show_map(desk: Desk, id_: str) -> None:
    """Draw one map rather than another; one that explains a finding chooses that finding."""
    session = desk.session
    chosen = next((one for one in session.maps.value.items if one.id == id_), None)
    if chosen is None:
        return
    if chosen.about and session.record.value.finding(chosen.about) is not None:
        session.selected.set(chosen.about)
    session.maps.update(chosen=id_, shown=True)


def set_opacity(desk: Desk, opacity: float) -> None:
    """Show more or less of maps, 0 to 1."""
    desk.session.maps.update(opacity=round(min(max(opacity, 0.0), 1.0), 3))


def set_floor(desk: Desk, floor: float) -> None:
    """Leave what is lower than a share of the greatest value clear, 0 to 1."""
    desk.session.maps.update(floor=round(min(max(floor, 0.0), 1.0), 3))


def _toggle(desk: Desk) -> None:
    desk.session.maps.update(shown=not desk.session.maps.value.shown)


def _next(desk: Desk) -> None:
    there = maps_here(desk)
    if not there:
        return
    now = desk.session.maps.value.chosen
    at = next((number for number, one in enumerate(there) if one.id == now), len(there) - 1)
    following = there[(at + 1) % len(there)]
    show_map(desk, following.id)
    desk.session.say(f"Map: {following.title}")


def _denser(step: float, desk: Desk) -> None:
    set_opacity(desk, desk.session.maps.value.opacity + step)


def _any(desk: Desk) -> bool:
    return bool(maps_here(desk))


COMMANDS: tuple[Command, ...] = (
    Command(
        id="maps.toggle",
        title="Map of scores",
        help="Show or hide what a model thinks of each voxel, in colours over the image.",
        menu=_MENU,
        key="Ctrl+M",
        run=_toggle,
        allowed=_any,
        checked=lambda desk: desk.session.maps.value.shown,
    ),
    Command(
        id="maps.next",
        title="Next map",
        help="Show the next map of this image.",
        menu=_MENU,
        key="Ctrl+Shift+M",
        run=_next,
        allowed=_any,
    ),
    Command(
        id="maps.denser",
        title="Denser map",
        help="Show a tenth more of the map.",
        menu=_MENU,
        run=partial(_denser, _STEP),
        allowed=_any,
    ),
    Command(
        id="maps.thinner",
        title="Thinner map",
        help="Show a tenth less of the map.",
        menu=_MENU,
        run=partial(_denser, -_STEP),
        allowed=_any,
    ),
)
