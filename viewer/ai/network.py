"""A small 3D network that tells nodules from what looks like them.

Two cubes round a spot, a fine and a wide one, go in as channels; one number
(the log odds) comes out. Importing this imports torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

THREADS = 2
BATCH = 64


class NoduleNet(nn.Module):
    """Four blocks of convolutions, each halving the cube, then one number."""

    def __init__(self, channels: int = 2, width: int = 16) -> None:
        super().__init__()
        sizes = [channels, width, 2 * width, 3 * width, 4 * width]
        self.blocks = nn.Sequential(*(_block(a, b) for a, b in pairwise(sizes)))
        self.head = nn.Linear(4 * width, 1)

    def forward(self, cubes: Tensor) -> Tensor:
        """Return the log odds (n) of cubes (n, channels, k, k, k)."""
        seen: Tensor = self.blocks(cubes)
        logits: Tensor = self.head(seen.amax(dim=(2, 3, 4)))
        return logits.squeeze(1)


def _block(wide_in: int, wide_out: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv3d(wide_in, wide_out, 3, padding=1, bias=False),
        nn.BatchNorm3d(wide_out),
        nn.ReLU(inplace=True),
        nn.MaxPool3d(2, ceil_mode=True),
    )


def network_of(weights: Mapping[str, NDArray[np.float32]]) -> NoduleNet:
    """Build the network from named weights, ready to be asked."""
    first = weights["blocks.0.0.weight"]
    net = NoduleNet(channels=first.shape[1], width=first.shape[0])
    state = {
        name: torch.from_numpy(np.array(weights[name], copy=True)).to(value.dtype)
        for name, value in net.state_dict().items()
        if name in weights
    }
    net.load_state_dict(state, strict=False)
    return net.eval()


def asked(net: NoduleNet, cubes: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the log odds of cubes (n, channels, k, k, k), in 32-bit arithmetic."""
    threads = torch.get_num_threads()
    torch.set_num_threads(min(THREADS, threads))
    try:
        with torch.inference_mode():
            parts = [
                net(torch.from_numpy(cubes[k : k + BATCH])) for k in range(0, len(cubes), BATCH)
            ]
    finally:
        torch.set_num_threads(threads)
    return np.concatenate([part.numpy() for part in parts]).astype(np.float64)


def weights_of(net: NoduleNet) -> dict[str, NDArray[np.float32]]:
    """Return the weights by name, without the counters of training."""
    return {
        name: value.detach().numpy().astype(np.float32)
        for name, value in net.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }
