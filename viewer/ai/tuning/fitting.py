"""Training the last layers of a network by verdicts, anchored to the weights it came with.

The loss is that of the whole score: what else pushes it stays. Every weight is drawn back to
where it was (L2-SP; X. Li, Y. Grandvalet, F. Davoine: Explicit inductive bias for transfer
learning, 2018), for there are no examples of the first training here to learn from again.
Seeded, one thread: the same verdicts give the same weights. Importing this imports torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from viewer.ai.network import NoduleNet
from viewer.ai.tuning.tail import Bytes, Layers, Tail, learning, seen
from viewer.ai.verdicts import SEED, Array
from viewer.core.progress import Progress

ROUNDS = 30
"""So often every crop is seen, if there are few of them."""
LEAST_ROUNDS = 5
MOST_STEPS = 280
"""Of one training, unless every crop is seen LEAST_ROUNDS times only."""
BATCH = 32
FASTEST = {"last layer": 1e-2, "last block": 1e-3}
VIEWS = 4
"""So many views of each crop are learned from: as it is, and mirrored and turned."""


@dataclass(frozen=True, slots=True)
class Way:
    """What learns, and how firmly it is drawn back to where it was."""

    layers: Layers
    anchor: float


WAYS = (
    Way("last layer", 0.1),
    Way("last block", 0.1),
    Way("last block", 0.001),
)
"""The simplest first; which one is used is chosen by patients left out in turn."""


@dataclass(frozen=True, slots=True, eq=False)
class Pupil:
    """Crops as the part of the network that stays sees them, and what is true of each.

    `views` is (n, VIEWS, channels, k, k, k), the first one as it is; `came` (n) the network's log
    odds as it came, and `share` what they are taken times in the score.
    """

    views: Tensor = field(repr=False)
    came: Tensor = field(repr=False)
    truth: Tensor = field(repr=False)
    share: float

    @classmethod
    def of(
        cls, net: NoduleNet, crops: Bytes, truth: Array, share: float, progress: Progress
    ) -> Pupil:
        """Look at crops (n, channels, k, k, k) in all views; `truth` (n) is 1 for right, else 0."""
        torch.set_num_threads(1)
        random = np.random.default_rng(SEED)
        views = []
        for number in range(VIEWS):
            progress.report(number / VIEWS, "looking at the crops")
            views.append(seen(net, crops if number == 0 else _turned(crops, random)))
        with torch.inference_mode():
            came = Tail(net).eval()(views[0]).clone()
        known = torch.from_numpy(truth.astype(np.float32))
        return cls(torch.stack(views, dim=1), came, known, share)

    def some(self, rows: NDArray[np.intp]) -> Pupil:
        """Return it with some of the crops."""
        chosen = torch.from_numpy(rows)
        return Pupil(self.views[chosen], self.came[chosen], self.truth[chosen], self.share)


def _turned(crops: Bytes, random: np.random.Generator) -> Bytes:
    """Mirror and turn each crop at random."""
    made = []
    for crop in crops:
        order = (0, *(int(axis) + 1 for axis in random.permutation(3)))
        axes = tuple(axis for axis in (1, 2, 3) if random.random() < 0.5)
        made.append(np.flip(crop.transpose(order), axes))
    return np.stack(made)


def fitted(net: NoduleNet, known: Pupil, start: Array, way: Way, progress: Progress) -> Tail:
    """Return the last layers as verdicts teach them; `net` stays as it is.

    Args:
        net: As the model came.
        known: Crops, and what is true of them.
        start: The log odds (n) of the scores before.
        way: What learns, and how firmly it is held.
        progress: Told round by round.
    """
    torch.set_num_threads(1)
    rest = torch.from_numpy(start.astype(np.float32)) - known.share * known.came
    tail = deepcopy(Tail(net)).eval()
    for one in tail.parameters():
        one.requires_grad_(False)
    moving = learning(tail, way.layers)
    for one in moving:
        one.requires_grad_(True)
    came = [one.detach().clone() for one in moving]
    fastest = FASTEST[way.layers]
    step = torch.optim.Adam(moving, lr=fastest)
    random = np.random.default_rng(SEED)
    count = len(known.truth)
    rounds = min(ROUNDS, max(LEAST_ROUNDS, MOST_STEPS * BATCH // count))
    for round_ in range(rounds):
        progress.report(round_ / rounds, f"{way.layers}, anchor {way.anchor:g}")
        for group in step.param_groups:
            group["lr"] = fastest * (1 - round_ / rounds)
        order = random.permutation(count)
        for first in range(0, count, BATCH):
            rows = torch.from_numpy(order[first : first + BATCH])
            view = torch.from_numpy(random.integers(0, VIEWS, len(rows)))
            odds = rest[rows] + known.share * tail(known.views[rows, view])
            loss = binary_cross_entropy_with_logits(odds, known.truth[rows])
            step.zero_grad()
            torch.autograd.backward(loss + way.anchor * _away(moving, came))
            step.step()
    return tail


def _away(moving: Sequence[Tensor], came: Sequence[Tensor]) -> Tensor:
    """Return how far weights are from where they were, squared."""
    parts = [((now - was) ** 2).sum() for now, was in zip(moving, came, strict=True)]
    return torch.stack(parts).sum()


def scored(tail: Tail, known: Pupil, start: Array) -> Array:
    """Return log odds (n) of scores that were `start`, with these last layers."""
    with torch.inference_mode():
        moved = known.share * (tail(known.views[:, 0]) - known.came)
    return np.asarray(start + moved.double().numpy())
