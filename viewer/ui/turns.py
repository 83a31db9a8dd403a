"""Many views that are to be drawn anew take turns, so that the window answers in between.

The view that is looked at is drawn at once, always; others wait with their last picture once
the time for one turn is used up, and those that waited come first in the next.
"""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

_TURN_MS = 25.0


class Turns(QObject):
    """Counts how long views of one window were drawn since it last answered."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("turns")
        self._used_ms = 0.0
        self._waiting: set[int] = set()
        self._anew = QTimer(self, singleShot=True, interval=0)
        self._anew.timeout.connect(self._begin)

    def waits(self, cell: int) -> bool:
        """Tell whether a view must let others go first; note it if so."""
        self._anew.start()
        others_first = bool(self._waiting) and cell not in self._waiting
        if others_first or self._used_ms >= _TURN_MS:
            self._waiting.add(cell)
            return True
        self._waiting.discard(cell)
        return False

    def used(self, began: float) -> None:
        """Count what was drawn since then (`perf_counter`)."""
        self._used_ms += (perf_counter() - began) * 1000
        self._anew.start()

    def _begin(self) -> None:
        """Begin a turn; those that waited and did not come are not on screen any more."""
        if self._used_ms == 0.0:
            self._waiting.clear()
        self._used_ms = 0.0


def turns_of(view: QWidget) -> Turns:
    """Return the turns that a view takes with the others of its window."""
    window = view.window()
    found = window.findChild(Turns)
    return found if isinstance(found, Turns) else Turns(window)
