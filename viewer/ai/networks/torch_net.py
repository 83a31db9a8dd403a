"""The networks in torch, for training, for gradients, and where no faster engine is at hand.

Importing this imports torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from viewer.ai.networks.shape import NetworkShape

_CONVOLUTION = {2: nn.Conv2d, 3: nn.Conv3d}
_NORM = {2: nn.BatchNorm2d, 3: nn.BatchNorm3d}
_POOL = {2: nn.MaxPool2d, 3: nn.MaxPool3d}


class Net(nn.Module):
    """Levels of two convolutions each, halved on the way down and doubled on the way up."""

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        self.shape = shape
        widths = shape.widths
        sizes = (shape.inputs, *widths)
        self.down = nn.ModuleList(_block(shape, a, b) for a, b in pairwise(sizes))
        self.halving = _POOL[shape.dimensions](2)
        self.doubling = nn.Upsample(scale_factor=2, mode="nearest")
        if shape.outputs:
            rising = list(pairwise(widths[::-1]))
            self.up = nn.ModuleList(_block(shape, a + b, b) for a, b in rising)
            self.dense = _CONVOLUTION[shape.dimensions](widths[0], shape.outputs, 1)
        if shape.wholes:
            self.whole = nn.Linear(2 * widths[-1], shape.wholes)

    def forward(self, pictures: Tensor) -> tuple[Tensor | None, Tensor | None]:
        """Return log odds of each voxel (n, outputs, ...) and of the whole (n, wholes).

        Pictures are (n, inputs, [slices,] rows, columns); sides are multiples of `shape.step`.
        """
        seen = pictures
        levels: list[Tensor] = []
        for number, block in enumerate(self.down):
            seen = block(self.halving(seen) if number else seen)
            levels.append(seen)
        return self._each(levels), self._all(seen)

    def _each(self, levels: list[Tensor]) -> Tensor | None:
        if not self.shape.outputs:
            return None
        seen = levels[-1]
        for block, finer in zip(self.up, levels[-2::-1], strict=True):
            seen = block(torch.cat([self.doubling(seen), finer], dim=1))
        dense: Tensor = self.dense(seen)
        return dense

    def _all(self, deepest: Tensor) -> Tensor | None:
        if not self.shape.wholes:
            return None
        sides = tuple(range(2, deepest.ndim))
        pooled = torch.cat([deepest.mean(dim=sides), deepest.amax(dim=sides)], dim=1)
        whole: Tensor = self.whole(pooled)
        return whole


def _block(shape: NetworkShape, wide_in: int, wide_out: int) -> nn.Sequential:
    convolution, norm = _CONVOLUTION[shape.dimensions], _NORM[shape.dimensions]
    return nn.Sequential(
        convolution(wide_in, wide_out, 3, padding=1, bias=False),
        norm(wide_out),
        nn.ReLU(inplace=True),
        convolution(wide_out, wide_out, 3, padding=1, bias=False),
        norm(wide_out),
        nn.ReLU(inplace=True),
    )


def network_of(shape: NetworkShape, weights: Mapping[str, NDArray[np.float32]]) -> Net:
    """Build a network from named weights, ready to be asked.

    Raises:
        RuntimeError: if the weights are not those of this shape.
    """
    net = Net(shape)
    state = {name: torch.from_numpy(np.array(value)) for name, value in weights.items()}
    counters = {
        name: value for name, value in net.state_dict().items() if name.endswith("_tracked")
    }
    net.load_state_dict({**state, **counters})
    return net.eval()


def weights_of(net: Net) -> dict[str, NDArray[np.float32]]:
    """Return the weights by name, without the counters of training."""
    return {
        name: value.detach().cpu().numpy().astype(np.float32)
        for name, value in net.state_dict().items()
        if not name.endswith("_tracked")
    }
