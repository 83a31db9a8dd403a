"""In which unit values are given: kinds of uptake in PET, value maps that came with a file."""

from __future__ import annotations

import re
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.core.errors import Declined
from viewer.core.units import Way, in_words
from viewer.io.body import Kind
from viewer.io.suv import ACTIVITY
from viewer.session.giving import give

_MENU = "Image/Unit"
_HELP = {
    Kind.WEIGHT: "uptake by body weight",
    Kind.LEAN: "uptake by lean body mass (James, as in use)",
    Kind.LEAN_JAMES_128: "uptake by lean body mass (James, as printed)",
    Kind.LEAN_JANMAHASATIAN: "uptake by lean body mass (Janmahasatian)",
    Kind.SURFACE: "uptake by body surface area (DuBois)",
    Kind.IDEAL: "uptake by ideal body weight",
}
_NAMES = (*(kind.value for kind in Kind), ACTIVITY)
_MOST_MAPS = 4


def _ways(desk: Desk) -> tuple[Way, ...]:
    opened = desk.session.active_image
    return () if opened is None else opened.image.ways.known


def _give(name: str, desk: Desk) -> None:
    opened = desk.session.active_image
    if opened is None:
        return
    give(desk.session, opened, name)
    way = opened.image.ways.of(name)
    unit = "" if way is None else in_words(way.unit)
    words = unit if unit == name else f"{name} ({unit or 'no unit'})"
    desk.session.say(f"The values are given as {words}.")


def _has(name: str, desk: Desk) -> bool:
    return any(way.name == name for way in _ways(desk))


def _name(name: str, desk: Desk) -> str:
    """Return a name where the image knows it; else it is not listed."""
    return name if _has(name, desk) else ""


def _is(name: str, desk: Desk) -> bool:
    opened = desk.session.active_image
    return opened is not None and opened.image.ways.shown == name


def _maps(desk: Desk) -> tuple[Way, ...]:
    """Return the ways that have no name of their own in the menu."""
    return tuple(way for way in _ways(desk) if way.name not in _NAMES)


def _give_map(number: int, desk: Desk) -> None:
    _give(_maps(desk)[number].name, desk)


def _has_map(number: int, desk: Desk) -> bool:
    return number < len(_maps(desk))


def _map_name(number: int, desk: Desk) -> str:
    """Return the label of a map with its unit; empty where there is none."""
    if not _has_map(number, desk):
        return ""
    way = _maps(desk)[number]
    return f"{way.name} ({in_words(way.unit) or 'no unit'})"


def _is_map(number: int, desk: Desk) -> bool:
    return _has_map(number, desk) and _is(_maps(desk)[number].name, desk)


def _next(desk: Desk) -> None:
    """Go on to the next way that can be had."""
    opened = desk.session.active_image
    names = [way.name for way in _ways(desk) if not way.why_not]
    if opened is None or len(names) < 2:
        raise Declined("The values of this image are known in one way only.", code="no_such_unit")
    shown = opened.image.ways.shown
    _give(names[(names.index(shown) + 1) % len(names) if shown in names else 0], desk)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


COMMANDS: tuple[Command, ...] = (
    *(
        Command(
            id=f"units.{_slug(name)}",
            title=name,
            help=f"Give PET as {what}.",
            menu=_MENU,
            run=partial(_give, name),
            allowed=partial(_has, name),
            named=partial(_name, name),
            checked=partial(_is, name),
        )
        for name, what in (
            *((kind.value, _HELP[kind]) for kind in Kind),
            (ACTIVITY, "activity in Bq/ml"),
        )
    ),
    *(
        Command(
            id=f"units.map_{number + 1}",
            title="Values by a scale of the file",
            help="Give the values by a scale or value map that came with the file.",
            menu=_MENU,
            run=partial(_give_map, number),
            allowed=partial(_has_map, number),
            named=partial(_map_name, number),
            checked=partial(_is_map, number),
        )
        for number in range(_MOST_MAPS)
    ),
    Command(
        id="units.next",
        title="Next unit",
        help="Give the values in the next way that can be had, and say which.",
        menu=_MENU,
        key="Shift+U",
        run=_next,
        allowed=lambda desk: len(_ways(desk)) > 1,
    ),
)
