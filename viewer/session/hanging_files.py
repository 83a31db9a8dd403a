"""Protocols as JSON text and back: for the database, and to hand them to a colleague.

A file from elsewhere is trusted in nothing: its size, its numbers and every word are checked,
and what is not understood makes the whole of it unreadable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias
from uuid import uuid4

from viewer.core.errors import Unreadable
from viewer.session.hanging_rules import MOST_CONDITIONS, Protocol, Slot
from viewer.session.hanging_shipped import SHIPPED
from viewer.session.hanging_traits import Condition, Trait
from viewer.session.look import SECOND, Layout, Viewing

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

FORMAT = "skiagram hanging protocols 1"
MOST_PROTOCOLS = 200
LARGEST_FILE = 2_000_000
_LONGEST_ID = 64


def written(protocol: Protocol) -> str:
    """Return one protocol as JSON."""
    return json.dumps(_protocol_tree(protocol), separators=(",", ":"))


def understood(text: str) -> Protocol:
    """Return the protocol that was written.

    Raises:
        Unreadable: if it is none.
    """
    return _protocol(_parsed(text))


def exported(protocols: Iterable[Protocol]) -> str:
    """Return protocols as the text of a file."""
    trees: list[Json] = [_protocol_tree(one) for one in protocols]
    return json.dumps({"format": FORMAT, "protocols": trees}, indent=2)


def imported(content: bytes) -> tuple[Protocol, ...]:
    """Return the protocols of a file, each as the reader's own and with an id of its own.

    Raises:
        Unreadable: if it is no such file, or a damaged one.
    """
    if len(content) > LARGEST_FILE:
        raise _unreadable("it is too large")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable("it is no text") from error
    whole = _parsed(text)
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _unreadable("it does not say that it holds protocols")
    listed = _list(whole.get("protocols"), MOST_PROTOCOLS)
    return tuple(replace(_protocol(one), id=uuid4().hex, shipped=False) for one in listed)


def with_shipped(kept: Sequence[Protocol]) -> tuple[Protocol, ...]:
    """Return kept protocols in their order; shipped ones are as this version has them.

    Only whether a shipped one is in use is the reader's choice.
    """
    by_id = {one.id: one for one in SHIPPED}
    known = [
        replace(by_id[one.id], enabled=one.enabled) if one.id in by_id else one
        for one in kept
        if one.id in by_id or not one.shipped
    ]
    there = {one.id for one in known}
    return (*known, *(one for one in SHIPPED if one.id not in there))


def _protocol_tree(one: Protocol) -> Json:
    return {
        "id": one.id,
        "name": one.name,
        "layout": one.layout.value if one.layout else None,
        "least": one.least,
        "enabled": one.enabled,
        "shipped": one.shipped,
        "study": [_condition_tree(condition) for condition in one.study],
        "slots": [
            {
                "viewing": slot.viewing.value,
                "earlier": slot.earlier,
                "with": slot.with_slot,
                "under": slot.under_slot,
                "conditions": [_condition_tree(condition) for condition in slot.conditions],
            }
            for slot in one.slots
        ],
    }


def _condition_tree(one: Condition) -> Json:
    return {"trait": one.trait.value, "word": one.word, "asked": one.asked}


def _parsed(text: str) -> Json:
    try:
        tree: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unreadable("it is damaged") from error
    return tree


def _protocol(tree: Json) -> Protocol:
    try:
        said = _table(tree)
        return Protocol(
            id=_text(said["id"])[:_LONGEST_ID],
            name=_text(said["name"]),
            slots=tuple(_slot(one) for one in _list(said["slots"], SECOND)),
            study=_conditions(said["study"]),
            layout=_layout(said["layout"]),
            least=_number(said["least"]),
            enabled=_flag(said["enabled"]),
            shipped=_flag(said["shipped"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable("a protocol in it is damaged") from error


def _layout(tree: Json) -> Layout | None:
    layout = None if tree is None else Layout.named(_text(tree))
    if layout is None and tree is not None:
        raise ValueError("no such grid")
    return layout


def _slot(tree: Json) -> Slot:
    said = _table(tree)
    mate, upper = said.get("with"), said.get("under")
    return Slot(
        conditions=_conditions(said["conditions"]),
        viewing=Viewing(_text(said["viewing"])),
        earlier=_flag(said["earlier"]),
        with_slot=None if mate is None else _number(mate),
        under_slot=None if upper is None else _number(upper),
    )


def _conditions(tree: Json) -> tuple[Condition, ...]:
    said = (_table(one) for one in _list(tree, MOST_CONDITIONS))
    return tuple(
        Condition(Trait(_text(one["trait"])), _text(one["word"]), _flag(one["asked"]))
        for one in said
    )


def _table(tree: Json) -> dict[str, Json]:
    if not isinstance(tree, dict):
        raise TypeError("no table")
    return tree


def _list(tree: Json, most: int) -> list[Json]:
    if not isinstance(tree, list) or len(tree) > most:
        raise _unreadable("a list in it is damaged or too long")
    return tree


def _text(tree: Json) -> str:
    if not isinstance(tree, str):
        raise TypeError("no text")
    return tree


def _number(tree: Json) -> int:
    if not isinstance(tree, int) or isinstance(tree, bool):
        raise TypeError("no number")
    return tree


def _flag(tree: Json) -> bool:
    if not isinstance(tree, bool):
        raise TypeError("neither yes nor no")
    return tree


def _unreadable(why: str) -> Unreadable:
    return Unreadable(f"These are no hanging protocols: {why}.", code="hanging_protocols")
