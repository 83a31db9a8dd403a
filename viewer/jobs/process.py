"""A worker process, seen from the program that started it.

It is a fresh interpreter (never a fork, which would copy a running Qt) in a
session of its own, so that it can be ended with all that it may have started.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar, cast

from viewer.core.progress import Progress
from viewer.jobs import parcel
from viewer.jobs.failing import WorkFailed, killed
from viewer.jobs.messages import Failed, Message, Noted, Reported

T = TypeVar("T")

_LISTEN_S = 0.05
_GRACE_S = 0.3
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMBA_NUM_THREADS",
    "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS",
)


def worker_environment() -> dict[str, str]:
    """Return the variables of a worker: our modules, and one core left for the window."""
    threads = str(max(1, len(os.sched_getaffinity(0)) - 1))
    paths = [entry or os.getcwd() for entry in sys.path]  # noqa: PTH109 - what "" means there
    return {
        **dict.fromkeys(_THREADS, threads),
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
    }


class Worker:
    """One process for one piece of work. Must be ended, in the end."""

    def __init__(self, modules: Sequence[str] = ()) -> None:
        """Start the process; it imports `modules` while it waits for work."""
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", "viewer.jobs.worker", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [*command, *modules],
                pass_fds=[theirs.fileno()],
                env=worker_environment(),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._connection = Connection(ours.detach())

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Tell whether the process has not ended."""
        return self._process.poll() is None

    def perform(
        self,
        title: str,
        work: Callable[[Progress], T],
        progress: Progress,
        still_wanted: Callable[[], None],
    ) -> T:
        """Let the process do the work and wait for the result.

        `still_wanted` is called about 20 times a second and raises to break off.

        Raises:
            WorkFailed: if the work raised, or the process was killed.
        """
        try:
            self._connection.send(title)
            parcel.send(self._connection, work)
            return cast("T", self._answer(progress, still_wanted))
        except (EOFError, ConnectionError):
            raise WorkFailed(killed(title, self._process.wait())) from None

    def _answer(self, progress: Progress, still_wanted: Callable[[], None]) -> object:
        while True:
            while not self._connection.poll(_LISTEN_S):
                still_wanted()
            message: Message = self._connection.recv()
            match message:
                case Reported(done, doing):
                    progress.report(done, doing)
                case Noted(logger, level, line):
                    logging.getLogger(logger).log(level, "%s", line)
                case Failed(failure):
                    raise WorkFailed(failure)
                case parcel.Letter():
                    return parcel.receive(message, self._connection, parcel.Keeping.OWN)

    def end(self) -> None:
        """End the process and all that it started: politely, then not. Harmless twice."""
        if self._process.returncode is None:
            self._signal(signal.SIGTERM)
            try:
                self._process.wait(_GRACE_S)
            except subprocess.TimeoutExpired:
                self._signal(signal.SIGKILL)
                self._process.wait()
        self._connection.close()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
