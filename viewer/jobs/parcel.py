"""Values that travel between two processes, their arrays in shared memory.

A value is pickled with protocol 5; the arrays in it are left out and written
one after the other into an anonymous memory file, whose descriptor goes over
the socket with the rest. Such a file has no name: it is gone with the last
process that holds it, however that process ends.

Both ends are this very program, so that the pickle is as trustworthy as we are.
"""

from __future__ import annotations

import mmap
import os
import pickle
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle

import numpy as np

_ALIGNMENT = 64
_LONGEST_BODY = 1 << 15


class Keeping(Enum):
    """What the receiver does with the arrays."""

    LOOK = "look"
    """Read-only arrays upon the shared memory itself, without a copy."""
    OWN = "own"
    """Arrays of the receiver's own; the shared memory is let go at once."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A pickled value without its arrays, and where in the memory file each of them lies.

    A long body lies in the file too, before the arrays: what goes over the
    socket is always so little that nobody ever waits for it to be read.
    """

    body: bytes | None
    spans: tuple[tuple[int, int], ...]


def send(connection: Connection, value: object) -> None:
    """Send a value as a letter; its arrays go by shared memory.

    Nothing is sent where the value cannot be.

    Raises:
        pickle.PicklingError: if the value is not one that can be sent.
        OSError: if the other end is gone, or there is no memory for the arrays.
    """
    buffers: list[pickle.PickleBuffer] = []
    body = pickle.dumps(value, protocol=5, buffer_callback=buffers.append)
    arrays = [buffer.raw() for buffer in buffers]
    long = len(body) > _LONGEST_BODY
    pieces = [memoryview(body), *arrays] if long else arrays
    letter = Letter(None if long else body, _spans(pieces))
    if not pieces:
        connection.send(letter)
        return
    block = _block(pieces)
    try:
        connection.send(letter)
        send_handle(connection, block, 0)
    finally:
        os.close(block)


def receive(letter: Letter, connection: Connection, keeping: Keeping) -> object:
    """Return the value of a letter that came out of `connection.recv()`.

    Raises:
        EOFError: if the other end is gone.
    """
    pieces: list[memoryview] = []
    if letter.spans:
        block = recv_handle(connection)
        try:
            pieces = _looked_at(block, letter) if keeping is Keeping.LOOK else _owned(block, letter)
        finally:
            os.close(block)
    body = pieces.pop(0) if letter.body is None else letter.body
    return pickle.loads(body, buffers=pieces)  # noqa: S301 - written by our own other half


def _spans(arrays: Sequence[memoryview]) -> tuple[tuple[int, int], ...]:
    """Return where each array starts and how many bytes it has."""
    spans, start = [], 0
    for array in arrays:
        spans.append((start, array.nbytes))
        start += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    return tuple(spans)


def _block(arrays: Sequence[memoryview]) -> int:
    """Return the descriptor of a nameless file that holds the arrays."""
    block = _nameless_file()
    try:
        for (start, _), array in zip(_spans(arrays), arrays, strict=True):
            written = 0
            while written < array.nbytes:
                written += os.pwrite(block, array[written:], start + written)
    except BaseException:
        os.close(block)
        raise
    return block


def _nameless_file() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("skiagram", os.MFD_CLOEXEC)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _looked_at(block: int, letter: Letter) -> list[memoryview]:
    if not any(size for _, size in letter.spans):
        return [memoryview(b"") for _ in letter.spans]
    view = memoryview(mmap.mmap(block, 0, access=mmap.ACCESS_READ))
    return [view[start : start + size] for start, size in letter.spans]


def _owned(block: int, letter: Letter) -> list[memoryview]:
    return [_read(block, start, size) for start, size in letter.spans]


def _read(block: int, start: int, size: int) -> memoryview:
    """Return a piece of the file as memory of its own."""
    memory = np.empty(size, np.uint8).data
    read = 0
    while read < size:
        count = os.preadv(block, [memory[read:]], start + read)
        if not count:
            raise EOFError("the shared memory is shorter than announced")
        read += count
    return memory
