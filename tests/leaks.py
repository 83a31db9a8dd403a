"""What a test may leave behind: nothing.

`Left` looks at what there is before a test, and says afterwards what is new:
threads, child processes, shared memory, windows, running timers, VTK render
windows. What is slow to go (a thread about to end, a widget to be deleted
later) is given a moment.

Some things are meant to stay from test to test. They are named:

- processes and threads whose name starts with one of `ALLOWED`, and processes
  whose command line holds it
  (`multiprocessing.Process(name="skiagram-decoder-1")` or
  `process.name = ...`, `threading.Thread(name=...)`,
  `ThreadPoolExecutor(thread_name_prefix=...)`);
- the tracker and fork server that `multiprocessing` keeps for itself, and the
  threads by which a `ProcessPoolExecutor` speaks to its processes.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, starmap
from pathlib import Path
from types import ModuleType

import psutil

ALLOWED = ("skiagram-decoder",)
_MULTIPROCESSING_OWN = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
_PATIENCE_S = 2.0

_started_timers: weakref.WeakSet[object] = weakref.WeakSet()


class Left:
    """What was there before a test, to be compared with what is there after it."""

    def __init__(self) -> None:
        watch_timers()
        self._threads = set(threading.enumerate())
        self._children = {child.pid for child in psutil.Process().children()}
        self._shared = set(_shared_memory())
        self._windows = _windows()
        self._timers = list(_started_timers)
        self._render_windows = _render_windows()

    def behind(self) -> list[str]:
        """Say what is new and does not go away within a moment."""
        deadline = time.monotonic() + _PATIENCE_S
        left = self._now()
        while left:
            _let_go()
            left = self._now()
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        return left

    def _now(self) -> list[str]:
        return [
            *(f"thread {name}" for name in self._new_threads()),
            *(f"process {line}" for line in self._new_children()),
            *(f"shared memory {name}" for name in _shared_memory() if name not in self._shared),
            *(f"window {w!r}" for w in _windows() if not _among(w, self._windows)),
            *(f"running timer {t!r}" for t in _running_timers() if not _among(t, self._timers)),
            *(["VTK render window"] * (_render_windows() - self._render_windows)),
        ]

    def _new_threads(self) -> list[str]:
        new = [thread for thread in threading.enumerate() if thread not in self._threads]
        return [thread.name for thread in new if not _may_stay(thread)]

    def _new_children(self) -> list[str]:
        allowed = {
            process.pid
            for process in multiprocessing.active_children()
            if process.name.startswith(ALLOWED)
        }
        new = [c for c in psutil.Process().children() if c.pid not in self._children | allowed]
        lines = [f"{child.pid}: {_command(child)}" for child in new]
        known = (*_MULTIPROCESSING_OWN, *ALLOWED)
        return [line for line in lines if not any(own in line for own in known)]


def _among(thing: object, others: Iterable[object]) -> bool:
    return any(thing is other for other in others)


def _may_stay(thread: threading.Thread) -> bool:
    """Tell whether a thread is declared to stay, or not Python's to end."""
    kind = type(thread)
    return (
        thread.name.startswith((*ALLOWED, "QueueFeederThread", "pytest_timeout"))
        or kind.__name__ == "_DummyThread"
        or kind.__module__ == "concurrent.futures.process"
    )


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return "(ended, nobody waited for it)"


def _shared_memory() -> list[str]:
    """Return our named blocks; those of no name are seen where a process holds them open."""
    folder = Path("/dev/shm")
    if not folder.is_dir():
        return []
    return [path.name for path in folder.iterdir() if path.name.startswith(("psm_", "skiagram"))]


def _module(name: str) -> ModuleType | None:
    """Return a module if something has loaded it; never load it."""
    return sys.modules.get(name)


def _windows() -> list[object]:
    widgets, shiboken = _module("PySide6.QtWidgets"), _module("shiboken6")
    if widgets is None or shiboken is None or widgets.QApplication.instance() is None:
        return []
    return [
        widget
        for widget in widgets.QApplication.topLevelWidgets()
        if shiboken.isValid(widget)
        and widget.parentWidget() is None
        and widget.metaObject().className() != "QTipLabel"
    ]


def watch_timers() -> None:
    """Keep note of every QTimer that is started from Python, once Qt is there."""
    core = _module("PySide6.QtCore")
    if core is None or hasattr(core.QTimer, "skiagram_watched"):
        return
    start: Callable[..., None] = core.QTimer.start

    def noted_start(timer: object, *arguments: object) -> None:
        _started_timers.add(timer)
        start(timer, *arguments)

    core.QTimer.start = noted_start
    core.QTimer.skiagram_watched = True


def _running_timers() -> list[object]:
    shiboken = _module("shiboken6")
    if shiboken is None:
        return []
    return [t for t in list(_started_timers) if shiboken.isValid(t) and t.isActive()]


def _render_windows() -> int:
    """Count the VTK windows made since `gc.freeze()`, which makes this look-up cheap.

    By type, not `isinstance`, which would wake proxies of what is long gone. In one call that
    runs no Python, so that no other thread goes on meanwhile: while one fills a tuple, nobody
    else may hold it, as the list of all objects does (it would be a `SystemError` there).
    """
    vtk = _module("vtkmodules.vtkRenderingCore")
    if vtk is None:
        return 0
    kinds = frozenset(_kinds(vtk.vtkRenderWindow))
    everything = chain.from_iterable(starmap(gc.get_objects, [()]))
    return sum(map(kinds.__contains__, map(type, everything)))


def _kinds(kind: type) -> Iterator[type]:
    yield kind
    for narrower in type.__subclasses__(kind):
        yield from _kinds(narrower)


def _let_go() -> None:
    """Delete what Qt was to delete later, and what only circles hold."""
    core = _module("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
        core.QCoreApplication.processEvents()
    gc.collect()
