"""What a model thinks of each voxel: a probability, an unlikeness, a share in the answer."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.author import Author
from viewer.core.geometry import Geometry


@dataclass(frozen=True, slots=True, eq=False)
class ScoreMap:
    """A map over an image in steps of 1/255, never taken for the image itself.

    `voxels` is (slice, row, column); 0 stands for `low` and 255 for `high`, in `unit` (UCUM).
    `meaning` is one sentence: what it shows, and what it does not. `about` is the id of the
    finding that it explains, empty for one of the whole image. A map of a stack has no
    geometry, and its slices are the frames.
    """

    id: str
    title: str
    meaning: str
    voxels: NDArray[np.uint8] = field(repr=False)
    geometry: Geometry | None
    series_key: str
    author: Author
    low: float = 0.0
    high: float = 1.0
    unit: str = "1"
    about: str = ""
    ordinary: float = 0.0
    """Up to here, either side of zero, a value is nothing special and is not drawn."""

    def __post_init__(self) -> None:
        if self.voxels.dtype != np.uint8 or self.voxels.ndim != 3:
            raise ValueError("a map is a block of bytes")
        if self.geometry is not None and self.geometry.shape != self.voxels.shape:
            raise ValueError("a map is as large as its grid")
        view = self.voxels.view()
        view.setflags(write=False)
        object.__setattr__(self, "voxels", view)

    @property
    def is_signed(self) -> bool:
        """Tell whether it shows what is less as well as what is more than nothing."""
        return self.low < 0 < self.high

    @property
    def is_probability(self) -> bool:
        """Tell whether its values are shares of one, such as how likely a voxel is tumour."""
        return (self.low, self.high) == (0.0, 1.0)

    def values(self) -> NDArray[np.float32]:
        """Return the map in its unit, as a new array of the same shape."""
        step = (self.high - self.low) / 255
        return np.asarray(self.voxels * np.float32(step) + np.float32(self.low), dtype=np.float32)
