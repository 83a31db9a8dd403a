"""A volume, or several, in a file that is not DICOM: the grid, and where its numbers lie."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from viewer.core.errors import Unreadable
from viewer.core.geometry import Geometry
from viewer.core.study import Notice

_MOST_EXPANSION = 1_100
"""Deflate cannot make anything smaller than this."""
_MOST_VOLUMES = 20_000
_MOST_SLICES = 1_000_000
_LARGEST = 1 << 44


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where the numbers of a grid lie: from `offset` on, slices one after the other.

    Where they are packed (zlib or gzip), the stream begins at `packed_from`, and `offset`
    counts within what comes out of it. `values` numbers stand side by side for each voxel.
    """

    path: Path
    offset: int
    dtype: np.dtype[np.generic]
    packed_from: int | None = None
    values: int = 1


@dataclass(frozen=True, slots=True)
class Moments:
    """How many volumes a file holds, what tells them apart, and what each is called."""

    named: str = ""
    labels: tuple[str, ...] = ("",)

    @property
    def count(self) -> int:
        """How many volumes there are."""
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Grid:
    """What the head of such a file says; `sources` are further files that belong to it.

    Several values in a voxel are its colour, or else its moments. Real-world value =
    number * slope + intercept.
    """

    geometry: Geometry
    numbers: Numbers
    moments: Moments = Moments()
    colour: bool = False
    slope: float = 1.0
    intercept: float = 0.0
    notices: tuple[Notice, ...] = ()
    sources: tuple[Path, ...] = ()

    @property
    def side_by_side(self) -> bool:
        """Tell whether the volumes are mixed voxel by voxel."""
        return self.numbers.values > 1 and not self.colour

    @property
    def volume_bytes(self) -> int:
        """The bytes after which the next volume begins."""
        numbers = self.numbers
        return math.prod(self.geometry.shape) * numbers.values * numbers.dtype.itemsize

    @property
    def stored_bytes(self) -> int:
        """The bytes that all numbers take, unpacked."""
        return self.volume_bytes * (1 if self.side_by_side else self.moments.count)


def checked(grid: Grid) -> Grid:
    """Return a grid that may be in its file.

    Raises:
        Unreadable: if the file claims what no file holds.
        OSError: if the file cannot be read.
    """
    numbers, slices = grid.numbers, grid.geometry.shape[0]
    held = numbers.path.stat().st_size
    claimed = numbers.offset + grid.stored_bytes
    bomb = numbers.packed_from is not None and claimed > _MOST_EXPANSION * held + (1 << 16)
    many = grid.moments.count * slices > _MOST_SLICES
    if bomb or many or claimed > _LARGEST:
        size = " x ".join(str(side) for side in grid.geometry.shape[:0:-1])
        raise _implausible(numbers.path, f"{grid.moments.count * slices} slices of {size}")
    return grid


def _implausible(path: Path, told: str) -> Unreadable:
    sentence = f"{path.name} claims {told}, far more than the file can hold"
    return Unreadable(sentence, code="implausible_size")


def check_count(path: Path, count: int) -> None:
    """Check that a file does not claim more volumes than anybody makes.

    Raises:
        Unreadable: if it does.
    """
    if count > _MOST_VOLUMES:
        raise _implausible(path, f"{count} volumes")


def numbered(path: Path, name: str, count: int) -> Moments:
    """Return volumes that are told apart by their number alone.

    Raises:
        Unreadable: if there are more than anybody makes.
    """
    if count == 1:
        return Moments()
    check_count(path, count)
    return Moments(name, tuple(f"{name} {number} of {count}" for number in range(1, count + 1)))


def damaged_head(path: Path) -> Unreadable:
    """Return what is raised where a head makes no sense."""
    return Unreadable(f"{path.name} has a damaged head", code="damaged_header")
