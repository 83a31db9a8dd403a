"""Pseudo-labels and consistency, as wrappers of what a training draws and makes small.

A labelled batch has "input" and "truth" (0 to 1), rows first; whether the truth is of voxels or of
the whole follows the network. Importing this imports torch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from viewer.ai.networks.torch_net import Net
from viewer.ai.networks.training import Answers, Batch, Draw, Loss

Pictures: TypeAlias = NDArray[np.float32]
Views: TypeAlias = Callable[[np.random.Generator], tuple[Pictures, Pictures]]
"""Draws pictures without labels (n, channels, ...) twice: hardly changed, and strongly.

For networks that answer each voxel, both views must leave everything in its place.
"""
SURE = 0.95
"""Probability of one or the other answer from which on a network's own answer is learned from."""
_ASKED_AT_ONCE = 64


@dataclass(frozen=True, slots=True, eq=False)
class Guessed:
    """Pictures that a network is sure of, and what it takes them for (0 or 1)."""

    pictures: Pictures
    truth: Pictures
    rows: NDArray[np.intp]
    """Which of the pictures that it was asked about these are."""


def guessed(net: Net, pool: Pictures, *, sure: float = SURE) -> Guessed:
    """Ask a network about pictures without labels, and keep the answers that it is sure of.

    Of a network that answers each voxel, the mean over all voxels counts.
    """
    chances = np.concatenate(
        [_chances(net, pool[k : k + _ASKED_AT_ONCE]) for k in range(0, len(pool), _ASKED_AT_ONCE)]
    )
    sides = tuple(range(1, chances.ndim))
    rows = np.flatnonzero(np.maximum(chances, 1 - chances).mean(axis=sides) >= sure)
    return Guessed(pool[rows], (chances[rows] >= 0.5).astype(np.float32), rows)


def _chances(net: Net, pictures: Pictures) -> Pictures:
    with torch.inference_mode():
        each, whole = net.eval()(torch.from_numpy(pictures))
    return np.asarray(torch.sigmoid(_one((each, whole))).numpy())


def pseudo_labelled(
    labelled: Draw, guesses: Guessed, change: Callable[[Pictures, np.random.Generator], Pictures]
) -> Draw:
    """Return what draws a labelled batch and as many pictures with a guessed truth after it.

    Args:
        labelled: Draws "input" and "truth".
        guesses: What a first network was sure of; where it was never, nothing is added.
        change: Changes the pictures of a batch as `labelled` does.
    """

    def draw(chance: np.random.Generator) -> Batch:
        batch = labelled(chance)
        if not len(guesses.rows):
            return batch
        chosen = _balanced(guesses.truth, len(batch["input"]), chance)
        more = {"input": change(guesses.pictures[chosen], chance), "truth": guesses.truth[chosen]}
        return {name: np.concatenate([value, more[name]]) for name, value in batch.items()}

    return draw


def _balanced(truth: Pictures, count: int, chance: np.random.Generator) -> NDArray[np.intp]:
    """Choose rows, those with and without a mark alike often, whatever the guesses say."""
    marked = truth.reshape(len(truth), -1).any(axis=1)
    weights = np.where(marked, 1 / max(marked.sum(), 1), 1 / max((~marked).sum(), 1))
    return chance.choice(len(truth), count, p=weights / weights.sum())


def consistent(
    labelled: Draw, views: Views, supervised: Loss, *, weight: float = 1.0, sure: float = SURE
) -> tuple[Draw, Loss]:
    """Return what draws and what becomes small, so that two views of a picture are answered alike.

    The answer on the view that is hardly changed is the truth for the other one, wherever it is
    sure (K. Sohn et al.: FixMatch, 2020).

    Args:
        labelled: Draws "input" and "truth", and what `supervised` asks for.
        views: Draws pictures without labels twice.
        supervised: The loss on the labelled part.
        weight: Of the unlabelled part.
        sure: Probability from which on an answer counts as the truth.
    """

    def draw(chance: np.random.Generator) -> Batch:
        batch = labelled(chance)
        weak, strong = views(chance)
        return {
            **batch,
            "input": np.concatenate([batch["input"], weak, strong]),
            "views": np.zeros(len(weak), dtype=np.float32),
        }

    def loss(answers: Answers, batch: dict[str, Tensor]) -> Tensor:
        pairs = len(batch["views"])
        known = len(batch["input"]) - 2 * pairs
        seen = {**batch, "input": batch["input"][:known]}
        each, whole = answers
        first = supervised(
            (None if each is None else each[:known], None if whole is None else whole[:known]),
            seen,
        )
        odds = _one(answers)
        return first + weight * _apart(odds[known : known + pairs], odds[known + pairs :], sure)

    return draw, loss


def _apart(weak: Tensor, strong: Tensor, sure: float) -> Tensor:
    """Return the cross entropy of the strong view with what the weak one is sure of."""
    chances = torch.sigmoid(weak.detach())
    certain = (torch.maximum(chances, 1 - chances) >= sure).float()
    entropy = torch.nn.functional.binary_cross_entropy_with_logits(
        strong, (chances >= 0.5).float(), reduction="none"
    )
    return (entropy * certain).mean()


def _one(answers: Answers) -> Tensor:
    """Return the log odds of the voxels, or else of the whole."""
    odds = answers[0] if answers[0] is not None else answers[1]
    if odds is None:
        raise ValueError("a network answers something")
    return odds
