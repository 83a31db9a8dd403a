"""How the two parts of the ranking learn: the regression and the network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.ai.lessons import NODULE, OTHER
from viewer.ai.samples import Samples

SEED = 20
RIDGE = 3.0


def regression(
    numbers: NDArray[np.float64], appearance: NDArray[np.float64] | None, truth: NDArray[np.float64]
) -> dict[str, NDArray[np.float32]]:
    """Fit the logistic regression (ridge, Newton's method) and return its weights by name."""
    mean, scale = numbers.mean(axis=0), numbers.std(axis=0) + 1e-6
    standard = ((numbers - mean) / scale).clip(-4, 4)
    seen = np.zeros(len(truth)) if appearance is None else appearance
    table = np.column_stack([standard, seen, np.ones(len(truth))])
    penalty = np.diag([*np.full(table.shape[1] - 1, RIDGE), 0.0]) + np.eye(table.shape[1]) * 1e-9
    weights = np.zeros(table.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-(table @ weights).clip(-30, 30)))
        gradient = table.T @ (truth - chance) - penalty @ weights
        curvature = (table * (chance * (1 - chance))[:, None]).T @ table + penalty
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return {
        "features.mean": mean.astype(np.float32),
        "features.scale": scale.astype(np.float32),
        "odds.weight": weights[:-1].astype(np.float32),
        "odds.bias": weights[-1:].astype(np.float32),
    }


def network(
    learn: Samples, check: Samples, rounds: int, folder: Path, *, short: bool
) -> dict[str, NDArray[np.float32]]:
    """Train the network on one thread and return its weights; a broken-off run goes on."""
    from viewer.ai.network_training import Trainer

    trainer = Trainer(SEED, rounds, folder, short=short)
    while trainer.rounds < rounds:
        loss = trainer.round(learn)
        if trainer.rounds % 5 == 0 or trainer.rounds == rounds:
            trainer.save()
            checked = _loss(trainer.ask(check.cubes), check.truth)
            print(f"round {trainer.rounds}: loss {loss:.3f}, check {checked:.3f}", flush=True)
    return trainer.weights()


def _loss(odds: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """Return the cross entropy with nodules and others weighing the same."""
    chance = 1 / (1 + np.exp(-odds))
    yes, no = truth == NODULE, truth == OTHER
    return float(
        -(np.log(chance[yes].clip(1e-6)).mean() + np.log((1 - chance[no]).clip(1e-6)).mean()) / 2
    )
