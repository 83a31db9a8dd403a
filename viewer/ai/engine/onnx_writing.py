"""Our networks as ONNX, from their shape and named weights: the same sums as `torch_net.Net`.

Normalisation is folded into the convolution before it: w / sqrt(variance + epsilon), in double
precision, then rounded once.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from viewer.ai.engine.onnx_words import Graph
from viewer.ai.networks.shape import NetworkShape
from viewer.core.errors import Unreadable

INPUT, DENSE, WHOLE = "input", "dense", "whole"
Weights = Mapping[str, NDArray[np.float32]]
_EPSILON = 1e-5
"""What torch adds to the variance."""


def onnx_of(shape: NetworkShape, weights: Weights) -> bytes:
    """Return a network as the bytes of an ONNX model with the input "input".

    Its outputs are "dense" and "whole", those that the shape has. All sides of the input may
    vary.

    Raises:
        Unreadable: if the weights are not those of the shape.
    """
    try:
        return _Writer(shape, weights).written()
    except (KeyError, ValueError, IndexError) as why:
        raise Unreadable(
            "The weights are not those of the network that the card describes.",
            code="damaged_model",
        ) from why


class _Writer:
    def __init__(self, shape: NetworkShape, weights: Weights) -> None:
        self._shape, self._weights = shape, weights
        self._graph = Graph()

    def written(self) -> bytes:
        shape = self._shape
        seen, levels = INPUT, []
        for number, (a, b) in enumerate(pairwise((shape.inputs, *shape.widths))):
            seen = self._block(self._halved(seen) if number else seen, f"down.{number}", a, b)
            levels.append(seen)
        sides = ["d", "h", "w"][-shape.dimensions :]
        outputs: dict[str, list[int | str]] = {}
        if shape.outputs:
            self._dense(levels)
            outputs[DENSE] = ["n", shape.outputs, *sides]
        if shape.wholes:
            self._whole(seen)
            outputs[WHOLE] = ["n", shape.wholes]
        return self._graph.model({INPUT: ["n", shape.inputs, *sides]}, outputs)

    def _dense(self, levels: list[str]) -> None:
        shape, seen = self._shape, levels[-1]
        rising = pairwise(shape.widths[::-1])
        for number, ((a, b), finer) in enumerate(zip(rising, levels[-2::-1], strict=True)):
            joined = self._graph.node("Concat", [self._doubled(seen), finer], axis=1)
            seen = self._block(joined, f"up.{number}", a + b, b)
        weight = self._taken("dense.weight", (shape.outputs, shape.widths[0]), 1)
        bias = self._taken("dense.bias", (shape.outputs,))
        self._convolved(seen, weight, bias, name=DENSE)

    def _whole(self, deepest: str) -> None:
        shape, axes = self._shape, tuple(range(2, self._shape.dimensions + 2))
        parts = [
            self._graph.node(kind, [deepest], axes=axes, keepdims=0)
            for kind in ("ReduceMean", "ReduceMax")
        ]
        pooled = self._graph.node("Concat", parts, axis=1)
        weight = self._graph.constant(
            self._taken("whole.weight", (shape.wholes, 2 * shape.widths[-1]))
        )
        bias = self._graph.constant(self._taken("whole.bias", (shape.wholes,)))
        self._graph.node("Gemm", [pooled, weight, bias], name=WHOLE, transB=1)

    def _block(self, seen: str, name: str, wide_in: int, wide_out: int) -> str:
        for convolution, norm, wide in ((0, 1, wide_in), (3, 4, wide_out)):
            weight = self._taken(f"{name}.{convolution}.weight", (wide_out, wide), 3)
            numbers = [
                self._taken(f"{name}.{norm}.{part}", (wide_out,)).astype(np.float64)
                for part in ("weight", "bias", "running_mean", "running_var")
            ]
            gain, shift, mean, variance = numbers
            factor = gain / np.sqrt(variance + _EPSILON)
            folded = weight * factor.reshape(-1, *(1,) * (weight.ndim - 1))
            convolved = self._convolved(seen, folded, shift - mean * factor)
            seen = self._graph.node("Relu", [convolved])
        return seen

    def _convolved(
        self,
        seen: str,
        weight: NDArray[np.floating],
        bias: NDArray[np.floating],
        *,
        name: str = "",
    ) -> str:
        sides = weight.shape[2:]
        pads = tuple(side // 2 for side in sides) * 2
        constants = [self._graph.constant(one.astype(np.float32)) for one in (weight, bias)]
        inputs = [seen, *constants]
        return self._graph.node("Conv", inputs, name=name, kernel_shape=sides, pads=pads)

    def _halved(self, seen: str) -> str:
        twice = (2,) * self._shape.dimensions
        return self._graph.node("MaxPool", [seen], kernel_shape=twice, strides=twice)

    def _doubled(self, seen: str) -> str:
        scales = np.array([1.0, 1.0, *(2.0,) * self._shape.dimensions], np.float32)
        return self._graph.node(
            "Resize",
            [seen, "", self._graph.constant(scales)],
            mode="nearest",
            coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        )

    def _taken(self, name: str, wide: tuple[int, ...], side: int = 0) -> NDArray[np.float32]:
        """Return named weights of the shape that they must have."""
        wanted = (*wide, *(side,) * self._shape.dimensions) if side else wide
        value = self._weights[name]
        if value.shape != wanted:
            raise ValueError(name)
        return value
