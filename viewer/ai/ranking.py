"""From features and appearance to a score between 0 and 1, with its reasons.

The score is a logistic regression: each feature, and the log odds of the
network, add to or take from the odds. So every score can be taken apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from viewer.ai.candidates import Chest
from viewer.ai.card import ModelFolder
from viewer.ai.patches import packed, patches
from viewer.core.errors import Unreadable
from viewer.core.progress import Progress
from viewer.imaging.features import FEATURE_NAMES, Measured

BATCH = 48
LOGARITHMIC = ("diameter_mm", "fit", "strength_hu")
NETWORK_PREFIX = "network."
NETWORK_LIMIT = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Scores of candidates, and what each feature and the network (last column) pushed.

    `network_odds` are the log odds that the network gave, and `cubes` what it saw (n, channels,
    k, k, k), packed; None where there is none.
    """

    scores: NDArray[np.float64]
    pushes: NDArray[np.float64] = field(repr=False)
    network_odds: NDArray[np.float64] | None = field(default=None, repr=False)
    cubes: NDArray[np.uint8] | None = field(default=None, repr=False)


def regressors(found: Sequence[Measured]) -> NDArray[np.float64]:
    """Return the features (n, features) as the regression takes them."""
    numbers = np.array([one.numbers() for one in found]).reshape(-1, len(FEATURE_NAMES))
    for name in LOGARITHMIC:
        column = FEATURE_NAMES.index(name)
        numbers[:, column] = np.log(numbers[:, column].clip(1e-3))
    return numbers


def rank(model: ModelFolder, chest: Chest, found: Sequence[Measured], progress: Progress) -> Ranked:
    """Score candidates.

    Raises:
        Unreadable: if the model was made for other features than are measured here.
    """
    if model.card.features != FEATURE_NAMES:
        raise Unreadable(
            f"{model.card.id}: made for another version of the features", code="other_features"
        )
    seen = network_odds(model, chest, found, progress)
    if seen is None:
        return combined(model, regressors(found), None)
    appearance, cubes = seen
    return replace(combined(model, regressors(found), appearance), cubes=cubes)


def combined(
    model: ModelFolder, numbers: NDArray[np.float64], appearance: NDArray[np.float64] | None
) -> Ranked:
    """Put features and the log odds of the network together."""
    weights = model.weights
    standard = (numbers - weights["features.mean"]) / weights["features.scale"]
    seen = np.zeros(len(numbers)) if appearance is None else appearance
    shares = weights["odds.weight"].astype(np.float64)
    pushes = np.column_stack([standard.clip(-4, 4), seen]) * shares
    odds = pushes.sum(axis=1) + float(weights["odds.bias"][0])
    return Ranked(1 / (1 + np.exp(-odds)), pushes, appearance)


def network_odds(
    model: ModelFolder, chest: Chest, found: Sequence[Measured], progress: Progress
) -> tuple[NDArray[np.float64], NDArray[np.uint8]] | None:
    """Ask the network about every candidate; return odds and packed cubes, None without one."""
    weights = {
        name.removeprefix(NETWORK_PREFIX): value
        for name, value in model.weights.items()
        if name.startswith(NETWORK_PREFIX)
    }
    if not weights:
        return None
    if not found:
        return np.zeros(0), np.zeros((0, 1, 1, 1, 1), np.uint8)
    progress.report(0.0, "waking the network")
    from viewer.ai.network import asked, network_of

    net = network_of(weights)
    odds, seen = [], []
    for start in range(0, len(found), BATCH):
        progress.report(start / len(found), "looking at candidates")
        centres = [one.centre for one in found[start : start + BATCH]]
        cubes = patches(chest, centres, model.card.preparation)
        odds.append(asked(net, cubes))
        seen.append(packed(cubes))
    return np.concatenate(odds).clip(-NETWORK_LIMIT, NETWORK_LIMIT), np.concatenate(seen)
