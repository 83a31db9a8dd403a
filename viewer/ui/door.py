"""The one way from other threads to the window's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)


class MainThread(QObject):
    """Runs what is posted on the thread it was made on, in the order of posting."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Have something called soon on the window's thread; may be said on any thread."""
        try:
            self._posted.emit(call)
        except RuntimeError:
            _log.debug("the window is gone; nobody hears of %r", call)

    @Slot(object)
    def _run(self, call: Callable[[], None]) -> None:
        call()
