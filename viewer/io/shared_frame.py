"""Memory that a decoder process and we both see: compressed bytes go in, voxels come out.

Only the one frame that is being decoded lies in it. It is copied from there into
its place, so that a decoder gone wild can spoil its own frame and no other. The
memory has no name and is gone with the last process that holds it; it is sealed
against shrinking, since a process that reads behind its end would be killed.
"""

from __future__ import annotations

import mmap
import os
import tempfile

_PAGE = mmap.PAGESIZE
_LEAST = 1 << 20
_KEPT = 32 << 20
"""What is held on to between frames; the memory of larger ones is given back."""


class SharedFrame:
    """The memory of one decoder process; `handle` is inherited by it. To be closed in the end."""

    def __init__(self) -> None:
        self.handle = _nameless_file()
        self._memory: mmap.mmap | None = None
        self.size = 0

    def put(self, payload: bytes, room: int) -> int:
        """Write compressed bytes, with room for voxels behind them; return where that begins.

        Raises:
            OSError: if there is not so much memory.
        """
        start = -(-len(payload) // _PAGE) * _PAGE
        self._grow(start + room)
        if self._memory is not None:
            self._memory[: len(payload)] = payload
        return start

    def take(self, start: int, into: memoryview) -> None:
        """Copy voxels from `start` on to their place."""
        if self._memory is None:
            raise OSError("there is no memory to take from")
        with memoryview(self._memory) as all_of_it, all_of_it[start : start + len(into)] as part:
            into[:] = part
        if self.size > _KEPT and hasattr(mmap, "MADV_REMOVE"):
            self._memory.madvise(mmap.MADV_REMOVE)

    def close(self) -> None:
        """Let the memory go."""
        if self._memory is not None:
            self._memory.close()
            self._memory = None
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1

    def _grow(self, wanted: int) -> None:
        if wanted <= self.size:
            return
        size = -(-max(wanted, _LEAST) // _PAGE) * _PAGE
        os.ftruncate(self.handle, size)
        if self._memory is not None:
            self._memory.close()
        self._memory = mmap.mmap(self.handle, size)
        self.size = size


def _nameless_file() -> int:
    if not hasattr(os, "memfd_create"):
        with tempfile.TemporaryFile() as file:
            return os.dup(file.fileno())
    import fcntl

    handle = os.memfd_create("skiagram-frame", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    fcntl.fcntl(handle, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK)
    return handle
