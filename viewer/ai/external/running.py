"""Running a program of somebody else, with an end in every case.

It may not say, write or take more than the limits. Where this runs in a worker process it stays
in that process's group, which is killed as a whole when the job is cancelled; elsewhere it gets
a group of its own.
"""

from __future__ import annotations

import math
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import psutil

from viewer.core.errors import Declined
from viewer.core.progress import Progress

_LOOK_S = 0.1
_MEASURE_S = 1.0
_USUAL_S = 300.0
_TAIL = 4000
_RUN = "run-"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may take at most."""

    seconds: float = 4 * 3600.0
    said_bytes: int = 20_000_000
    folder_bytes: int = 8_000_000_000


USUAL = Limits()


@contextmanager
def working_folder(place: Path) -> Iterator[Path]:
    """Make a folder for this user alone and delete it with all that is in it.

    What a run that was killed left behind is deleted first.
    """
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in place.glob(f"{_RUN}*"):
        owner = left.name.removeprefix(_RUN).partition("-")[0]
        if not owner.isdecimal() or not psutil.pid_exists(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_RUN}{os.getpid()}-", dir=place))
    try:
        with _tidy_when_ended():
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _tidy_when_ended() -> Iterator[None]:
    """Let a worker process that is asked to end leave through its cleaning up."""
    if not _leads_group() or threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def run(
    command: Sequence[str],
    folder: Path,
    variables: Mapping[str, str],
    title: str,
    progress: Progress,
    limits: Limits = USUAL,
) -> str:
    """Run a program in a folder until it ends by itself, within the limits; return its last words.

    Raises:
        Declined: if it cannot be started, fails, or goes over a limit; with its last words.
        Cancelled: if it is no longer wanted; then it has ended, with all that it started.
    """
    said = folder / "said.txt"
    with said.open("wb") as sink:
        try:
            process = subprocess.Popen(  # noqa: S603 - a program that the user installed and chose
                list(command),
                cwd=folder,
                env=dict(variables),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=not _leads_group(),
            )
        except OSError as why:
            raise Declined(
                f"{title} could not be started ({why.strerror or why}).", code="not_started"
            ) from why
        try:
            _watch(process, folder, said, title, progress, limits)
        finally:
            _end(process)
    if process.returncode:
        last = _last_words(said)
        raise Declined(
            f"{title} failed (exit code {process.returncode}){f': {last}' if last else ''}.",
            code="external_failed",
        )
    return _tail(said)


def _watch(
    process: subprocess.Popen[bytes],
    folder: Path,
    said: Path,
    title: str,
    progress: Progress,
    limits: Limits,
) -> None:
    start = measured = time.monotonic()
    while process.poll() is None:
        now = time.monotonic()
        spent = now - start
        progress.report(1 - math.exp(-spent / _USUAL_S), f"running for {spent:.0f} s")
        if spent > limits.seconds:
            raise Declined(
                f"{title} did not end within {limits.seconds:.0f} s and was stopped.",
                code="too_long",
            )
        if now - measured > _MEASURE_S or spent < _MEASURE_S:
            measured = now
            _measure(folder, said, title, limits)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_S)
    _measure(folder, said, title, limits)


def _measure(folder: Path, said: Path, title: str, limits: Limits) -> None:
    """See that a program does not fill the disk."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += (Path(root) / name).lstat().st_size
    if said.stat().st_size > limits.said_bytes or total > limits.folder_bytes:
        raise Declined(f"{title} wrote without end and was stopped.", code="too_large")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started; harmless after its end."""
    family: list[psutil.Process] = []
    with suppress(psutil.Error):
        family = psutil.Process(process.pid).children(recursive=True)
    if not _leads_group():
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.poll() is None:
        process.kill()
    for one in family:
        with suppress(psutil.Error):
            one.kill()
    process.wait()


def _leads_group() -> bool:
    """Tell whether this process is a worker: the first of a group that is ended as a whole."""
    return os.getsid(0) == os.getpid() and "viewer.jobs.worker" in _own_command()


def _own_command() -> tuple[str, ...]:
    try:
        return tuple(psutil.Process().cmdline())
    except psutil.Error:
        return ()


def _tail(said: Path) -> str:
    with said.open("rb") as file:
        file.seek(max(0, said.stat().st_size - _TAIL))
        return file.read().decode("utf-8", "replace")


def _last_words(said: Path) -> str:
    lines = [line.strip() for line in _tail(said).splitlines() if line.strip()]
    return lines[-1].rstrip(".")[:300] if lines else ""
