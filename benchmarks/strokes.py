"""From a move of the mouse to the painted stroke, on a volume of 512 x 512 x 500.

    xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/strokes.py [--moves 80]

Opens a volume of noise in four views and paints with discs and balls of several sizes. Prints
p50, p95 and the longest time until the view under the brush was painted, against the limit of
30 ms and, for the work on the labels alone, against copying one slice of labels. Also the memory
that the strokes leave in the history, against whole copies of the labels.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scrolling import Painted
from viewer import app
from viewer.core.geometry import Geometry
from viewer.core.study import Catalogue, Instance, Patient, Series, SeriesKind, Study
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.session.images import OpenImage
from viewer.session.tools import Tool
from viewer.settings import Settings
from viewer.ui.asker import QtAsker
from viewer.ui.door import MainThread
from viewer.ui.theme import dress
from viewer.ui.window import MainWindow

LIMIT_MS = 30.0
SHAPE = (500, 512, 512)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def main() -> None:
    """Measure, print, and leave with 1 if the limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=80)
    moves = parser.parse_args().moves
    os.environ["SKIAGRAM_HOME"] = tempfile.mkdtemp(prefix="strokes-")
    application = QApplication(["strokes"])
    dress(application)
    door, asker = MainThread(application), QtAsker()
    desk, commands = app.build(Settings(), door.post, asker)
    window = MainWindow(desk, commands, lambda _: None)
    desk.window = window
    window.resize(1500, 950)
    window.show()
    late = False
    try:
        opened = _volume()
        desk.session.catalogue.set(Catalogue((opened.study,)))
        desk.session.show(opened)
        _live(3000)
        desk.session.tool.set(Tool.PAINT)
        view = window.grid.cells[0].view
        _stroke(view, 5)
        print(f"volume {SHAPE[2]} x {SHAPE[1]} x {SHAPE[0]}, four views, {moves} moves a stroke")
        print("brush            to painted: p50      p95  longest  p95/30 ms   work: p50      p95")
        for radius_mm, ball, adaptive in (
            *((2.0, False, False), (10.0, False, False), (30.0, False, False)),
            *((10.0, True, False), (30.0, True, False), (10.0, False, True), (10.0, True, True)),
        ):
            now = desk.session.segmenting.value
            brush = replace(now.brush, radius_mm=radius_mm, ball=ball, adaptive=adaptive)
            desk.session.segmenting.set(replace(now, brush=brush))
            times, work = _stroke(view, moves)
            middle, high, longest = (float(np.percentile(times, q)) for q in (50, 95, 100))
            name = f"{radius_mm:.0f} mm {'ball' if ball else 'disc'}{' adaptive' * adaptive}"
            print(
                f"{name:20} {middle:11.1f} {high:8.1f} {longest:8.1f} {high / LIMIT_MS:10.2f}"
                f" {np.median(work):11.1f} {np.percentile(work, 95):8.1f}"
            )
            late |= high > LIMIT_MS
        held, whole = desk.session.history.held_bytes, int(np.prod(SHAPE)) * 8
        print(f"history of 8 strokes: {held / 1e6:.1f} MB; as whole copies {whole / 1e6:.0f} MB")
        _memory()
    finally:
        window.close()
        app.close(desk)
    sys.exit(late)


def _memory() -> None:
    """Print what copying one slice of labels takes, the least that any painting could do."""
    sheet = np.zeros(SHAPE[1:], np.uint8)
    began = perf_counter()
    for _ in range(100):
        sheet.copy()
    print(f"copying one slice of labels: {(perf_counter() - began) * 10:.3f} ms")


def _volume() -> OpenImage:
    noise = np.random.default_rng(0).normal(0, 20, SHAPE[1:]).astype(np.int16)
    voxels = np.empty(SHAPE, np.int16)
    for index in range(SHAPE[0]):
        voxels[index] = np.roll(noise, 7 * index, axis=1)
    grid = Geometry.from_axes(SHAPE, (-180, -180, 0), np.eye(3)[::-1], (1, 0.7, 0.7), "frame")
    one = Instance(Path("a.dcm"), "1.2.3", "1.2.840.10008.5.1.4.1.1.2", "", 1)
    series = Series("key", "1.9", "1.8", "CT", SeriesKind.VOLUME, (one,), rows=512, columns=512)
    study = Study("1.8", Patient("P1", name="Noise"), (series,), "20260102")
    windows = (("", Window(0, 200)),)
    return OpenImage(study, series, Volume(voxels, grid, "[hnsf'U]", "CT", "key", windows=windows))


def _stroke(view: QWidget, moves: int) -> tuple[list[float], list[float]]:
    """Paint one stroke over a view; return how long each move took to be seen, in ms.

    The second list is what the thread of the window worked for it, whoever else had the
    processor meanwhile.
    """
    painted = Painted()
    view.installEventFilter(painted)
    middle = QPointF(view.width() / 2, view.height() / 2)
    times, work = [], []
    _send(view, QEvent.Type.MouseButtonPress, middle)
    for number in range(moves):
        turn = number / 12
        place = middle + QPointF(np.cos(turn), np.sin(turn)) * (20 + number)
        began, worked = perf_counter(), thread_time()
        _send(view, QEvent.Type.MouseMove, place)
        while painted.at_s < began and perf_counter() - began < 2.0:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)
        times.append((painted.at_s - began) * 1000)
        work.append((thread_time() - worked) * 1000)
        _live(5)
    _send(view, QEvent.Type.MouseButtonRelease, middle)
    view.removeEventFilter(painted)
    _live(300)
    return times, work


def _send(view: QWidget, kind: QEvent.Type, place: QPointF) -> None:
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else LEFT
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else LEFT
    QApplication.sendEvent(
        view, QMouseEvent(kind, place, view.mapToGlobal(place), button, held, NONE)
    )


def _live(ms: float) -> None:
    """Let the window live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(ms), loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
