"""What happens to work that is killed, stopped, or nobody wants any more."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.journeys.walker import CTRL, Walker
from tests.patience import PATIENCE_S, Spent
from viewer.core.progress import Progress
from viewer.jobs.job import Job, Lane, State
from viewer.session.record import Record
from viewer.ui.panels.jobs import JobRow

pytestmark = pytest.mark.window

STOPPED_WITHIN_S = 2.0
MB = 2**20


@pytest.fixture
def reading(walker, phantom_images) -> Walker:
    """The program with a worker process that is reading the synthetic chest."""
    walker.open(phantom_images)
    walker.rest()
    walker.press(Qt.Key.Key_R, CTRL)
    walker.wait(lambda: bool(walker.workers) and reading_of(walker).fraction > 0)
    return walker


def reading_of(walker: Walker) -> Job:
    """Return the job that reads."""
    (job,) = (one for one in walker.desk.runner.jobs if one.order.lane is Lane.PROCESS)
    return job


def stop_in_panel(walker: Walker) -> None:
    """Open the panel of jobs by its key and click on Stop beside the reading."""
    walker.press(Qt.Key.Key_F6)
    panel = walker.window.panels["jobs"]
    title = reading_of(walker).title

    def rows() -> list[JobRow]:
        of_it = (row for row in panel.findChildren(JobRow) if row.isVisible())
        return [row for row in of_it if title in {one.text() for one in row.findChildren(QLabel)}]

    walker.wait(lambda: panel.isVisible() and len(rows()) == 1)
    (stop,) = rows()[0].findChildren(QPushButton)
    walker.qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)


def memory_files() -> list[str]:
    """Return the anonymous memory files that this process holds."""
    links = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            links.append(str(entry.readlink()))
        except FileNotFoundError:
            continue
    return [link for link in links if "memfd:skiagram" in link and "skiagram-frame" not in link]


def worked_on_s(act: Callable[[], None], walker: Walker) -> float:
    """Do something that ends the worker process; return how long it still worked, in s."""
    (worker,) = walker.workers
    spent = Spent(worker)
    act()
    walker.wait(lambda: spent.and_gone() and not psutil.pid_exists(worker.pid))
    return spent()


def test_a_killed_worker_leaves_the_window_alive_with_one_sentence(reading, expected_log):
    expected_log("Second reader")
    (worker,) = reading.workers
    os.kill(worker.pid, signal.SIGKILL)
    reading.wait(lambda: bool(reading.serious))
    (sentence,) = reading.serious
    assert "SIGKILL" in sentence
    assert "Nothing else was lost" in sentence
    assert "Traceback" not in sentence
    assert reading.window.notice.sentence == sentence
    number = reading.slice_number()
    reading.press(Qt.Key.Key_Down)
    assert abs(reading.slice_number() - number) == 1
    assert reading.read()


def test_stopping_in_the_panel_ends_the_worker_within_two_seconds(reading):
    before = reading.session.record.value
    assert worked_on_s(lambda: stop_in_panel(reading), reading) < STOPPED_WITHIN_S
    reading.wait(lambda: not reading.desk.runner.jobs)
    assert reading.said == "The second reader was stopped."
    assert reading.serious == []
    assert reading.session.record.value is before
    assert memory_files() == []


def test_a_stopped_reading_can_be_started_again(reading):
    stop_in_panel(reading)
    reading.wait(lambda: not reading.desk.runner.jobs)
    reading.press(Qt.Key.Key_R, CTRL)
    reading.wait(lambda: bool(reading.workers))
    reading.press(Qt.Key.Key_Period, CTRL)
    reading.wait(lambda: not reading.workers)


def test_nothing_of_a_reading_appears_after_its_study_was_closed(reading, phantom_images):
    records: list[Record] = []
    reading.session.record.changed.connect(lambda new, old: records.append(new))
    took = worked_on_s(lambda: reading.press(Qt.Key.Key_W, CTRL), reading)
    reading.rest()
    assert took < STOPPED_WITHIN_S
    assert reading.session.active_image is None
    assert [record.findings for record in records if record.findings] == []
    assert reading.table() == []
    assert reading.serious == []
    assert reading.scene().empty
    assert memory_files() == []
    reading.open(phantom_images)
    assert reading.session.record.value.findings == ()


def test_an_answer_on_its_way_when_its_study_is_closed_is_dropped(walker, phantom_images):
    """The work is done, but the window has not heard of it yet when the study is closed."""
    opened = walker.open(phantom_images)
    walker.rest()
    came: list[object] = []
    done = threading.Event()

    def work(progress: Progress) -> None:
        done.set()

    job = walker.desk.runner.start("Late", work, came.append, belongs_to=opened.study.uid)
    assert done.wait(PATIENCE_S)
    walker.run("files.close_study")
    walker.rest()
    assert job.state is State.CANCELLED
    assert came == []


def test_closing_while_slices_are_still_being_read_leaves_nothing(walker, phantom_images):
    walker.drop(phantom_images)
    walker.wait(lambda: walker.session.active_image is not None)
    walker.press(Qt.Key.Key_W, CTRL)
    walker.rest()
    assert list(walker.session.images.value) == []
    assert walker.session.catalogue.value.studies == ()
    assert walker.desk.loadings == {}
    assert walker.serious == []


def test_quitting_while_the_reader_works_ends_the_worker(reading):
    def quit_() -> None:
        reading.press(Qt.Key.Key_Q, CTRL)
        reading.desk.runner.close()

    assert worked_on_s(quit_, reading) < STOPPED_WITHIN_S
    assert not reading.window.isVisible()


@pytest.mark.data
def test_stopping_a_reading_of_a_whole_chest_gives_its_memory_back(walker, data):
    walker.open(data / "ct_chest_lidc0314" / "dicom")
    walker.rest()
    walker.press(Qt.Key.Key_R, CTRL)  # the first time what asks the models is loaded, and stays
    walker.wait(lambda: bool(walker.workers))
    worked_on_s(lambda: walker.press(Qt.Key.Key_Period, CTRL), walker)
    walker.rest()
    before = held_bytes()
    walker.press(Qt.Key.Key_R, CTRL)
    walker.wait(lambda: held_bytes() > before + 500 * MB)
    assert worked_on_s(lambda: walker.press(Qt.Key.Key_Period, CTRL), walker) < STOPPED_WITHIN_S
    walker.rest()
    walker.wait(lambda: held_bytes() < before + 50 * MB)
    walker.wait(lambda: memory_files() == [])


def held_bytes() -> int:
    """Return the memory that this process and its workers have for themselves or share."""
    held = psutil.Process().memory_full_info().pss
    for child in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):  # it may end while it is asked
            held += child.memory_full_info().pss
    return int(held)
