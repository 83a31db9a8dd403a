"""ONNX models written byte by byte: the few words of the format that our networks need.

Protocol buffers as in onnx.proto3 of ONNX 1.x: fields are a number and a wire type, then a
variable-length number or so many bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

OPSET = 13
_IR_VERSION = 8
_FLOAT, _WHOLE = 1, 7
_INT, _TEXT, _INTS = 2, 3, 7
Attribute: TypeAlias = int | str | Sequence[int]


@dataclass(slots=True)
class Graph:
    """A network as it is written down, node by node."""

    _nodes: list[bytes] = field(default_factory=list)
    _tensors: list[bytes] = field(default_factory=list)
    _named: int = 0

    def constant(self, value: NDArray[np.float32]) -> str:
        """Put in some numbers; return their name."""
        name = self._name("w")
        dims = b"".join(_number(1, n) for n in value.shape)
        raw = np.ascontiguousarray(value, dtype="<f4").tobytes()
        self._tensors.append(dims + _number(2, _FLOAT) + _block(8, name) + _block(9, raw))
        return name

    def whole_numbers(self, value: NDArray[np.integer]) -> str:
        """Put in some whole numbers, as places and axes are; return their name."""
        name = self._name("k")
        dims = b"".join(_number(1, n) for n in value.shape)
        raw = np.ascontiguousarray(value, dtype="<i8").tobytes()
        self._tensors.append(dims + _number(2, _WHOLE) + _block(8, name) + _block(9, raw))
        return name

    def node(self, kind: str, inputs: Iterable[str], *, name: str = "", **how: Attribute) -> str:
        """Put in an operation; return the name of its output."""
        output = name or self._name("x")
        words = b"".join(_block(1, one) for one in inputs) + _block(2, output) + _block(4, kind)
        words += b"".join(_block(5, _attribute(key, value)) for key, value in how.items())
        self._nodes.append(words)
        return output

    def model(
        self, inputs: Mapping[str, Sequence[int | str]], outputs: Mapping[str, Sequence[int | str]]
    ) -> bytes:
        """Return the whole model; sides of arrays are numbers, or names where they may vary."""
        graph = b"".join(_block(1, node) for node in self._nodes) + _block(2, "skiagram")
        graph += b"".join(_block(5, tensor) for tensor in self._tensors)
        graph += b"".join(_block(11, _value(name, shape)) for name, shape in inputs.items())
        graph += b"".join(_block(12, _value(name, shape)) for name, shape in outputs.items())
        return _number(1, _IR_VERSION) + _block(7, graph) + _block(8, _number(2, OPSET))

    def _name(self, letter: str) -> str:
        self._named += 1
        return f"{letter}{self._named}"


def _value(name: str, shape: Sequence[int | str]) -> bytes:
    sides = b"".join(
        _block(1, _number(1, side) if isinstance(side, int) else _block(2, side)) for side in shape
    )
    kind = _number(1, _FLOAT) + _block(2, sides)
    return _block(1, name) + _block(2, _block(1, kind))


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, str):
        return _block(1, name) + _block(4, value) + _number(20, _TEXT)
    if isinstance(value, int):
        return _block(1, name) + _number(3, value) + _number(20, _INT)
    return _block(1, name) + b"".join(_number(8, n) for n in value) + _number(20, _INTS)


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*parts, value))


def _number(field_number: int, value: int) -> bytes:
    return _varint(field_number << 3) + _varint(value)


def _block(field_number: int, content: bytes | str) -> bytes:
    content = content.encode() if isinstance(content, str) else content
    return _varint(field_number << 3 | 2) + _varint(len(content)) + content
