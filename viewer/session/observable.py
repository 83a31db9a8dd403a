"""A value that tells who listens when it is replaced: the new one and the old."""

from __future__ import annotations

from dataclasses import replace
from typing import Generic, TypeVar

from psygnal import Signal, SignalInstance

T = TypeVar("T")


class _News:
    """Carries the signal; psygnal wants its signals on a plain class."""

    changed = Signal(object, object)


class Observable(Generic[T]):
    """Holds one frozen value and announces its successor.

    Listeners are called with (new, old), in the order they connected. Bound
    methods are held weakly.
    """

    def __init__(self, value: T) -> None:
        self._value = value
        self._news = _News()

    @property
    def value(self) -> T:
        """What holds now."""
        return self._value

    @property
    def changed(self) -> SignalInstance:
        """Connect here to hear of the new value and the old."""
        return self._news.changed

    def set(self, value: T) -> None:
        """Replace the value; an equal one is no news."""
        old = self._value
        if value is old or value == old:
            return
        self._value = value
        self._news.changed.emit(value, old)

    def update(self, **changes: object) -> None:
        """Replace some fields of a dataclass value: one change, one piece of news."""
        self.set(replace(self._value, **changes))  # type: ignore[type-var]
