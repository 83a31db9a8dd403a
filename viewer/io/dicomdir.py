"""The files that a DICOMDIR names, never outside its own folder (PS3.10 8, PS3.3 F)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from viewer.core.errors import Unreadable
from viewer.core.study import Refusal
from viewer.io.effort import too_many_parts
from viewer.io.pruning import Implausible
from viewer.io.quick_header import LONG_FORM, SHORT_FORM, NotPlain, read_meta
from viewer.io.syntaxes import BIG_ENDIAN, IMPLICIT

_LONGEST = 128 << 20
_MOST_ELEMENTS = 3_000_000
_UNDEFINED = 0xFFFFFFFF
_RECORDS = (0x0004, 0x1220)
_FILE_ID = (0x0004, 0x1500)

Listings: TypeAlias = dict[Path, dict[str, Path]]
"""What is in each folder that was looked at, by its name in capitals."""


def referenced_files(path: Path) -> tuple[list[Path], list[Refusal]]:
    """Return the files a DICOMDIR refers to, and the references that lead nowhere.

    Raises:
        Unreadable: if the DICOMDIR itself is damaged.
    """
    folder = path.parent.resolve()
    listings: Listings = {}
    files: dict[Path, None] = {}
    refused: list[Refusal] = []
    for parts in _references(path):
        if not _harmless(parts):
            refused.append(_outside(path))
            continue
        found = _find(path.parent, parts, listings)
        if found is None:
            shown = "/".join(parts)
            sentence = f"{path.name} names {shown}, which is not there."
            refused.append(Refusal(path.parent.joinpath(*parts), "missing_file", sentence))
        elif not found.resolve().is_relative_to(folder):
            refused.append(_outside(path))
        else:
            files[found] = None
    return list(files), refused


def _outside(path: Path) -> Refusal:
    return Refusal(path, "unsafe_path", f"{path.name} names a file outside its folder; left out.")


def _references(path: Path) -> list[tuple[str, ...]]:
    """Return the file IDs of all records, wherever they are; nothing else is understood."""
    with path.open("rb") as file:
        data = file.read(_LONGEST + 1)
    if len(data) > _LONGEST:
        raise too_many_parts(path)
    try:
        syntax, at = read_meta(data)
        found = list(_file_ids(data, at, syntax))
    except (NotPlain, struct.error) as error:
        raise Unreadable(
            f"{path.name} is a damaged table of contents", code="damaged_dicomdir"
        ) from error
    except Implausible:
        raise too_many_parts(path) from None
    return [_parts(stored) for stored in found if stored.strip(b" \0")]


def _file_ids(data: bytes, at: int, syntax: str) -> Iterator[bytes]:
    """Go through all elements in a row, those of items too, as if nothing were nested."""
    order, explicit = "><"[syntax != BIG_ENDIAN], syntax != IMPLICIT
    heads = struct.Struct(f"{order}HHL").unpack_from
    shorts = struct.Struct(f"{order}H").unpack_from
    longs = struct.Struct(f"{order}L").unpack_from
    for _ in range(_MOST_ELEMENTS):
        if at >= len(data):
            return
        group, element, length = heads(data, at)
        at += 8
        if group == 0xFFFE:
            continue
        kind = b""
        if explicit:
            kind = data[at - 4 : at - 2]
            if kind in LONG_FORM:
                (length,) = longs(data, at)
                at += 4
            elif kind in SHORT_FORM:
                (length,) = shorts(data, at - 2)
            else:
                raise NotPlain
        if kind == b"SQ" or length == _UNDEFINED or (group, element) == _RECORDS:
            continue
        if at + length > len(data):
            raise NotPlain
        if (group, element) == _FILE_ID:
            yield data[at : at + length]
        at += length
    raise Implausible


def _parts(stored: bytes) -> tuple[str, ...]:
    try:
        text = stored.decode("utf-8")
    except UnicodeDecodeError:
        text = stored.decode("latin-1")
    return tuple(part.strip(" \0") for part in text.split("\\"))


def _harmless(parts: tuple[str, ...]) -> bool:
    return all(part not in ("", ".", "..") and not set(part) & set("/\\:\0") for part in parts)


def _find(folder: Path, parts: tuple[str, ...], listings: Listings) -> Path | None:
    """Return the file, whatever the case of its name on this disk."""
    here = folder
    for part in parts:
        exact = here / part
        if not exact.exists():
            if here not in listings:
                entries = here.iterdir() if here.is_dir() else ()
                listings[here] = {entry.name.upper(): entry for entry in entries}
            alike = listings[here].get(part.upper())
            if alike is None:
                return None
            exact = alike
        here = exact
    return here if here.is_file() else None
