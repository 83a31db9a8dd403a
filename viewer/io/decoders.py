"""The few processes that decode compressed frames, kept warm.

A frame travels to a process through a pipe and comes back through another,
straight into its place in the image. A process that dies or takes too long
costs that one frame; the next frame gets a new process.
"""

from __future__ import annotations

import atexit
import json
import os
import struct
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path

from viewer.core.errors import Unreadable
from viewer.io.decoder_process import Job

_HEAD = struct.Struct("<LQ")
_NAME = "skiagram-decoder"
"""Said on the command line, so that a list of processes tells what they are."""
_PATIENCE_S = 30.0
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_PIPE_BYTES = 1 << 20


class Decoders:
    """Up to `most` processes, started when first needed."""

    def __init__(self, most: int, patience_s: float = _PATIENCE_S) -> None:
        self.most = most
        self._patience_s = patience_s
        self._free = threading.Semaphore(most)
        self._lock = threading.Lock()
        self._idle: list[_Process] = []
        self._started = 0

    def warm_up(self) -> None:
        """Start the processes without waiting for them."""
        with self._lock:
            while self._started < self.most:
                self._idle.append(_Process())
                self._started += 1

    def decode(self, job: Job, payload: bytes, into: memoryview) -> None:
        """Decode one frame into `into`, whose size it must have.

        Raises:
            Unreadable: if the data is damaged, or the decoder died of it.
        """
        with self._free:
            process = self._take()
            try:
                complaint = process.decode(job, payload, into, self._patience_s)
            except (OSError, EOFError) as error:
                process.kill()
                with self._lock:
                    self._started -= 1
                raise Unreadable(
                    "its decoder stopped on damaged data", code="decoder_died"
                ) from error
            except BaseException:
                process.kill()
                with self._lock:
                    self._started -= 1
                raise
            with self._lock:
                self._idle.append(process)
        if complaint:
            what = "is cut off" if "cut off" in complaint else "is damaged"
            raise Unreadable(f"its pixel data {what}", code="damaged") from ValueError(complaint)

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            for process in self._idle:
                process.kill()
            self._started -= len(self._idle)
            self._idle.clear()

    def _take(self) -> _Process:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            self._started += 1
        return _Process()


class _Process:
    """One decoder process and its pipes."""

    def __init__(self) -> None:
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        known = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join(
            [str(_PACKAGE_ROOT), *([known] if known else [])]
        )
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-P", "-m", "viewer.io.decoder_process", _NAME],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            bufsize=0,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("the decoder has no pipes")
        self._input, self._output = self._process.stdin, self._process.stdout
        _widen(self._output.fileno())

    def decode(self, job: Job, payload: bytes, into: memoryview, patience_s: float) -> str:
        """Return the decoder's complaint, or nothing once the frame is in its place."""
        watch = threading.Timer(patience_s, self.kill_quietly)
        watch.name = f"{_NAME}-watch"
        watch.start()
        try:
            text = json.dumps(job).encode()
            self._send(_HEAD.pack(len(text), len(payload)) + text)
            self._send(payload)
            head = bytearray(_HEAD.size)
            self._receive(memoryview(head))
            length, size = _HEAD.unpack(head)
            answer = bytearray(length)
            self._receive(memoryview(answer))
            complaint = str(json.loads(answer)["complaint"])
            if not complaint:
                if size != into.nbytes:
                    raise EOFError(f"{size} bytes for {into.nbytes}")
                self._receive(into)
            return complaint
        finally:
            watch.cancel()

    def _send(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[self._input.write(left) :]

    def _receive(self, into: memoryview) -> None:
        while into:
            count = (
                os.readv(self._output.fileno(), [into])
                if hasattr(os, "readv")
                else self._read(into)
            )
            if not count:
                raise EOFError("the decoder is gone")
            into = into[count:]

    def _read(self, into: memoryview) -> int:
        part = self._output.read(min(len(into), _PIPE_BYTES))
        into[: len(part)] = part
        return len(part)

    def kill_quietly(self) -> None:
        """Stop a process that takes too long; its reader sees the pipe end."""
        self._process.kill()

    def kill(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        self._input.close()
        self._output.close()


def _widen(pipe: int) -> None:
    """Let a whole frame fit into the pipe where the system can do that."""
    try:
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    except (ImportError, AttributeError, OSError):
        return


@cache
def shared_decoders() -> Decoders:
    """Return the one set of decoder processes of this program; they end with it."""
    decoders = Decoders(max(1, min(4, os.cpu_count() or 1)))
    atexit.register(decoders.close)
    return decoders


def warm_up() -> None:
    """Have decoders ready soon: compressed pictures were seen."""
    shared_decoders().warm_up()
