"""From features to probabilities that mean what they say: a logistic regression, as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.ai.haemorrhage.marks import Mark, log_odds
from viewer.core.errors import Unreadable

Array = NDArray[np.float64]
FILE = "scores.safetensors"
"""The file of the model folder that holds the regressions."""
_CLIP = 4.0
"""Features further than this many deviations from the mean count as if they were there."""


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """Weights (features) on features that were centred and scaled."""

    mean: Array = field(repr=False)
    scale: Array = field(repr=False)
    weight: Array = field(repr=False)
    bias: float

    def pushes(self, features: Array) -> Array:
        """Return what each feature (rows, features) adds to the log odds."""
        spread = ((features - self.mean) / self.scale).clip(-_CLIP, _CLIP)
        return np.asarray(spread * self.weight)

    def __call__(self, features: Array) -> Array:
        """Return the probabilities (rows) of features (rows, features)."""
        odds = self.pushes(features).sum(axis=1) + self.bias
        return np.asarray(1 / (1 + np.exp(-odds)))

    def tensors(self, name: str) -> dict[str, NDArray[np.float32]]:
        """Return the numbers as they are kept."""
        rows = np.stack([self.mean, self.scale, self.weight]).astype(np.float32)
        return {f"{name}.rows": rows, f"{name}.bias": np.array([self.bias], np.float32)}

    @classmethod
    def kept(cls, tensors: Mapping[str, NDArray[np.float32]], name: str) -> Score:
        """Return what was kept under a name."""
        mean, scale, weight = tensors[f"{name}.rows"].astype(np.float64)
        return cls(mean, scale, weight, float(tensors[f"{name}.bias"][0]))


def fitted(features: Array, truth: NDArray[np.bool_]) -> Score:
    """Fit a regression to features (rows, features) and what was true (rows)."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-6)
    spread = ((features - mean) / scale).clip(-_CLIP, _CLIP)
    found = LogisticRegression(C=1.0, max_iter=1000)  # type: ignore[no-untyped-call]
    found.fit(spread, truth)
    return Score(mean, scale, found.coef_[0].astype(np.float64), float(found.intercept_[0]))


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The regressions that ship: of slices, of marks, and of bleeds from their surest mark."""

    slices: Score
    marks: Score
    bleeds: Score

    def tensors(self) -> dict[str, NDArray[np.float32]]:
        """Return the numbers as they are kept."""
        named = (("slices", self.slices), ("marks", self.marks), ("bleeds", self.bleeds))
        return {key: value for name, one in named for key, value in one.tensors(name).items()}

    @classmethod
    def kept(cls, tensors: Mapping[str, NDArray[np.float32]]) -> Scores:
        """Return what was kept.

        Raises:
            Unreadable: if it is not what it should be.
        """
        try:
            slices, marks, bleeds = (
                Score.kept(tensors, one) for one in ("slices", "marks", "bleeds")
            )
        except (KeyError, ValueError, IndexError) as problem:
            raise Unreadable(
                "The regressions of this model are not complete.", code="damaged_model"
            ) from problem
        return cls(slices, marks, bleeds)


def bleed_features(marks: Sequence[Mark], scores: Array) -> dict[int, Array]:
    """Return, by the number of each bleed, its highest score (log odds) and its slices (log)."""
    found: dict[int, Array] = {}
    for bleed in sorted({mark.bleed for mark in marks}):
        of = [k for k, mark in enumerate(marks) if mark.bleed == bleed]
        highest = float(log_odds(scores[of].max()))
        found[bleed] = np.array([highest, np.log(len(of))])
    return found
