"""Views along a path: drawing it, straightening along it, going along and turning about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.looks import has_volume
from viewer.session.curved_look import Along
from viewer.session.curves import follows_path, path_of, turned
from viewer.session.look import Look, Viewing
from viewer.session.session import Tool

_WIDER = 1.25


def _draw(desk: Desk) -> None:
    """Take the path tool; the next click begins a new path."""
    desk.session.selected.set("")
    desk.session.tool.set(Tool.PATH)
    desk.session.say(
        "Click the points of the path, on any slice of any view; drag a point to move it."
    )


def _show(viewing: Viewing, desk: Desk) -> None:
    hanging = desk.session.hanging.value

    def along(look: Look) -> Look:
        return replace(look.fitted(), viewing=viewing, quarter_turns=0)

    desk.session.hanging.set(hanging.changed(hanging.active, along))


def _is(viewing: Viewing, desk: Desk) -> bool:
    return _look(desk).viewing is viewing


def _look(desk: Desk) -> Look:
    hanging = desk.session.hanging.value
    return hanging.cells[hanging.active]


def _side_by_side(desk: Desk) -> None:
    """Show the straightened picture and the cross-section in the last two views on screen."""
    hanging = desk.session.hanging.value
    key, cells = _look(desk).series_key, hanging.shown[-2:]
    for cell, viewing in zip(cells, (Viewing.ACROSS, Viewing.CURVED), strict=False):

        def along(look: Look, viewing: Viewing = viewing) -> Look:
            return replace(look.fitted(), series_key=key, viewing=viewing, quarter_turns=0)

        hanging = hanging.changed(cell, along)
    desk.session.hanging.set(hanging)


def _has_path(desk: Desk) -> bool:
    look = _look(desk)
    return has_volume(desk) and path_of(desk.session, look) is not None


def _may_split(desk: Desk) -> bool:
    return _has_path(desk) and len(desk.session.hanging.value.shown) > 2


def _follows(desk: Desk) -> bool:
    return follows_path(_look(desk))


def _turn(count: int, desk: Desk) -> None:
    _change_all(desk, lambda look: replace(look, curved=turned(look.curved, count)))


def _widen(factor: float, desk: Desk) -> None:
    def wider(look: Look) -> Look:
        half = min(max(look.curved.half_width_mm * factor, 5.0), 100.0)
        return replace(look, curved=replace(look.curved, half_width_mm=round(half, 1)))

    _change_all(desk, wider)


def _change_all(desk: Desk, change: Callable[[Look], Look]) -> None:
    """Change all views along a path of the same series alike."""
    hanging, key = desk.session.hanging.value, _look(desk).series_key
    for cell, look in enumerate(hanging.cells):
        if follows_path(look) and look.series_key == key:
            hanging = hanging.changed(cell, change)
    desk.session.hanging.set(hanging)


def _make(along: Along, desk: Desk) -> None:
    _change_all(desk, lambda look: replace(look.fitted(), curved=replace(look.curved, along=along)))


def _makes(along: Along, desk: Desk) -> bool:
    return _follows(desk) and _look(desk).curved.along is along


_CHOICES = {
    Along.STRAIGHTENED: (
        "Straightened",
        "Show the path as a straight line, for what lies at right angles to it.",
    ),
    Along.STRETCHED: (
        "Stretched",
        "Show the path as it winds, in a surface unrolled: lengths along it are true.",
    ),
}
_VIEWS = (
    (Viewing.CURVED, "Straightened along the path", "the volume straightened along a path"),
    (Viewing.ACROSS, "Cross-section of the path", "the slice at right angles to a path"),
)
_TURNS = (
    ("right", "Turn about the path", "Alt+.", 1, "on"),
    ("left", "Turn back about the path", "Alt+,", -1, "back"),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        id="path.draw",
        title="Path",
        help="Draw a path through the volume, point by point, on any slice; then straighten it.",
        menu="View/Path",
        key="Shift+X",
        run=_draw,
        allowed=has_volume,
        checked=lambda desk: desk.session.tool.value is Tool.PATH,
    ),
    *(
        Command(
            id=f"path.{viewing.value}",
            title=title,
            help=f"Show in the active view {words}.",
            menu="View/Path",
            run=partial(_show, viewing),
            allowed=_has_path,
            checked=partial(_is, viewing),
        )
        for viewing, title, words in _VIEWS
    ),
    Command(
        id="path.both",
        title="Straighten along the path",
        help="Show the straightened volume and the cross-section in the last two views.",
        menu="View/Path",
        key="Ctrl+Shift+P",
        run=_side_by_side,
        allowed=_may_split,
    ),
    *(
        Command(
            id=f"path.{along.value}",
            title=title,
            help=words,
            menu="View/Path",
            run=partial(_make, along),
            allowed=_follows,
            checked=partial(_makes, along),
        )
        for along, (title, words) in _CHOICES.items()
    ),
    *(
        Command(
            id=f"path.turn_{name}",
            title=title,
            help=f"Turn what is shown along a path {way} by 5 degrees.",
            menu="View/Path",
            key=key,
            run=partial(_turn, count),
            allowed=_follows,
        )
        for name, title, key, count, way in _TURNS
    ),
    Command(
        id="path.wider",
        title="Show more beside the path",
        help="Straighten a wider strip along the path.",
        menu="View/Path",
        run=partial(_widen, _WIDER),
        allowed=_follows,
    ),
    Command(
        id="path.narrower",
        title="Show less beside the path",
        help="Straighten a narrower strip along the path.",
        menu="View/Path",
        run=partial(_widen, 1 / _WIDER),
        allowed=_follows,
    ),
)
