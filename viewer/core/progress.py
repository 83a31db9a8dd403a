"""How long work says where it is, and where a cancelled one stops."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """Raised inside work whose result nobody wants any more."""


class Progress(Protocol):
    """Given to every long function; the only thing it knows of the outside."""

    def report(self, done: float, doing: str = "") -> None:
        """Say that the fraction `done` (0 to 1) is behind us.

        Raises:
            Cancelled: if the work is no longer wanted.
        """


class Silent:
    """Progress for a caller who does not want to know."""

    def report(self, done: float, doing: str = "") -> None:
        """Take note and go on."""


class Part:
    """One stretch of a longer piece of work, reported as its own 0 to 1."""

    def __init__(self, whole: Progress, start: float, end: float) -> None:
        self._whole, self._start, self._end = whole, start, end

    def report(self, done: float, doing: str = "") -> None:
        """Pass the fraction on, squeezed into this stretch."""
        self._whole.report(self._start + done * (self._end - self._start), doing)
