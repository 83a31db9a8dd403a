"""Work on threads: order, cancel, news."""

from __future__ import annotations

import threading
import time

import pytest

from viewer.core.progress import Progress
from viewer.jobs.job import Lane, State, time_left
from viewer.jobs.runner import Runner


class Slow:
    """Work that reports until it is told to end."""

    def __init__(self) -> None:
        self.begun, self.end = threading.Event(), threading.Event()
        self.stopped = False

    def __call__(self, progress: Progress) -> str:
        self.begun.set()
        try:
            while not self.end.wait(0.005):
                progress.report(0.5, "half way")
        except BaseException:
            self.stopped = True
            raise
        return "ended"


def test_a_cancelled_job_stops_at_its_next_report_and_delivers_nothing(runner, window):
    slow, told = Slow(), []
    job = runner.start("Slow", slow, told.append, cancelled=lambda: told.append("cancelled"))
    window.until(slow.begun.is_set)
    job.cancel()
    window.until(lambda: slow.stopped)
    window.for_a_while(0.1)
    assert told == ["cancelled"]
    assert job.state is State.CANCELLED


def test_a_late_answer_is_dropped(runner, window):
    begun, release, told = threading.Event(), threading.Event(), []

    def deaf(_: Progress) -> str:
        begun.set()
        release.wait()
        return "late"

    job = runner.start("Deaf", deaf, told.append)
    window.until(begun.is_set)
    job.cancel()
    release.set()
    window.for_a_while(0.2)
    assert told == []


def test_an_answer_already_posted_is_dropped_when_cancelled_before_it_is_heard(runner, window):
    told = []
    job = runner.start("Quick", lambda _: "late", told.append)
    time.sleep(0.1)
    job.cancel()
    window.for_a_while(0.1)
    assert told == []


def test_only_the_latest_of_a_name_delivers(runner, window):
    slow, told, cancelled = Slow(), [], []
    runner.start(
        "Old", slow, told.append, instead_of="open", cancelled=lambda: cancelled.append("old")
    )
    runner.start("New", lambda _: "new", told.append, instead_of="open")
    window.until(lambda: told and cancelled and slow.stopped)
    assert (told, cancelled) == (["new"], ["old"])


def test_jobs_of_other_names_are_left_alone(runner, window):
    told = []
    runner.start("One", lambda _: 1, told.append, instead_of="one")
    runner.start("Two", lambda _: 2, told.append, instead_of="two")
    runner.start("Three", lambda _: 3, told.append)
    runner.start("Four", lambda _: 4, told.append)
    window.until(lambda: len(told) == 4)
    assert sorted(told) == [1, 2, 3, 4]


def test_what_belongs_to_a_closed_study_is_dropped(runner, window):
    slow, told = Slow(), []
    runner.start("Gone", slow, told.append, belongs_to="study 1")
    runner.start("Stays", lambda _: "stays", told.append, belongs_to="study 2")
    runner.drop("study 1")
    window.until(lambda: told)
    window.until(lambda: slow.stopped or not slow.begun.is_set())
    assert told == ["stays"]


def test_a_job_waits_for_a_place(window):
    runner = Runner(window.post, places=dict.fromkeys(Lane, 1))
    first, told = Slow(), []
    runner.start("First", first, told.append)
    second = runner.start("Second", lambda _: "second", told.append)
    window.until(first.begun.is_set)
    assert second.state is State.WAITING
    first.end.set()
    window.until(lambda: len(told) == 2)
    assert told == ["ended", "second"]
    runner.close()


def test_a_waiting_job_that_is_cancelled_never_begins(window):
    runner = Runner(window.post, places=dict.fromkeys(Lane, 1))
    first, second, told = Slow(), Slow(), []
    runner.start("First", first, told.append)
    runner.start("Second", second, told.append).cancel()
    first.end.set()
    window.until(lambda: told)
    assert not second.begun.is_set()
    runner.close()


def test_progress_is_told_at_most_twenty_times_a_second_and_the_last_of_it_always(runner, window):
    told, release = [], threading.Event()

    def chatty(progress: Progress) -> None:
        for number in range(20_000):
            progress.report(number / 40_000, f"slice {number}")
        release.wait()

    runner.changed.connect(lambda jobs: told.append(jobs[0].doing if jobs else ""))
    start_s = time.monotonic()
    runner.start("Chatty", chatty, print)
    window.until(lambda: told and told[-1] == "slice 19999")
    assert len(told) <= 20 * (time.monotonic() - start_s) + 2
    release.set()
    window.until(lambda: told[-1] == "")


def test_news_does_not_pile_up_while_the_window_is_busy(runner, window):
    slow = Slow()
    runner.start("Slow", slow, print)
    time.sleep(0.5)
    assert window._queue.qsize() <= 1
    slow.end.set()


def test_time_left_is_told_once_it_can_be_estimated():
    assert time_left(0.2, 0.5) is None
    assert time_left(10, 0.001) is None
    assert time_left(10, 0.25) == 30


def test_a_runner_may_call_back_at_once(window):
    told = []
    runner = Runner(lambda call: call())
    runner.start("Add", lambda _: 3, told.append)
    window.until(lambda: told)
    runner.close()
    assert told == [3]


def test_a_defect_in_a_callback_rises_where_it_was_called(runner, window):
    def clumsy(_: int) -> None:
        raise KeyError("clumsy")

    job = runner.start("Add", lambda _: 3, clumsy)
    with pytest.raises(KeyError, match="clumsy"):
        window.until(lambda: False)
    assert (job.state, runner.jobs) == (State.DONE, ())


def test_a_closed_runner_starts_nothing_and_calls_nobody(window):
    runner, slow, told = Runner(window.post), Slow(), []
    runner.start("Slow", slow, told.append, cancelled=lambda: told.append("cancelled"))
    window.until(slow.begun.is_set)
    runner.close()
    window.for_a_while(0.1)
    assert slow.stopped
    assert told == []
    with pytest.raises(RuntimeError, match="closing"):
        runner.start("More", slow, print)


def test_a_job_that_would_exceed_memory_is_refused_with_a_sentence(window):
    runner, failures = Runner(window.post, available=lambda: 1 << 30), []
    runner.start("Big", print, print, failed=failures.append, needs_bytes=3 << 30)
    window.until(lambda: failures)
    assert failures[0].sentence.startswith("Big: this needs about 3.0 GB of memory and only 1.0 GB")
    assert failures[0].code == "memory"
    runner.close()


def test_a_job_waits_for_the_memory_of_another(window):
    runner, first, told = Runner(window.post, available=lambda: 1 << 30), Slow(), []
    runner.start("First", first, told.append, needs_bytes=700 << 20)
    second = runner.start("Second", lambda _: "second", told.append, needs_bytes=700 << 20)
    window.until(first.begun.is_set)
    assert second.state is State.WAITING
    first.end.set()
    window.until(lambda: len(told) == 2)
    assert told == ["ended", "second"]
    runner.close()


def test_running_out_of_memory_is_said_plainly(runner, window, expected_log):
    def hungry(_: Progress) -> None:
        raise MemoryError

    failures = []
    expected_log("Filter failed")
    runner.start("Filter", hungry, print, failed=failures.append)
    window.until(lambda: failures)
    assert "memory of this computer was not enough" in failures[0].sentence


def test_many_jobs_at_once_all_deliver(runner, window):
    told = []
    for number in range(200):
        runner.start(f"Job {number}", lambda _, n=number: n, told.append)
    window.until(lambda: len(told) == 200)
    assert sorted(told) == list(range(200))
