"""News at a rate a person can follow."""

from __future__ import annotations

import threading
from collections.abc import Callable

_END_WITHIN_S = 1.0


class Herald:
    """Posts one and the same piece of news, however often it is stirred, at most 20 times a second.

    The next is not posted before the last was heard, so that a busy window is
    never buried; and what was stirred last is always told in the end.
    """

    def __init__(
        self,
        post: Callable[[Callable[[], None]], None],
        tell: Callable[[], None],
        every_s: float = 0.05,
    ) -> None:
        self._post, self._tell, self._every_s = post, tell, every_s
        self._stirred = threading.Event()
        self._heard = threading.Event()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def stir(self) -> None:
        """Say from any thread that there is news."""
        self._stirred.set()
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._run, name="skiagram-news", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Tell nothing any more."""
        with self._lock:
            self._closed.set()
        self._stirred.set()
        self._heard.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_END_WITHIN_S)

    def _run(self) -> None:
        while self._stirred.wait() and not self._closed.is_set():
            self._stirred.clear()
            self._heard.clear()
            self._post(self._deliver)
            self._heard.wait()
            self._closed.wait(self._every_s)

    def _deliver(self) -> None:
        self._heard.set()
        if not self._closed.is_set():
            self._tell()
