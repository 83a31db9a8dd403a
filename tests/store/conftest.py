"""A shelf on disk, and things to put on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from viewer.store.shelf import Shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def shelf(folder: Path) -> Iterator[Shelf]:
    shelf = Shelf.open(folder)
    yield shelf
    shelf.close()
