"""The program as a person starts it again: it says when it offers earlier work, and lives on.

Run with the folder of the images.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from viewer import app
from viewer.ui.offer import OfferDialog
from viewer.ui.window import MainWindow

SOON_MS = 20


def once_offered() -> None:
    """Say when what was left is on the screen."""
    if any(isinstance(one, OfferDialog) and one.isVisible() for one in QApplication.allWidgets()):
        sys.stdout.write("offered\n")
        sys.stdout.flush()
    else:
        QTimer.singleShot(SOON_MS, once_offered)


class Started(MainWindow):
    """The window, which is looked at."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)
        QTimer.singleShot(0, once_offered)


app.MainWindow = Started
sys.exit(app.main([str(Path(sys.argv[1]))]))
