"""Whether a map says something of the network, and something of the picture.

J. Adebayo et al.: Sanity checks for saliency maps, 2018 (shuffled weights, from the answer down);
V. Petsiuk et al.: RISE, 2018 (deletion).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
from scipy.stats import spearmanr
from torch import nn

from viewer.ai.explaining.asked import Map, Network, Picture, Target, score_of, scores_of
from viewer.core.progress import Part, Progress

SEEDS = (1, 2, 3)
LIMIT = 0.5
"""A map that keeps this rank correlation or more, whatever the weights are, is not shown."""
MARKED = 0.1
"""Share of the picture that is hidden by the deletion test: where the map is highest."""
ELSEWHERE = 20


@dataclass(frozen=True, slots=True)
class Sanity:
    """How alike maps stay while weights are shuffled from the answer down to the input.

    `stages` are names with the rank correlation (Spearman) to the real map; the last is that of a
    network with nothing learned left, the mean of |r| over SEEDS.
    """

    stages: tuple[tuple[str, float], ...]

    @property
    def alike(self) -> float:
        """How alike the map of a network stays that has learned nothing."""
        return self.stages[-1][1]

    @property
    def passed(self) -> bool:
        """Whether the map depends on what was learned."""
        return self.alike < LIMIT

    @property
    def in_words(self) -> str:
        """The outcome as a sentence."""
        if self.passed:
            return (
                f"With shuffled weights the map is another one (rank correlation {self.alike:.2f},"
                f" {LIMIT:g} at most)."
            )
        return (
            "The map is not shown: a network with shuffled weights gives nearly the same one (rank"
            f" correlation {self.alike:.2f}, {LIMIT:g} at most), so it shows the picture and not"
            " what was learned."
        )


@dataclass(frozen=True, slots=True)
class Deletion:
    """By how much the log odds fall when what is marked is hidden, and as much elsewhere."""

    marked: float
    elsewhere: float
    """The mean over other places."""
    beaten: float
    """Share of the other places where hiding changes less."""

    @property
    def passed(self) -> bool:
        """Whether the answer hangs on what is marked more than on the rest."""
        return self.marked > self.elsewhere

    @property
    def in_words(self) -> str:
        """The outcome as a sentence."""
        if not self.passed:
            return (
                "The map is not shown: hiding what it marks lowers the log odds by"
                f" {self.marked:.2f}, hiding as much elsewhere by {self.elsewhere:.2f} on average."
            )
        return (
            f"Hiding the marked tenth lowers the log odds by {self.marked:.2f}, hiding as much"
            f" elsewhere by {self.elsewhere:.2f} on average ({self.beaten:.0%} of places less)."
        )


def sanity(
    net: Network, original: Map, again: Callable[[Network, Progress], Map], progress: Progress
) -> Sanity:
    """Compare a map with those of the same network with weights shuffled step by step.

    Args:
        net: The network that was explained.
        original: Its map.
        again: Makes the map of another network the same way.
        progress: Told map by map.
    """
    stages = list(shuffled(net, SEEDS[0]))
    chosen = [stages[0], stages[len(stages) // 2]]
    rest = [list(shuffled(net, seed))[-1][1] for seed in SEEDS]
    count = len(chosen) + len(rest)
    found: list[tuple[str, float]] = []
    for number, (name, other) in enumerate(chosen):
        part = Part(progress, number / count, (number + 1) / count)
        found.append((name, alike(original, again(other, part))))
    last = []
    for number, other in enumerate(rest, start=len(chosen)):
        part = Part(progress, number / count, (number + 1) / count)
        last.append(abs(alike(original, again(other, part))))
    return Sanity((*found, ("everything", float(np.mean(last)))))


def shuffled(net: Network, seed: int) -> Iterator[tuple[str, Network]]:
    """Go through networks with ever more shuffled weights, from the answer down to the input."""
    other = deepcopy(net)
    random = torch.Generator().manual_seed(seed)
    for name, layer in _from_the_answer(other):
        with torch.no_grad():
            for values in (*layer.parameters(), *layer.buffers()):
                if values.is_floating_point():
                    order = torch.randperm(values.numel(), generator=random)
                    values.copy_(values.flatten()[order].view_as(values))
        yield name, deepcopy(other)


def _from_the_answer(net: Network) -> Iterator[tuple[str, nn.Module]]:
    parts = dict(net.named_children())
    heads = [parts[name] for name in ("whole", "dense") if name in parts]
    yield "answer", nn.ModuleList(heads)
    if "up" in parts:
        yield "way up", parts["up"]
    for number in reversed(range(len(net.down))):
        yield f"level {number + 1}", net.down[number]


def alike(one: Map, other: Map) -> float:
    """Return the rank correlation of two maps; 0 where one of them is even."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(spearmanr(one.ravel(), other.ravel()).statistic)


def deletion(net: Network, picture: Picture, target: Target, found: Map) -> Deletion:
    """Hide where a map is highest, then as much at other places of the same outline."""
    marked = found >= np.quantile(found, 1 - MARKED)
    marked &= found > 0
    fill = picture.mean(axis=tuple(range(1, picture.ndim)), keepdims=True)
    random = np.random.default_rng(SEEDS[0])
    masks = [marked]
    for _ in range(ELSEWHERE):
        shift = [int(random.integers(1, side)) if side > 1 else 0 for side in marked.shape]
        masks.append(np.roll(marked, shift, tuple(range(marked.ndim))))
    usual = score_of(net, picture, target)
    drops = []
    for mask in masks:
        hidden = np.where(mask[None], fill, picture).astype(np.float32)
        drops.append(usual - float(scores_of(net, hidden[None], target)[0]))
    others = np.array(drops[1:])
    return Deletion(drops[0], float(others.mean()), float((others < drops[0]).mean()))
