"""Bringing what a network answered back to the grid of the image in front.

Answers are bytes, 0 to 255 for a probability of 0 to 1. They are made finer slice by slice, so
that no more floats than one slice of one class are ever there at once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.ai.engine.memory import require
from viewer.ai.engine.preparing import Prepared
from viewer.ai.engine.scaling import Scaling
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.imaging.upright import Turn

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Returned:
    """Probabilities on the voxels of the image in front.

    `upright` is (outputs, slices, rows, columns) in the order of `turn.geometry`; `stored` gives
    one output in the order of the stored image.
    """

    upright: Bytes = field(repr=False)
    turn: Turn
    geometry: Geometry
    """The stored grid."""
    series_key: str

    def stored(self, output: int) -> Bytes:
        """Return the bytes of one output (slice, row, column) as the image is stored."""
        return np.ascontiguousarray(self.turn.stored(self.upright[output]))


def returned(dense: Bytes, prepared: Prepared, progress: Progress) -> Returned:
    """Bring bytes (outputs, ...) on the working grid back to the voxels of the image in front.

    Raises:
        Declined: if there is too little memory for them.
    """
    fine = prepared.turn.geometry
    require(len(dense) * math.prod(fine.shape), "The result")
    upright = np.empty((len(dense), *fine.shape), np.uint8)
    scaling = Scaling(prepared.geometry, fine)
    for number in range(fine.shape[0]):
        near, shares = scaling.mixture(number)
        for output, coarse in enumerate(dense):
            mixed = np.tensordot(shares, coarse[near].astype(np.float32), axes=1)
            upright[output, number] = np.rint(scaling.flat(mixed)).clip(0, 255)
        if number % 8 == 0:
            progress.report(number / fine.shape[0])
    return Returned(upright, prepared.turn, prepared.stored, prepared.series_key)


def labelled(answer: Returned, thresholds: Sequence[float]) -> NDArray[np.uint16]:
    """Return labels (slice, row, column) on the stored grid.

    A voxel gets the number, from 1 on, of its likeliest output among those that reach their
    threshold; 0 where none does.

    Args:
        answer: Probabilities.
        thresholds: One for each output, 0 to 1.
    """
    labels = Labelling(answer.turn)
    for output, threshold in enumerate(thresholds):
        labels.add(answer.upright[output], threshold)
    return labels.stored()


class Labelling:
    """The likeliest label of each voxel, output by output: two blocks, however many there are."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._labels = np.zeros(turn.geometry.shape, np.uint16)
        self._best = np.zeros(turn.geometry.shape, np.uint8)
        self._count = 0

    def add(self, probable: Bytes, threshold: float) -> None:
        """Count the next output (slice, row, column), upright."""
        self._count += 1
        least = bytes_from(threshold)
        for labels, best, here in zip(self._labels, self._best, probable, strict=True):
            wins = (here >= least) & (here > best)
            labels[wins] = self._count
            best[wins] = here[wins]

    def stored(self) -> NDArray[np.uint16]:
        """Return the labels as the image is stored."""
        return np.ascontiguousarray(self._turn.stored(self._labels))


def bytes_from(threshold: float) -> int:
    """Return the least byte that reaches a threshold; never 0, which stands for nothing."""
    return min(255, max(1, math.ceil(threshold * 255 - 1e-9)))
