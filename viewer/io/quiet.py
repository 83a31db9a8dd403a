"""Reading other people's files without a word from the libraries that read them.

What matters about a file is said by our own notices and refusals; warnings
and log lines of pydicom and nibabel about it are for their developers.
"""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_LOUD = ("pydicom", "nibabel.global")
_ONE_AT_A_TIME = threading.RLock()
"""Warning filters belong to the whole process, so two threads must not swap them at once."""


@contextmanager
def quietly() -> Iterator[None]:
    """Let libraries warn and log into the void."""
    loggers = [logging.getLogger(name) for name in _LOUD]
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        levels = [logger.level for logger in loggers]
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
