"""What a person made of a model's finding, kept to learn from: numbers, never images."""

from __future__ import annotations

import math
from dataclasses import dataclass

from viewer.core.finding import Finding, Status

WHOLE = "score"
"""Stands for the log odds of the score where a finding does not tell what pushed it."""
_SUREST = 1e-6


@dataclass(frozen=True, slots=True)
class Correction:
    """One verdict on one proposal of one model.

    `patient` tells patients apart and says nothing else of them. `pushes` are what spoke for
    and against it, in log odds; `rest` is what the log odds of the score hold beside them.
    """

    finding_id: str
    weights_sha256: str
    patient: str
    study_uid: str
    at: str
    right: bool
    pushes: tuple[tuple[str, float], ...]
    rest: float = 0.0

    @property
    def odds(self) -> float:
        """The log odds that the model gave."""
        return self.rest + sum(push for _, push in self.pushes)


def correction_of(finding: Finding, patient: str, study_uid: str) -> Correction | None:
    """Return what a judged finding of a model teaches; None if it teaches nothing.

    Accepted and edited ones were right, rejected ones were not.
    """
    if not finding.author.weights_sha256 or finding.score is None or not finding.history:
        return None
    if finding.status is Status.PROPOSED:
        return None
    pushes, rest = pushes_of(finding)
    return Correction(
        finding.id,
        finding.author.weights_sha256,
        patient,
        study_uid,
        finding.history[-1].at,
        finding.stands,
        pushes,
        rest,
    )


def pushes_of(finding: Finding) -> tuple[tuple[tuple[str, float], ...], float]:
    """Return what pushed the score of a finding, by name, and the rest of its log odds."""
    odds = log_odds(finding.score or 0.0)
    lines = [line for line in finding.explanation if line.contribution is not None]
    if len({line.name for line in lines}) != len(lines) or not lines:
        return ((WHOLE, odds),), 0.0
    pushes = tuple(sorted((line.name, float(line.contribution or 0.0)) for line in lines))
    return pushes, odds - sum(push for _, push in pushes)


def log_odds(score: float) -> float:
    """Return the log odds of a probability, within reason."""
    sure = min(max(score, _SUREST), 1 - _SUREST)
    return math.log(sure / (1 - sure))
