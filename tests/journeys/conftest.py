"""A window that lives through a whole walk, and studies to walk through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.journeys.walker import Walker
from tests.leaks import Left
from viewer.core.progress import Silent
from viewer.io.sample import sample_study

Start = Callable[[Path], Walker]


@contextmanager
def walking(home: Path, request: pytest.FixtureRequest) -> Iterator[Walker]:
    """Start the program on a home of its own; see that it leaves nothing behind."""
    before = Left()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKIAGRAM_HOME", str(home))
        walker = Walker.started(QtBot(request))
        try:
            walker.wait(walker.window.isActiveWindow)
            yield walker
        finally:
            walker.close()
    assert before.behind() == []


@pytest.fixture(scope="session")
def phantom_images(tmp_path_factory) -> Path:
    """The synthetic chest, small: 60 slices of 128 x 128; its truth lies beside the folder."""
    folder = tmp_path_factory.mktemp("phantom")
    return sample_study(folder, Silent(), seed=3, shape=(60, 128, 128))


@pytest.fixture
def walker(qapp, home, request) -> Iterator[Walker]:
    """The program, just started."""
    with walking(home, request) as started:
        yield started
