"""Heavy work in a process of its own, waited for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.jobs.failing import WorkFailed
from viewer.jobs.process import Worker

T = TypeVar("T")

_OUR_MISTAKES = ("defect", "memory", "killed")


def apart(title: str, work: Callable[[Progress], T], progress: Progress) -> T:
    """Do picklable work in a worker process; an interruption kills it.

    Raises:
        Declined: if the work declined.
        WorkFailed: if it broke, or the process was killed.
    """
    worker = Worker()
    try:
        return worker.perform(title, work, progress, _still_wanted)
    except WorkFailed as error:
        if error.failure.code in _OUR_MISTAKES:
            raise
        raise Declined(error.failure.sentence, code=error.failure.code) from None
    finally:
        worker.end()


def _still_wanted() -> None:
    """Want it always: Ctrl+C rises here by itself."""
