"""A network that can be asked, whatever computes it.

The answers are looked at before anybody uses them: their shape, and that they are numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.ai import engines
from viewer.ai.engine.onnx_writing import DENSE, INPUT, WHOLE
from viewer.ai.networks.shape import NetworkShape
from viewer.core.errors import Unreadable

Floats: TypeAlias = NDArray[np.float32]
Answers: TypeAlias = tuple[Floats | None, Floats | None]
"""For each voxel (n, outputs, [slices,] rows, columns), and for the whole (n, wholes)."""
Compute: TypeAlias = Callable[[Floats], Answers]


@dataclass(frozen=True, slots=True)
class Names:
    """What the arrays of an ONNX model are called; empty for what it does not answer."""

    input: str = INPUT
    dense: str = DENSE
    whole: str = WHOLE


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
    whole_tiles: bool = False
    """Whether tiles must be of the size that the card names, even for smaller pictures."""

    def __call__(self, batch: Floats) -> Answers:
        """Return what the network answers, as it does: log odds, if `answers` says so."""
        return self.compute(np.ascontiguousarray(batch, dtype=np.float32))

    def probabilities(self, tiles: Floats) -> Answers:
        """Return probabilities for tiles (n, channels, slices, rows, columns).

        A network of two dimensions takes tiles of one slice.

        Raises:
            Unreadable: if the answers have another shape than they should, or are no numbers.
        """
        flat = self.dimensions == 2
        batch = tiles[:, :, 0] if flat else tiles
        dense, whole = self(batch)
        sides = batch.shape[2:]
        dense = self._likely(dense, self.outputs, (len(batch), *sides))
        whole = self._likely(whole, self.wholes, (len(batch),))
        return dense[:, :, None] if flat and dense is not None else dense, whole

    def _likely(self, found: Floats | None, wanted: int, sides: tuple[int, ...]) -> Floats | None:
        """Return probabilities (n, wanted, ...) of what was answered.

        One output more than wanted means classes that exclude each other, the first one being
        none of them.
        """
        if not wanted:
            return None
        if found is None:
            raise Unreadable("The network does not answer all it should.", code="wrong_outputs")
        classes = found.shape[1] == wanted + 1 if found.ndim > 1 else False
        if found.shape != (sides[0], wanted + classes, *sides[1:]):
            shape = " x ".join(map(str, found.shape))
            raise Unreadable(
                f"The network answers with {shape} numbers, which its card does not say.",
                code="wrong_outputs",
            )
        if np.isnan(found).any():
            raise Unreadable("The network answers with what is no number.", code="no_numbers")
        if self.answers == "probabilities":
            return np.asarray(found[:, int(classes) :].clip(0, 1), dtype=np.float32)
        if classes:
            raised = np.exp(found - found.max(axis=1, keepdims=True))
            return np.asarray((raised / raised.sum(axis=1, keepdims=True))[:, 1:])
        with np.errstate(over="ignore"):
            return np.asarray(1 / (1 + np.exp(-found)), dtype=np.float32)


def by_onnx(engine: str, content: bytes, names: Names) -> Compute:
    """Return an ONNX model ready to be asked.

    Raises:
        Unreadable: if the engine cannot make anything of it.
    """
    model = engines.compiled(engine, content)

    def compute(batch: Floats) -> Answers:
        found = engines.ask(engine, model, {names.input: batch})
        dense, whole = found.get(names.dense), found.get(names.whole)
        return (
            None if dense is None else np.asarray(dense, dtype=np.float32),
            None if whole is None else np.asarray(whole, dtype=np.float32),
        )

    return compute


def by_torch(shape: NetworkShape, weights: Mapping[str, Floats], device: str = "cpu") -> Compute:
    """Return one of our networks as torch computes it, in 32 bits.

    Raises:
        Unreadable: if the weights are not those of the shape.
    """
    import torch

    from viewer.ai.networks.torch_net import network_of

    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    try:
        net = network_of(shape, weights).to(device)
    except RuntimeError as why:
        raise Unreadable(
            "The weights are not those of the network that the card describes.",
            code="damaged_model",
        ) from why

    def compute(batch: Floats) -> Answers:
        with torch.inference_mode():
            dense, whole = net(torch.from_numpy(batch).to(device))
        return (
            None if dense is None else dense.cpu().numpy(),
            None if whole is None else whole.cpu().numpy(),
        )

    return compute


def graphics_card() -> bool:
    """Tell whether torch can compute on a graphics card here."""
    import torch

    return bool(torch.cuda.is_available())
