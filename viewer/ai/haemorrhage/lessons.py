"""What the network is shown: slices turned, scaled, shifted, mirrored, lighter and darker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from viewer.ai.haemorrhage.patients import Patient
from viewer.ai.haemorrhage.pictures import NEIGHBOURS, SIDE
from viewer.ai.networks.training import Answers, Batch, dice_and_entropy

BATCH = 10
_ILL = 0.5
"""Share of slices with a bleed in a batch."""
_TURNED = 0.25
"""Share of pictures that lie on their side or upside down, as pictures without place may."""
_ANGLE, _SCALE, _SHIFT = 20.0, 0.15, 6.0
_LIGHT, _CONTRAST, _NOISE = 0.05, 0.15, 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """All slices of some heads, ready to be drawn from."""

    patients: tuple[Patient, ...]
    ill: NDArray[np.intp]
    """Slices with a bleed: number of the patient, number of the slice."""
    well: NDArray[np.intp]

    @classmethod
    def of(cls, patients: Sequence[Patient]) -> Lessons:
        """Sort the slices of some heads."""
        ill = [(k, number) for k, one in enumerate(patients) for number in np.flatnonzero(one.ill)]
        well = [
            (k, number) for k, one in enumerate(patients) for number in np.flatnonzero(~one.ill)
        ]
        return cls(tuple(patients), np.array(ill), np.array(well))

    def draw(self, random: np.random.Generator) -> Batch:
        """Return pictures, what is inside the box and the clot, and whether there is a bleed."""
        rows = [self._one(random) for _ in range(BATCH)]
        return {
            "input": np.stack([row[0] for row in rows]),
            "dense": np.stack([row[1] for row in rows]),
            "whole": np.array([[row[2]] for row in rows], np.float32),
        }

    def _one(
        self, random: np.random.Generator
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], float]:
        pool = self.ill if random.random() < _ILL else self.well
        who, number = pool[random.integers(len(pool))]
        patient = self.patients[who]
        place = placement(random)
        last = len(patient.slices) - 1
        way = 1 if random.random() < 0.5 else -1
        seen = [patient.slices[min(max(number + way * step, 0), last)] for step in NEIGHBOURS]
        pictures = _spread([_warped(one, place) for one in seen])
        targets = [_inside(patient.boxes[number]), patient.clots[number].astype(np.uint8) * 255]
        dense = _spread([_warped(one, place) for one in targets])
        return _lit(pictures, random), dense, float(patient.ill[number])


def placement(random: np.random.Generator) -> NDArray[np.float64]:
    """Return a random affine (2, 3) from what is shown to the slice as it is."""
    angle = random.uniform(-_ANGLE, _ANGLE)
    if random.random() < _TURNED:
        angle += 90.0 * random.integers(1, 4)
    middle = (SIDE - 1) / 2
    scale = float(np.exp(random.uniform(-_SCALE, _SCALE)))
    place = cv2.getRotationMatrix2D((middle, middle), angle, scale).astype(np.float64)
    if random.random() < 0.5:
        mirror = np.array([[-1.0, 0.0, 2 * middle], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
        place = place @ mirror
    place[:, 2] += random.uniform(-_SHIFT, _SHIFT, 2)
    return place


def _warped(picture: NDArray[np.uint8], place: NDArray[np.float64]) -> NDArray[np.uint8]:
    made = cv2.warpAffine(picture, place, (SIDE, SIDE), flags=cv2.INTER_LINEAR)
    return np.asarray(made, np.uint8)


def _spread(pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
    return np.asarray(np.stack(pictures) / np.float32(255), np.float32)


def _inside(box: NDArray[np.float64]) -> NDArray[np.uint8]:
    made = np.zeros((SIDE, SIDE), np.uint8)
    if np.isfinite(box[0]):
        row, column, last_row, last_column = np.rint(box).astype(int).clip(0, SIDE)
        made[row : last_row + 1, column : last_column + 1] = 255
    return made


def _lit(pictures: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """Return pictures as another window and scanner would show them."""
    contrast = float(np.exp(random.uniform(-_CONTRAST, _CONTRAST)))
    grey = 0.44
    light = random.uniform(-_LIGHT, _LIGHT)
    noise = random.normal(0, 1, pictures.shape).astype(np.float32) * random.uniform(0, _NOISE)
    # what was cut off at black or white stays there: no window brings it back
    inner = (pictures > 0.02) & (pictures < 0.98)
    changed = (pictures - grey) * contrast + grey + light + noise
    return np.where(inner, changed, pictures).clip(0, 1).astype(np.float32)


def loss(answers: Answers, batch: dict[str, Tensor]) -> Tensor:
    """Return how wrong box, clot and the word on the whole slice are, together."""
    dense, whole = answers
    if dense is None or whole is None:
        raise ValueError("the network answers both voxel by voxel and as a whole")
    said = nn.functional.binary_cross_entropy_with_logits(whole, batch["whole"])
    return dice_and_entropy(dense, batch["dense"]) + 0.5 * said
