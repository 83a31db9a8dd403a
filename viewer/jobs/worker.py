"""The inside of a worker process: one piece of work, then the end.

Started by `process.Worker` as `python -m viewer.jobs.worker DESCRIPTOR
TITLE MODULE...`; the modules are imported before the work arrives.
"""

from __future__ import annotations

import faulthandler
import importlib
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

from viewer.jobs import parcel
from viewer.jobs.failing import failure_of
from viewer.jobs.messages import Failed, Message, Noted, Reported, Work

_REPORT_EVERY_S = 0.02


class _Line:
    """The wire to the window's process; one sender at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def say(self, message: Message) -> None:
        with self._lock:
            self._connection.send(message)

    def bring(self, result: object) -> None:
        with self._lock:
            parcel.send(self._connection, result)


class _Reporter:
    """Progress over the wire, at a rate a person can follow."""

    def __init__(self, line: _Line) -> None:
        self._line = line
        self._doing = ""
        self._last_s = 0.0

    def report(self, done: float, doing: str = "") -> None:
        now_s = time.monotonic()
        if now_s - self._last_s < _REPORT_EVERY_S and doing == self._doing:
            return
        self._last_s, self._doing = now_s, doing
        self._line.say(Reported(done, doing))


class _LogOverWire(logging.Handler):
    """Log lines of this process are written by the one that has the log."""

    def __init__(self, line: _Line) -> None:
        super().__init__()
        self._line = line

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            self._line.say(Noted(record.name, record.levelno, self.format(record)))


def _step_back() -> None:
    """Let the window go first: for the processor, and where memory runs out."""
    with suppress(OSError):
        os.nice(10)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500", "ascii")


def _end_with_parent(connection: Connection) -> None:
    """Wait for the other end to go away, and do not outlive it."""
    with suppress(EOFError, OSError):
        connection.recv_bytes()
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _perform(connection: Connection, line: _Line) -> None:
    """Do the one piece of work that comes over the wire."""
    title = str(connection.recv())
    letter: parcel.Letter = connection.recv()
    try:
        work = cast("Work", parcel.receive(letter, connection, parcel.Keeping.LOOK))
        threading.Thread(target=_end_with_parent, args=[connection], daemon=True).start()
        line.bring(work(_Reporter(line)))
    except BrokenPipeError:
        return
    except BaseException as error:
        line.say(Failed(failure_of(title, error)))


def main(arguments: Sequence[str]) -> None:
    """Wait for one piece of work, do it, bring the result."""
    descriptor, *modules = arguments
    faulthandler.enable()
    _step_back()
    connection = Connection(int(descriptor))
    line = _Line(connection)
    logging.basicConfig(handlers=[_LogOverWire(line)], level=logging.WARNING)
    logging.captureWarnings(capture=True)
    for module in modules:
        with suppress(ImportError):
            importlib.import_module(module)
    with suppress(EOFError, OSError):
        _perform(connection, line)


if __name__ == "__main__":
    main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # at once: tearing down libraries can hang, and nothing is left to save
