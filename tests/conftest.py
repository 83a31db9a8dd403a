"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real images; a test that needs it is skipped, with a reason, where it is absent."""
    folder = Path(os.environ.get("SKIAGRAM_DATA", "../shared/data")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no real images: SKIAGRAM_DATA names no folder ({folder.name})")
    return folder
