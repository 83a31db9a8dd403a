"""Names in an archive as names of files that any system can hold, each its own."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""What Windows takes for a device, with any ending."""
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_LONGEST_PART = 120
_LONGEST_PATH = 400
_DEEPEST = 24


def inside(name: str) -> PurePosixPath | None:
    """Return the path of an entry within the archive, or None if it leads out of it."""
    relative = PurePosixPath(name.replace("\\", "/"))
    parts = relative.parts
    if (
        not parts
        or relative.is_absolute()
        or ".." in parts
        or any(":" in part or "\0" in part for part in parts)
    ):
        return None
    return relative


class Places:
    """Hands out a place for each entry, so that none is written over another."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._moved = 0

    def of(self, relative: PurePosixPath) -> PurePosixPath:
        """Return where an entry goes: to its own name if that is free and can be a name."""
        place = PurePosixPath(*map(_plain, relative.parts))
        if len(place.parts) > _DEEPEST or len(str(place)) > _LONGEST_PATH:
            place = self._elsewhere(PurePosixPath(place.name))
        while self._in_the_way(place):
            place = self._elsewhere(place)
        self._files.add(_key(place))
        self._folders.update(_key(folder) for folder in place.parents)
        return place

    def _in_the_way(self, place: PurePosixPath) -> bool:
        own = _key(place)
        return (
            own in self._files
            or own in self._folders
            or any(_key(folder) in self._files for folder in place.parents)
        )

    def _elsewhere(self, place: PurePosixPath) -> PurePosixPath:
        self._moved += 1
        return PurePosixPath(f"again {self._moved}") / place


def _key(place: PurePosixPath) -> str:
    """Return what two names share that some systems take for the same."""
    return str(place).casefold()


def _plain(part: str) -> str:
    """Return a part of a path without what some system would not have in it."""
    plain = _FORBIDDEN.sub("_", part).rstrip(". ") or "_"
    if plain.split(".")[0].strip().casefold() in _RESERVED:
        plain = f"_{plain}"
    if len(plain.encode("utf-8", "surrogateescape")) <= _LONGEST_PART:
        return plain
    mark = hashlib.sha256(plain.encode("utf-8", "surrogateescape")).hexdigest()[:16]
    ending = PurePosixPath(plain).suffix
    return f"{plain[:20]}-{mark}{ending if len(ending) <= 5 else ''}"
