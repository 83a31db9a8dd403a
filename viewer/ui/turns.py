"""Many views that are to be drawn anew take turns, so that the window answers in between.

The view that is looked at is drawn at once, always; others wait with their last picture once
the time for one turn is used up.
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
        self._anew = QTimer(self, singleShot=True, interval=0)
        self._anew.timeout.connect(self._begin)

    @property
    def over(self) -> bool:
        """Tell whether the others must wait."""
        return self._used_ms >= _TURN_MS

    def used(self, began: float) -> None:
        """Count what was drawn since then (`perf_counter`)."""
        self._used_ms += (perf_counter() - began) * 1000
        self._anew.start()

    def _begin(self) -> None:
        self._used_ms = 0.0


def turns_of(view: QWidget) -> Turns:
    """Return the turns that a view takes with the others of its window."""
    window = view.window()
    found = window.findChild(Turns)
    return found if isinstance(found, Turns) else Turns(window)
