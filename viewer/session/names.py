"""The words of radiology that a figure can be called by, with their codes.

The list lies in resources/terms: SNOMED CT and RadLex codes that the DICOM standard itself
uses (PS3.16), for findings and for the parts of the body.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from viewer.core.code import Code
from viewer.core.resources import resource_folder


class Use(StrEnum):
    """What a word is for."""

    FINDING = "finding"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Name:
    """A coded word, and whether it says what something is or where."""

    code: Code
    use: Use

    @property
    def key(self) -> str:
        """Return what tells it from every other word: "SCT 39607008"."""
        return f"{self.code.scheme} {self.code.value}"


@cache
def names() -> tuple[Name, ...]:
    """Return all words, findings first, each kind in the order of the alphabet."""
    path = resource_folder() / "terms" / "radiology.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return tuple(
            Name(Code(row["code"], row["scheme"], row["meaning"]), Use(row["use"])) for row in rows
        )


def names_for(use: Use, recent: Iterable[str] = ()) -> tuple[Name, ...]:
    """Return the words of one use, those first that were chosen last."""
    order = {key: place for place, key in enumerate(recent)}
    found = (name for name in names() if name.use is use)
    return tuple(sorted(found, key=lambda name: order.get(name.key, len(order))))


def fitting(words: Iterable[Name], typed: str) -> tuple[Name, ...]:
    """Return those in which all that was typed occurs, whole beginnings of words first."""
    parts = typed.casefold().split()

    def fits(name: Name) -> bool:
        text = f"{name.code.meaning} {name.code.value}".casefold()
        return all(part in text for part in parts)

    def begins(name: Name) -> bool:
        meaning = f" {name.code.meaning.casefold()}"
        return all(f" {part}" in meaning for part in parts)

    return tuple(sorted((name for name in words if fits(name)), key=lambda name: not begins(name)))


def with_recent(recent: tuple[str, ...], name: Name, most: int = 12) -> tuple[str, ...]:
    """Return the words that were chosen last, with one more."""
    return (name.key, *(key for key in recent if key != name.key))[:most]
