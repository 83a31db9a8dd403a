"""The U-Net of a bundle as ONNX, asked in the order of axes that this program uses.

The input is turned inside the graph from (head, back, left) to the axes that the bundle was
trained in, and the answer is turned back, so that strides fall where they fell in training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.ai.bundles.unet import UNetShape
from viewer.ai.engine.onnx_words import Graph
from viewer.ai.engine.onnx_writing import DENSE, INPUT

_OURS = "SPL"
"""To which side the axes of our arrays grow: head (superior), back (posterior), left."""
_OTHER = {"R": "L", "L": "R", "A": "P", "P": "A", "S": "I", "I": "S"}
_EPSILON = 1e-5
_ONE = (1, 1, 1)
Weights = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Axes:
    """The axes of a bundle: `order[k]` is our axis for its axis k; `flipped[k]` turns it round."""

    order: tuple[int, int, int]
    flipped: tuple[bool, bool, bool]

    @property
    def back(self) -> tuple[int, ...]:
        """Its axis for each of ours."""
        return tuple(self.order.index(k) for k in range(3))

    def to_bundle(self, ours: NDArray[np.float32]) -> NDArray[np.float32]:
        """Turn (n, channels, slices, rows, columns) to the axes of the bundle."""
        turned = ours.transpose(0, 1, *(k + 2 for k in self.order))
        return np.ascontiguousarray(np.flip(turned, self._flips))

    def to_ours(self, theirs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Turn an answer in the axes of the bundle to (n, channels, slices, rows, columns)."""
        turned = np.flip(theirs, self._flips)
        return np.ascontiguousarray(turned.transpose(0, 1, *(k + 2 for k in self.back)))

    @property
    def _flips(self) -> tuple[int, ...]:
        return tuple(k + 2 for k in range(3) if self.flipped[k])

    def ours(self, theirs: Sequence[float]) -> tuple[float, ...]:
        """Return a number for each of our axes of one for each of its axes."""
        return tuple(theirs[k] for k in self.back)


def axes_of(codes: str) -> Axes:
    """Return the axes of letters such as RAS: to which side each axis grows.

    Raises:
        ValueError: if they are not three different directions.
    """
    order, flipped = [], []
    for letter in codes.upper():
        if letter not in _OTHER:
            raise ValueError(codes)
        as_it_is = letter in _OURS
        order.append(_OURS.index(letter if as_it_is else _OTHER[letter]))
        flipped.append(not as_it_is)
    if sorted(order) != [0, 1, 2]:
        raise ValueError(codes)
    return Axes((order[0], order[1], order[2]), (flipped[0], flipped[1], flipped[2]))


def onnx_unet(
    shape: UNetShape, weights: Weights, axes: Axes, scale: tuple[float, float] = (1.0, 0.0)
) -> bytes:
    """Return the network as the bytes of an ONNX model; the input is x * scale[0] + scale[1]."""
    return _Writer(shape, weights).written(axes, scale)


