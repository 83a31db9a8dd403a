"""Verdicts as numbers: who is held out, how a set of scores does, and whether another is better.

Everything is over patients: all findings of one are learned from, or none is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict
from scipy.optimize import minimize

from viewer.ai.card import STRICT
from viewer.core.correction import Correction
from viewer.core.errors import Declined
from viewer.imaging.evaluation.classification import area_under
from viewer.imaging.evaluation.resampling import folds

Array = NDArray[np.float64]

HELD_OUT = 0.25
"""Share of patients that nothing is ever learned from."""
LEAST_PATIENTS = 10
LEAST_HELD_OUT = 5
LEAST_EACH = 5
SAMPLES = 2000
SEED = 20
FOLDS = 4
_NO_WORSE = 0.005
"""By so much the area under the ROC may fall, as it does by chance."""


@dataclass(frozen=True, slots=True)
class Side:
    """How a set of scores does on the patients held out: log loss, and area under the ROC."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    loss: float
    area: float | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Scores before and after on patients held out.

    `gain` is loss before less loss after: mean, and the ends of its 95 % interval over patients.
    """

    before: Side
    after: Side
    gain: tuple[float, float, float]

    @property
    def is_better(self) -> bool:
        """Tell whether the new scores may be used: surely less loss, and no worse order."""
        area = (self.after.area or 0.0) >= (self.before.area or 0.0) - _NO_WORSE
        return self.gain[1] > 0 and area


def is_held_out(patient: str, weights_sha256: str) -> bool:
    """Tell whether a patient is one of those that a model never learns from."""
    mark = hashlib.sha256(f"held out|{weights_sha256}|{patient}".encode()).digest()
    return int.from_bytes(mark[:4]) < HELD_OUT * 2**32


def parted(
    corrections: Sequence[Correction], with_what: str = ""
) -> tuple[list[Correction], list[Correction]]:
    """Return the verdicts on one model to learn from, and those held out.

    Args:
        corrections: Verdicts, one for each finding.
        with_what: What these verdicts have, for a refusal: empty, or a few words.

    Raises:
        Declined: if they are of several models, or too few to learn from or to judge by.
    """
    if len({one.weights_sha256 for one in corrections}) > 1:
        raise Declined("These are verdicts on several models.", code="several_models")
    held = [one for one in corrections if is_held_out(one.patient, one.weights_sha256)]
    learn = [one for one in corrections if not is_held_out(one.patient, one.weights_sha256)]
    _enough(learn, LEAST_PATIENTS, f"{with_what} to learn from".strip())
    _enough(held, LEAST_HELD_OUT, f"{with_what} held out to judge by".strip())
    return learn, held


def _enough(some: Sequence[Correction], patients: int, what: str) -> None:
    here = len({one.patient for one in some})
    right = sum(one.right for one in some)
    if here < patients or min(right, len(some) - right) < LEAST_EACH:
        raise Declined(
            f"There are too few verdicts {what}: {right} right and {len(some) - right} wrong"
            f" findings of {here} patients; {LEAST_EACH} of each and {patients} patients are"
            " needed.",
            code="too_few_verdicts",
        )


def truth_of(corrections: Sequence[Correction]) -> Array:
    """Return 1 for each finding that was right, 0 for the others."""
    return np.array([float(one.right) for one in corrections])


def odds_of(corrections: Sequence[Correction]) -> Array:
    """Return the log odds that the model gave."""
    return np.array([one.odds for one in corrections])


def patients_of(corrections: Sequence[Correction]) -> tuple[str, ...]:
    """Return whose findings they are."""
    return tuple(one.patient for one in corrections)


def losses(truth: Array, odds: Array) -> Array:
    """Return the log loss of each finding."""
    return np.asarray(np.logaddexp(0.0, odds) - truth * odds)


def fold_of(patients: Sequence[str]) -> NDArray[np.int64]:
    """Return the fold of each finding, the same for all of one patient."""
    return np.asarray(folds(patients, FOLDS, SEED))


def calibrated(truth: Array, odds: Array) -> tuple[float, float]:
    """Return the line (factor, shift) on which log odds fit the truth best, held lightly near 1."""

    def cost(line: Array) -> float:
        return float(losses(truth, line[0] * odds + line[1]).sum() + 0.5 * (line[0] - 1) ** 2)

    factor, shift = minimize(cost, np.array([1.0, 0.0]), method="L-BFGS-B").x
    return float(factor), float(shift)


def judged(corrections: Sequence[Correction], before: Array, after: Array) -> Judgement:
    """Compare two sets of log odds of the same findings."""
    truth = truth_of(corrections)
    gains = losses(truth, before) - losses(truth, after)
    return Judgement(
        _side(truth, before), _side(truth, after), _mean_over(patients_of(corrections), gains)
    )


def _side(truth: Array, odds: Array) -> Side:
    both = 0 < truth.sum() < len(truth)
    area = float(area_under(truth > 0, odds)) if both else None
    return Side(float(losses(truth, odds).mean()), area)


def _mean_over(whose: Sequence[str], gains: Array) -> tuple[float, float, float]:
    """Return the mean with its 95 % interval over patients drawn anew."""
    patients = sorted(set(whose))
    place = {patient: number for number, patient in enumerate(patients)}
    where = np.array([place[one] for one in whose])
    drawn = np.random.default_rng(SEED).integers(0, len(patients), (SAMPLES, len(patients)))
    sums = np.bincount(where, gains, len(patients))
    counts = np.bincount(where, minlength=len(patients))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return float(gains.mean()), float(low), float(high)
