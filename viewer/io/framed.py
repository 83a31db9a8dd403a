"""What tells where the frames of an object lie, whatever it holds: segments or values."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from viewer.core.geometry import Array


class Framed(Protocol):
    """Frames in a patient. `positions` (n, 3) are those of their first pixels, LPS mm."""

    @property
    def name(self) -> str:
        """The name of the file."""

    @property
    def dataset(self) -> Dataset:
        """Its head."""

    @property
    def positions(self) -> Array:
        """Where the first pixel of each frame lies."""

    @property
    def numbers(self) -> NDArray[np.int64]:
        """Which segment each frame belongs to; two frames of one may not lie at one place."""

    @property
    def right(self) -> Array:
        """The direction of rows."""

    @property
    def down(self) -> Array:
        """The direction of columns."""

    @property
    def spacing_mm(self) -> tuple[float, float]:
        """The distance of rows and of columns."""

    @property
    def thickness_mm(self) -> float:
        """The distance of slices as it is said."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of a frame."""
