"""A thread of its own that writes what it is told, in the order of telling."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable


class Scribe:
    """Writes in the background, and does what recurs while nothing is to be written."""

    def __init__(self, recurring: Callable[[], None], every_s: float) -> None:
        """Take what is done every so many seconds, once there was something to write."""
        self._recurring, self._every_s = recurring, every_s
        self._queue: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._closed = False

    def write(self, call: Callable[[], None]) -> None:
        """Have something written after all that was told before."""
        if self._closed:
            raise RuntimeError("nothing is written any more")
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="skiagram-keeper", daemon=True)
            self._thread.start()
        self._queue.put(call)

    def wait(self, most_s: float | None = None) -> bool:
        """Wait until all that was told is written, or for so long; tell whether it is."""
        if self._thread is None:
            return True
        written = threading.Event()
        self.write(written.set)
        return written.wait(most_s)

    def close(self) -> None:
        """Write what is left, and end."""
        self._closed = True
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()

    def _run(self) -> None:
        due_s = time.monotonic() + self._every_s
        while True:
            try:
                call = self._queue.get(timeout=max(0.0, due_s - time.monotonic()))
            except queue.Empty:
                call = self._recurring
            if call is None:
                return
            call()
            if time.monotonic() >= due_s:
                if call is not self._recurring:
                    self._recurring()
                due_s = time.monotonic() + self._every_s
