"""A stand-in for the thread of the window, and a runner that reports to it."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator

import pytest

from tests.patience import PATIENCE_S
from viewer.jobs.runner import Runner


class WindowThread:
    """Calls what was posted, on the thread of the test."""

    def __init__(self) -> None:
        self._queue: queue.Queue[Callable[[], None]] = queue.Queue()

    def post(self, call: Callable[[], None]) -> None:
        self._queue.put(call)

    def until(self, condition: Callable[[], object], within_s: float = PATIENCE_S) -> None:
        """Go on calling until the condition holds."""
        deadline = time.monotonic() + within_s
        while not condition():
            assert time.monotonic() < deadline, "it took too long"
            try:
                self._queue.get(timeout=0.02)()
            except queue.Empty:
                continue

    def for_a_while(self, seconds: float) -> None:
        """Go on calling for some time."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)


@pytest.fixture
def window() -> WindowThread:
    return WindowThread()


@pytest.fixture
def runner(window: WindowThread) -> Iterator[Runner]:
    runner = Runner(window.post)
    yield runner
    runner.close()
