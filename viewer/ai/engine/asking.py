"""A network that can be asked, whatever computes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.ai.card import ModelFolder
from viewer.ai.networks.shape import NetworkShape

Floats = NDArray[np.float32]
Answers: TypeAlias = tuple[Floats | None, Floats | None]
"""For each voxel (n, outputs, [slices,] rows, columns), and for the whole (n, wholes)."""
Compute: TypeAlias = Callable[[Floats], Answers]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """What answers a batch (n, channels, [slices,] rows, columns), and what it is like."""

    engine: str
    dimensions: Literal[2, 3]
    outputs: int
    wholes: int
    step: int
    """What every side of a tile must be a multiple of."""
    floats_per_voxel: float
    """How many numbers it holds for each voxel of input, at most."""
    compute: Compute = field(repr=False)
    answers: Literal["log_odds", "probabilities"] = "log_odds"

    def __call__(self, batch: Floats) -> Answers:
        """Return what the network answers, as it does: log odds, if `answers` says so."""
        return self.compute(np.ascontiguousarray(batch, dtype=np.float32))

    def probabilities(self, tiles: Floats) -> Answers:
        """Return probabilities for tiles (n, channels, slices, rows, columns).

        A network of two dimensions takes tiles of one slice.
        """
        flat = self.dimensions == 2
        dense, whole = self(tiles[:, :, 0] if flat else tiles)
        if dense is not None and flat:
            dense = dense[:, :, None]
        if self.answers == "probabilities":
            return dense, whole
        return (
            None if dense is None else _likely(dense, self.outputs),
            None if whole is None else _likely(whole, self.wholes),
        )


def _likely(odds: Floats, wanted: int) -> Floats:
    """Return probabilities of log odds (n, outputs, ...).

    One output more than wanted means classes that exclude each other, the first one being none
    of them.
    """
    if odds.shape[1] == wanted + 1:
        raised = np.exp(odds - odds.max(axis=1, keepdims=True))
        return np.asarray((raised / raised.sum(axis=1, keepdims=True))[:, 1:])
    with np.errstate(over="ignore"):
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


def network_runner(model: ModelFolder) -> Network:
    """Return the network of a model, computed by the engine that is best here.

    Raises:
        Unreadable: if its weights are not those of its shape.
    """
    shape = model.card.network
    if shape is None:
        raise ValueError("a network without a shape")
    return network_of_shape(shape, model.weights)


def network_of_shape(shape: NetworkShape, weights: Mapping[str, Floats]) -> Network:
    """Return a network as torch computes it."""
    return Network(
        "torch",
        shape.dimensions,
        shape.outputs,
        shape.wholes,
        shape.step,
        4.0 * shape.widths[0] + shape.inputs,
        _torch(shape, weights),
    )


def _torch(shape: NetworkShape, weights: Mapping[str, Floats]) -> Compute:
    import torch

    from viewer.ai.networks.torch_net import network_of

    net = network_of(shape, weights)

    def compute(batch: Floats) -> Answers:
        with torch.inference_mode():
            dense, whole = net(torch.from_numpy(batch))
        return (
            None if dense is None else dense.numpy(),
            None if whole is None else whole.numpy(),
        )

    return compute
