"""The surroundings of a click as a small block: fine for small lesions, coarse for large ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Position, Shape, position_of
from viewer.core.volume import Volume, blanked

Values = NDArray[np.float32]
REACHES_MM = (12.0, 24.0, 48.0, 96.0)
"""From the click to the faces of the blocks."""
_STEPS = 26
"""Voxels of a block from the click to a face, at most."""
_FEWEST = 3
"""A block has more voxels than that from the click to its faces, along its finest axis."""


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Values on every `stride`-th voxel of the image, beginning with voxel `start`.

    `values` are means over neighbours where voxels are left out; what stands for nothing is the
    least value. `click` is the voxel of the block that was clicked at.
    """

    values: Values = field(repr=False)
    start: Shape
    stride: Shape
    spacing_mm: Position
    click: Shape
    reach_mm: float

    @property
    def voxel_mm3(self) -> float:
        """The volume of one voxel of the block."""
        return float(np.prod(self.spacing_mm))

    def index_of(self, voxel: NDArray[np.float64] | Shape) -> NDArray[np.int64]:
        """Return the voxel of the block nearest to a voxel of the image, kept inside."""
        middle = (np.asarray(self.stride) - 1) / 2
        at = (np.asarray(voxel, dtype=float) - np.asarray(self.start) - middle) / self.stride
        at = np.clip(np.rint(at), 0, np.asarray(self.values.shape) - 1)
        return np.asarray(at, np.int64)

    def holds(self, voxel: Shape) -> bool:
        """Tell whether a voxel of the image lies in this block."""
        low = np.asarray(self.start)
        high = low + np.asarray(self.values.shape) * np.asarray(self.stride)
        return bool(np.all(np.asarray(voxel) >= low) and np.all(np.asarray(voxel) < high))


def fields_of(volume: Volume, click: Shape) -> tuple[Field, ...]:
    """Return the blocks round a click, smallest reach first; none twice."""
    made: list[Field] = []
    for reach_mm in REACHES_MM:
        if min(volume.geometry.spacing_mm) * _FEWEST > reach_mm:
            continue
        one = field_of(volume, click, reach_mm)
        same = made and (made[-1].start, made[-1].stride) == (one.start, one.stride)
        if not same or made[-1].values.shape != one.values.shape:
            made.append(one)
    return tuple(made)


def field_of(volume: Volume, click: Shape, reach_mm: float, steps: int = _STEPS) -> Field:
    """Return the block of one reach round a click, with about so many steps to each face."""
    geometry = volume.geometry
    spans = zip(geometry.spacing_mm, click, geometry.shape, strict=True)
    starts, strides, counts = zip(
        *(_span(spacing, at, size, reach_mm, steps) for spacing, at, size in spans), strict=True
    )
    values = _means(volume, starts, strides, counts)
    spacing = position_of(np.asarray(geometry.spacing_mm) * np.asarray(strides))
    made = Field(values, starts, strides, spacing, (0, 0, 0), reach_mm)
    at = made.index_of(click)
    return replace(made, click=(int(at[0]), int(at[1]), int(at[2])))


def _span(
    spacing_mm: float, at: int, size: int, reach_mm: float, most: int
) -> tuple[int, int, int]:
    """Return first voxel, stride and number of steps of a block along one axis."""
    stride = max(round(reach_mm / most / spacing_mm), 1)
    steps = max(round(reach_mm / (stride * spacing_mm)), 2)
    middle = at - (stride - 1) // 2
    before = min(steps, middle // stride) if middle > 0 else 0
    start = max(middle - before * stride, 0)
    after = min(steps + 1 + before, (size - start) // stride)
    return start, stride, max(after, 1)


def _means(volume: Volume, starts: Shape, strides: Shape, counts: Shape) -> Values:
    """Return means over up to two voxels of each stride along each axis."""
    total = np.zeros(counts, np.float32)
    offsets = [(0,) if n == 1 else (n // 4, n - 1 - n // 4) for n in strides]
    number = 0
    for off in product(*offsets):
        spans = zip(starts, off, strides, counts, strict=True)
        picked = tuple(slice(a + o, a + o + (n - 1) * k + 1, k) for a, o, k, n in spans)
        part = blanked(volume.voxels[picked], volume.padding)
        missing = [(0, n - m) for n, m in zip(counts, part.shape, strict=True)]
        total += np.pad(part, missing, mode="edge")
        number += 1
    total /= number
    total *= np.float32(volume.slope)
    total += np.float32(volume.intercept)
    known = np.isfinite(total)
    if not known.all():
        total[~known] = total[known].min() if known.any() else 0.0
    return total
