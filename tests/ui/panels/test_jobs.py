import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton

from viewer.jobs.job import State
from viewer.ui.panels.jobs import JobsPanel, left_in_words

pytestmark = pytest.mark.window


class Work:
    """Work that goes on until it is let go, or cancelled."""

    def __init__(self):
        self.go, self.fraction = threading.Event(), 0.25

    def __call__(self, progress):
        while not self.go.wait(0.01):
            progress.report(self.fraction, "slice 1 of 4")
        return "done"


@pytest.fixture
def panel(qtbot, desk):
    made = JobsPanel(desk)
    qtbot.addWidget(made)
    made.resize(300, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def texts(panel):
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def stops(panel):
    return [button for button in panel.findChildren(QPushButton) if button.isVisible()]


def test_when_nothing_runs_it_says_so(panel, settle):
    settle()
    assert texts(panel) == ["Nothing runs in the background."]


def test_a_job_shows_what_it_is_how_far_and_what_it_does(panel, desk, settle):
    work = Work()
    desk.runner.start("Load Thorax", work, lambda _: None)
    settle(lambda: any("slice 1 of 4" in text for text in texts(panel)))
    assert "Load Thorax" in texts(panel)
    assert "25% · slice 1 of 4" in texts(panel)
    assert panel.findChild(QProgressBar).value() == 250
    work.fraction = 0.75
    settle(lambda: panel.findChild(QProgressBar).value() == 750)
    work.go.set()
    settle(lambda: texts(panel) == ["Nothing runs in the background."])


def test_stop_stops_that_job_and_no_other(panel, desk, settle, qtbot):
    works, came = [Work(), Work()], []
    jobs = [desk.runner.start(f"Job {n}", work, came.append) for n, work in enumerate(works)]
    settle(lambda: len(stops(panel)) == 2)
    qtbot.mouseClick(stops(panel)[0], Qt.MouseButton.LeftButton)
    settle(lambda: len(stops(panel)) == 1)
    assert [job.state for job in jobs] == [State.CANCELLED, State.RUNNING]
    works[1].go.set()
    settle(lambda: not stops(panel))
    assert came == ["done"]


def test_jobs_that_wait_say_so_and_are_listed_in_order(panel, desk, settle):
    works = [Work() for _ in range(9)]
    for number, work in enumerate(works):
        desk.runner.start(f"Job {number}", work, lambda _: None)
    settle(lambda: "waiting for its turn" in texts(panel))
    listed = [text for text in texts(panel) if text.startswith("Job ")]
    assert listed == [f"Job {number}" for number in range(9)]
    for work in works:
        work.go.set()
    settle()


def test_time_left_is_said_as_a_person_says_it():
    assert left_in_words(0.2) == "1 s left"
    assert left_in_words(42.4) == "42 s left"
    assert left_in_words(200) == "3 min left"
