"""The program as it is started by a person, to be killed.

Run with the folder of the images and a word. "accepted": it accepts a finding
by its keys and says so. "reading": it starts the second reader and says when
the worker is at work. Then it lives on.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from viewer import app
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding
from viewer.ui.window import MainWindow

SOON_MS = 20


def once_open(window: MainWindow) -> None:
    """Go on when the study is there and nothing runs any more."""
    desk = window._desk
    if desk.session.active_image is None or desk.runner.jobs:
        QTimer.singleShot(SOON_MS, lambda: once_open(window))
    elif sys.argv[2] == "reading":
        key(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        once_reading(window)
    else:
        propose(window)


def once_reading(window: MainWindow) -> None:
    """Say when the worker has reported for the first time."""
    if any(job.fraction > 0 for job in window._desk.runner.jobs):
        say("reading")
    else:
        QTimer.singleShot(SOON_MS, lambda: once_reading(window))


def propose(window: MainWindow) -> None:
    """Put a finding in as a model would."""
    session = window._desk.session
    opened = session.active_image
    middle = opened.geometry.centre
    low, high = (tuple(part + off for part in middle) for off in (-5.0, 5.0))
    model = Author("Model", is_model=True, version="1")
    finding = Finding(
        "2.25.7", NODULE, LUNG, middle, low, high, 10.0, 523.6, opened.key, model, score=0.9
    )
    session.do("Second reader", session.record.value.with_finding(finding))
    QTimer.singleShot(SOON_MS, lambda: accept(window))


def accept(window: MainWindow) -> None:
    """Press N and A, each once its action may be pressed."""
    for pressed in (Qt.Key.Key_N, Qt.Key.Key_A):
        window.actions_.refresh()
        key(window, pressed)
    (finding,) = window._desk.session.record.value.findings
    say(finding.status.value)


def key(
    window: MainWindow,
    pressed: Qt.Key,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key while the first view has the keyboard."""
    view = window.grid.cells[0].view
    view.setFocus()
    QTest.keyClick(view, pressed, keys)


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def begin() -> None:
    (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    window.activateWindow()
    once_open(window)


class Started(MainWindow):
    """The window, which begins by itself."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)
        QTimer.singleShot(200, begin)


app.MainWindow = Started
sys.exit(app.main([str(Path(sys.argv[1]))]))
