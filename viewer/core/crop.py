"""What a network saw round one finding, kept to learn from: a small piece of image, no words."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

LARGEST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """The input of a network for one finding: bytes (channels, slices, rows, columns)."""

    finding_id: str
    voxels: NDArray[np.uint8] = field(repr=False)

    def __post_init__(self) -> None:
        if self.voxels.dtype != np.uint8 or self.voxels.ndim != 4:
            raise ValueError("a crop is bytes (channels, slices, rows, columns)")
        if not 0 < self.voxels.size <= LARGEST_BYTES:
            raise ValueError(f"a crop has between 1 and {LARGEST_BYTES} bytes")
