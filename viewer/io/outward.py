"""The order in which slices are read: the wanted one, then outwards on both sides."""

from __future__ import annotations

import numpy as np


class Outward:
    """Hands out every index once, nearest to the wanted one first. Not thread-safe."""

    def __init__(self, count: int, start: int) -> None:
        self.claimed = np.zeros(count, np.bool_)
        self._start = self._low = self._high = start

    def start_from(self, index: int) -> None:
        """Go on outwards from another index."""
        self._start = self._low = self._high = index

    def take(self, index: int) -> bool:
        """Hand out one certain index, if it was not handed out before."""
        free = not self.claimed[index]
        self.claimed[index] = True
        return bool(free)

    def claim(self) -> int | None:
        """Return the next index, or None when all are handed out."""
        count = len(self.claimed)
        while self._low >= 0 and self.claimed[self._low]:
            self._low -= 1
        while self._high < count and self.claimed[self._high]:
            self._high += 1
        if self._low < 0 and self._high >= count:
            return None
        below, above = self._start - self._low, self._high - self._start
        index = (
            self._low if self._high >= count or (self._low >= 0 and below < above) else self._high
        )
        self.claimed[index] = True
        return index
