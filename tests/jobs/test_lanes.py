"""Both lanes do the same things the same way."""

from __future__ import annotations

import threading
from functools import partial

import numpy as np
import pytest

from tests.jobs import works
from viewer.jobs.job import Lane, State

both = pytest.mark.parametrize("lane", list(Lane))


@both
def test_a_result_is_delivered_on_the_thread_of_the_window(runner, window, lane):
    got = []
    job = runner.start(
        "Add",
        partial(works.add, 2, 3),
        lambda result: got.append((result, threading.current_thread())),
        lane=lane,
    )
    window.until(lambda: got)
    assert got == [(5, threading.current_thread())]
    assert (job.state, job.fraction) == (State.DONE, 1.0)
    assert runner.jobs == ()


@both
def test_arrays_come_back_as_they_are(runner, window, lane):
    array = np.arange(300_000, dtype=np.int16).reshape(3, 100, 1000)
    got = []
    runner.start("Double", partial(works.double, array), got.append, lane=lane)
    window.until(lambda: got)
    assert np.array_equal(got[0], array * 2)
    assert got[0].dtype == array.dtype


@both
def test_a_refusal_is_its_sentence_without_a_traceback(runner, window, lane):
    failures = []
    job = runner.start("Read", works.decline, print, lane=lane, failed=failures.append)
    window.until(lambda: failures)
    assert failures[0].sentence == "This is no chest CT."
    assert (failures[0].code, failures[0].traceback) == ("not_chest", "")
    assert job.state is State.FAILED


@both
def test_a_defect_is_called_one_and_its_traceback_kept(runner, window, expected_log, lane):
    failures = []
    expected_log("somewhere deep")
    runner.start("Filter", works.stumble, print, lane=lane, failed=failures.append)
    window.until(lambda: failures)
    assert "Filter: this is a defect" in failures[0].sentence
    assert "in stumble" in failures[0].traceback
