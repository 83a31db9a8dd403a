"""Errors inside calls that Qt makes go the way of all unexpected errors.

An exception that leaves a method which Qt called while Python waits for Qt
(a paint event during `setValue`, say) ends the whole process with PySide 6.11:
seen as a segmentation fault in `storePythonOverrideErrorOrPrint`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

S = TypeVar("S")
P = ParamSpec("P")


def careful(method: Callable[Concatenate[S, P], None]) -> Callable[Concatenate[S, P], None]:
    """Hand what a method raises to the exception hook, and go on."""

    @wraps(method)
    def guarded(self: S, /, *args: P.args, **named: P.kwargs) -> None:
        try:
            method(self, *args, **named)
        except Exception:
            sys.excepthook(*sys.exc_info())

    return guarded