class _Writer:
    def __init__(self, shape: UNetShape, weights: Weights) -> None:
        self._shape, self._weights, self._graph = shape, weights, Graph()

    def written(self, axes: Axes, scale: tuple[float, float]) -> bytes:
        graph, shape = self._graph, self._shape
        seen = INPUT
        for kind, number, neutral in (("Mul", scale[0], 1.0), ("Add", scale[1], 0.0)):
            if number != neutral:
                seen = graph.node(kind, [seen, graph.constant(np.array([number], np.float32))])
        seen = graph.node("Transpose", [seen], perm=(0, 1, *(k + 2 for k in axes.order)))
        seen = self._flipped(seen, axes)
        seen = self._level(seen, "model", shape.outputs, shape.inputs, 0)
        seen = self._flipped(seen, axes)
        graph.node("Transpose", [seen], name=DENSE, perm=(0, 1, *(k + 2 for k in axes.back)))
        sides = ["d", "h", "w"]
        return graph.model({INPUT: ["n", shape.inputs, *sides]},
                           {DENSE: ["n", shape.outputs, *sides]})  # fmt: skip

    def _flipped(self, seen: str, axes: Axes) -> str:
        turned = [k + 2 for k in range(3) if axes.flipped[k]]
        if not turned:
            return seen
        last, first = np.full(len(turned), -1), np.full(len(turned), -(1 << 31) + 1)
        parts = [last, first, np.array(turned), last]
        return self._graph.node("Slice", [seen, *(self._graph.whole_numbers(k) for k in parts)])

    def _level(self, seen: str, name: str, wide_out: int, wide_in: int, level: int) -> str:
        shape = self._shape
        wide, stride = shape.widths[level], shape.strides[level]
        down = self._down(seen, f"{name}.0", (wide_in, wide), stride)
        inner = f"{name}.1.submodule"
        if level + 2 < len(shape.widths):
            below = self._level(down, inner, wide, wide, level + 1)
        else:
            below = self._down(down, inner, (wide, shape.widths[level + 1]), _ONE)
        joined = self._graph.node("Concat", [down, below], axis=1)
        return self._up(joined, f"{name}.2", wide_out, stride, top=level == 0)

    def _down(
        self, seen: str, name: str, wide: tuple[int, int], stride: tuple[int, int, int]
    ) -> str:
        if not self._shape.residuals:
            return self._finished(self._convolved(seen, f"{name}.conv", stride), f"{name}.adn")
        bent = seen
        for number in range(self._shape.residuals):
            unit = f"{name}.conv.unit{number}"
            here = stride if number == 0 else _ONE
            bent = self._finished(self._convolved(bent, f"{unit}.conv", here), f"{unit}.adn")
        plain = stride == _ONE and wide[0] == wide[1]
        kept = seen if plain else self._convolved(seen, f"{name}.residual", stride)
        return self._graph.node("Add", [bent, kept])

    def _up(
        self, seen: str, name: str, wide_out: int, stride: tuple[int, int, int], *, top: bool
    ) -> str:
        if not self._shape.residuals:
            risen = self._convolved(seen, f"{name}.conv", stride, rising=True)
            return risen if top else self._finished(risen, f"{name}.adn", wide_out)
        risen = self._convolved(seen, f"{name}.0.conv", stride, rising=True)
        risen = self._finished(risen, f"{name}.0.adn", wide_out)
        unit = f"{name}.1.conv.unit0"
        bent = self._convolved(risen, f"{unit}.conv", _ONE)
        if not top:
            bent = self._finished(bent, f"{unit}.adn", wide_out)
        return self._graph.node("Add", [bent, risen])

    def _convolved(
        self, seen: str, name: str, stride: tuple[int, int, int], *, rising: bool = False
    ) -> str:
        weight = self._weights[f"{name}.weight"]
        inputs = [seen, self._graph.constant(weight)]
        if self._shape.bias:
            inputs.append(self._graph.constant(self._weights[f"{name}.bias"]))
        sides = weight.shape[2:]
        pads = tuple(side // 2 for side in sides) * 2
        if not rising:
            return self._graph.node("Conv", inputs, kernel_shape=sides, pads=pads, strides=stride)
        more = tuple(step - 1 for step in stride)
        return self._graph.node("ConvTranspose", inputs, kernel_shape=sides, pads=pads,
                                strides=stride, output_padding=more)  # fmt: skip

    def _finished(self, seen: str, name: str, wide: int = 0) -> str:
        wide = wide or len(self._weights[f"{name.removesuffix('adn')}conv.weight"])
        seen = self._normalised(seen, f"{name}.N", wide)
        if self._shape.act == "relu":
            return self._graph.node("Relu", [seen])
        slope = self._weights[f"{name}.A.weight"].reshape(-1, 1, 1, 1)
        return self._graph.node("PRelu", [seen, self._graph.constant(slope)])

    def _normalised(self, seen: str, name: str, wide: int) -> str:
        if self._shape.norm == "instance":
            gain, shift = np.ones(wide, np.float32), np.zeros(wide, np.float32)
            if self._shape.affine:
                gain, shift = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
            constants = [self._graph.constant(one) for one in (gain, shift)]
            return self._graph.node("InstanceNormalization", [seen, *constants])
        parts = ("weight", "bias", "running_mean", "running_var")
        constants = [self._graph.constant(self._weights[f"{name}.{part}"]) for part in parts]
        return self._graph.node("BatchNormalization", [seen, *constants])
