"""How long tests wait for what must come: long, for cores may be shared.

A wait ends as soon as what it waits for is there, so that patience costs nothing but in a test
that fails. What must not take long is measured in the processor's time (`spent`), which does
not grow while others work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import psutil
from pytestqt.qtbot import QtBot

PATIENCE_S = 240.0
_PATIENCE_MS = round(PATIENCE_S * 1000)


class PatientBot(QtBot):
    """Clicks, types and waits, and is not in a hurry."""

    def waitUntil(  # noqa: N802 - pytest-qt's name
        self, callback: Callable[[], bool | None], *, timeout: int = _PATIENCE_MS
    ) -> None:
        """Let the program live until something holds."""
        super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget: object, *, timeout: int = _PATIENCE_MS) -> object:  # noqa: N802
        """Wait until a window is on the screen."""
        return super().waitExposed(widget, timeout=timeout)


class Spent:
    """What a process takes of the processor from now on, in s; its last word when it is gone."""

    def __init__(self, process: psutil.Process) -> None:
        self._process = process
        self._from_s = self._to_s = self._now()

    def __call__(self) -> float:
        with suppress(psutil.NoSuchProcess):
            self._to_s = max(self._to_s, self._now())
        return self._to_s - self._from_s

    def and_gone(self) -> bool:
        """Tell whether the process has ended, and look at its time once more if not."""
        self()
        with suppress(psutil.NoSuchProcess):
            return self._process.status() == psutil.STATUS_ZOMBIE
        return True

    def _now(self) -> float:
        times = self._process.cpu_times()
        return times.user + times.system


@contextmanager
def spent_by_children() -> Iterator[Callable[[], float]]:
    """Give how much of the processor, in s, programs took that were started in the block."""
    before = _of_children()
    yield lambda: _of_children() - before


def _of_children() -> float:
    import resource  # which Windows has not

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
