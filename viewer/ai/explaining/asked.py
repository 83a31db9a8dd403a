"""Which number of a network's answer is to be explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

Picture = NDArray[np.float32]
"""The input of a network: (channels, [slices,] rows, columns)."""
Map = NDArray[np.float32]
"""One number for each voxel of a picture: ([slices,] rows, columns)."""


class Network(Protocol):
    """A network in torch that answers voxel by voxel, or of a picture as a whole, in log odds."""

    @property
    def down(self) -> nn.ModuleList | nn.Sequential:
        """Its levels, from the input down."""

    def __call__(self, pictures: Tensor) -> tuple[Tensor | None, Tensor | None]:
        """Return the answers for each voxel (n, outputs, ...) and for the whole (n, wholes)."""

    def named_children(self) -> Iterator[tuple[str, nn.Module]]:
        """Go through its parts; `dense`, `whole` and `up` are known by name."""


class OneAgainstRest(nn.Module):
    """A network whose classes exclude one another, in the log odds of each against the rest."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self._net = net

    @property
    def down(self) -> nn.ModuleList | nn.Sequential:
        """Its levels, from the input down."""
        return self._net.down

    def named_children(self) -> Iterator[tuple[str, nn.Module]]:
        """Go through the parts of the network itself."""
        return self._net.named_children()

    def forward(self, pictures: Tensor) -> tuple[Tensor | None, Tensor | None]:
        """Return the answers for each voxel (n, outputs, ...) and for the whole (n, wholes)."""
        dense, whole = self._net(pictures)
        if dense is None:
            return None, whole
        rest = [
            torch.cat([dense[:, :k], dense[:, k + 1 :]], dim=1).logsumexp(dim=1)
            for k in range(dense.shape[1])
        ]
        return dense - torch.stack(rest, dim=1), whole


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """The log odds of one statement.

    Without a `region` it is that of the whole picture; with one ([slices,] rows, columns) it is
    the mean over these voxels of a network that answers voxel by voxel.
    """

    output: int = 0
    region: NDArray[np.bool_] | None = field(default=None, repr=False)

    def score(self, net: Network, pictures: Tensor) -> Tensor:
        """Return the log odds (n) of pictures (n, channels, ...).

        Raises:
            ValueError: if the network gives no such answer, or the region is empty.
        """
        dense, whole = net(pictures)
        if self.region is None:
            if whole is None:
                raise ValueError("the network says nothing of a picture as a whole")
            said: Tensor = whole[:, self.output]
            return said
        if dense is None or not self.region.any():
            raise ValueError("the network says nothing of a region, or there is none")
        inside: Tensor = dense[:, self.output][:, torch.from_numpy(self.region)]
        return inside.mean(dim=1)


def score_of(net: Network, picture: Picture, target: Target) -> float:
    """Return the log odds of one picture."""
    return float(scores_of(net, picture[None], target)[0])


def scores_of(net: Network, pictures: Picture, target: Target) -> NDArray[np.float64]:
    """Return the log odds (n) of pictures (n, channels, ...)."""
    with torch.inference_mode():
        said = target.score(net, torch.from_numpy(np.ascontiguousarray(pictures, dtype=np.float32)))
    return np.asarray(said.double().numpy())
