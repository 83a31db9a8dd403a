"""Training the network: rounds of mirrored, turned, dimmed cubes, with a falling step size."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from viewer.ai.network import NoduleNet, asked, weights_of
from viewer.ai.patches import unpacked
from viewer.ai.samples import Samples, balanced

BATCH = 48
STEPS = 60
FASTEST = 3e-3
LARGEST_STEP = 1e3
MEMORY = "optimiser."


class Trainer:
    """A network being trained, and its place on disk.

    `short` computes in bfloat16 where it can: 2.5 times faster on processors that have
    it, but not the same to the last bit in every run.
    """

    def __init__(self, seed: int, rounds: int, folder: Path, *, short: bool = False) -> None:
        torch.manual_seed(seed)
        torch.set_num_threads(1)
        self.rounds = 0
        self._wanted = rounds
        self._seed = seed
        self._short = short
        self._path = folder / "network.safetensors"
        self._random = np.random.default_rng(seed)
        self._net = NoduleNet()
        self._step = torch.optim.AdamW(self._net.parameters(), lr=FASTEST, weight_decay=0.02)
        if self._path.exists():
            self._resume()

    def round(self, learn: Samples) -> float:
        """Take some steps; return the mean loss."""
        self._net.train()
        self._random = np.random.default_rng([self._seed, self.rounds])
        share = self.rounds / self._wanted
        for group in self._step.param_groups:
            group["lr"] = FASTEST * 0.5 * (1 + math.cos(math.pi * share)) + 1e-5
        total = 0.0
        for _ in range(STEPS):
            chosen = balanced(learn.truth, BATCH, self._random)
            cubes = torch.from_numpy(unpacked(learn.cubes[chosen]))
            total += self._learn(self._varied(cubes), torch.from_numpy(learn.truth[chosen]).float())
        self.rounds += 1
        return total / STEPS

    def ask(self, cubes: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Return the log odds of cubes (0 to 255)."""
        self._net.eval()
        parts = [asked(self._net, unpacked(cubes[k : k + 256])) for k in range(0, len(cubes), 256)]
        return np.concatenate(parts)

    def save(self) -> None:
        """Write the weights; a broken-off run goes on from here."""
        part = self._path.with_suffix(".part")
        state = {name: value.contiguous() for name, value in self._net.state_dict().items()}
        for number, kept in self._step.state_dict()["state"].items():
            state |= {f"{MEMORY}{number}.{name}": value for name, value in kept.items()}
        save_file(state, part, {"rounds": str(self.rounds)})
        part.replace(self._path)

    def weights(self) -> dict[str, NDArray[np.float32]]:
        """Return the weights by name."""
        return weights_of(self._net)

    def _learn(self, cubes: Tensor, truth: Tensor) -> float:
        before = {name: value.clone() for name, value in self._net.named_buffers()}
        loss, steep = self._gradient(cubes, truth, short=self._short)
        if not math.isfinite(loss + steep):
            # 16-bit kernels now and then give no number: take this step in 32 bits.
            for name, value in self._net.named_buffers():
                value.copy_(before[name])
            loss, _ = self._gradient(cubes, truth, short=False)
        self._step.step()
        return loss

    def _gradient(self, cubes: Tensor, truth: Tensor, *, short: bool) -> tuple[float, float]:
        """Work out the gradient in 16 or 32 bits; return the loss and how steep it is."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=short):
            odds = self._net(cubes)
        loss = nn.functional.binary_cross_entropy_with_logits(odds.float(), truth * 0.96 + 0.02)
        self._step.zero_grad()
        torch.autograd.backward(loss)
        steep = nn.utils.clip_grad_norm_(self._net.parameters(), LARGEST_STEP)
        return loss.item(), float(steep)

    def _varied(self, cubes: Tensor) -> Tensor:
        """Mirror, turn and dim a batch at random."""
        axes = [axis + 2 for axis in range(3) if self._random.random() < 0.5]
        cubes = cubes.flip(axes) if axes else cubes
        order = [int(axis) for axis in self._random.permutation(3)]
        cubes = cubes.permute(0, 1, *(axis + 2 for axis in order))
        gain = torch.from_numpy(self._random.uniform(0.9, 1.1, (len(cubes), 1, 1, 1, 1)))
        shift = torch.from_numpy(self._random.uniform(-0.05, 0.05, (len(cubes), 1, 1, 1, 1)))
        return (cubes * gain.float() + shift.float()).clamp(0, 1).contiguous()

    def _resume(self) -> None:
        from safetensors import safe_open

        state = load_file(self._path)
        memory: dict[int, dict[str, Tensor]] = {}
        for key in [key for key in state if key.startswith(MEMORY)]:
            number, name = key.removeprefix(MEMORY).split(".")
            memory.setdefault(int(number), {})[name] = state.pop(key)
        self._net.load_state_dict(state)
        if memory:
            self._step.load_state_dict({**self._step.state_dict(), "state": memory})
        with safe_open(self._path, "pt") as kept:
            self.rounds = int(kept.metadata()["rounds"])
