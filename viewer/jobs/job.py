"""One piece of long work as the rest of the house sees it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum


class Lane(StrEnum):
    """Where work runs."""

    THREAD = "thread"
    """Reading, writing, quick array work. Stops at its next report."""
    PROCESS = "process"
    """Models and heavy filters, in a process of their own. Can be killed."""


class State(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Tell whether nothing more will come of it."""
        return self in (State.DONE, State.FAILED, State.CANCELLED)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why work brought no result: a sentence for the user, a traceback for the log.

    `code` is a stable word: that of `Declined` and `Unreadable`, or "defect",
    "memory", "killed". The traceback is empty where nobody made a mistake.
    """

    sentence: str
    traceback: str = ""
    code: str = "defect"


@dataclass(frozen=True, slots=True)
class Standing:
    """A job at one moment. `left_s` is None until it can be estimated."""

    state: State = State.WAITING
    fraction: float = 0.0
    doing: str = ""
    left_s: float | None = None
    failure: Failure | None = None


_SURE_AFTER_S = 1.0
_SURE_AFTER_FRACTION = 0.02


def time_left(elapsed_s: float, fraction: float) -> float | None:
    """Return how many seconds are left at the pace so far, None while nobody can tell."""
    if elapsed_s < _SURE_AFTER_S or fraction < _SURE_AFTER_FRACTION:
        return None
    return elapsed_s * (1 - fraction) / fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for when a job was started; see `Runner.start`."""

    title: str
    lane: Lane = Lane.THREAD
    instead_of: str | None = None
    belongs_to: str = ""
    needs_bytes: int = 0


class Job:
    """Long work: what it is, how it stands, and a way to stop it.

    May be read from any thread. `standing` is a value, replaced as a whole.
    """

    def __init__(self, number: int, order: Order, cancel: Callable[[Job], None]) -> None:
        self.number = number
        self.order = order
        self._cancel = cancel
        self._standing = Standing()
        self._began_s = 0.0
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<Job {self.number} {self.title!r} {self.state}>"

    def cancel(self) -> None:
        """Want the result no more: nothing will be delivered from here on."""
        self._cancel(self)

    @property
    def standing(self) -> Standing:
        """All of how it stands, at one moment."""
        return self._standing

    @property
    def title(self) -> str:
        """What it is called in lists."""
        return self.order.title

    @property
    def belongs_to(self) -> str:
        """The study (or the like) without which its result is of no use."""
        return self.order.belongs_to

    @property
    def state(self) -> State:
        """How far it has come."""
        return self._standing.state

    @property
    def fraction(self) -> float:
        """The part that is behind us, 0 to 1."""
        return self._standing.fraction

    @property
    def doing(self) -> str:
        """What it is at, in its own words."""
        return self._standing.doing

    @property
    def left_s(self) -> float | None:
        """The estimated time left."""
        return self._standing.left_s

    @property
    def failure(self) -> Failure | None:
        """Why it failed, if it did."""
        return self._standing.failure

    def begin(self) -> bool:
        """Go from waiting to running; return False if it was cancelled meanwhile."""
        with self._lock:
            if self.state is not State.WAITING:
                return False
            self._began_s = time.monotonic()
            self._standing = Standing(State.RUNNING)
            return True

    def advance(self, fraction: float, doing: str) -> bool:
        """Note a report; return False if nobody wants the work any more."""
        with self._lock:
            if self.state is not State.RUNNING:
                return False
            done = min(max(fraction, 0.0), 1.0)
            left_s = time_left(time.monotonic() - self._began_s, done)
            self._standing = Standing(State.RUNNING, done, doing or self.doing, left_s)
            return True

    def end(self, state: State, failure: Failure | None = None) -> bool:
        """Come to an end, once; return False if it already had."""
        with self._lock:
            if self.state.ended:
                return False
            fraction = 1.0 if state is State.DONE else self.fraction
            self._standing = replace(
                self._standing, state=state, fraction=fraction, left_s=None, failure=failure
            )
            return True
