"""The one door to the compiler of inner loops.

Machine code is kept on disk beside this package, or in the user's cache
folder where the package may not be written. Numba compiles a loop anew when its
own file has changed; here it is compiled anew, too, when a file has changed whose
loops it calls or a constant that it takes from elsewhere, or it would go on with the
numbers of before.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from platformdirs import user_cache_path

P = ParamSpec("P")
R = TypeVar("R")

_SETTING = "NUMBA_CACHE_DIR"
_BESIDE = Path(__file__).parent / "__pycache__"
_LOCK = threading.Lock()
_TOLD: dict[str, frozenset[str]] = {}
"""What the loops of a file take from around them, directly or not."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a plain loop over arrays at its first call, and keep the code on disk.

    The loop runs without the interpreter's lock, in strict IEEE arithmetic.
    """
    import numba

    decorate: Callable[[Callable[P, R]], Callable[P, R]] = numba.njit(cache=True, nogil=True)
    with _LOCK, _kept_for(_stamp_of(function)):
        return decorate(function)


def _stamp_of(function: Callable[..., object]) -> str:
    """Return what tells apart what a function takes from around it; empty if it takes nothing.

    These are the files of the loops that it calls and the numbers and words that it names. What
    it calls stands above it, so all is known when the function is compiled.
    """
    own = function.__code__.co_filename
    told = set(_TOLD.get(own, ()))
    for name in function.__code__.co_names:
        value = function.__globals__.get(name)
        called = getattr(value, "py_func", None)
        if called is not None and called.__code__.co_filename != own:
            file = called.__code__.co_filename
            standing = Path(file).stat()
            told |= {f"{file} {standing.st_size} {standing.st_mtime_ns}", *_TOLD.get(file, ())}
        elif isinstance(value, int | float | str):
            told.add(f"{name} {value!r}")
    _TOLD[own] = frozenset(told)
    return hashlib.sha256("|".join(sorted(told)).encode()).hexdigest()[:16] if told else ""


@contextmanager
def _kept_for(stamp: str) -> Iterator[None]:
    """Keep what is compiled meanwhile in a folder of these files' own."""
    import numba

    config: Any = numba.config
    before = config.CACHE_DIR
    if stamp:
        config.CACHE_DIR = str(Path(before or _BESIDE) / f"calling_{stamp}")
    try:
        yield
    finally:
        config.CACHE_DIR = before


def _choose_cache_folder() -> None:
    """Send machine code to the user's cache where this package is read-only."""
    package = Path(__file__).parent
    if os.environ.get(_SETTING) or os.access(package, os.W_OK):
        return
    os.environ[_SETTING] = str(user_cache_path("skiagram") / "compiled")


_choose_cache_folder()
