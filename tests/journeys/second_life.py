"""The program as it is started again by a person: it says when it offers earlier work, and lives on.

Run with the folder of the images.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

SOON_MS = 20


def once_offered() -> None:
    """Say when what was left is on the screen."""
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, Offer)]
    if any(one.isVisible() for one in shown):
        sys.stdout.write("offered\n")
        sys.stdout.flush()
    else:
        QTimer.singleShot(SOON_MS, once_offered)


from viewer import app
from viewer.ui.offer import Offer
from viewer.ui.window import MainWindow


class Started(MainWindow):
    """The window, which is looked at."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)
        QTimer.singleShot(0, once_offered)


app.MainWindow = Started
sys.exit(app.main([str(Path(sys.argv[1]))]))
