"""The U-Net of MONAI in torch, written anew: the same sums under the same names of weights.

It computes the test vector of a converted bundle, independently of the ONNX that is run later.
Importing this imports torch.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from viewer.ai.bundles.unet import UNetShape
from viewer.core.errors import Unreadable

Sides = tuple[int, int, int]
_ONE: Sides = (1, 1, 1)


class Beside(nn.Module):
    """Hand on what came in, with what a deeper level made of it."""

    def __init__(self, submodule: nn.Module) -> None:
        super().__init__()
        self.submodule = submodule

    def forward(self, seen: Tensor) -> Tensor:
        """Return both as channels of one array."""
        return torch.cat([seen, self.submodule(seen)], dim=1)


class Finish(nn.Sequential):
    """Normalise, then bend: what follows a convolution."""

    def __init__(self, shape: UNetShape, wide: int) -> None:
        norm: nn.Module = (
            nn.BatchNorm3d(wide)
            if shape.norm == "batch"
            else nn.InstanceNorm3d(wide, affine=shape.affine)
        )
        super().__init__()
        self.add_module("N", norm)
        self.add_module("A", nn.PReLU() if shape.act == "prelu" else nn.ReLU())


class Convolved(nn.Sequential):
    """A convolution, to the same size, smaller, or larger, with its finish unless it is bare."""

    def __init__(
        self,
        shape: UNetShape,
        wide: tuple[int, int],
        stride: Sides = _ONE,
        *,
        rising: bool = False,
        bare: bool = False,
    ) -> None:
        super().__init__()
        kernel = shape.up_kernel if rising else shape.kernel
        if rising:
            more = (stride[0] - 1, stride[1] - 1, stride[2] - 1)
            conv: nn.Module = nn.ConvTranspose3d(
                *wide, kernel, stride, kernel // 2, more, bias=shape.bias
            )
        else:
            conv = nn.Conv3d(*wide, kernel, stride, kernel // 2, bias=shape.bias)
        self.add_module("conv", conv)
        if not bare:
            self.add_module("adn", Finish(shape, wide[1]))


class Residual(nn.Module):
    """Some convolutions, and what came in added to what comes out."""

    def __init__(
        self,
        shape: UNetShape,
        wide: tuple[int, int],
        stride: Sides,
        count: int,
        *,
        last_bare: bool = False,
    ) -> None:
        super().__init__()
        self.conv = nn.Sequential()
        self.residual: nn.Module = nn.Identity()
        for number in range(count):
            ends = (wide[0] if number == 0 else wide[1], wide[1])
            bare = last_bare and number == count - 1
            here = stride if number == 0 else _ONE
            self.conv.add_module(f"unit{number}", Convolved(shape, ends, here, bare=bare))
        if stride != _ONE or wide[0] != wide[1]:
            kernel = 1 if stride == _ONE else shape.kernel
            self.residual = nn.Conv3d(*wide, kernel, stride, kernel // 2, bias=shape.bias)

    def forward(self, seen: Tensor) -> Tensor:
        """Return the sum of both ways."""
        bent: Tensor = self.conv(seen)
        kept: Tensor = self.residual(seen)
        return bent + kept


class UNet(nn.Module):
    """Levels joined by `Beside`, from the coarsest outwards."""

    def __init__(self, shape: UNetShape) -> None:
        super().__init__()
        self.model = self._level(shape, shape.inputs, shape.outputs, 0)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return (n, outputs, ...) numbers for pictures (n, inputs, first, second, third)."""
        answer: Tensor = self.model(pictures)
        return answer

    def _level(self, shape: UNetShape, wide_in: int, wide_out: int, level: int) -> nn.Module:
        wide, stride = shape.widths[level], shape.strides[level]
        if level + 2 < len(shape.widths):
            deeper, below = self._level(shape, wide, wide, level + 1), wide
        else:
            below = shape.widths[level + 1]
            deeper = _down(shape, (wide, below), _ONE)
        down = _down(shape, (wide_in, wide), stride)
        up = _up(shape, (wide + below, wide_out), stride, top=level == 0)
        return nn.Sequential(down, Beside(deeper), up)


def _down(shape: UNetShape, wide: tuple[int, int], stride: Sides) -> nn.Module:
    if shape.residuals:
        return Residual(shape, wide, stride, shape.residuals)
    return Convolved(shape, wide, stride)


def _up(shape: UNetShape, wide: tuple[int, int], stride: Sides, *, top: bool) -> nn.Module:
    bare = top and not shape.residuals
    rising = Convolved(shape, wide, stride, rising=True, bare=bare)
    if not shape.residuals:
        return rising
    return nn.Sequential(rising, Residual(shape, (wide[1], wide[1]), _ONE, 1, last_bare=top))


def unet_of(shape: UNetShape, weights: Mapping[str, NDArray[np.float32]]) -> UNet:
    """Build the network from named weights, ready to be asked.

    Raises:
        Unreadable: if the weights are not those of this shape.
    """
    with torch.random.fork_rng(devices=[]):
        net = UNet(shape)
    wanted = net.state_dict()
    given = {name: value for name, value in weights.items() if not name.endswith("_tracked")}
    counters = {name: value for name, value in wanted.items() if name.endswith("_tracked")}
    odd = sorted((set(wanted) - set(counters)) ^ set(given))
    if odd:
        raise Unreadable(
            f"The weights are not those of the network that the bundle describes ({odd[0][:80]}).",
            code="damaged_model",
        )
    for name, value in given.items():
        if value.shape != tuple(wanted[name].shape) or not np.isfinite(value).all():
            raise Unreadable(
                f"The weights {name[:80]} have another shape than the bundle describes, or are no"
                " numbers.",
                code="damaged_model",
            )
    state = {name: torch.from_numpy(np.array(value)) for name, value in given.items()}
    net.load_state_dict({**state, **counters})
    return net.eval()


def asked(net: UNet, pictures: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what the network answers, in 32 bits on the processor."""
    with torch.inference_mode():
        answer = net(torch.from_numpy(np.ascontiguousarray(pictures, dtype=np.float32)))
    return np.asarray(answer.numpy(), dtype=np.float32)
