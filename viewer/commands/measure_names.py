"""What a figure is and where it lies, in coded words that other programs understand."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from viewer.commands.command import Command
from viewer.commands.desk import Desk
from viewer.commands.measures import chosen, has_chosen, named, put
from viewer.core.code import Code
from viewer.session.names import Name, Use, names_for, with_recent

_NOTHING = "(none)"
_QUESTIONS = {Use.FINDING: "What is it?", Use.SITE: "Where does it lie?"}


def choose_name(desk: Desk, id_: str, use: Use) -> None:
    """Ask what a figure is, or where; those words come first that were chosen last."""
    words = names_for(use, desk.settings.measuring.recent_names)
    choices = (_NOTHING, *(name.code.meaning for name in words))

    def answered(number: int) -> None:
        give_name(desk, id_, use, words[number - 1] if number else None)

    title = "Finding" if use is Use.FINDING else "Site"
    desk.asker.ask_choice(title, _QUESTIONS[use], choices, answered)


def give_name(desk: Desk, id_: str, use: Use, name: Name | None) -> None:
    """Say in a code what a figure is, or where; None takes the code away."""
    figure = named(desk, id_)
    if figure is None:
        return
    if name is not None:
        measuring = desk.settings.measuring
        recent = with_recent(measuring.recent_names, name)
        update = {"measuring": measuring.changed(recent_names=recent)}
        desk.settings = desk.settings.model_copy(update=update)
    code: Code | None = name.code if name is not None else None
    changed = replace(figure, finding=code) if use is Use.FINDING else replace(figure, site=code)
    if changed != figure:
        put(desk, "Name", changed)


def _choose(use: Use, desk: Desk) -> None:
    figure = chosen(desk)
    if figure is not None:
        choose_name(desk, figure.id, use)


COMMANDS: tuple[Command, ...] = (
    Command(
        id="measure.finding",
        title="Finding…",
        help="Say in a coded word what the chosen measurement is.",
        menu="Measure/Figure",
        key="Ctrl+Shift+N",
        run=partial(_choose, Use.FINDING),
        allowed=has_chosen,
    ),
    Command(
        id="measure.site",
        title="Site…",
        help="Say in a coded word where in the body the chosen measurement lies.",
        menu="Measure/Figure",
        run=partial(_choose, Use.SITE),
        allowed=has_chosen,
    ),
)
