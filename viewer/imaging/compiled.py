"""The one door to the compiler of inner loops.

Machine code is kept on disk beside this package, or in the user's cache
folder where the package may not be written. Numba compiles a loop anew when its
own file has changed; here it is compiled anew, too, when a file has changed whose
loops it calls, or it would go on with the numbers of before.
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
_CALLED: dict[str, frozenset[str]] = {}
"""The other files whose loops the loops of a file call, directly or not."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a plain loop over arrays at its first call, and keep the code on disk.

    The loop runs without the interpreter's lock, in strict IEEE arithmetic.
    """
    import numba

    decorate: Callable[[Callable[P, R]], Callable[P, R]] = numba.njit(cache=True, nogil=True)
    with _LOCK, _kept_for(_stamp_of(function)):
        return decorate(function)


def _stamp_of(function: Callable[..., object]) -> str:
    """Return what tells the files apart whose loops a function may call; empty if there are none.

    What it calls stands above it, so it is known when the function is compiled.
    """
    own = function.__code__.co_filename
    others = (getattr(one, "py_func", None) for one in function.__globals__.values())
    near = {one.__code__.co_filename for one in others if one is not None} - {own}
    called = frozenset(near.union(*(_CALLED.get(one, frozenset()) for one in near)))
    _CALLED[own] = _CALLED.get(own, frozenset()) | called
    if not called:
        return ""
    told = [(name, Path(name).stat()) for name in sorted(called)]
    words = "|".join(f"{name} {one.st_size} {one.st_mtime_ns}" for name, one in told)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


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
