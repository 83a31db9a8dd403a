"""The few processes that decode compressed frames, kept warm.

A frame lies in memory that its process and we share (`shared_frame`); pipes only
carry the few words that say what to do and what came of it. A process that dies
or takes too long costs that one frame; the next frame gets a new process.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path

from viewer.core.errors import Unreadable
from viewer.io.decoder_process import Job
from viewer.io.shared_frame import SharedFrame

_HEAD = struct.Struct("<L")
_NAME = "skiagram-decoder"
"""Said on the command line, so that a list of processes tells what they are."""
_PATIENCE_S = 30.0
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_LONGEST_ANSWER = 1 << 16


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
    """One decoder process, its pipes and the memory that we share with it."""

    def __init__(self) -> None:
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        known = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join(
            [str(_PACKAGE_ROOT), *([known] if known else [])]
        )
        self._frame = SharedFrame()
        handle = self._frame.handle
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-P", "-m", "viewer.io.decoder_process", _NAME, str(handle)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            bufsize=0,
            pass_fds=(handle,),
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("the decoder has no pipes")
        self._input, self._output = self._process.stdin, self._process.stdout

    def decode(self, job: Job, payload: bytes, into: memoryview, patience_s: float) -> str:
        """Return the decoder's complaint, or nothing once the frame is in its place.

        Raises:
            OSError: if the process is gone, or there is no memory for the frame.
            EOFError: if it ended, answered nonsense, or took too long.
        """
        start = self._frame.put(payload, into.nbytes)
        order = {"job": job, "payload": len(payload), "start": start, "size": self._frame.size}
        text = json.dumps(order).encode()
        self._send(_HEAD.pack(len(text)) + text)
        until = time.monotonic() + patience_s
        (length,) = _HEAD.unpack(self._receive(_HEAD.size, until))
        if length > _LONGEST_ANSWER:
            raise EOFError("the decoder does not answer as it should")
        try:
            answer = json.loads(self._receive(length, until))
            complaint, size = str(answer["complaint"]), int(answer["size"])
        except (ValueError, KeyError, TypeError) as error:
            raise EOFError("the decoder does not answer as it should") from error
        if not complaint:
            if size != into.nbytes:
                raise EOFError(f"{size} bytes for {into.nbytes}")
            self._frame.take(start, into)
        return complaint

    def _send(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            left = left[self._input.write(left) :]

    def _receive(self, count: int, until: float) -> bytes:
        """Return so many bytes of the answer; it must be there in time."""
        got, pipe = b"", self._output.fileno()
        while len(got) < count:
            left_s = until - time.monotonic()
            waiting = select.poll()
            waiting.register(pipe, select.POLLIN)
            if left_s <= 0 or not waiting.poll(left_s * 1000):
                raise EOFError("the decoder takes too long")
            part = os.read(pipe, count - len(got))
            if not part:
                raise EOFError("the decoder is gone")
            got += part
        return got

    def kill(self) -> None:
        """End the process; close its pipes and its memory."""
        self._process.kill()
        self._process.wait()
        self._input.close()
        self._output.close()
        self._frame.close()


@cache
def shared_decoders() -> Decoders:
    """Return the one set of decoder processes of this program; they end with it."""
    decoders = Decoders(max(1, min(4, os.cpu_count() or 1)))
    atexit.register(decoders.close)
    return decoders


def warm_up() -> None:
    """Have decoders ready soon: compressed pictures were seen."""
    shared_decoders().warm_up()
