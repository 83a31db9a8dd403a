"""A volume in a file that is not DICOM: its grid, and how to get its voxels."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from viewer.core.errors import Declined, Unreadable
from viewer.core.geometry import Geometry
from viewer.core.study import Notice

_BLOCK = 16 << 20


@dataclass(frozen=True, slots=True)
class Grid:
    """What the head of such a file says; `sources` are further files the voxels lie in."""

    geometry: Geometry
    read: Callable[[], NDArray[np.generic]]
    slope: float = 1.0
    intercept: float = 0.0
    notices: tuple[Notice, ...] = ()
    sources: tuple[Path, ...] = ()


def read_bytes(path: Path, offset: int, count: int, *, zipped: bool) -> NDArray[np.uint8]:
    """Return exactly `count` bytes of a file, or of what is packed in it.

    Raises:
        Unreadable: if there are fewer, or the packing is damaged.
        Declined: if they would not fit into memory.
    """
    if count > psutil.virtual_memory().available * 0.8:
        raise Declined(f"{path.name} does not fit into memory", code="too_large")
    data = np.empty(count, np.uint8)
    view, got = data.data, 0
    try:
        with gzip.open(path) if zipped and offset == 0 else path.open("rb") as file:
            file.seek(offset)
            while got < count:
                block = file.read(min(_BLOCK, count - got))
                if not block:
                    break
                view[got : got + len(block)] = block
                got += len(block)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Unreadable(f"{path.name} is packed and damaged", code="truncated") from error
    if got < count:
        raise Unreadable(
            f"{path.name} ends after {got} of {count} bytes of voxels", code="truncated"
        )
    return data


def unpack_bytes(path: Path, offset: int, count: int) -> NDArray[np.uint8]:
    """Return exactly `count` bytes of a zlib or gzip stream that begins within a file.

    Raises:
        Unreadable: if there are fewer, or the packing is damaged.
        Declined: if they would not fit into memory.
    """
    if count > psutil.virtual_memory().available * 0.4:
        raise Declined(f"{path.name} does not fit into memory", code="too_large")
    stream = zlib.decompressobj(47)
    try:
        with path.open("rb") as file:
            file.seek(offset)
            data = stream.decompress(file.read(), count)
    except zlib.error as error:
        raise Unreadable(f"{path.name} is packed and damaged", code="truncated") from error
    if len(data) < count:
        sentence = f"{path.name} ends after {len(data)} of {count} bytes of voxels"
        raise Unreadable(sentence, code="truncated")
    return np.frombuffer(data, np.uint8)


def finite(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Put the least value in place of what is no number: never one that looks like tissue."""
    wrong = ~np.isfinite(values)
    if wrong.any():
        values[wrong] = values[~wrong].min() if not wrong.all() else 0.0
    return values
