"""Watches the thread of the window: how long nothing else could happen on it.

A timer is due every few milliseconds; when it comes late, something held the
thread up. What other programs took of the processor meanwhile does not count:
the time in which the thread was ready to run but had no processor is taken off,
and of time in which it merely waited, as much as a companion thread that only
sleeps came late by. What the thread was doing when it was late is written down.
"""

from __future__ import annotations

import faulthandler
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep, thread_time
from typing import IO

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

BEAT_MS = 5
STALL_MS = 100.0
_STEP = re.compile(r'File "(.+)", line (\d+) in (.+)')
_SUSPECT_MS = 50.0
"""When the thread is late by so much, what it does is looked at."""
_GRACE_S = 0.15
"""So long it may merely wait: for a lock whose holder is itself in line for a processor."""
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Stall:
    """The thread was held up for so long, for so much of it by its own work; what it did then.

    `waited_ms` is how long it merely waited, whoever was late with it.
    """

    held_ms: float
    worked_ms: float
    waited_ms: float
    doing: tuple[str, ...]

    def __str__(self) -> str:
        lines = "".join(f"\n      {line}" for line in self.doing)
        return f"{self.held_ms:.0f} ms, {self.worked_ms:.0f} ms of it at work{lines}"


@dataclass
class Stalls:
    """How often and how long the thread of the window was held up, in ms."""

    beats: int = 0
    longest_ms: float = 0.0
    longest_wait_ms: float = 0.0
    over: list[Stall] = field(default_factory=list)

    def note(self, stall: Stall) -> None:
        """Take down by how much a beat came late."""
        self.beats += 1
        self.longest_ms = max(self.longest_ms, stall.held_ms)
        self.longest_wait_ms = max(self.longest_wait_ms, stall.waited_ms)
        if stall.held_ms > STALL_MS:
            self.over.append(stall)


@dataclass(frozen=True)
class _Clock:
    """Seconds: of the day, worked by this thread, and spent by it in line for a processor."""

    now: float
    worked: float
    in_line: float

    @classmethod
    def read(cls) -> _Clock:
        return cls(perf_counter(), thread_time(), _in_line_s())


class Companion(threading.Thread):
    """Sleeps beside the thread that is watched: how late it wakes is the fault of nobody."""

    def __init__(self, watched: int) -> None:
        super().__init__(name="watchdog companion", daemon=True)
        self._watched, self._ended = watched, threading.Event()
        self._late_s = 0.0
        self._asleep_s = self._since_s = perf_counter()
        self._doing: list[str] = []

    def run(self) -> None:
        with tempfile.TemporaryFile() as notes:
            while not self._ended.is_set():
                self._asleep_s = perf_counter()
                sleep(BEAT_MS / 1000)
                now = perf_counter()
                self._late_s = max(self._late_s, now - self._asleep_s - BEAT_MS / 1000)
                if (now - self._since_s) * 1000 > _SUSPECT_MS:
                    self._look(notes)

    def end(self) -> None:
        self._ended.set()
        self.join()

    def begin(self) -> None:
        """Begin anew: the thread that is watched has answered."""
        self._late_s, self._since_s, self._doing = 0.0, perf_counter(), []

    def told(self) -> tuple[float, tuple[str, ...]]:
        """Return how late this thread was itself since the last answer, and what it saw."""
        late_now_s = perf_counter() - self._asleep_s - BEAT_MS / 1000
        return max(self._late_s, late_now_s), tuple(dict.fromkeys(self._doing))

    def _look(self, notes: IO[bytes]) -> None:
        """Note where the thread is, without holding any frame: its locals are not ours to free."""
        notes.seek(0)
        notes.truncate()
        faulthandler.dump_traceback(notes, all_threads=True)
        notes.seek(0)
        threads = notes.read().decode(errors="replace").split("hread 0x")
        mine = (part for part in threads if part.startswith(f"{self._watched:016x}"))
        steps = _STEP.findall(next(mine, ""))[::-1]
        ours = [step for step in steps if step[0].startswith(f"{_ROOT}/viewer/")]
        last = [step for step in steps[-1:] if step not in ours]
        self._doing.append(
            " > ".join(f"{Path(f).stem}:{n} {name}" for f, n, name in ours[-4:] + last)
        )


class Watchdog(QObject):
    """Beats on the thread of the window and notes each beat that is late, while on duty."""

    def __init__(self, stalls: Stalls) -> None:
        super().__init__()
        self.stalls = stalls
        self._depth = 0
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._companion = Companion(threading.get_ident())
        self._last = _Clock.read()

    def start(self) -> None:
        """Begin to beat."""
        self._companion.start()
        self._timer.start()

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        self._companion.end()

    @contextmanager
    def on_duty(self) -> Iterator[None]:
        """Watch while the block runs, in which the program works; what is around it is not its."""
        self._depth += 1
        if self._depth == 1:
            self._begin()
        try:
            yield
        finally:
            if self._depth == 1:
                self._beat()
            self._depth -= 1

    def _begin(self) -> None:
        self._last = _Clock.read()
        self._companion.begin()

    def _beat(self) -> None:
        if not self._depth:
            return
        clock, last = _Clock.read(), self._last
        late_s, doing = self._companion.told()
        worked_s = clock.worked - last.worked
        waited_s = clock.now - last.now - worked_s - (clock.in_line - last.in_line) - BEAT_MS / 1000
        held_s = worked_s + max(waited_s - late_s - _GRACE_S, 0.0)
        if held_s * 1000 < STALL_MS or _seen():
            self.stalls.note(Stall(held_s * 1000, worked_s * 1000, waited_s * 1000, doing))
        self._begin()


@contextmanager
def watching() -> Iterator[Stalls]:
    """Watch the thread of the window while the block runs."""
    dog = Watchdog(Stalls())
    dog.start()
    try:
        with dog.on_duty():
            yield dog.stalls
    finally:
        dog.stop()
        dog.deleteLater()


def _seen() -> bool:
    """Tell whether there is a window that could be held up."""
    return any(window.isVisible() for window in QApplication.topLevelWidgets())


def _in_line_s() -> float:
    """Return how long this thread was ready to run but had no processor; 0 where none tells."""
    try:
        return int(_SCHEDULE.read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


_SCHEDULE = Path("/proc/thread-self/schedstat")
