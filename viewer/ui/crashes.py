"""Where a process was when it died is written by Python itself; the next start tells of it."""

from __future__ import annotations

import faulthandler
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from viewer.session.session import Session

_log = logging.getLogger(__name__)
TOLD = (
    "The program ended unexpectedly last time; what you had drawn was kept. "
    "Help > Save a report of an error writes down what is known, without anything of a patient."
)


@contextmanager
def noted_crashes(file: Path, kept: Path, session: Session) -> Iterator[None]:
    """Tell of the last crash, keep its traces, and have the next one written down."""
    if faulthandler.is_enabled():
        yield
        return
    _tell(file, kept, session)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        traces = file.open("w", encoding="utf-8")
    except OSError as error:
        _log.warning("a crash could not be noted: %s", error.strerror)
        yield
        return
    with traces:
        faulthandler.enable(traces)
        try:
            yield
        finally:
            faulthandler.disable()
    with suppress(OSError):
        file.unlink()


def _tell(file: Path, kept: Path, session: Session) -> None:
    with suppress(OSError):
        if file.stat().st_size > 0:
            file.replace(kept)
            session.say(TOLD, serious=True)
