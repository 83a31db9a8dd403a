"""What is done to an image to make it easier to read: steps in order, named, kept as a file."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TypeAlias

from viewer.core.errors import Unreadable

Setting: TypeAlias = float | bool | str
"""What a parameter is set to."""

_FORM = 1
_MOST_STEPS = 50
_LONGEST = 1 << 16
_LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Step:
    """One filter by its id, and what its parameters are set to; those not named are as usual.

    `note` says in words what the settings were taken from: another series, for example.
    """

    filter: str
    settings: tuple[tuple[str, Setting], ...] = ()
    note: str = ""

    def of(self, name: str) -> Setting | None:
        """Return what a parameter is set to, None where it is as usual."""
        return dict(self.settings).get(name)

    def setting(self, name: str, value: Setting) -> Step:
        """Return this step with one parameter set."""
        others = tuple(pair for pair in self.settings if pair[0] != name)
        return replace(self, settings=(*others, (name, value)))


@dataclass(frozen=True, slots=True)
class Recipe:
    """Filters one after the other. The image they are applied to is never changed."""

    name: str
    steps: tuple[Step, ...] = ()

    def as_json(self) -> str:
        """Return it as the text of a file."""
        steps = [_told(step) for step in self.steps]
        content = {"skiagram_recipe": _FORM, "name": self.name, "steps": steps}
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def recipe_from(text: str) -> Recipe:
    """Return the recipe that a file holds.

    Raises:
        Unreadable: if it holds none, or one of a newer form.
    """
    if len(text) > _LONGEST:
        raise Unreadable("The recipe is too long to be one.", code="bad_recipe")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"This is no recipe: {error}.", code="bad_recipe") from error
    match content:
        case {"skiagram_recipe": 1, "name": str(name), "steps": list(steps)}:
            if len(steps) > _MOST_STEPS:
                raise Unreadable("A recipe has at most 50 steps.", code="bad_recipe")
            return Recipe(name, tuple(_step(step) for step in steps))
        case {"skiagram_recipe": int()}:
            raise Unreadable("The recipe is damaged or of a newer program.", code="bad_recipe")
    raise Unreadable("This is no recipe of filters.", code="bad_recipe")


def _told(step: Step) -> dict[str, object]:
    told: dict[str, object] = {"filter": step.filter, "settings": dict(step.settings)}
    return told | {"note": step.note} if step.note else told


def _step(content: object) -> Step:
    match content:
        case {"filter": str(name), "settings": dict(settings), "note": str(note)}:
            if len(note) > _LONGEST_NOTE:
                raise Unreadable("A note in the recipe is too long.", code="bad_recipe")
            return Step(name, tuple(_pair(key, value) for key, value in settings.items()), note)
        case {"filter": str(name), "settings": dict(settings)}:
            return Step(name, tuple(_pair(key, value) for key, value in settings.items()))
    raise Unreadable("A step of the recipe names no filter.", code="bad_recipe")


def _pair(key: object, value: object) -> tuple[str, Setting]:
    if isinstance(key, str) and isinstance(value, (bool, int, float, str)):
        return key, value if isinstance(value, (bool, str)) else float(value)
    raise Unreadable(f"The recipe sets {key} to something unknown.", code="bad_recipe")
