"""One worker process kept ready, so that a job starts at once."""

from __future__ import annotations

import threading

from viewer.jobs.process import Worker


class Spare:
    """Gives out worker processes; keeps one ready once it was asked to.

    A fresh interpreter that imports torch takes seconds; one that waits
    with everything imported takes none.
    """

    def __init__(self) -> None:
        self._modules: tuple[str, ...] | None = None
        self._ready: Worker | None = None
        self._closed = False
        self._lock = threading.Lock()

    def prepare(self, modules: tuple[str, ...] | None = None) -> None:
        """Have a worker ready with these modules imported; without any named, as last time."""
        with self._lock:
            self._modules = self._modules if modules is None else modules
            if self._modules is None or self._closed or self._ready is not None:
                return
            self._ready = Worker(self._modules)

    def take(self) -> Worker:
        """Return a worker, the one that is ready if there is one. The taker ends it."""
        with self._lock:
            ready, self._ready = self._ready, None
        if ready is not None:
            if ready.alive:
                return ready
            ready.end()
        return Worker(self._modules or ())

    def close(self) -> None:
        """End the one that is ready, and keep no other."""
        with self._lock:
            self._closed = True
            ready, self._ready = self._ready, None
        if ready is not None:
            ready.end()
