"""One phantom and one reading of it, shared by the tests of this room."""

from __future__ import annotations

import pytest

from viewer.ai.second_reader import read
from viewer.core.progress import Silent
from viewer.imaging.phantom import thorax


@pytest.fixture(scope="session")
def phantom():
    return thorax(5, shape=(112, 300, 300))


@pytest.fixture(scope="session")
def reading(phantom):
    return read(phantom.volume, Silent())
