"""The settings of a bundle as data: names are words, expressions are never evaluated."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from viewer.core.errors import Declined, Unreadable

Said: TypeAlias = Mapping[str, object]
LARGEST_BYTES = 4_000_000
_REFERRED = 20
_LONGEST_LIST = 4096
_DEEPEST = 8


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """One JSON file of a bundle."""

    name: str
    said: Said = field(repr=False)

    def at(self, *path: str) -> object:
        """Return what stands at a place, following references; None if nothing does."""
        here: object = self.said
        for key in path:
            here = self.followed(here)
            if isinstance(here, Mapping):
                here = here.get(key)
            elif isinstance(here, list) and key.isdecimal() and int(key) < len(here):
                here = here[int(key)]
            else:
                return None
        return self.followed(here)

    def followed(self, value: object) -> object:
        """Return what a reference such as "@network_def#channels" names.

        Raises:
            Unreadable: if references lead in a circle.
        """
        for _ in range(_REFERRED):
            if not isinstance(value, str) or not value.startswith("@"):
                return value
            here: object = self.said
            for key in value[1:].replace("::", "#").split("#"):
                if isinstance(here, Mapping):
                    here = here.get(key)
                elif isinstance(here, list) and key.isdecimal() and int(key) < len(here):
                    here = here[int(key)]
                else:
                    here = None
            value = here
        raise Unreadable(f"{self.name}: its references lead in a circle.", code="bad_settings")

    def literal(self, value: object, place: str, instead: str, depth: int = 0) -> object:
        """Return a plain value, with the references in it followed.

        Args:
            value: As it stands in the settings.
            place: What it is called, for a refusal.
            instead: What has to be given in its place, if it is none.
            depth: How far inside lists it stands.

        Raises:
            Declined: if it is an expression.
        """
        value = self.followed(value)
        if isinstance(value, str) and value.startswith(("$", "%")):
            raise Declined(
                f"{self.name}: {place} is an expression ({value[:60]!r}), which is not evaluated;"
                f" {instead}.",
                code="expressions",
            )
        if isinstance(value, list):
            if len(value) > _LONGEST_LIST or depth > _DEEPEST:
                raise Unreadable(f"{self.name}: {place} is too long a list.", code="too_large")
            return [self.literal(one, place, instead, depth + 1) for one in value]
        return value

    def steps(self, place: str, instead: str) -> Iterator[tuple[str, Said, str]]:
        """Go through the transforms of a `Compose`: the name of each, its settings, its place.

        Raises:
            Declined: if the list, or whether a step is taken, is an expression.
            Unreadable: if it is no list of transforms.
        """
        composed = self.literal(self.at(place), place, instead)
        if composed is None:
            return
        listed = composed
        if isinstance(composed, Mapping):
            listed = self.literal(composed.get("transforms"), f"{place}.transforms", instead)
        if not isinstance(listed, list):
            raise Unreadable(f"{self.name}: {place} is no list of transforms.", code="bad_settings")
        for number, step in enumerate(listed):
            where = f"{place}.transforms[{number}]"
            if not isinstance(step, Mapping):
                raise Unreadable(f"{self.name}: {where} is no transform.", code="bad_settings")
            off = self.literal(step.get("_disabled_", False), f"{where}._disabled_", instead)
            if off in (False, "false", "False"):
                name = class_word(step.get("_target_"))
                yield name, step, f"{where} ({name})"


def class_word(target: object) -> str:
    """Return the last word of a `_target_`, dictionary transforms ending in a small d."""
    if not isinstance(target, str) or len(target) > 200:
        return ""
    parent, _, word = target.rpartition(".")
    if parent and parent.split(".")[0] != "monai":
        return target
    for ending in ("Dict", "D"):
        if word.endswith(ending) and word != ending:
            return f"{word.removesuffix(ending)}d"
    return word


def settings_of(text: bytes, name: str) -> Settings:
    """Return the settings of a JSON text.

    Raises:
        Unreadable: if it is no JSON object.
    """
    if len(text) > LARGEST_BYTES:
        raise Unreadable(f"{name}: longer than any settings.", code="too_large")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as why:
        raise Unreadable(f"{name}: no JSON, or damaged.", code="bad_settings") from why
    if not isinstance(said, dict):
        raise Unreadable(f"{name}: no JSON object.", code="bad_settings")
    return Settings(name, said)


def wholes(value: object) -> tuple[int, ...] | None:
    """Return a list of whole numbers; None if it is something else."""
    if not isinstance(value, list):
        return None
    if not all(isinstance(one, int) and not isinstance(one, bool) for one in value):
        return None
    return tuple(int(one) for one in value)


def numbers(value: object) -> tuple[float, ...] | None:
    """Return a list of finite numbers; None if it is something else."""
    if not isinstance(value, list):
        return None
    found = [number(one) for one in value]
    return None if None in found else tuple(one for one in found if one is not None)


def number(value: object) -> float | None:
    """Return a finite number; None if it is something else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if abs(value) < 1e9 else None
