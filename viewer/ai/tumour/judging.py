"""How good the network is on patients it never saw, for every combination of images.

All is judged on the grid of the PET as it was stored, against the outline drawn for it, within the
box that PET and CT both fill. What a patient is judged with was learned from others alone: the
weights from the other folds, thresholds from the answers to the patients of the other folds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import Card
from viewer.ai.engine.lesions import Lesion, lesions_of
from viewer.ai.engine.network import Network
from viewer.ai.engine.returning import Returned, bytes_from, returned
from viewer.ai.engine.running import Asking, answered
from viewer.ai.tumour.finishing import WAYS, Kinds, Settled, asked, without_specks
from viewer.ai.tumour.lessons import COMBINATIONS, without
from viewer.ai.tumour.patients import Patient
from viewer.core.progress import Silent

ASKING = Asking(flips=(2,))
THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(3, 18))
LEAST_ML = (0.0, 0.5, 2.0, 5.0)
FIXED_SUV = tuple(round(0.25 * step, 2) for step in range(4, 25))
SHARED = 0.1
"""A mark hits if at least this share of its volume is tumour."""
LEAST_MARK_ML = 0.5
"""Smaller parts are no marks."""
Mask: TypeAlias = NDArray[np.bool_]


Crossed: TypeAlias = dict[int, Settled]
"""What was chosen for each fold."""


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One patient, and what the network that never saw it says of it, on the stored PET."""

    patient: Patient
    fold: int
    answers: dict[Kinds, Returned] = field(repr=False)
    within: Mask = field(repr=False)
    """Where PET and CT both are, on the stored PET."""
    within_mr: Mask = field(repr=False)

    def answer(self, kinds: Kinds, way: str) -> Returned:
        """Return the mean of the answers to all that is asked."""
        each = [self.answers[one].upright for one in asked(kinds, way)]
        mean = np.rint(np.mean(each, axis=0)).astype(np.uint8)
        return replace(self.answers[kinds], upright=mean)

    def found(self, kinds: Kinds, settled: Settled) -> Mask:
        """Return the outline for a combination of images."""
        answer = self.answer(kinds, settled.way)
        kept = without_specks(answer, settled.threshold, settled.least_ml)
        return np.asarray(kept.stored(0) > 0)

    def marks(self, kinds: Kinds, settled: Settled) -> tuple[Lesion, ...]:
        """Return the connected parts of an outline of at least `LEAST_MARK_ML`."""
        least = max(settled.least_ml, LEAST_MARK_ML) * 1000
        answer = self.answer(kinds, settled.way)
        return lesions_of(answer, 0, settled.threshold, least_mm3=least)


def judged(patient: Patient, fold: int, network: Network, card: Card) -> Judged:
    """Ask a network about a patient, once for each combination of images."""
    answers = {kinds: _answer(patient, network, card, kinds) for kinds in COMBINATIONS}
    whole = np.zeros(patient.prepared.geometry.shape, np.uint8)
    whole[patient.common] = 255
    within = returned(whole[None], patient.prepared, Silent()).stored(0) > 127
    covered = (patient.prepared.inside[2] * np.uint8(255))[None]
    mr = returned(covered, patient.prepared, Silent()).stored(0) > 127
    return Judged(patient, fold, answers, within, mr & within)


def _answer(patient: Patient, network: Network, card: Card, kinds: Kinds) -> Returned:
    part = replace(
        patient.prepared,
        channels=np.ascontiguousarray(without(patient.channels, kinds)),
        geometry=patient.grid,
    )
    answer = answered(network, card, part, Silent(), ASKING)
    dense = np.zeros((1, *patient.prepared.geometry.shape), np.uint8)
    if answer.dense is not None:
        dense[(slice(None), *patient.common)] = answer.dense
    return returned(dense, patient.prepared, Silent())


def dice(found: Mask, truth: Mask) -> float:
    """Return Dice's overlap; 1 for two empty masks."""
    total = int(found.sum()) + int(truth.sum())
    return 2 * int((found & truth).sum()) / total if total else 1.0


def best_finish(cases: Sequence[Judged], kinds: Kinds) -> Settled:
    """Return how to ask, the threshold and the least size with the best mean Dice."""
    truths = [one.patient.truth for one in cases]
    tried: dict[tuple[str, float], float] = {}
    for way in WAYS if len(kinds) > 1 else WAYS[:1]:
        answers = [one.answer(kinds, way).stored(0) for one in cases]
        for threshold in THRESHOLDS:
            least = bytes_from(threshold)
            each = (dice(a >= least, truth) for a, truth in zip(answers, truths, strict=True))
            tried[way, threshold] = fmean(each)
    way, threshold = max(tried, key=lambda one: tried[one])

    def mean(settled: Settled) -> float:
        return fmean(dice(one.found(kinds, settled), one.patient.truth) for one in cases)

    return max((Settled(way, threshold, least) for least in LEAST_ML), key=mean)


def crossed(cases: Sequence[Judged], kinds: Kinds) -> Crossed:
    """Return what is chosen for each fold, on the patients of the others."""
    folds = sorted({one.fold for one in cases})
    return {fold: best_finish([one for one in cases if one.fold != fold], kinds) for fold in folds}


# -- the plain rules ------------------------------------------------------------------------------


def above(case: Judged, suv: float) -> Mask:
    """Return what lies above a fixed SUV."""
    return np.asarray((case.patient.pet.values() > suv) & case.within)


def share_of_maximum(case: Judged, share: float = 0.4) -> Mask:
    """Return what lies above a share of the highest SUV in the image."""
    values = np.where(case.within, case.patient.pet.values(), 0)
    return np.asarray(values > share * values.max())


def best_suv(cases: Sequence[Judged]) -> float:
    """Return the fixed SUV with the best mean Dice."""
    return max(
        FIXED_SUV, key=lambda suv: fmean(dice(above(one, suv), one.patient.truth) for one in cases)
    )


def crossed_suv(cases: Sequence[Judged]) -> dict[int, float]:
    """Return the fixed SUV of each fold, chosen on the patients of the others."""
    folds = sorted({one.fold for one in cases})
    return {fold: best_suv([one for one in cases if one.fold != fold]) for fold in folds}


# -- marks ----------------------------------------------------------------------------------------


def hits(lesion: Lesion, case: Judged) -> bool:
    """Tell whether a mark lies on the tumour."""
    grid, truth = lesion.mask.geometry, case.patient.truth
    start = np.rint(case.patient.pet.geometry.to_index(grid.origin)).astype(int)
    part = tuple(slice(a, a + n) for a, n in zip(start, grid.shape, strict=True))
    shared = int((truth[part] & lesion.mask.voxels).sum())
    return shared >= SHARED * int(lesion.mask.voxels.sum())
