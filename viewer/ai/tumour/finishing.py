"""From probabilities to tumours: what is asked, the threshold, and how sure each part is.

The network may be asked once with all images there are, or several times with some of them, the
mean being its answer: cross-validation decides for each combination of images, and so it does
on the threshold from which on a voxel is tumour. Each connected
part gets a score: how often parts like it were tumour in cross-validation (logistic regression on
its size, its highest and its mean probability).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import cc3d
import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import Card, tensors
from viewer.ai.engine.lesions import Lesion
from viewer.ai.engine.returning import Returned, bytes_from
from viewer.ai.tumour.lessons import COMBINATIONS
from viewer.core.errors import Unreadable

FILE = "finishing.safetensors"
Kinds: TypeAlias = tuple[str, ...]
WAYS = ("together", "apart", "first")
Numbers: TypeAlias = Mapping[str, NDArray[np.float32]]


def asked(kinds: Kinds, way: str) -> tuple[Kinds, ...]:
    """Return with which images the network is asked.

    Args:
        kinds: The images there are, PET first.
        way: "together": once, with all. "apart": with every part of them, PET never missing if it
            is there. "first": with the first alone, and with all.
    """
    if way == "together" or len(kinds) == 1:
        return (kinds,)
    if way == "first":
        return (kinds[:1], kinds)
    parts = (part for count in range(1, len(kinds) + 1) for part in combinations(kinds, count))
    return tuple(part for part in parts if "PT" in part or "PT" not in kinds)


@dataclass(frozen=True, slots=True)
class Settled:
    """What was chosen for one combination of images."""

    way: str
    threshold: float
    least_ml: float


@dataclass(frozen=True, slots=True, eq=False)
class Finishing:
    """What cross-validation taught about the probabilities of the network."""

    thresholds: Mapping[Kinds, float]
    """Least probability of tumour, for each combination of images."""
    ways: Mapping[Kinds, str]
    """How the network is asked; see `asked`."""
    least_ml: float
    """Smaller parts are left out."""
    weights: NDArray[np.float32] = field(repr=False)
    """Of a part: constant, then one for each of `features_of`."""

    def scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how likely parts (rows of `features_of`) are tumour, 0 to 1."""
        odds = self.weights[0] + rows @ self.weights[1:].astype(np.float64)
        return np.asarray(1 / (1 + np.exp(-odds)))

    def tensors(self) -> dict[str, NDArray[np.float32]]:
        """Return all numbers as they are kept beside the weights."""
        return {
            "thresholds": np.array([self.thresholds[one] for one in COMBINATIONS], np.float32),
            "ways": np.array([WAYS.index(self.ways[one]) for one in COMBINATIONS], np.float32),
            "least_ml": np.array([self.least_ml], np.float32),
            "weights": np.asarray(self.weights, np.float32),
        }


def finishing_of(numbers: Numbers) -> Finishing:
    """Return the finishing that a file holds.

    Raises:
        Unreadable: if it is not whole.
    """
    try:
        thresholds = numbers["thresholds"].astype(float).tolist()
        ways = [WAYS[int(one)] for one in numbers["ways"]]
        least, weights = float(numbers["least_ml"][0]), numbers["weights"]
        complete = len(thresholds) == len(ways) == len(COMBINATIONS) and weights.shape == (4,)
        sound = np.isfinite([*thresholds, least, *weights]).all()
    except (KeyError, IndexError, ValueError) as why:
        raise Unreadable(
            "tumour_petctmr: its thresholds are damaged", code="damaged_model"
        ) from why
    if not complete or not sound or not all(0 < one < 1 for one in thresholds):
        raise Unreadable("tumour_petctmr: its thresholds are damaged", code="damaged_model")
    return Finishing(
        dict(zip(COMBINATIONS, thresholds, strict=True)),
        dict(zip(COMBINATIONS, ways, strict=True)),
        least,
        weights,
    )


def read_finishing(folder: Path, card: Card) -> Finishing:
    """Read what stands beside the weights of a model.

    Raises:
        Unreadable: if it is missing, damaged, or not what the card vouches for.
    """
    return finishing_of(tensors(folder, FILE, card))


def features_of(lesions: Iterable[Lesion]) -> NDArray[np.float64]:
    """Return size (log of ml), highest and mean probability of parts (n, 3)."""
    rows = [(np.log(one.volume_mm3 / 1000), one.highest, one.mean) for one in lesions]
    return np.array(rows, np.float64).reshape(-1, 3)


def without_specks(answer: Returned, threshold: float, least_ml: float) -> Returned:
    """Return probabilities that are 0 outside parts of at least a size."""
    probable = answer.upright[0]
    inside = np.ascontiguousarray(probable >= bytes_from(threshold))
    voxels = max(1, round(least_ml * 1000 / answer.turn.geometry.voxel_volume_mm3))
    kept = cc3d.dust(inside, threshold=voxels, connectivity=26) != 0
    return replace(answer, upright=np.where(kept, probable, np.uint8(0))[None])


def kinds_of(present: Sequence[bool], modalities: Sequence[str]) -> Kinds:
    """Return the modalities that are there, in the order of the channels."""
    return tuple(one for one, there in zip(modalities, present, strict=True) if there)
