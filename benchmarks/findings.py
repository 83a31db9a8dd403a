"""How the worked list of findings behaves with a thousand of them from three sources.

    xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/findings.py [--count 1000]

Opens the chest of SKIAGRAM_DATA (or the synthetic one), lists findings of two versions of a model
and of a person, and prints how long each gesture takes until the list and all views are painted:
the work of the window's thread (median), the time on the clock (median and worst), and the longest
time in which the window did not answer meanwhile. On a busy computer only the first tells much.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.journeys.watchdog import watching
from viewer import app
from viewer.commands.findings import set_threshold
from viewer.core.author import Author
from viewer.core.code import LEFT_LUNG, NODULE, RIGHT_LUNG
from viewer.core.finding import Finding, Status
from viewer.core.geometry import position_of
from viewer.session.finding_list import Listing, Order
from viewer.session.operating import Expected, Operating
from viewer.session.session import Session
from viewer.session.worked_list import take_point
from viewer.ui.window import MainWindow

SOURCES = (
    Author("Nodule ranker", is_model=True, version="1.0"),
    Author("Nodule ranker", is_model=True, version="2.0"),
    Author("Dr. Roe"),
)


def main() -> None:
    """Start the program and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("path", nargs="?", type=Path)
    wish = parser.parse_args()
    os.environ["SKIAGRAM_HOME"] = tempfile.mkdtemp()
    place = wish.path or _chest()

    class Measured(MainWindow):
        """The window, in which everything is done by itself."""

        def __init__(self, *parts: object) -> None:
            super().__init__(*parts)  # type: ignore[arg-type]
            QTimer.singleShot(0, self.go)

        def go(self) -> None:
            """Measure and leave."""
            _measure(self, wish.count)
            self.close()

    app.MainWindow = Measured  # type: ignore[misc]
    sys.exit(app.main([str(place)] if place else []))


def _chest() -> Path | None:
    data = os.environ.get("SKIAGRAM_DATA")
    found = Path(data) / "ct_chest_lidc0314" / "dicom" if data else None
    return found if found is not None and found.is_dir() else None


def _measure(window: MainWindow, count: int) -> None:
    desk = window._desk  # noqa: SLF001 - as a test does
    session = desk.session
    _until(lambda: session.active_image is not None)
    _until(lambda: not desk.runner.jobs and not desk.loadings)
    found = _findings(session, count)
    rows = tuple(Expected(n / 10, 1 - n / 12, 8 - n * 0.8) for n in range(1, 10))
    for author in SOURCES[:2]:
        take_point(session, str(author), 0.1, Operating("a phantom: 10 in 10 scans", rows))
    print(f"{count} findings: gesture until painted, ms")
    print(f"{'gesture':<22}{'work':>9}{'median':>9}{'worst':>9}{'held up':>9}")
    record = replace(session.record.value, findings=found)
    _gesture("list them all", [lambda: session.do("Second reader", record)])
    levels = [0.1 + 0.06 * n for n in range(10)]
    _gesture("threshold", [lambda t=t: set_threshold(desk, t) for t in levels])
    set_threshold(desk, 0.0)
    orders = [Listing(order, n > 0) for n in range(2) for order in Order]
    _gesture("sort", [lambda o=o: session.listing.set(o) for o in orders])
    filters = [Listing(source=str(one)) for one in SOURCES]
    filters += [Listing(status=one) for one in Status]
    _gesture("filter", [lambda f=f: session.listing.set(f) for f in filters])
    session.listing.set(Listing())
    view = window.grid.cells[session.hanging.value.active].view
    window.activateWindow()
    view.setFocus()
    _live(200)
    for name, key in (("next (jump)", Qt.Key.Key_N), ("accept", Qt.Key.Key_A)):
        _gesture(name, [lambda k=key: QTest.keyClick(view, k)] * 10)
    _gesture("compare sources", [lambda: session.listing.update(comparing=True)])


def _findings(session: Session, count: int) -> tuple[Finding, ...]:
    """Scatter findings over the image, seeded."""
    opened = session.active_image
    assert opened is not None
    low, high = opened.geometry.corners().min(axis=0), opened.geometry.corners().max(axis=0)
    chance, made = np.random.default_rng(20), []
    for number in range(count):
        author = SOURCES[number % 3]
        centre, half = chance.uniform(low, high), chance.uniform(2, 12)
        made.append(
            Finding(
                f"2.25.{1000 + number}",
                NODULE,
                LEFT_LUNG if centre[0] > 0 else RIGHT_LUNG,
                position_of(centre),
                position_of(centre - half),
                position_of(centre + half),
                float(2 * half),
                float(4.19 * half**3),
                opened.key,
                author,
                score=float(chance.uniform(0.1, 1)) if author.is_model else None,
            )
        )
    return tuple(made)


def _gesture(name: str, doings: list[Callable[[], None]]) -> None:
    """Make gestures one after the other, each until nothing is left to be painted."""
    spent, worked = [], []
    with watching() as stalls:
        for do in doings:
            began, busy = time.perf_counter(), time.thread_time()
            do()
            _painted()
            spent.append((time.perf_counter() - began) * 1000)
            worked.append((time.thread_time() - busy) * 1000)
            _live(60)
    worst, median = max(spent), statistics.median(spent)
    work = statistics.median(worked)
    held = stalls.longest_ms
    print(f"{name:<22}{work:>9.1f}{median:>9.1f}{worst:>9.1f}{held:>9.0f}", flush=True)


def _painted() -> None:
    """Let the window paint all that waits to be painted, the list and every view."""
    QApplication.sendPostedEvents()


def _until(there: Callable[[], bool], seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not there():
        if time.monotonic() > end:
            raise TimeoutError("the image was not opened in time")
        _live(50)


def _live(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
