"""The reader's own recipes of filters: a folder with a file for each, that can be given away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from viewer.core.errors import Declined, Unreadable
from viewer.core.recipe import Recipe, recipe_from

ENDING = ".recipe.json"
LONGEST_NAME = 60
_MOST = 300
_LONGEST = 1 << 16


class Recipes:
    """Recipes by name. To be used in jobs: every call reads or writes files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> tuple[Recipe, ...]:
        """Return all that can be understood, in the order of their names."""
        found = []
        for path in sorted(self._folder.glob(f"*{ENDING}"))[:_MOST]:
            try:
                with path.open("rb") as file:
                    found.append(recipe_from(file.read(_LONGEST + 1).decode()))
            except (OSError, UnicodeDecodeError, Unreadable):
                continue
        return tuple(sorted(found, key=lambda recipe: recipe.name.casefold()))

    def keep(self, recipe: Recipe, name: str) -> Recipe:
        """Keep a recipe by a name, in place of another of this name; return it with the name.

        Raises:
            Declined: if the name is none, or the folder cannot be written.
        """
        named = replace(recipe, name=checked_name(name))
        path = self._path(named.name)
        part = path.with_name(f"{path.name}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part.write_text(named.as_json(), encoding="utf-8")
            part.replace(path)
        except OSError as error:
            raise Declined(
                f"The recipe cannot be kept: {error.strerror or error}.", code="cannot_write"
            ) from error
        return named

    def forget(self, name: str) -> None:
        """Take a recipe away; one that is not there is no error.

        Raises:
            Declined: if its file cannot be removed.
        """
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise Declined(
                f"The recipe cannot be removed: {error.strerror or error}.", code="cannot_write"
            ) from error

    def _path(self, name: str) -> Path:
        return self._folder / f"{quote(name, safe=' ')}{ENDING}"


def checked_name(name: str) -> str:
    """Return a name without blanks round it.

    Raises:
        Declined: if nothing is left, or it is too long.
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise Declined(f"A name has 1 to {LONGEST_NAME} characters.", code="bad_name")
    return plain
