"""Where the engine keeps what can be made again."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path


def cache_folder() -> Path:
    """Return the folder of this user; it need not exist yet."""
    home = os.environ.get("SKIAGRAM_HOME")
    base = Path(home).expanduser().resolve() / "cache" if home else user_cache_path("skiagram")
    return base / "models"


def written(path: Path, content: bytes) -> bool:
    """Write a file as a whole or not at all, for this user alone; tell whether it could be."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        return False
    return True
