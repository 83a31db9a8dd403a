"""The one door to the compiler of inner loops.

Machine code is kept on disk beside this package, or in the user's cache
folder where the package may not be written.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from platformdirs import user_cache_path

P = ParamSpec("P")
R = TypeVar("R")

_SETTING = "NUMBA_CACHE_DIR"


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a plain loop over arrays at its first call, and keep the code on disk.

    The loop runs without the interpreter's lock, in strict IEEE arithmetic.
    """
    import numba

    decorate: Callable[[Callable[P, R]], Callable[P, R]] = numba.njit(cache=True, nogil=True)
    return decorate(function)


def _choose_cache_folder() -> None:
    """Send machine code to the user's cache where this package is read-only."""
    package = Path(__file__).parent
    if os.environ.get(_SETTING) or os.access(package, os.W_OK):
        return
    os.environ[_SETTING] = str(user_cache_path("skiagram") / "compiled")


_choose_cache_folder()
