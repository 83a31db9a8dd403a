"""The whole program killed after a judgement: the next start offers the work back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QMessageBox

from tests.patience import PATIENCE_S, Spent
from viewer.core.finding import Status
from viewer.core.progress import Silent
from viewer.io.sample import sample_study
from viewer.settings import data_folder
from viewer.store.shelf import Shelf

pytestmark = pytest.mark.window
FIRST_LIFE = Path(__file__).with_name("first_life.py")
SECOND_LIFE = Path(__file__).with_name("second_life.py")

OFFERED_WITHIN_S = 5.0
"""Of the processor's time."""
STOPPED_WITHIN_S = 2.0
"""Of the processor's time."""


@pytest.fixture(scope="module")
def images(tmp_path_factory) -> Path:
    return sample_study(tmp_path_factory.mktemp("images"), Silent(), seed=5, shape=(12, 64, 64))


@contextmanager
def living(images: Path, until: str, life: Path = FIRST_LIFE) -> Iterator[subprocess.Popen[str]]:
    """Start the program in a process of its own; go on when it says that it came so far."""
    command = [sys.executable, str(life), str(images), until]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )
    try:
        assert process.stdout.readline().strip() == until
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def first_life(home, images) -> Iterator[subprocess.Popen[str]]:
    """The program, in which a finding has just been accepted."""
    with living(images, "accepted") as process:
        yield process


def on_disk(study_uid: str) -> list[Status]:
    """Return what the drafts on the disk say, read as another program would."""
    shelf = Shelf.open(data_folder())
    try:
        draft = shelf.drafts.latest(study_uid)
    finally:
        shelf.close()
    return [finding.status for finding in draft.findings] if draft else []


def kill(process: subprocess.Popen[str], images: Path) -> None:
    """Kill the program as soon as its last gesture is on the disk."""
    import pydicom

    uid = pydicom.dcmread(next(images.iterdir())).StudyInstanceUID
    deadline = time.monotonic() + PATIENCE_S
    while on_disk(uid) != [Status.ACCEPTED]:
        assert time.monotonic() < deadline, "the judgement never reached the disk"
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    _, alive = psutil.wait_procs(children, timeout=PATIENCE_S)
    assert alive == []


def test_work_on_a_killed_program_is_offered_back(first_life, images, request):
    kill(first_life, images)
    walker = request.getfixturevalue("walker")
    walker.open(images)
    assert walker.session.record.value.findings == ()
    question = walker.answer_yes()
    assert "(1 judged)" in question
    (finding,) = walker.session.record.value.findings
    assert finding.status is Status.ACCEPTED
    assert finding.history[-1].by.name == walker.session.reader.name
    assert [row[5] for row in walker.table()] == ["accepted"]
    assert walker.serious == []
    walker.rest()


def test_the_next_start_offers_the_work_within_five_seconds(first_life, images):
    kill(first_life, images)
    with living(images, "offered", SECOND_LIFE) as process:
        spent = psutil.Process(process.pid).cpu_times()
    assert spent.user + spent.system < OFFERED_WITHIN_S


def test_who_does_not_want_it_back_starts_afresh(first_life, images, request):
    kill(first_life, images)
    walker = request.getfixturevalue("walker")
    walker.open(images)
    walker.dialog(QMessageBox).reject()
    walker.rest()
    assert walker.session.record.value.findings == ()


def test_the_worker_of_a_killed_program_does_not_outlive_it(home, phantom_images):
    with living(phantom_images, "reading") as process:
        workers = psutil.Process(process.pid).children(recursive=True)
        assert workers
        spent = [Spent(one) for one in workers]
        process.send_signal(signal.SIGKILL)
        process.wait()
        deadline = time.monotonic() + PATIENCE_S
        while not all(one.and_gone() for one in spent):
            assert time.monotonic() < deadline, "a worker lives on"
            time.sleep(0.02)
    assert sum(one() for one in spent) < STOPPED_WITHIN_S
