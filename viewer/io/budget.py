"""Where the voxels of a series may lie: in memory, or in a file of the cache that is mapped.

What was granted but is not yet written to counts as taken nowhere in the system, so
it is kept account of here until its series is filled in.
"""

from __future__ import annotations

import shutil
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.memory import available_bytes
from viewer.core.study import Notice
from viewer.io.archive import cache_folder
from viewer.io.paging import Page

_SHARE_OF_MEMORY = 0.8
_SHARE_OF_DISK = 0.9


@dataclass(eq=False)
class Room:
    """Room for one series; its arrays are cut from it one after the other.

    `granted` bytes of memory are not yet written to.
    """

    granted: int = 0
    page: Page | None = None
    notices: tuple[Notice, ...] = ()

    def array(self, shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> NDArray[np.generic]:
        """Return zeros, which take nothing until they are written to.

        Raises:
            Declined: if the system does not grant what it promised.
        """
        try:
            return np.zeros(shape, dtype) if self.page is None else self.page.array(shape, dtype)
        except MemoryError as error:
            wanted = _said(prod(shape) * dtype.itemsize)
            sentence = f"The series needs {wanted} of memory, which the system does not grant."
            raise Declined(sentence, code="too_large") from error

    def landed(self, pixels: NDArray[np.generic]) -> None:
        """Let go of memory whose content is safe on disk."""
        if self.page is not None:
            self.page.drop(pixels)

    def filled(self) -> None:
        """Take note that all is written, so that the system counts it itself."""
        self.granted = 0


class Budget:
    """What memory and disk can still take, beside what is open and what is being opened."""

    def __init__(
        self,
        available: Callable[[], int] = available_bytes,
        free_on_disk: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        """Take how to find out what is left."""
        self._available, self._free_on_disk = available, free_on_disk
        self._rooms: weakref.WeakSet[Room] = weakref.WeakSet()
        self._lock = threading.Lock()

    def room(self, wanted: int, arrays: int = 1) -> Room:
        """Return room for so many bytes in memory, or else on disk, which a notice tells.

        Raises:
            Declined: if neither has room.
        """
        with self._lock:
            free = max(0, self._available() - sum(room.granted for room in self._rooms))
            if wanted <= free * _SHARE_OF_MEMORY:
                room = Room(granted=wanted)
                self._rooms.add(room)
                return room
        return self._on_disk(wanted, arrays, free)

    def _on_disk(self, wanted: int, arrays: int, free: int) -> Room:
        folder = cache_folder() / "voxels"
        needs = f"The series needs {_said(wanted)} of memory, and only {_said(free)} is free"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            left = self._free_on_disk(folder)
            if wanted > left * _SHARE_OF_DISK:
                sentence = f"{needs}; the disk of {folder} has only {_said(left)} left."
                raise Declined(sentence, code="too_large")
            page = Page(folder, wanted, arrays)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            sentence = f"{needs}; nor could it be kept in {folder} ({why})."
            raise Declined(sentence, code="too_large") from error
        sentence = (
            f"{_said(wanted)} of voxels are kept on disk, as only {_said(free)} of memory is free; "
            "slices may come up more slowly."
        )
        return Room(page=page, notices=(Notice("on_disk", sentence),))


def _said(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e8 else f"{count / 1e6:.0f} MB"


@cache
def shared_budget() -> Budget:
    """Return the one account of what is left for this program."""
    return Budget()
