"""The network of deepbet in torch: LinkNet in 3D with residual blocks and instance norms.

Written anew after its description (Fisch et al., NeuroImage 2024; LinkNet: Chaurasia and
Culurciello 2017); the weights decide what it is. Importing this imports torch.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from viewer.ai.brain.deepbet_files import Weights
from viewer.core.errors import Unreadable

_WIDTHS = (16, 32, 64, 128)


class _Block(nn.Module):
    """Two convolutions and a way round them."""

    def __init__(self, wide_in: int, wide_out: int, step: int) -> None:
        super().__init__()
        self.first = nn.Conv3d(wide_in, wide_out, 3, step, 1, bias=False)
        self.second = nn.Conv3d(wide_out, wide_out, 3, 1, 1, bias=False)
        self.round = None if step == 1 else nn.Conv3d(wide_in, wide_out, 1, step, bias=False)

    def forward(self, seen: Tensor) -> Tensor:
        inner = functional.relu(_normed(self.first(seen)))
        aside = seen if self.round is None else _normed(self.round(seen))
        return functional.relu(_normed(self.second(inner)) + aside)


class _Up(nn.Module):
    """Narrower, twice as fine, wider again."""

    def __init__(self, wide_in: int, wide_out: int, step: int) -> None:
        super().__init__()
        inner = wide_in // 4
        self.narrow = nn.Conv3d(wide_in, inner, 1, bias=False)
        self.finer = nn.ConvTranspose3d(inner, inner, 3, step, 1, step - 1, bias=False)
        self.wide = nn.Conv3d(inner, wide_out, 1, bias=False)

    def forward(self, seen: Tensor) -> Tensor:
        for layer in (self.narrow, self.finer, self.wide):
            seen = functional.relu(_normed(layer(seen)))
        return seen


class LinkNet(nn.Module):
    """Answers each voxel of a picture (1, 1, x, y, z) with the share of brain."""

    def __init__(self) -> None:
        super().__init__()
        self.begin = nn.Conv3d(1, 16, 7, 2, 3, bias=False)
        pairs = ((16, 16), *pairwise(_WIDTHS))
        self.down = nn.ModuleList(
            nn.Sequential(_Block(a, b, 1 if a == b else 2), _Block(b, b, 1)) for a, b in pairs
        )
        self.up = nn.ModuleList(_Up(b, a, 1 if a == b else 2) for a, b in pairs[::-1])
        self.first = nn.ConvTranspose3d(16, 8, 3, 2, 1, 1)
        self.between = nn.Conv3d(8, 8, 3, 1, 1)
        self.last = nn.ConvTranspose3d(8, 2, 2, 2)

    def forward(self, picture: Tensor) -> Tensor:
        """Return the share of brain (x, y, z)."""
        seen = functional.max_pool3d(functional.relu(_normed(self.begin(picture))), 3, 2, 1)
        kept = [seen]
        for level in self.down:
            kept.append(level(kept[-1]))
        seen = self.up[0](kept[-1])
        for level, finer in zip(list(self.up)[1:], kept[-2:0:-1], strict=True):
            seen = level(seen + finer)
        seen = functional.relu(_normed(self.first(seen + kept[0])))
        seen = functional.relu(_normed(self.between(seen)))
        share: Tensor = torch.softmax(self.last(seen), 1)[0, 1]
        return share


def _normed(seen: Tensor) -> Tensor:
    return functional.instance_norm(seen)


def network_of(weights: Weights) -> LinkNet:
    """Build the network from its arrays in their order.

    Raises:
        Unreadable: if they are others.
    """
    net = LinkNet()
    places = list(net.parameters())
    if [one.numel() for one in places] != [len(one) for one in weights]:
        raise Unreadable("The weights are not those of deepbet's network.", code="damaged_model")
    with torch.no_grad():
        for place, values in zip(places, weights, strict=True):
            place.copy_(torch.from_numpy(values.copy()).reshape(place.shape))
    return net.eval()


def asked(net: LinkNet, values: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """Return the share of brain at each voxel of a picture, asked on a cube of `side` voxels.

    The nearest voxels are taken, and values spread as deepbet does.
    """
    picture = torch.from_numpy(np.ascontiguousarray(values))[None, None]
    cube = functional.interpolate(picture, (side,) * 3, mode="nearest-exact")[0, 0]
    low, high = (float(v) for v in np.quantile(cube.numpy(), (0.005, 0.995)))
    spread = ((cube - low) / max(high - low, 1e-6)).clamp(0, 1)
    spread = 0.226 * (spread - spread.mean()) / spread.std().clamp_min(1e-6) + 0.449
    with torch.inference_mode():
        share = net(spread[None, None])
    back = functional.interpolate(share[None, None], values.shape, mode="nearest-exact")[0, 0]
    return np.asarray(back.numpy(), np.float32)
