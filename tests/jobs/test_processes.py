"""Work in a process of its own: killed, crashed, closed; nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np
import psutil
import pytest

from tests.jobs import works
from tests.patience import PATIENCE_S, Spent
from viewer.core.geometry import Geometry
from viewer.core.volume import Volume
from viewer.jobs.job import Lane, State
from viewer.jobs.process import worker_environment
from viewer.jobs.runner import Runner


def memory_files() -> list[str]:
    """Return the shared memory this process still holds."""
    held = Path("/proc/self/maps").read_text().splitlines()
    for link in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            held.append(str(link.readlink()))
    return [line for line in held if "memfd:skiagram" in line]


def start_busy(runner, window, folder, failed=None):
    """Start work that never reports again; return its job and its process."""
    marker = folder / "pid"
    job = runner.start(
        "Busy", partial(works.busy, str(marker)), print, lane=Lane.PROCESS, failed=failed
    )
    window.until(lambda: marker.exists() and marker.read_text())
    return job, psutil.Process(int(marker.read_text()))


def test_a_worker_sees_a_volume_without_a_copy_and_cannot_write_it(runner, window):
    voxels = np.ones((4, 50, 50), np.int16)
    volume = Volume(voxels, Geometry((4, 50, 50), np.eye(4)), "1", "CT", "key")
    got = []
    runner.start("Look", partial(works.whether_writable, volume), got.append, lane=Lane.PROCESS)
    window.until(lambda: got)
    assert got == [(False, False, 10_000)]


def test_a_worker_is_another_process_that_steps_back(runner, window):
    got = []
    runner.start("Who", works.who, got.append, lane=Lane.PROCESS)
    window.until(lambda: got)
    pid, niceness, threads = got[0]
    assert pid != os.getpid()
    assert niceness == min(19, os.nice(0) + 10)
    assert threads == worker_environment()["OMP_NUM_THREADS"]


def test_a_worker_leaves_one_core_for_the_window(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    cores = len(os.sched_getaffinity(0))
    assert int(worker_environment()["OMP_NUM_THREADS"]) == max(1, cores - 1)


def test_cancel_frees_processor_and_memory_within_two_seconds(runner, window, tmp_path):
    job, process = start_busy(runner, window, tmp_path)
    spent = Spent(process)
    job.cancel()
    window.until(spent.and_gone)
    assert spent() < 2
    assert job.state is State.CANCELLED


def test_a_worker_killed_from_outside_is_said_plainly_and_the_next_one_works(
    runner, window, tmp_path, expected_log
):
    failures, got = [], []
    expected_log("Busy failed")
    job, process = start_busy(runner, window, tmp_path, failed=failures.append)
    process.kill()
    window.until(lambda: failures)
    assert "stopped from outside by SIGKILL, most often because memory ran out" in (
        failures[0].sentence
    )
    assert (failures[0].code, job.state) == ("killed", State.FAILED)
    runner.start("Add", partial(works.add, 2, 3), got.append, lane=Lane.PROCESS)
    window.until(lambda: got)
    assert got == [5]


def test_a_worker_that_leaves_without_an_answer_is_said_plainly(runner, window, expected_log):
    failures = []
    expected_log("Leave failed")
    runner.start("Leave", works.leave, print, lane=Lane.PROCESS, failed=failures.append)
    window.until(lambda: failures)
    assert "it ended by itself with code 7" in failures[0].sentence


def test_a_worker_that_crashes_is_said_plainly(runner, window, expected_log, capfd):
    failures = []
    expected_log("Crash failed")
    runner.start("Crash", works.crash, print, lane=Lane.PROCESS, failed=failures.append)
    window.until(lambda: failures)
    assert "it crashed (SIGSEGV)" in failures[0].sentence
    assert "in crash" in capfd.readouterr().err


def test_what_a_worker_started_ends_with_it(runner, window, tmp_path):
    marker = tmp_path / "pid"
    work = partial(works.start_another, str(marker))
    job = runner.start("Start", work, print, lane=Lane.PROCESS)
    window.until(lambda: marker.exists() and marker.read_text())
    process = psutil.Process(int(marker.read_text()))
    job.cancel()
    window.until(Spent(process).and_gone)


def test_long_values_without_arrays_travel_too(runner, window):
    got = []
    runner.start("Many", partial(works.many, 200_000), got.append, lane=Lane.PROCESS)
    window.until(lambda: got)
    assert got[0][-1] == "199999"


def test_a_result_that_cannot_travel_is_a_defect(runner, window, expected_log):
    failures = []
    expected_log("Bring failed")
    runner.start(
        "Bring", works.bring_the_unbringable, print, lane=Lane.PROCESS, failed=failures.append
    )
    window.until(lambda: failures)
    assert failures[0].code == "defect"
    assert "pickle" in failures[0].traceback


def test_work_that_cannot_travel_is_a_defect(runner, window, expected_log):
    failures = []
    expected_log("Send failed")
    runner.start("Send", lambda _: 1, print, lane=Lane.PROCESS, failed=failures.append)
    window.until(lambda: failures)
    assert failures[0].code == "defect"


def test_warnings_of_a_worker_reach_the_log(runner, window, expected_log):
    got = []
    expected_log("this will change")
    runner.start("Warn", works.warn, got.append, lane=Lane.PROCESS)
    window.until(lambda: got)


def test_nothing_is_left_of_shared_memory_after_delivery(runner, window):
    got = []
    array = np.ones(2_000_000, np.uint8)
    runner.start("Double", partial(works.double, array), got.append, lane=Lane.PROCESS)
    window.until(lambda: got)
    assert memory_files() == []
    assert got[0].flags.writeable


def test_nothing_is_left_of_shared_memory_when_a_worker_dies_while_it_answers(
    runner, window, expected_log
):
    ended = []
    expected_log("Die failed", at_least=0)
    for _ in range(12):
        runner.start(
            "Die",
            partial(works.die_while_sending, 30_000_000),
            ended.append,
            lane=Lane.PROCESS,
            failed=ended.append,
        )
    window.until(lambda: len(ended) == 12)
    ended.clear()
    window.until(lambda: memory_files() == [])


def test_close_ends_a_busy_worker_and_the_spare_one(window, tmp_path):
    before = psutil.Process().children()
    runner = Runner(window.post)
    runner.warm_up()
    _, process = start_busy(runner, window, tmp_path)
    spent = Spent(process)
    runner.close()
    window.until(spent.and_gone)
    assert spent() < 2
    window.until(lambda: all(child in before for child in psutil.Process().children()))


def test_a_spare_worker_that_died_is_replaced(runner, window):
    got, before = [], psutil.Process().children()
    runner.warm_up()
    (spare,) = (child for child in psutil.Process().children() if child not in before)
    spare.kill()
    window.until(lambda: spare.status() == psutil.STATUS_ZOMBIE)
    runner.start("Add", partial(works.add, 2, 3), got.append, lane=Lane.PROCESS)
    window.until(lambda: got)
    assert got == [5]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_does_not_outlive_the_program(tmp_path, how):
    marker = tmp_path / "pid"
    script = f"""
import functools, signal
from tests.jobs import works
from tests.patience import PATIENCE_S, Spent
from viewer.jobs.job import Lane
from viewer.jobs.runner import Runner
work = functools.partial(works.busy, {str(marker)!r})
Runner(print).start("Busy", work, print, lane=Lane.PROCESS)
signal.pause()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script],
        env=worker_environment(),
        stdout=subprocess.DEVNULL,
    ) as program:
        deadline = time.monotonic() + PATIENCE_S
        while not (marker.exists() and marker.read_text()) and time.monotonic() < deadline:
            time.sleep(0.02)
        worker = psutil.Process(int(marker.read_text()))
        spent = Spent(worker)
        program.send_signal(how)
    deadline = time.monotonic() + PATIENCE_S
    while not spent.and_gone() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert spent.and_gone()
    assert spent() < 2
