"""A thread of its own that writes what it is told, in the order of telling."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from itertools import count
from typing import TypeAlias

_SOON, _LATER, _LAST = 0, 1, 2
_Entry: TypeAlias = tuple[int, int, Callable[[], None] | None]


class Scribe:
    """Writes in the background, and does what recurs while nothing is to be written."""

    def __init__(self, recurring: Callable[[], None], every_s: float) -> None:
        """Take what is done every so many seconds, once there was something to write."""
        self._recurring, self._every_s = recurring, every_s
        self._queue: queue.PriorityQueue[_Entry] = queue.PriorityQueue()
        self._numbers = count()
        self._thread: threading.Thread | None = None
        self._closed = False

    def write(self, call: Callable[[], None], *, later: bool = False) -> None:
        """Have something written after all that was told before.

        What may be done `later` lets everything else go first.
        """
        if self._closed:
            raise RuntimeError("nothing is written any more")
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="skiagram-keeper", daemon=True)
            self._thread.start()
        self._put(_LATER if later else _SOON, call)

    def wait(self, most_s: float | None = None, *, for_all: bool = True) -> bool:
        """Wait until what was told is written, or for so long; tell whether it is.

        If not `for_all`, what may be done later is not waited for.
        """
        if self._thread is None:
            return True
        written = threading.Event()
        self.write(written.set, later=for_all)
        return written.wait(most_s)

    def close(self) -> None:
        """Write what is left, and end."""
        self._closed = True
        if self._thread is not None:
            self._put(_LAST, None)
            self._thread.join()

    def _put(self, rank: int, call: Callable[[], None] | None) -> None:
        self._queue.put((rank, next(self._numbers), call))

    def _run(self) -> None:
        due_s = time.monotonic() + self._every_s
        while True:
            try:
                _, _, call = self._queue.get(timeout=max(0.0, due_s - time.monotonic()))
            except queue.Empty:
                call = self._recurring
            if call is None:
                return
            call()
            if time.monotonic() >= due_s:
                if call is not self._recurring:
                    self._recurring()
                due_s = time.monotonic() + self._every_s
