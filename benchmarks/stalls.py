"""What holds the window up, gesture by gesture, from a cold start on.

    xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/stalls.py [--what]

Starts the program as a person does, opens the chest of SKIAGRAM_DATA (or the synthetic one), and
makes the gestures of reading: scrolling, the first choice of a finding, editing the picture in
3D, 24 views, thick slanted slabs. Prints for each the longest time in which the window did not
answer, how long it merely waited, as for code to be loaded elsewhere in the program or for other
programs, and how often it was held up for more than 100 ms; with --what also what it did then.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import radians
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.journeys.watchdog import watching
from viewer import app
from viewer.commands.desk import Desk
from viewer.commands.space import set_transfer
from viewer.core.author import Author
from viewer.core.code import LUNG, NODULE
from viewer.core.finding import Finding
from viewer.session.look import Layout
from viewer.session.oblique import STANDARD, rotation
from viewer.session.session import Session
from viewer.session.transfer import LUNG_AND_BONE
from viewer.session.turning import set_planes
from viewer.ui.window import MainWindow

Step = Callable[[], None]


class Walk:
    """The program that has just been started, and what is done in it."""

    def __init__(self, window: MainWindow, *, what: bool) -> None:
        self.window, self._what = window, what
        self.desk: Desk = window._desk  # noqa: SLF001 - as a test does
        self.session: Session = self.desk.session

    def all(self) -> None:
        """Make all gestures and leave."""
        print(f"{'gesture':<20}{'held ms':>8}{'waited ms':>10}{'over 100 ms':>12}")
        with self.measured("opening"):
            self.until(lambda: self.session.active_image is not None)
            self.rest()
        with self.measured("scrolling"):
            self.often(30, lambda _: self.wheel(1))
        self.choosing()
        self.in_space()
        self.many_views()
        self.slanted()
        with self.measured("study list"):
            self.command("studies.list")
            self.rest()
        self.window.close()

    def choosing(self) -> None:
        """Choose a finding for the first time, and judge it."""
        opened = self.session.active_image
        assert opened is not None
        x, y, z = middle = opened.geometry.centre
        low, high = (x - 5.0, y - 5.0, z - 5.0), (x + 5.0, y + 5.0, z + 5.0)
        model = Author("Model", is_model=True, version="1")
        finding = Finding(
            "2.25.7", NODULE, LUNG, middle, low, high, 10.0, 523.6, opened.key, model, score=0.9
        )
        self.session.do("Second reader", self.session.record.value.with_finding(finding))
        self.live(200)
        for name, key in (("choose a finding", Qt.Key.Key_N), ("accept it", Qt.Key.Key_A)):
            with self.measured(name):
                self.key(key)
                self.live(600)

    def in_space(self) -> None:
        """Edit what is seen in 3D while it is drawn."""
        self.rest()
        with self.measured("3D: transfer"):
            self.often(40, lambda n: set_transfer(self.desk, LUNG_AND_BONE.shifted(n % 20)), 30)
        with self.measured("3D: crop"):
            self.command("space.crop")
            self.rest()
        with self.measured("3D: no bone"):
            self.command("space.remove_bone")
            self.rest()
            self.live(1000)
        self.command("space.show_all")
        self.rest()

    def many_views(self) -> None:
        """Scroll in one of 24 views."""
        before = self.session.hanging.value
        opened = self.session.active_image
        assert opened is not None
        with self.measured("24 views: lay out"):
            self.session.hanging.set(before.laid_out(Layout(4, 6)))
            for cell in range(24):
                self.session.hang(cell, opened)
            self.rest()
        with self.measured("24 views: scroll"):
            self.often(40, lambda _: self.wheel(1), 60)
        self.session.hanging.set(before)
        self.rest()

    def slanted(self) -> None:
        """Turn planes with a slab of 40 mm."""
        opened = self.session.active_image
        assert opened is not None
        space = opened.frame_of_reference_uid
        self.session.hanging.set(
            self.session.hanging.value.all_changed(lambda look: replace(look, slab_mm=40.0))
        )
        self.live(1500)

        def turn(_: int) -> None:
            turned = rotation((0.6, 0.48, 0.64), radians(1))
            set_planes(self.session, self.session.planes.value.with_turn(space, STANDARD, turned))

        with self.measured("turn 40 mm slabs"):
            self.often(40, turn, 40)
            self.live(1000)

    # -- means -----------------------------------------------------------------

    @contextmanager
    def measured(self, name: str) -> Iterator[None]:
        """Print how the window was held up in the block."""
        with watching() as stalls:
            yield
        held, waited = stalls.longest_ms, stalls.longest_wait_ms
        print(f"{name:<20}{held:>8.0f}{waited:>10.0f}{len(stalls.over):>12}", flush=True)
        for stall in stalls.over if self._what else ():
            print(f"    {stall}")

    def command(self, name: str) -> None:
        """Say a command, as its menu entry does."""
        self.window.actions_.all[name].trigger()

    def key(self, key: Qt.Key) -> None:
        """Press a key in the active view."""
        view = self.window.grid.cells[self.session.hanging.value.active].view
        view.setFocus()
        QTest.keyClick(view, key)

    def wheel(self, notches: int) -> None:
        """Turn the wheel over the first view."""
        view = self.window.grid.cells[0].view
        place, nothing = QPointF(view.rect().center()), Qt.KeyboardModifier.NoModifier
        event = QWheelEvent(
            place, view.mapToGlobal(place), QPoint(), QPoint(0, -120 * notches),
            Qt.MouseButton.NoButton, nothing, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view, event)

    def often(self, times: int, step: Callable[[int], None], pause_ms: int = 30) -> None:
        """Do something at an even pace."""
        for number in range(times):
            step(number)
            self.live(pause_ms)

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the program live until something holds, a minute at most."""
        for _ in range(3000):
            if holds():
                return
            self.live(20)
        raise SystemExit("the program never came to it")

    def rest(self) -> None:
        """Wait until nothing is done in the background."""
        self.until(lambda: not [j for j in self.desk.runner.jobs if j.title != "Get ready"])
        self.live(300)

    @staticmethod
    def live(ms: int) -> None:
        """Let the program live for so long."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--what", action="store_true")
    what = parser.parse_args().what
    os.environ["SKIAGRAM_HOME"] = tempfile.mkdtemp(prefix="stalls-")

    class Walked(MainWindow):
        """The window, in which everything is done by itself."""

        def __init__(self, *parts: object) -> None:
            super().__init__(*parts)  # type: ignore[arg-type]
            QTimer.singleShot(0, Walk(self, what=what).all)

    app.MainWindow = Walked  # type: ignore[misc]
    folder = Path(os.environ.get("SKIAGRAM_DATA", "")) / "ct_chest_lidc0314" / "dicom"
    sys.exit(app.main([str(folder)] if folder.is_dir() else []))


if __name__ == "__main__":
    main()
