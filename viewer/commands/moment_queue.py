"""Which moments of a 4D series are still to be loaded, and in which order."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator


class Queue:
    """Which moments are still to be loaded, nearest to the one looked at first. Thread-safe."""

    def __init__(self, numbers: Iterable[int], wanted: int, slice_number: int) -> None:
        self.numbers = frozenset(numbers)
        """All that were asked for, loaded or not."""
        self.under_way: set[str] = set()
        """The keys of those begun and not ended; known on the thread of the window only."""
        self._left = set(self.numbers)
        self._wanted, self._slice = wanted, slice_number
        self._lock = threading.Lock()

    def want(self, number: int, slice_number: int) -> None:
        """Go on from this moment, and in it from this slice."""
        with self._lock:
            self._wanted, self._slice = number, slice_number

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Give the number of the next moment and of the slice to begin with, until none is left."""
        while True:
            with self._lock:
                if not self._left:
                    return
                number = min(self._left, key=lambda one: (abs(one - self._wanted), one))
                self._left.discard(number)
                slice_number = self._slice
            yield number, slice_number

    def __len__(self) -> int:
        with self._lock:
            return len(self._left)
