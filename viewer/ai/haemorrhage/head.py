"""A CT of the head in HU: whether it is one, where its brain lies, and its slices as pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.ai.engine.preparing import Prepared, prepare
from viewer.ai.haemorrhage.pictures import Bytes
from viewer.ai.haemorrhage.words import PREPARATION, TITLE, WORDS
from viewer.ai.readers import Inputs
from viewer.core.errors import Declined
from viewer.core.geometry import Geometry, Position
from viewer.core.progress import Part, Progress
from viewer.imaging.anatomy.ground import ground_of
from viewer.imaging.anatomy.masks import largest
from viewer.imaging.anatomy.segments import values_of
from viewer.imaging.anatomy.skull import find_head

_BODY_HU = -300.0
_BEYOND_MM = 5.0
"""Slices this far above and below the brain are looked at, too."""


@dataclass(frozen=True, slots=True, eq=False)
class HeadSlices:
    """The slices of a head in the brain window (slices, rows, columns), front at the top.

    They are those of `prepared` from `first` on. `brain` is a rough mask on `grid`.
    """

    pictures: Bytes = field(repr=False)
    prepared: Prepared = field(repr=False)
    first: int
    brain: NDArray[np.bool_] = field(repr=False)
    grid: Geometry
    cut: bool
    """Whether the brain reaches the lowest or highest slice."""

    def height_mm(self, number: int) -> float:
        """Return z in the patient of the middle of one of the pictures."""
        grid = self.prepared.geometry
        middle = (self.first + number, grid.shape[1] // 2, grid.shape[2] // 2)
        return float(grid.to_patient(middle)[2])

    def beside_mm(self, position: Position) -> float:
        """Return how far a position lies from the middle of the brain: to the left, if positive.

        The middle is the long axis of the brain on the slice; to which side it lies comes from
        the geometry of the image, never from the look of it.
        """
        number = int(np.clip(round(self.grid.to_index(position)[0]), 0, len(self.brain) - 1))
        near = self.brain[max(number - 1, 0) : number + 2].any(axis=0)
        flat = np.argwhere(near if near.any() else self.brain.any(axis=0))
        index = np.column_stack([np.full(len(flat), number), flat])
        places = self.grid.to_patient(index)[:, :2]
        middle = places.mean(axis=0)
        axis = np.linalg.eigh(np.cov((places - middle).T))[1][:, 1]
        across = np.array([axis[1], -axis[0]]) * (1 if axis[1] >= 0 else -1)
        return float((np.array(position[:2]) - middle) @ across)


def head_slices(inputs: Inputs, progress: Progress) -> HeadSlices:
    """Find the brain of a CT in HU, and turn its slices into pictures in the brain window.

    Raises:
        Declined: if there is no closed skull with a brain in it.
    """
    volume = inputs.volume
    ground = ground_of(values_of(volume), volume.geometry, Part(progress, 0.0, 0.3))
    body = largest(ground.rough.values > _BODY_HU)
    _, brain = find_head(ground, body, Part(progress, 0.3, 0.5))
    if brain.mask is None:
        raise Declined(
            f"{WORDS}; no closed skull with a brain in it is in this one.", code="no_head"
        )
    mask, grid = brain.mask, ground.rough.geometry
    prepared = prepare(PREPARATION, inputs, Part(progress, 0.5, 1.0), TITLE)
    heights = np.flatnonzero(mask.any(axis=(1, 2)))
    beyond = _BEYOND_MM / prepared.geometry.spacing_mm[0]
    low, high = (
        float(prepared.geometry.to_index(grid.to_patient((int(z), 0, 0)))[0])
        for z in (heights[0], heights[-1])
    )
    first = max(0, int(np.floor(low - beyond)))
    last = min(prepared.geometry.shape[0] - 1, int(np.ceil(high + beyond)))
    pictures = np.rint(prepared.channels[0, first : last + 1] * 255).astype(np.uint8)
    cut = bool(mask[0].any() or mask[-1].any())
    return HeadSlices(pictures, prepared, first, mask, grid, cut)
