"""Hands that are watched: how long the program takes for a click or a key holds its window up.

What a test does in between, on the same thread, is not the program's and does not count.
"""

from __future__ import annotations

import pytest

from tests.journeys.watchdog import Watchdog
from tests.patience import PatientBot


class WatchedBot(PatientBot):
    """Clicks, types and waits under the eyes of a watchdog."""

    def __init__(self, request: pytest.FixtureRequest, dog: Watchdog) -> None:
        super().__init__(request)
        self.dog = dog

    def wait(self, ms: int) -> None:
        """Let the program live for so long."""
        with self.dog.on_duty():
            super().wait(ms)

    def keyClicks(self, widget: object, words: str, *others: object) -> None:  # noqa: N802 - its
        """Type words, letter by letter."""
        for letter in words:
            self.keyClick(widget, letter, *others)

    def keyClick(self, *about: object, **named: object) -> None:  # noqa: N802 - pytest-qt's name
        """Press a key."""
        with self.dog.on_duty():
            super().keyClick(*about, **named)

    def mouseClick(self, *about: object, **named: object) -> None:  # noqa: N802 - pytest-qt's name
        """Click."""
        with self.dog.on_duty():
            super().mouseClick(*about, **named)

    def mouseDClick(self, *about: object, **named: object) -> None:  # noqa: N802 - pytest-qt's name
        """Click twice."""
        with self.dog.on_duty():
            super().mouseDClick(*about, **named)

    def mousePress(self, *about: object, **named: object) -> None:  # noqa: N802 - pytest-qt's name
        """Press a button of the mouse."""
        with self.dog.on_duty():
            super().mousePress(*about, **named)

    def mouseRelease(self, *about: object, **named: object) -> None:  # noqa: N802 - its
        """Let a button of the mouse go."""
        with self.dog.on_duty():
            super().mouseRelease(*about, **named)
