"""What filters work on: real-world values with their spacing, and which of them are values at all.

Voxels that stand for nothing (padding, NaN) are told apart by `known`. Filters
see the nearest known value in their place, so that no edge to nothing rings,
and get them back afterwards as they were.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.progress import Progress

Values: TypeAlias = NDArray[np.float32]
Known: TypeAlias = NDArray[np.bool_]
OnSlice: TypeAlias = Callable[[Values], Values]
MOST_THREADS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Values (slice, row, column) float32 and the mm between neighbours along each axis.

    `known` is None where every voxel is a value. `whole` is a sample of the whole image, for
    a part of it that is to be treated as the whole would be.
    """

    values: Values = field(repr=False)
    spacing_mm: tuple[float, float, float] = (1.0, 1.0, 1.0)
    known: Known | None = field(default=None, repr=False)
    whole: Values | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.values.ndim != 3 or self.values.dtype != np.float32:
            raise ValueError("a field is a block of float32 values")
        if self.known is not None and self.known.shape != self.values.shape:
            raise ValueError("every voxel is known or not")
        if min(self.spacing_mm) <= 0:
            raise ValueError("voxels have a size")

    @classmethod
    def of(
        cls,
        values: Values,
        spacing_mm: tuple[float, float, float],
        nothing: Known | None = None,
    ) -> Field:
        """Return a field in which NaN, infinities and what is marked as nothing are unknown."""
        known = np.isfinite(values)
        if nothing is not None:
            known &= ~nothing
        return cls(values, spacing_mm, None if known.all() else known)

    def voxels(self, length_mm: float) -> tuple[float, float, float]:
        """Return how many voxels a length is along each axis."""
        a, b, c = (length_mm / step for step in self.spacing_mm)
        return a, b, c

    def filled(self) -> Field:
        """Return this with the nearest known value in place of what is unknown."""
        if self.known is None:
            return self
        if not self.known.any():
            return replace(self, values=np.zeros_like(self.values), known=None)
        from scipy.ndimage import distance_transform_edt

        nearest = distance_transform_edt(
            ~self.known, sampling=self.spacing_mm, return_distances=False, return_indices=True
        )
        values = self.values[tuple(np.asarray(nearest))]
        return replace(self, values=values, known=None)

    def restored(self, values: Values) -> Values:
        """Return filtered values, with what was unknown as it was."""
        if self.known is None:
            return values
        return np.asarray(np.where(self.known, values, self.values), np.float32)

    def sample(self, most: int = 1_000_000) -> Values:
        """Return the known values of the whole image, evenly thinned out where there are many."""
        if self.whole is not None:
            return self.whole
        flat = self.values.reshape(-1) if self.known is None else self.values[self.known]
        step = -(-flat.size // most)
        if step <= 1:
            return flat
        return np.concatenate([flat[::step], [flat.min(), flat.max()]])


def each_slice(values: Values, work: OnSlice, progress: Progress) -> Values:
    """Do the same to every slice, several at a time, and report; for work that frees the lock.

    Raises:
        Cancelled: if the work is no longer wanted.
    """
    result = np.empty_like(values)
    count = len(values)

    def one(index: int) -> None:
        result[index] = work(np.ascontiguousarray(values[index]))

    if count == 1:
        one(0)
        progress.report(1.0)
        return result
    threads = min(MOST_THREADS, os.cpu_count() or 1, count)
    with ThreadPoolExecutor(threads, "enhance") as pool:
        jobs = [pool.submit(one, index) for index in range(count)]
        try:
            for done, job in enumerate(jobs, start=1):
                job.result()
                progress.report(done / count, f"slice {done} of {count}")
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return result
