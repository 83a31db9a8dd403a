"""What a file draws over its pictures: overlay planes of one bit (PS3.3 C.9.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.study import Notice
from viewer.core.volume import Origin

Shown: TypeAlias = tuple[str, int]
"""A stored picture: its SOP instance UID and which frame of it (from 0)."""


@dataclass(frozen=True, slots=True, eq=False)
class Graphic:
    """One plane over one picture.

    `packed` holds its pixels row after row, eight in a byte, the first in the lowest bit.
    `origin` is where its first pixel lies in the picture: row and column from 0, which
    may be outside. `region` tells a region of interest from lines and words.
    """

    rows: int
    columns: int
    packed: bytes = field(repr=False)
    origin: tuple[int, int] = (0, 0)
    region: bool = False
    label: str = ""
    description: str = ""
    subtype: str = ""

    def __post_init__(self) -> None:
        if min(self.rows, self.columns) < 1 or len(self.packed) * 8 < self.rows * self.columns:
            raise ValueError(f"{len(self.packed)} bytes for {self.rows} x {self.columns} pixels")

    @property
    def mask(self) -> NDArray[np.bool_]:
        """Which of its pixels (row, column) are drawn."""
        count = self.rows * self.columns
        bits = np.frombuffer(self.packed, np.uint8)
        flat = np.unpackbits(bits, count=count, bitorder="little")
        return flat.reshape(self.rows, self.columns).view(np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Graphics:
    """All that the files of a series draw over its pictures, and what of it could not be read."""

    planes: Mapping[Shown, tuple[Graphic, ...]] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    def over(self, origin: Origin) -> tuple[Graphic, ...]:
        """Return what is drawn over a stored picture."""
        return self.planes.get((origin.sop_instance_uid, origin.frame), ())


NO_GRAPHICS = Graphics()
