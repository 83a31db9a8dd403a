"""Work that worker processes are asked to do in tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import numpy as np

from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.volume import Volume


def add(a: int, b: int, progress: Progress) -> int:
    progress.report(0.5, "adding")
    return a + b


def double(array: np.ndarray, progress: Progress) -> np.ndarray:
    return array * 2


def whether_writable(volume: Volume, progress: Progress) -> tuple[bool, bool, int]:
    return volume.voxels.flags.writeable, volume.voxels.flags.owndata, int(volume.voxels.sum())


def who(progress: Progress) -> tuple[int, int, str]:
    return os.getpid(), os.nice(0), os.environ["OMP_NUM_THREADS"]


def busy(marker: str, progress: Progress) -> None:
    """Never report, never end, keep a core and 200 MB busy."""
    progress.report(0.1, "busy")
    array = np.ones((100, 250_000))
    Path(marker).write_text(str(os.getpid()))
    while True:
        np.sqrt(array, out=array)


def decline(progress: Progress) -> None:
    raise Declined("This is no chest CT.", code="not_chest")


def stumble(progress: Progress) -> None:
    raise ZeroDivisionError("somewhere deep")


def bring_the_unbringable(progress: Progress) -> object:
    return lambda: None


def warn(progress: Progress) -> None:
    warnings.warn("this will change", UserWarning, stacklevel=1)


def crash(progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def start_another(marker: str, progress: Progress) -> None:
    """Start a process of its own and wait for it."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        Path(marker).write_text(str(other.pid))
        other.wait()


def many(count: int, progress: Progress) -> list[str]:
    return [str(number) for number in range(count)]


def leave(progress: Progress) -> None:
    os._exit(7)


def die_while_sending(size: int, progress: Progress) -> np.ndarray:
    """Be killed by a timer at about the time the result travels."""
    array = np.ones(size, np.uint8)
    threading.Timer(0.005, os.kill, [os.getpid(), signal.SIGKILL]).start()
    time.sleep(0.004)
    return array
