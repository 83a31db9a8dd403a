"""From what was raised to what the user is told."""

from __future__ import annotations

import logging
import signal
import traceback

from viewer.core.errors import Declined, Unreadable
from viewer.jobs.job import Failure

_CRASHES = {signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL}
_log = logging.getLogger(__name__)


class WorkFailed(Exception):
    """Raised where work in another process brought no result."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.sentence)
        self.failure = failure


def failure_of(title: str, error: BaseException) -> Failure:
    """Return the sentence for what was raised inside work; a traceback only for our mistakes."""
    if isinstance(error, WorkFailed):
        return error.failure
    if isinstance(error, Declined | Unreadable):
        return Failure(str(error), code=error.code)
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, MemoryError):
        return Failure(
            f"{title}: the memory of this computer was not enough. "
            "Close other studies or programs and try again.",
            trace,
            "memory",
        )
    return Failure(
        f"{title}: this is a defect of the program ({type(error).__name__}). "
        "Nothing else was lost; the details are in the log.",
        trace,
    )


def killed(title: str, return_code: int) -> Failure:
    """Return the sentence for a worker process that ended without an answer."""
    if return_code >= 0:
        how = f"it ended by itself with code {return_code}"
    elif -return_code in _CRASHES:
        how = f"it crashed ({signal.Signals(-return_code).name})"
    else:
        how = f"it was stopped from outside by {signal.Signals(-return_code).name}"
    hint = ", most often because memory ran out" if return_code == -signal.SIGKILL else ""
    return Failure(
        f"{title}: the worker process brought no result, {how}{hint}. "
        "Nothing else was lost; it can be started again.",
        code="killed",
    )


def write_to_log(title: str, failure: Failure) -> None:
    """Keep what is needed to find the mistake; refusals are no mistakes."""
    if failure.traceback or failure.code == "killed":
        _log.error("%s failed: %s\n%s", title, failure.sentence, failure.traceback)
