"""A nameless file of the cache folder that arrays lie in, mapped into memory.

The system brings its pages in when they are looked at and drops them when memory is
needed for something else. The file has no name from the beginning, where the system
can do that, so that nothing is left of it however the program ends; it is for this
user's eyes only. All of its blocks are taken beforehand: a full disk is told of here
and never kills the program later.
"""

from __future__ import annotations

import mmap
import os
import tempfile
from contextlib import suppress
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_ALIGNMENT = mmap.PAGESIZE


class Page:
    """Room of so many bytes in a nameless file; gone with the last array that lies in it.

    Raises:
        OSError: if the file cannot be made, or there is no room on the disk.
    """

    def __init__(self, folder: Path, size: int, arrays: int = 1) -> None:
        whole = max(1, size + arrays * _ALIGNMENT)
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            os.fchmod(file.fileno(), 0o600)
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, whole)
            else:
                os.truncate(file.fileno(), whole)
            self._memory = mmap.mmap(file.fileno(), whole)
        self._taken = 0
        self._start = np.frombuffer(self._memory, np.uint8).ctypes.data

    def array(self, shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> NDArray[np.generic]:
        """Return the next array, filled with zeros.

        Raises:
            ValueError: if there is no room left for it.
        """
        count = prod(shape)
        array = np.frombuffer(self._memory, dtype, count, self._taken).reshape(shape)
        self._taken += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
        return array

    def drop(self, pixels: NDArray[np.generic]) -> None:
        """Let go of the memory that this part of an array takes; it stays in the file."""
        if not hasattr(mmap, "MADV_DONTNEED") or not pixels.flags.c_contiguous:
            return
        start = pixels.ctypes.data - self._start
        first = -(-start // _ALIGNMENT) * _ALIGNMENT
        last = (start + pixels.nbytes) // _ALIGNMENT * _ALIGNMENT
        if first < last:
            with suppress(OSError):
                self._memory.madvise(mmap.MADV_DONTNEED, first, last - first)
