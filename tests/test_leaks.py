"""The tests' own watch: what is left behind is seen."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import weakref
from multiprocessing import shared_memory

import pytest

from tests.conftest import LogWatch
from tests.leaks import Left


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr("tests.leaks._PATIENCE_S", 0.05)


def test_a_thread_left_behind_is_seen():
    before, end = Left(), threading.Event()
    thread = threading.Thread(target=end.wait, name="forgotten")
    thread.start()
    assert before.behind() == ["thread forgotten"]
    end.set()
    thread.join()
    assert before.behind() == []


def test_a_thread_that_is_declared_to_stay_may():
    before, end = Left(), threading.Event()
    thread = threading.Thread(target=end.wait, name="skiagram-decoder-1")
    thread.start()
    assert before.behind() == []
    end.set()
    thread.join()


def test_a_process_left_behind_is_seen():
    before = Left()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        (line,) = before.behind()
        assert line.startswith(f"process {process.pid}: ")


def test_shared_memory_left_behind_is_seen():
    before = Left()
    block = shared_memory.SharedMemory(create=True, size=10)
    (line,) = [line for line in before.behind() if line.startswith("shared memory")]
    block.close()
    block.unlink()
    assert line == f"shared memory {block.name}"


@pytest.mark.window
def test_a_window_and_a_running_timer_left_behind_are_seen(qapp):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLabel

    before = Left()
    label, timer = QLabel("forgotten"), QTimer()
    timer.start(10_000)
    kinds = {line.split()[0] for line in before.behind()}
    assert kinds == {"window", "running"}
    timer.stop()
    label.deleteLater()
    assert before.behind() == []


def test_a_log_record_nobody_expected_is_seen():
    watch = LogWatch()
    watch.handle(logging.makeLogRecord({"levelno": logging.WARNING, "msg": "odd"}))
    assert watch.complaints() == ["unexpected log record: None Level None: odd"]
    watch.expect("odd")
    watch.expect("even")
    assert watch.complaints() == ["expected but not logged: even"]


@pytest.mark.window
def test_a_vtk_render_window_left_behind_is_seen():
    from vtkmodules.vtkRenderingCore import vtkRenderWindow

    before = Left()
    window = vtkRenderWindow()
    assert [line.split()[0] for line in before.behind()] == ["VTK"]
    del window
    assert before.behind() == []


def test_looking_for_windows_wakes_no_proxy_of_what_is_gone():
    import vtkmodules.vtkRenderingCore  # noqa: F401 - only then is there anything to look for

    class Gone:
        pass

    gone = Gone()
    proxies = [weakref.proxy(gone)]
    del gone
    assert Left().behind() == []
    assert len(proxies) == 1
