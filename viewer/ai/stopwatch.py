"""How long each stage took."""

from __future__ import annotations

from time import perf_counter


class Stopwatch:
    """Counts seconds from one lap to the next."""

    def __init__(self) -> None:
        self._since = perf_counter()
        self._laps: list[tuple[str, float]] = []

    def lap(self, name: str) -> None:
        """Write down the seconds since the last lap."""
        now = perf_counter()
        self._laps.append((name, round(now - self._since, 3)))
        self._since = now

    @property
    def laps(self) -> tuple[tuple[str, float], ...]:
        """Each stage and its seconds."""
        return tuple(self._laps)
