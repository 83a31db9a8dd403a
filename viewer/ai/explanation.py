"""Why a candidate got its score, in words of the reading room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viewer.core.finding import Reason
from viewer.imaging.features import FEATURE_NAMES, Measured

WORDS: dict[str, tuple[str, str, float]] = {
    "diameter_mm": ("Diameter of a ball of its volume", "mm", 1),
    "roundness": ("Shortest to longest axis", "%", 100),
    "compactness": ("Fills the ball around it", "%", 100),
    "mean_hu": ("Mean density", "HU", 1),
    "contrast_hu": ("Denser than the lung around by", "HU", 1),
    "free_share": ("Surface bordering on lung", "%", 100),
    "vessel_share": ("Surface continued by vessels", "%", 100),
    "wall_share": ("Surface on the pleura", "%", 100),
    "crowding": ("Tissue in its surroundings", "%", 100),
    "fit": ("Outlined to seen diameter", "%", 100),
    "strength_hu": ("Answer of the spot filter", "HU", 1),
}
NETWORK = "Appearance to the network (odds of a nodule)"


def reasons(
    one: Measured, pushes: NDArray[np.float64], network_odds: float | None
) -> tuple[Reason, ...]:
    """Return what pushed the score, strongest first; pushes are in log odds.

    `network_odds` is None where no network was asked.
    """
    lines = []
    for name, value, push in zip(FEATURE_NAMES, one.numbers(), pushes[:-1], strict=True):
        words, unit, factor = WORDS[name]
        lines.append(Reason(words, round(float(value) * factor, 1), unit, round(float(push), 3)))
    if network_odds is not None:
        odds = round(float(np.exp(network_odds)), 3)
        lines.append(Reason(NETWORK, odds, "", round(float(pushes[-1]), 3)))
    return tuple(_strongest_first(lines))


def _strongest_first(lines: Sequence[Reason]) -> list[Reason]:
    return sorted(lines, key=lambda reason: -abs(reason.contribution or 0.0))
