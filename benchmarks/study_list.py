"""How long the window of the study list (F12) holds the window up with 10,000 studies listed.

    xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/study_list.py [COUNT]

For each thing that a person does there: the longest time in which the window did not answer,
what the thread of the window worked for it in all, and how long it took until the rows were there.
The limit is 200 ms of work.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, thread_time

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.database import filled
from tests.journeys.watchdog import watching
from viewer import app
from viewer.settings import Settings, data_folder
from viewer.ui.asker import QtAsker
from viewer.ui.door import MainThread
from viewer.ui.theme import dress
from viewer.ui.window import MainWindow
from viewer.ui.worklist import Worklist
from viewer.ui.worklist_table import COLUMNS

LIMIT_MS = 200.0


def main() -> None:
    """Measure, print, and leave with 1 if the limit is not kept."""
    os.environ["SKIAGRAM_HOME"] = tempfile.mkdtemp(prefix="study-list-")
    filled(data_folder(), int(sys.argv[1]) if len(sys.argv) > 1 else 10_000).close()
    application = QApplication(["study list"])
    dress(application)
    door, asker = MainThread(application), QtAsker()
    desk, commands = app.build(Settings(), door.post, asker)
    window = MainWindow(desk, commands, lambda _: None)
    desk.window = window
    window.resize(1500, 950)
    window.show()
    _live(500)
    try:
        worst = _measured(window)
    finally:
        window.close()
        app.close(desk)
    sys.exit(worst > LIMIT_MS)


def _measured(window: MainWindow) -> float:
    print(f"{'step':<22}{'held ms':>9}{'worked ms':>11}{'there after ms':>16}")
    worst = _step("first show", lambda: window.open_tool("worklist"), window)
    shown = window.findChild(Worklist)
    assert isinstance(shown, Worklist)
    header, bar = shown.table.horizontalHeader(), shown.table.verticalScrollBar()
    steps: list[tuple[str, Callable[[], object]]] = [
        (f"type {letter!r}", lambda letter=letter: QTest.keyClicks(shown.field, letter))
        for letter in "mull"
    ]
    steps += [
        ("empty the field", shown.field.clear),
        ("only to be read", lambda: shown.status.setCurrentIndex(1)),
        ("only MR", lambda: shown.modality.setCurrentIndex(2)),
        ("any status", lambda: shown.status.setCurrentIndex(0)),
        ("all modalities", lambda: shown.modality.setCurrentIndex(0)),
        *(
            (f"sort by {column.value}", lambda n=n: header.sectionClicked.emit(n))
            for n, column in enumerate(COLUMNS)
        ),
        ("scroll to the end", lambda: bar.setValue(bar.maximum())),
        ("page up", lambda: QTest.keyClick(shown.table, Qt.Key.Key_PageUp)),
        ("choose all", shown.table.selectAll),
    ]
    for name, act in steps:
        worst = max(worst, _step(name, act, window))
    return worst


def _step(name: str, act: Callable[[], object], window: MainWindow) -> float:
    desk = window._desk  # noqa: SLF001 - as a test does
    began, worked = perf_counter(), thread_time()
    with watching() as stalls:
        act()
        _live(150)
        while desk.runner.jobs:
            _live(10)
        there_ms = (perf_counter() - began) * 1000
        _live(50)
    work_ms = (thread_time() - worked) * 1000
    print(f"{name:<22}{stalls.longest_ms:>9.0f}{work_ms:>11.0f}{there_ms:>16.0f}", flush=True)
    return stalls.longest_ms


def _live(ms: float) -> None:
    """Let the window live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(ms), loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
