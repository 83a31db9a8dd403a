"""Watches the thread of the window: how long nothing else could happen on it.

A timer is due every few milliseconds; when it comes late, something held the
thread up for as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5
STALL_MS = 100.0


@dataclass
class Stalls:
    """How often and how long the thread of the window was held up, in ms."""

    beats: int = 0
    longest_ms: float = 0.0
    over: list[float] = field(default_factory=list)

    def note(self, late_ms: float) -> None:
        """Take down by how much a beat came late."""
        self.beats += 1
        self.longest_ms = max(self.longest_ms, late_ms)
        if late_ms > STALL_MS:
            self.over.append(late_ms)


class Watchdog(QObject):
    """Beats on the thread of the window and notes each beat that is late."""

    def __init__(self) -> None:
        super().__init__()
        self.stalls = Stalls()
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last_s = perf_counter()

    def start(self) -> None:
        """Begin to watch now; what was before does not count."""
        self._last_s = perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Watch no longer; what holds the thread up right now still counts."""
        self._beat()
        self._timer.stop()

    def _beat(self) -> None:
        now_s = perf_counter()
        self.stalls.note((now_s - self._last_s) * 1000 - BEAT_MS)
        self._last_s = now_s


@contextmanager
def watching() -> Iterator[Stalls]:
    """Watch the thread of the window while the block runs."""
    dog = Watchdog()
    dog.start()
    try:
        yield dog.stalls
    finally:
        dog.stop()
        dog.deleteLater()
