"""What a U-Net of MONAI looks like, taken literally from a bundle (`monai.networks.nets.UNet`)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from viewer.core.errors import Declined

MOST_WIDE = 2048
MOST_LEVELS = 8
MOST_UNITS = 8
MOST_CHANNELS = 256


@dataclass(frozen=True, slots=True)
class UNetShape:
    """A U-Net with strided convolutions, with or without residual units.

    `strides` are those between levels, each (first, second, third side). `affine` tells whether
    instance normalisation has a gain and a shift of its own; batch normalisation always has.
    """

    inputs: int
    outputs: int
    widths: tuple[int, ...]
    strides: tuple[tuple[int, int, int], ...]
    residuals: int = 0
    norm: Literal["batch", "instance"] = "instance"
    affine: bool = False
    act: Literal["prelu", "relu"] = "prelu"
    bias: bool = True
    kernel: int = 3
    up_kernel: int = 3

    def __post_init__(self) -> None:
        plain = (
            1 <= self.inputs <= MOST_CHANNELS
            and 1 <= self.outputs <= MOST_CHANNELS
            and 2 <= len(self.widths) <= MOST_LEVELS
            and all(1 <= wide <= MOST_WIDE for wide in self.widths)
            and len(self.strides) == len(self.widths) - 1
            and all(len(one) == 3 and all(1 <= k <= 4 for k in one) for one in self.strides)
            and 0 <= self.residuals <= MOST_UNITS
            and all(one in (1, 3, 5, 7) for one in (self.kernel, self.up_kernel))
        )
        if not plain:
            raise Declined(
                "network_def: its channels, strides, kernels or residual units are not such as"
                " this program builds.",
                code="network",
            )

    @property
    def step(self) -> tuple[int, int, int]:
        """What each side of a tile must be a multiple of."""
        return (
            math.prod(one[0] for one in self.strides),
            math.prod(one[1] for one in self.strides),
            math.prod(one[2] for one in self.strides),
        )
