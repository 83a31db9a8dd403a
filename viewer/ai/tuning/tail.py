"""A network in two parts: what stays as it came, and the last layers, which learn here.

Importing this imports torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from viewer.ai.network import NoduleNet, network_of, weights_of
from viewer.ai.patches import unpacked
from viewer.ai.ranking import NETWORK_LIMIT, NETWORK_PREFIX

Weights: TypeAlias = Mapping[str, NDArray[np.float32]]
Layers: TypeAlias = Literal["last layer", "last block"]
Bytes: TypeAlias = NDArray[np.uint8]
_AT_ONCE = 64


class Tail(nn.Module):
    """The last block of convolutions and the layer that makes one number of it."""

    def __init__(self, net: NoduleNet) -> None:
        super().__init__()
        self.block = net.blocks[-1]
        self.head = net.head

    def forward(self, seen: Tensor) -> Tensor:
        """Return the log odds (n) of what the trunk saw (n, channels, k, k, k), within limits."""
        odds: Tensor = self.head(self.block(seen).amax(dim=(2, 3, 4))).squeeze(1)
        return odds.clamp(-NETWORK_LIMIT, NETWORK_LIMIT)


def net_of(weights: Weights) -> NoduleNet:
    """Build the network that is in the weights of a model.

    Raises:
        RuntimeError, KeyError: if there is none.
    """
    return network_of(
        {
            name.removeprefix(NETWORK_PREFIX): value
            for name, value in weights.items()
            if name.startswith(NETWORK_PREFIX)
        }
    )


def with_tail(weights: Weights, net: NoduleNet, tail: Tail) -> dict[str, NDArray[np.float32]]:
    """Return the weights of a model with other last layers in its network; changes `net`."""
    net.blocks[-1].load_state_dict(tail.block.state_dict())
    net.head.load_state_dict(tail.head.state_dict())
    now = {NETWORK_PREFIX + name: value for name, value in weights_of(net).items()}
    return {name: now.get(name, value) for name, value in weights.items()}


def seen(net: NoduleNet, crops: Bytes) -> Tensor:
    """Return what the part that stays makes of crops (n, channels, k, k, k)."""
    parts = []
    with torch.inference_mode():
        for start in range(0, len(crops), _AT_ONCE):
            cubes = torch.from_numpy(unpacked(crops[start : start + _AT_ONCE]))
            parts.append(net.blocks[:-1](cubes))
    return torch.cat(parts).clone()


def log_odds(net: NoduleNet, crops: Bytes) -> NDArray[np.float64]:
    """Return what a network says of crops (n, channels, k, k, k)."""
    if not len(crops):
        return np.zeros(0)
    with torch.inference_mode():
        return np.asarray(Tail(net).eval()(seen(net, crops)).double().numpy())


def learning(tail: Tail, layers: Layers) -> list[nn.Parameter]:
    """Return what learns."""
    return list((tail.head if layers == "last layer" else tail).parameters())
