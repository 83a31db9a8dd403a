"""Where this computer keeps settings, caches and data.

`SKIAGRAM_HOME` moves all of them together into one folder.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_NAME = "skiagram"
_HOME = "SKIAGRAM_HOME"


def config_folder() -> Path:
    """Return the folder of settings; it need not exist yet."""
    return _home("config") or platformdirs.user_config_path(_NAME)


def cache_folder() -> Path:
    """Return the folder of what can be made again."""
    return _home("cache") or platformdirs.user_cache_path(_NAME)


def data_folder() -> Path:
    """Return the folder of what the user would miss: drafts, the index, the audit trail."""
    return _home("data") or platformdirs.user_data_path(_NAME)


def log_file() -> Path:
    """Return the file that warnings and errors are written to."""
    return data_folder() / "skiagram.log"


def crash_file() -> Path:
    """Return the file into which a dying process writes where it was."""
    return data_folder() / "crash.txt"


def settings_file() -> Path:
    """Return where settings are kept."""
    return config_folder() / "settings.json"


def _home(part: str) -> Path | None:
    home = os.environ.get(_HOME)
    return Path(home).expanduser().resolve() / part if home else None
