"""Training a network: steps of batches with a falling step size, kept on disk as it goes.

Every step draws from a generator of its own, seeded by the course and the step, so that a run
that was broken off goes on exactly where it was. Importing this imports torch.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from viewer.ai.networks.shape import NetworkShape
from viewer.ai.networks.torch_net import Net

Batch: TypeAlias = dict[str, NDArray[np.float32]]
"""The array "input" (n, channels, ...), and what the loss asks for."""
Draw: TypeAlias = Callable[[np.random.Generator], Batch]
Answers: TypeAlias = tuple[Tensor | None, Tensor | None]
"""Log odds of each voxel and of the whole."""
Loss: TypeAlias = Callable[[Answers, dict[str, Tensor]], Tensor]
Say: TypeAlias = Callable[[str], None]

KEPT_EVERY = 100
LARGEST_STEP = 10.0
_MEMORY = "optimiser."
_NET = "net."


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast a network learns."""

    seed: int
    steps: int
    fastest: float = 2e-3
    decay: float = 0.01
    short: bool = False
    """In bfloat16 where it can: faster on processors that have it, not the same to the last bit."""
    threads: int = 1
    name: str = ""
    """What else tells this run from others: the fold, the data."""


def trained(
    shape: NetworkShape, draw: Draw, loss: Loss, course: Course, folder: Path, say: Say = print
) -> Net:
    """Train a network, or go on with the run of the same course that was broken off.

    Args:
        shape: What the network looks like.
        draw: Makes a batch from a random generator.
        loss: What is to become small.
        course: How long and how fast.
        folder: Where the run is kept.
        say: Told now and then how it goes.
    """
    run = _Run(shape, course, folder, _mark(draw, course))
    total, count = 0.0, 0
    while run.step < course.steps:
        total += run.take(draw, loss)
        count += 1
        if run.step % KEPT_EVERY == 0 or run.step == course.steps:
            run.keep()
            say(f"{course.name} step {run.step} of {course.steps}: loss {total / count:.4f}")
            total, count = 0.0, 0
    return run.net.eval()


def _mark(draw: Draw, course: Course) -> str:
    """Return what tells the data of a run from others: the hash of its first batch.

    A run on other patients must not go on from here, or what is judged was learned from.
    """
    told = sha256()
    if course.steps:
        for name, value in sorted(draw(np.random.default_rng([course.seed, 0])).items()):
            told.update(f"{name} {value.shape} {value.dtype}".encode())
            told.update(np.ascontiguousarray(value).data)
    return told.hexdigest()


class _Run:
    """A network being trained, and its place on disk."""

    def __init__(self, shape: NetworkShape, course: Course, folder: Path, data: str) -> None:
        torch.manual_seed(course.seed)
        torch.set_num_threads(course.threads)
        words = json.dumps([asdict(shape), asdict(course)], sort_keys=True)
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{sha256(words.encode()).hexdigest()[:16]}.safetensors"
        self._course, self._data = course, data
        self.net = Net(shape)
        self.step = 0
        self._optimiser = torch.optim.AdamW(
            self.net.parameters(), lr=course.fastest, weight_decay=course.decay
        )
        if self._path.exists() and self._is_of_this_data():
            self._resume()

    def take(self, draw: Draw, loss: Loss) -> float:
        """Take one step; return the loss before it."""
        self.net.train()
        course = self._course
        share = self.step / course.steps
        rate = course.fastest * min(1.0, (self.step + 1) / 50) * _falling(share)
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        batch = draw(np.random.default_rng([course.seed, self.step]))
        tensors = {name: torch.from_numpy(value) for name, value in batch.items()}
        before = {name: value.clone() for name, value in self.net.named_buffers()}
        found, steep = self._gradient(tensors, loss, short=course.short)
        if not math.isfinite(found + steep):
            # 16-bit kernels now and then give no number: take this step in 32 bits
            for name, value in self.net.named_buffers():
                value.copy_(before[name])
            found, _ = self._gradient(tensors, loss, short=False)
        self._optimiser.step()
        self.step += 1
        return found

    def keep(self) -> None:
        """Write the network and the memory of the optimiser."""
        state = {_NET + name: value for name, value in self.net.state_dict().items()}
        for number, kept in self._optimiser.state_dict()["state"].items():
            state |= {f"{_MEMORY}{number}.{name}": value for name, value in kept.items()}
        part = self._path.with_suffix(".part")
        save_file({k: v.contiguous() for k, v in state.items()}, part, self._told())
        part.replace(self._path)

    def _told(self) -> dict[str, str]:
        return {"step": str(self.step), "data": self._data}

    def _is_of_this_data(self) -> bool:
        with safe_open(self._path, "pt") as kept:
            return kept.metadata().get("data", "") in ("", self._data)

    def _gradient(
        self, batch: dict[str, Tensor], loss: Loss, *, short: bool
    ) -> tuple[float, float]:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=short):
            each, whole = self.net(batch["input"])
        answers = (None if each is None else each.float(), None if whole is None else whole.float())
        value = loss(answers, batch)
        self._optimiser.zero_grad()
        torch.autograd.backward(value)
        steep = nn.utils.clip_grad_norm_(self.net.parameters(), LARGEST_STEP)
        return value.item(), float(steep)

    def _resume(self) -> None:
        state = load_file(self._path)
        memory: dict[int, dict[str, Tensor]] = {}
        for key in [key for key in state if key.startswith(_MEMORY)]:
            number, name = key.removeprefix(_MEMORY).split(".")
            memory.setdefault(int(number), {})[name] = state.pop(key)
        self.net.load_state_dict({key.removeprefix(_NET): value for key, value in state.items()})
        self._optimiser.load_state_dict({**self._optimiser.state_dict(), "state": memory})
        with safe_open(self._path, "pt") as kept:
            self.step = int(kept.metadata()["step"])


def _falling(share: float) -> float:
    return 0.5 * (1 + math.cos(math.pi * share)) + 0.005


def dice_and_entropy(odds: Tensor, truth: Tensor) -> Tensor:
    """Return the mean of soft Dice loss over the batch and cross entropy, voxel by voxel.

    Args:
        odds: Log odds (n, outputs, ...).
        truth: 0 to 1, of the same shape.
    """
    entropy = nn.functional.binary_cross_entropy_with_logits(odds, truth)
    found = torch.sigmoid(odds)
    sides = tuple(range(2, odds.ndim))
    both = (found * truth).sum(dim=(0, *sides))
    sizes = (found + truth).sum(dim=(0, *sides))
    dice = 1 - ((2 * both + 1) / (sizes + 1)).mean()
    return dice + entropy
