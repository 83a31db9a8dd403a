"""Where the files lie that are shipped with the program: models, icons, templates."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resource_folder() -> Path:
    """Return the folder `resources`, inside the wheel or beside the package in a checkout."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "resources"
    return shipped if shipped.is_dir() else package.parent / "resources"
