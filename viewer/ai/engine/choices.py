"""Which engine was found the fastest for which network, kept in the user's cache."""

from __future__ import annotations

import json
from pathlib import Path

from viewer.ai.engine.places import cache_folder, written

_FILE = "engines.json"
_MOST = 200
_LARGEST_BYTES = 100_000


def kept(key: str) -> str:
    """Return the engine that was chosen, empty if none is known."""
    return _all().get(key, "")


def keep(key: str, engine: str) -> None:
    """Remember a choice; without effect where nothing can be written."""
    choices = {**_all(), key: engine}
    newest = dict(list(choices.items())[-_MOST:])
    written(_path(), json.dumps(newest, indent=1).encode())


def _path() -> Path:
    return cache_folder() / _FILE


def _all() -> dict[str, str]:
    """Return all choices; none if the file is not what it should be."""
    try:
        if _path().stat().st_size > _LARGEST_BYTES:
            return {}
        found = json.loads(_path().read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: name for key, name in found.items() if isinstance(name, str)}
