"""The watchdog sees what holds the window up, and nothing else."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tests.journeys.watchdog import Stalls, Watchdog, watching

pytestmark = pytest.mark.window


@pytest.fixture(autouse=True)
def window(qtbot) -> QWidget:
    """A window that can be held up."""
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


def work(seconds: float) -> None:
    """Keep the processor busy for so long."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_work_on_the_thread_of_the_window_is_a_stall(qtbot):
    with watching() as stalls:
        QTimer.singleShot(10, lambda: work(0.15))
        qtbot.wait(400)
    (stall,) = stalls.over
    assert stall.worked_ms >= 149
    assert "work" in str(stall)


def test_waiting_for_long_is_one_too(qtbot):
    with watching() as stalls:
        QTimer.singleShot(10, lambda: time.sleep(0.8))
        qtbot.wait(1000)
    assert stalls.over
    assert stalls.over[0].worked_ms < 100


def test_many_short_pieces_of_work_are_none(qtbot):
    with watching() as stalls:
        timer = QTimer(interval=15)
        timer.timeout.connect(lambda: work(0.01))
        timer.start()
        qtbot.wait(400)
        timer.stop()
    assert stalls.beats > 5
    assert stalls.over == []


def test_what_the_test_does_itself_does_not_count(qtbot):
    stalls = Stalls()
    dog = Watchdog(stalls)
    dog.start()
    with dog.on_duty():
        qtbot.wait(20)
    work(0.15)
    with dog.on_duty():
        qtbot.wait(20)
    dog.stop()
    assert stalls.over == []
    assert stalls.beats > 0
