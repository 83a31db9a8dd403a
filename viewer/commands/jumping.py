"""Going straight to a slice: by its number, or by where it lies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.scrolling import scroll
from viewer.commands.windows import has_image
from viewer.core.errors import Declined
from viewer.core.plane import side_letters
from viewer.core.volume import Volume
from viewer.session.look import Viewing
from viewer.session.stepping import Steps, steps
from viewer.session.whereabouts import place_in

_NUMBER = re.compile(r"\s*([+-]?)\s*(\d+)\s*")
_PLACE = re.compile(r"\s*([LRPAHF]?)\s*([+-]?\d+(?:[.,]\d+)?)\s*mm\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """The slices or frames of a view: how many, which one is shown (from 0), and their places."""

    count: int
    shown: int
    steps: Steps | None = None


def row_in(desk: Desk, cell: int) -> Row | None:
    """Return what a view can be scrolled through; None in 3D and where no image hangs."""
    session = desk.session
    opened, look = session.image_in(cell), session.hanging.value.cells[cell]
    if opened is None or look.viewing is Viewing.SPACE:
        return None
    if not isinstance(opened.image, Volume):
        return Row(opened.count, min(max(look.frame, 0), opened.count - 1))
    line = steps(opened.image.geometry, look.viewing, session.planes.value)
    place = place_in(session, cell)
    same = place.frame_of_reference_uid == opened.frame_of_reference_uid
    position = place.position if same else opened.image.geometry.centre
    return Row(line.count, line.index(position), line)


def go_to(desk: Desk, cell: int, number: int) -> None:
    """Show the slice or frame of this number (from 0), or the nearest that there is."""
    row = row_in(desk, cell)
    if row is not None:
        goal = min(max(number, 0), row.count - 1)
        if goal != row.shown:
            scroll(desk, cell, goal - row.shown)


def jump(desk: Desk, cell: int, words: str) -> None:
    """Go where a reader says: "42" or "+5" slices, or "H 35 mm" along the view.

    Raises:
        Declined: if that is no slice of the view.
    """
    row = row_in(desk, cell)
    if row is None:
        return
    number, place = _NUMBER.fullmatch(words), _PLACE.fullmatch(words)
    if number is not None:
        sign, digits = number.groups()
        goal = row.shown + int(sign + digits) if sign else int(digits) - 1
    elif place is not None and row.steps is not None:
        goal = _at(row.steps, place.group(1).upper(), float(place.group(2).replace(",", ".")))
    else:
        raise Declined(
            f'"{words.strip()}" is no slice: type a number such as 42, a step such as +5, '
            "or a place such as H 35 mm.",
            code="no_slice",
        )
    if not 0 <= goal < row.count:
        raise Declined(f"There are slices 1 to {row.count} here.", code="no_slice")
    go_to(desk, cell, goal)


def _at(line: Steps, letter: str, distance_mm: float) -> int:
    """Return the slice nearest to a place along the view, towards a side if one is named."""
    towards = side_letters(line.axis)[:1]
    if letter:
        away = side_letters([-part for part in line.axis])[:1]
        if letter not in (towards, away):
            raise Declined(
                f"This view goes from {away} to {towards}, not to {letter}.", code="no_slice"
            )
        along = distance_mm if letter == towards else -distance_mm
    else:
        along = distance_mm
    return round((along - line.first_mm) / line.step_mm)


def _ask(desk: Desk) -> None:
    if desk.window is not None:
        desk.window.ask_slice(desk.session.hanging.value.active)


def _may_jump(desk: Desk) -> bool:
    row = row_in(desk, desk.session.hanging.value.active)
    return row is not None and row.count > 1


def _toggle_bar(desk: Desk) -> None:
    desk.session.shown.update(slice_bar=not desk.session.shown.value.slice_bar)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="view.jump",
        title="Go to slice",
        help="Type the number of a slice, a step such as +5, or a place such as H 35 mm.",
        menu="View/Slices",
        key="G",
        run=_ask,
        allowed=_may_jump,
    ),
    Command(
        id="show.slice_bar",
        title="Slice bar",
        help="Show or hide the bar at the right of a view that tells where its slice lies.",
        menu="View/Overlays",
        run=_toggle_bar,
        allowed=has_image,
        checked=lambda desk: desk.session.shown.value.slice_bar,
    ),
)
