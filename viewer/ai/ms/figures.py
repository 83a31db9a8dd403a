"""How well marks of change fit the lesions that readers marked: voxels, lesions, false marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cc3d
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.ai.ms.change import Change, outlined
from viewer.ai.ms.pair import Mask, Pair
from viewer.ai.ms.smallest import is_lesion

HIT_SHARE = 0.1
"""A lesion is found if at least this share of its voxels is marked."""
LARGE_MM3 = 30.0
STEPS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Score:
    """Marks of one patient against the truth."""

    dice: float
    lesions: int
    found: int
    large: int
    """Lesions of at least LARGE_MM3."""
    large_found: int
    false: int
    """Marked pieces that touch no lesion."""

    @property
    def in_words(self) -> str:
        """All of it in one line."""
        return (
            f"Dice {self.dice:.3f}, {self.found} of {self.lesions} lesions "
            f"({self.large_found} of {self.large} of {LARGE_MM3:.0f} mm3 and more), "
            f"{self.false} false marks"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What came out on one patient that was not learned from."""

    patient: str
    model: Score
    rules: tuple[tuple[str, float, Score], ...]
    steps: tuple[tuple[float, Score], ...]
    own: Score
    """With the brain and the alignment found by this program."""
    misaligned_mm: tuple[float, float]
    """Mean and greatest distance in the brain between our alignment and that of the data."""
    brain_dice: float
    held: tuple[int, int]
    """In how many of so many found lesions the interval held the volume that readers marked."""
    own_held: tuple[int, int]
    """The same with the brain and the alignment found by this program."""


def score_of(marked: Mask, truth: Mask, pair: Pair) -> Score:
    """Compare marks with the truth; pieces below the smallest lesion do not count as marks."""
    labels = cc3d.connected_components(marked, connectivity=26)
    keep = _lesions(labels, pair)
    kept = keep[labels]
    labels = labels * kept
    lesions = cc3d.connected_components(truth, connectivity=26)
    counts = np.bincount(lesions.ravel())
    shared = np.bincount(lesions[kept], minlength=len(counts))
    hit = shared[1:] >= np.maximum(1, HIT_SHARE * counts[1:])
    large = counts[1:] * pair.geometry.voxel_volume_mm3 >= LARGE_MM3
    right = np.unique(labels[truth & kept])
    total = int(np.count_nonzero(kept)) + int(np.count_nonzero(truth))
    dice = 2 * int(np.count_nonzero(kept & truth)) / total if total else 1.0
    false = int(keep.sum()) - len(right)
    return Score(dice, len(hit), int(hit.sum()), int(large.sum()), int((hit & large).sum()), false)


def _lesions(labels: NDArray[np.integer], pair: Pair) -> NDArray[np.bool_]:
    """Tell of each label whether it is as large as the smallest lesion; 0 is none."""
    boxes = ndimage.find_objects(labels)
    return np.array(
        [False, *(is_lesion(labels[box] == k, pair.geometry) for k, box in enumerate(boxes, 1))]
    )


def held_of(
    changes: Sequence[Change], truth: Mask, pair: Pair, threshold: float
) -> tuple[int, int]:
    """Count marks that touch lesions of the truth, and of these those whose interval holds it.

    Returns:
        In how many the volume that readers marked lies in the interval, and of how many.
    """
    lesions = cc3d.connected_components(truth, connectivity=26)
    sizes = np.bincount(lesions.ravel()) * pair.geometry.voxel_volume_mm3
    held = found = 0
    for one in changes:
        touched = np.unique(lesions[one.box][one.changed])
        touched = touched[touched > 0]
        if one.score < threshold or not len(touched):
            continue
        found += 1
        held += one.least_mm3 <= float(sizes[touched].sum()) <= one.most_mm3
    return held, found


def steps_of(changes: Sequence[Change], truth: Mask, pair: Pair) -> tuple[tuple[float, Score], ...]:
    """Score at each threshold."""
    return tuple((one, score_of(outlined(changes, truth.shape, one), truth, pair)) for one in STEPS)
