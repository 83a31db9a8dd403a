"""Starts long work, and brings what comes of it to the window."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from typing import ClassVar, TypeAlias, TypeVar

from psygnal import Signal

from viewer.core.memory import available_bytes
from viewer.core.progress import Cancelled, Progress
from viewer.jobs.failing import failure_of, write_to_log
from viewer.jobs.job import Failure, Job, Lane, Order, State
from viewer.jobs.news import Herald
from viewer.jobs.roster import PLACES, Errand, Roster
from viewer.jobs.spare import Spare

T = TypeVar("T")
Post: TypeAlias = Callable[[Callable[[], None]], None]
"""Queues something to be called on the thread that owns the window."""

_CLOSE_WITHIN_S = 2.0


class _Ticket:
    """The progress that work is given: notes each report, stops what nobody wants."""

    def __init__(self, job: Job, stir: Callable[[], None]) -> None:
        self._job, self._stir = job, stir

    def report(self, done: float, doing: str = "") -> None:
        if not self._job.advance(done, doing):
            raise Cancelled
        self._stir()

    def still_wanted(self) -> None:
        if self._job.state.ended:
            raise Cancelled


class Runner:
    """All long work of the program. To be closed in the end.

    Every callback and signal comes through `post`, thus on the thread of the window.
    """

    changed: ClassVar[Signal] = Signal(tuple)
    """All jobs that have not ended, oldest first, whenever one of them moved."""

    def __init__(
        self,
        post: Post,
        *,
        places: Mapping[Lane, int] = PLACES,
        available: Callable[[], int] = available_bytes,
    ) -> None:
        """Take how to reach the thread of the window, and optionally other limits."""
        self._queue = post
        self._roster = Roster(available, places)
        self._open: dict[int, Errand] = {}
        self._threads: set[threading.Thread] = set()
        self._numbers = count(1)
        self._closed = False
        self._lock = threading.Lock()
        self._spare = Spare()
        self._herald = Herald(post, self._tell)

    def start(
        self,
        title: str,
        work: Callable[[Progress], T],
        then: Callable[[T], None],
        *,
        lane: Lane = Lane.THREAD,
        instead_of: str | None = None,
        failed: Callable[[Failure], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        belongs_to: str = "",
        needs_bytes: int = 0,
    ) -> Job:
        """Start long work; exactly one of `then`, `failed` and `cancelled` is called, once.

        In `Lane.PROCESS` the work is a `partial` of a function of a module,
        and its result can be pickled; arrays in both travel in shared memory.

        Args:
            title: What it is called in lists and sentences.
            work: Gets a `Progress` and returns the result.
            then: Gets the result.
            lane: Where it runs.
            instead_of: Cancels the unfinished job of the same name, if any.
            failed: Gets the sentence when there is no result.
            cancelled: Called when the job was cancelled, replaced or dropped.
            belongs_to: What makes the result useless when it is closed; see `drop`.
            needs_bytes: Memory it will take; waits for others, or is refused, where there is less.
        """
        order = Order(
            title=title,
            lane=lane,
            instead_of=instead_of,
            belongs_to=belongs_to,
            needs_bytes=needs_bytes,
        )
        job = Job(next(self._numbers), order, self._cancel)
        errand = Errand(job, partial(self._work, job, work, then), failed, cancelled)
        with self._lock:
            if self._closed:
                raise RuntimeError("the program is closing and starts no more work")
            replaced = [old for old in self._jobs() if instead_of and _name(old) == instead_of]
            self._open[job.number] = errand
            self._roster.waiting.append(errand)
        for old in replaced:
            old.cancel()
        self._dispatch()
        return job

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs that have not ended, oldest first."""
        with self._lock:
            return self._jobs()

    def drop(self, belongs_to: str) -> None:
        """Cancel all that belongs to something that was closed."""
        for job in self.jobs:
            if job.belongs_to == belongs_to:
                job.cancel()

    def warm_up(self, *modules: str) -> None:
        """Keep a worker process ready from now on, with these modules imported."""
        self._spare.prepare(modules)

    def close(self) -> None:
        """Cancel everything, end every process, and call nobody back any more."""
        with self._lock:
            self._closed = True
        for job in self.jobs:
            job.cancel()
        self._herald.close()
        self._spare.close()
        self._join(time.monotonic() + _CLOSE_WITHIN_S)

    def _jobs(self) -> tuple[Job, ...]:
        return tuple(errand.job for errand in self._open.values())

    def _join(self, deadline_s: float) -> None:
        with self._lock:
            threads = self._threads - {threading.current_thread()}
        for thread in threads:
            thread.join(max(0.0, deadline_s - time.monotonic()))

    def _post(self, call: Callable[[], None]) -> None:
        if not self._closed:
            self._queue(call)

    def _tell(self) -> None:
        if not self._closed:
            self.changed.emit(self.jobs)

    # On the thread of whoever starts a job or ends one.

    def _dispatch(self) -> None:
        """Set running what has a place and memory, refuse what never will."""
        while (errand := self._next()) is not None:
            thread = threading.Thread(
                target=self._run,
                args=[errand],
                name=f"skiagram-job-{errand.job.number}",
                daemon=True,
            )
            with self._lock:
                self._threads.add(thread)
            thread.start()
        with self._lock:
            hopeless = None if self._closed else self._roster.hopeless()
            refusal = self._roster.refusal(hopeless) if hopeless else None
        if hopeless and refusal:
            self._post(partial(self._fail, hopeless, refusal))
            self._dispatch()
        self._herald.stir()

    def _next(self) -> Errand | None:
        with self._lock:
            return None if self._closed else self._roster.next()

    def _cancel(self, job: Job) -> None:
        if job.end(State.CANCELLED):
            with self._lock:
                errand = self._open.pop(job.number)
                if errand in self._roster.waiting:
                    self._roster.waiting.remove(errand)
            self._post(partial(self._conclude, errand.cancelled))

    # On the thread of one job.

    def _run(self, errand: Errand) -> None:
        conclusion = self._outcome(errand) if errand.job.begin() else None
        with self._lock:
            self._roster.running.remove(errand)
            self._threads.discard(threading.current_thread())
        if conclusion is not None and not errand.job.state.ended:
            self._post(conclusion)
        self._dispatch()

    def _outcome(self, errand: Errand) -> Callable[[], None]:
        """Do the work; return what is to be called on the window's thread."""
        self._herald.stir()
        try:
            return partial(self._deliver, errand, errand.perform())
        except Cancelled:
            return errand.job.cancel
        except BaseException as error:
            failure = failure_of(errand.job.title, error)
        return partial(self._fail, errand, failure)

    def _work(
        self, job: Job, work: Callable[[Progress], T], then: Callable[[T], None]
    ) -> Callable[[], None]:
        ticket = _Ticket(job, self._herald.stir)
        if job.order.lane is Lane.THREAD:
            return partial(then, work(ticket))
        worker = self._spare.take()
        try:
            result = worker.perform(job.title, work, ticket, ticket.still_wanted)
        finally:
            worker.end()
            self._spare.prepare()
        return partial(then, result)

    # On the thread of the window.

    def _deliver(self, errand: Errand, hand_over: Callable[[], None]) -> None:
        if errand.job.end(State.DONE):
            self._forget(errand.job)
            self._conclude(hand_over)

    def _fail(self, errand: Errand, failure: Failure) -> None:
        if errand.job.end(State.FAILED, failure):
            self._forget(errand.job)
            write_to_log(errand.job.title, failure)
            self._conclude(partial(errand.failed, failure) if errand.failed else None)

    def _forget(self, job: Job) -> None:
        with self._lock:
            del self._open[job.number]

    def _conclude(self, call: Callable[[], None] | None) -> None:
        try:
            if call is not None and not self._closed:
                call()
        finally:
            self._tell()


def _name(job: Job) -> str | None:
    return job.order.instead_of
