"""Heads and listings as JSON, and back: values of the kinds named here and no others.

Nothing is ever executed of what is read: a kind that is not named, or a part that a
value does not have, makes the whole of it unreadable.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from viewer.core.plane import Plane
from viewer.core.study import Instance, Notice, Patient, Refusal, Series, SeriesKind, Study
from viewer.io.header import Header, PixelPlace, Stamp
from viewer.io.other_formats import Listed
from viewer.io.picture_heads import Page, PictureFile

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_KINDS: tuple[type, ...] = (
    *(Header, Instance, Listed, Notice, Patient, PixelPlace, Plane, Refusal, Series, Stamp, Study),
    *(Page, PictureFile),
)
_NUMBERS: dict[type, int] = {kind: number for number, kind in enumerate(_KINDS)}
_VALUES: tuple[Callable[..., object], ...] = _KINDS
_PARTS = tuple(tuple(field.name for field in fields(kind)) for kind in _KINDS)
_WORDS: dict[str, type[StrEnum]] = {"SeriesKind": SeriesKind}


def write(value: object, own: Path) -> str:
    """Return a value as JSON text; `own` is the file that it tells of, and is not repeated.

    Raises:
        TypeError: if a part of it is of no kind that is named here.
        ValueError: if there is a number in it that is none.
    """
    return json.dumps(_tree(value, own), separators=(",", ":"), allow_nan=False)


def understand(text: str, own: Path) -> object:
    """Return the value that was written of a file; lists come back as tuples.

    Raises:
        ValueError: if this was not written by `write`, or of other parts than there are now.
    """
    try:
        return _value(json.loads(text), own)
    except (TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError("what was written down cannot be understood") from error


def _tree(value: object, own: Path) -> Json:
    match value:
        case StrEnum():
            return {"w": [type(value).__name__, value.value]}
        case None | bool() | int() | float() | str():
            return value
        case Path():
            return {"p": "" if value == own else str(value)}
        case bytes():
            return {"b": value.decode("latin-1")}
        case tuple():
            return [_tree(part, own) for part in value]
        case dict():
            return {"r": _bytes_tree(value)}
    number = _NUMBERS.get(type(value))
    if number is None:
        raise TypeError(f"a {type(value).__name__} cannot be written down")
    return {"v": [number, *(_tree(getattr(value, part), own) for part in _PARTS[number])]}


def _bytes_tree(raw: dict[object, object]) -> Json:
    """Return stored values by tag; bytes become text of the same numbers."""
    tree: dict[str, Json] = {}
    for tag, stored in raw.items():
        if not isinstance(tag, int) or not isinstance(stored, bytes):
            raise TypeError("only bytes by number are written down")
        tree[str(tag)] = stored.decode("latin-1")
    return tree


def _value(tree: Json, own: Path) -> object:
    if isinstance(tree, list):
        return tuple(_values(tree, own))
    if not isinstance(tree, dict):
        return tree
    ((kind, inner),) = tree.items()
    if kind == "v" and isinstance(inner, list):
        number, *parts = inner
        if not isinstance(number, int) or len(parts) != len(_PARTS[number]) or number < 0:
            raise ValueError("a value of other parts")
        return _VALUES[number](*_values(parts, own))
    match kind, inner:
        case "r", dict():
            return {int(tag): str(stored).encode("latin-1") for tag, stored in inner.items()}
        case "p", str():
            return _path(inner) if inner else own
        case "b", str():
            return inner.encode("latin-1")
        case "w", [str(name), str(word)] if name in _WORDS:
            return _WORDS[name](word)
    raise ValueError("a value of unknown kind")


def _values(trees: list[Json], own: Path) -> list[object]:
    """Return values; most are numbers and words as they stand."""
    return [_value(one, own) if type(one) is dict or type(one) is list else one for one in trees]


_path = lru_cache(maxsize=64)(Path)
