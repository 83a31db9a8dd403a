"""What the network is shown: pieces of patients, turned, mirrored, and with images left out.

Pieces never reach beyond PET and CT, tumour lies anywhere in them, and MR ends at random places:
the images of the data set are cut round the tumour, and a network that saw where would only learn
to look in the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import affine_transform
from scipy.spatial.transform import Rotation

from viewer.ai.networks.training import Batch
from viewer.ai.tumour.patients import Patient
from viewer.ai.tumour.preparation import CHANNELS

SIDE = 28
"""Voxels along each side of a piece."""
VERSIONS = 6
"""Turned and scaled copies of each patient that are made once; the first is as it is."""
_TILT_DEGREES = 12.0
_SCALE = 0.15
_PLAIN = 0.3
"""Share of pieces from the copy that is as it was taken."""
_ON_TUMOUR = 0.5
_CUT = {"PT": 0.1, "CT": 0.15, "MR": 0.75}
"""Share of pieces in which an image ends at random places."""
COMBINATIONS: tuple[tuple[str, ...], ...] = (
    ("PT", "CT", "MR"),
    ("PT", "CT"),
    ("PT", "MR"),
    ("PT",),
    ("CT", "MR"),
    ("CT",),
    ("MR",),
)
"""Which images a study may have, the fullest first."""
_OFTEN = (0.30, 0.15, 0.10, 0.15, 0.08, 0.11, 0.11)


@dataclass(frozen=True, slots=True, eq=False)
class Copy:
    """One patient turned and scaled: channels, share of tumour, and what is no image."""

    channels: NDArray[np.float32] = field(repr=False)
    inside: NDArray[np.float32] = field(repr=False)
    tumour: NDArray[np.intp] = field(repr=False)


def copies_of(patient: Patient, seed: int) -> list[Copy]:
    """Make the turned and scaled copies of a patient."""
    chance = np.random.default_rng(seed)
    made = [_copy(patient.channels, patient.inside)]
    for _ in range(VERSIONS - 1):
        matrix = _turned(chance)
        middle = (np.asarray(patient.inside.shape) - 1) / 2
        offset = middle - matrix @ middle
        blocks = [
            affine_transform(one, matrix, offset, order=1, mode="reflect")
            for one in (*patient.channels, patient.inside)
        ]
        made.append(_copy(np.stack(blocks[:-1]), blocks[-1]))
    return made


def _turned(chance: np.random.Generator) -> NDArray[np.float64]:
    turns = Rotation.from_euler("zyx", chance.normal(0, _TILT_DEGREES, 3), degrees=True)
    scales = np.exp(chance.uniform(-_SCALE, _SCALE, 3))
    return np.asarray(turns.as_matrix() * scales)


def _copy(channels: NDArray[np.float32], inside: NDArray[np.float32]) -> Copy:
    return Copy(channels, inside, np.argwhere(inside > 0.5))


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Draws batches of pieces from patients."""

    copies: Sequence[Sequence[Copy]]
    batch: int = 4

    def __call__(self, chance: np.random.Generator) -> Batch:
        """Return a batch: "input" (n, channels, ...) and "truth" (n, 1, ...)."""
        pieces = [self._piece(chance) for _ in range(self.batch)]
        return {
            "input": np.stack([piece[0] for piece in pieces]),
            "truth": np.stack([piece[1] for piece in pieces])[:, None],
        }

    def _piece(
        self, chance: np.random.Generator
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        versions = self.copies[int(chance.integers(len(self.copies)))]
        plain = chance.random() < _PLAIN
        copy = versions[0 if plain else int(chance.integers(len(versions)))]
        part = _part(copy, chance)
        channels, inside = copy.channels[(slice(None), *part)], copy.inside[part]
        flips = tuple(
            slice(None, None, -1) if chance.random() < 0.5 else slice(None) for _ in "zyx"
        )
        seen = _jittered(np.array(channels[(slice(None), *flips)], dtype=np.float32), chance)
        kept = COMBINATIONS[int(chance.choice(len(COMBINATIONS), p=_OFTEN))]
        return without(_cut(seen, chance), kept), np.ascontiguousarray(
            inside[flips], dtype=np.float32
        )


def without(channels: NDArray[np.float32], kept: Sequence[str]) -> NDArray[np.float32]:
    """Return channels in which only the images of these modalities are left."""
    there = np.array([one.modality in kept for one in CHANNELS], dtype=np.float32)
    return np.asarray(channels * there[:, None, None, None])


def _part(copy: Copy, chance: np.random.Generator) -> tuple[slice, slice, slice]:
    room = np.maximum(np.asarray(copy.inside.shape) - SIDE, 0)
    start = chance.integers(0, room + 1)
    if len(copy.tumour) and chance.random() < _ON_TUMOUR:
        wanted = copy.tumour[chance.integers(len(copy.tumour))]
        start = np.clip(wanted - chance.integers(0, SIDE, 3), 0, room)
    a, b, c = (slice(int(first), int(first) + SIDE) for first in start)
    return a, b, c


def _cut(channels: NDArray[np.float32], chance: np.random.Generator) -> NDArray[np.float32]:
    """Return channels of which some end within the piece, as a smaller image would."""
    for modality, share in _CUT.items():
        if chance.random() >= share:
            continue
        side = channels.shape[1]
        box = [
            slice(*np.sort(chance.integers(-side // 2, side + side // 2, 2)).clip(0, side))
            for _ in "zyx"
        ]
        left = np.zeros(channels.shape[1:], np.float32)
        left[tuple(box)] = 1
        for place, one in enumerate(CHANNELS):
            if one.modality == modality:
                channels[place] *= left
    return channels


def _jittered(channels: NDArray[np.float32], chance: np.random.Generator) -> NDArray[np.float32]:
    """Return channels as another scanner might have given them."""
    uptake = np.float32(np.exp(chance.normal(0, 0.12)))
    for place, one in enumerate(CHANNELS):
        if one.modality == "PT":
            channels[place] = (channels[place] * uptake).clip(0, 1)
        elif one.modality == "CT":
            channels[place] = (channels[place] + chance.normal(0, 0.03)).clip(0, 1)
        else:
            channels[place] = channels[place] * np.exp(chance.normal(0, 0.15))
            channels[place] += chance.normal(0, 0.15) * (channels[place] != 0)
    return channels + chance.normal(0, 0.02, channels.shape).astype(np.float32)
