"""A window that lives through a whole walk, and studies to walk through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.journeys.hands import WatchedBot
from tests.journeys.walker import Walker
from tests.journeys.watchdog import Stalls, Watchdog
from tests.leaks import Left
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding
from viewer.core.progress import Silent
from viewer.io.sample import sample_study
from viewer.session.images import OpenImage

Start = Callable[[Path], Walker]


@contextmanager
def watched(request: pytest.FixtureRequest) -> Iterator[Watchdog]:
    """Watch what the window is held up by."""
    dog = Watchdog(request.getfixturevalue("stalls"))
    dog.start()
    try:
        yield dog
    finally:
        dog.stop()
        dog.deleteLater()


@contextmanager
def walking(home: Path, request: pytest.FixtureRequest) -> Iterator[Walker]:
    """Start the program on a home of its own; see that it leaves nothing behind."""
    before = Left()
    with pytest.MonkeyPatch.context() as patch, watched(request) as dog:
        patch.setenv("SKIAGRAM_HOME", str(home))
        walker = Walker.started(WatchedBot(request, dog))
        try:
            walker.wait(walker.window.isActiveWindow)
            yield walker
        finally:
            walker.close()
    assert before.behind() == []


@pytest.fixture(scope="session")
def stalls() -> Stalls:
    """What held the thread of the window up in the journeys."""
    return Stalls()


@pytest.fixture(autouse=True)
def never_held_up(stalls) -> Iterator[None]:
    """Fail a journey in which the window did not answer for more than a tenth of a second."""
    yield
    over, stalls.over = stalls.over, []
    if over:
        words = "\n".join(f"  {stall}" for stall in over)
        pytest.fail(f"the window was held up {len(over)} times:\n{words}", pytrace=False)


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


@pytest.fixture(scope="session")
def one_finding() -> Callable[[OpenImage], Finding]:
    """Return how a model would propose a ball of 10 mm in the middle of an image."""

    def propose(opened: OpenImage) -> Finding:
        middle = opened.geometry.centre
        low, high = (tuple(part + off for part in middle) for off in (-5.0, 5.0))
        model = Author("Model", is_model=True, version="1", weights_sha256="ab" * 32)
        return Finding(
            "2.25.7", NODULE, LUNG, middle, low, high, 10.0, 523.6, opened.key, model,
            score=0.9, unit="[hnsf'U]",
        )  # fmt: skip

    return propose
