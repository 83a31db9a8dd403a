"""Looking into an ONNX file without running it.

Only the skeleton of the protocol buffer is walked (onnx.proto3 of ONNX 1.x): graphs, nodes,
attributes and tensors. A model has to be one file: weights that lie in other files
(`external_data`) could name any file of this computer, and operators of a domain that ONNX
does not define would need code of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from viewer.core.errors import Unreadable

_MOST_FIELDS = 2_000_000
_DEEPEST = 60
_DOMAINS = frozenset({"", "ai.onnx", "ai.onnx.ml"})
_LENGTH_DELIMITED = 2
_FIXED = MappingProxyType({1: 8, 5: 4})
_LONGEST_VARINT = 10

_PARTS: Mapping[str, Mapping[int, str]] = MappingProxyType({
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node", 10: "own domain", 11: "attribute"},
    "node": {5: "attribute", 7: "domain"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {13: "external"},
    "external": {1: "key", 2: "value"},
})  # fmt: skip
"""Which field of which message is what."""


def check_onnx(content: bytes, where: str) -> None:
    """Refuse an ONNX file that is damaged or reaches out of itself.

    Raises:
        Unreadable: with the code "damaged_model", "external_data" or "own_operators".
    """
    walk = _Walk(where)
    walk.message(memoryview(content), "model", 0)
    if not walk.graphs:
        raise Unreadable(f"{where}: there is no ONNX model in it", code="damaged_model")
    strange = sorted(walk.domains - _DOMAINS - walk.own_domains)
    if strange:
        raise Unreadable(
            f"{where}: needs operators that ONNX does not define ({strange[0][:60]!r}); they"
            " would be code from elsewhere",
            code="own_operators",
        )


class _Walk:
    """What was seen on the way through a file."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.graphs = 0
        self.domains: set[str] = set()
        self.own_domains: set[str] = set()
        self._fields = 0

    def message(self, data: memoryview, kind: str, depth: int) -> None:
        if depth > _DEEPEST:
            raise self._damaged()
        self.graphs += kind == "graph"
        for number, part in self._parts(data):
            what = _PARTS[kind].get(number)
            if what == "external":
                raise self._external(part)
            if what in ("domain", "own domain"):
                seen = self.domains if what == "domain" else self.own_domains
                seen.add(bytes(part[:200]).decode("utf-8", "replace"))
            elif what is not None:
                self.message(part, what, depth + 1)

    def _external(self, entry: memoryview) -> Unreadable:
        texts = {
            _PARTS["external"].get(number, ""): bytes(part[:300]).decode("utf-8", "replace")
            for number, part in self._parts(entry)
        }
        named = f" ({texts['value']!r})" if texts.get("key") == "location" else ""
        return Unreadable(
            f"{self.where}: its weights lie in another file{named}; a model here is one file",
            code="external_data",
        )

    def _parts(self, data: memoryview) -> Iterator[tuple[int, memoryview]]:
        """Go through the length-delimited fields of a message."""
        at, end = 0, len(data)
        while at < end:
            self._fields += 1
            if self._fields > _MOST_FIELDS:
                raise self._damaged()
            tag, at = self._varint(data, at)
            number, wire = tag >> 3, tag & 7
            if wire == 0:
                _, at = self._varint(data, at)
                continue
            if wire == _LENGTH_DELIMITED:
                length, at = self._varint(data, at)
            elif wire in _FIXED:
                length = _FIXED[wire]
            else:
                raise self._damaged()
            if number == 0 or at + length > end:
                raise self._damaged()
            if wire == _LENGTH_DELIMITED:
                yield number, data[at : at + length]
            at += length

    def _varint(self, data: memoryview, at: int) -> tuple[int, int]:
        value = 0
        for shift, byte in enumerate(data[at : at + _LONGEST_VARINT]):
            value |= (byte & 0x7F) << (7 * shift)
            if byte < 0x80:
                return value, at + shift + 1
        raise self._damaged()

    def _damaged(self) -> Unreadable:
        return Unreadable(f"{self.where}: no ONNX file, or a damaged one", code="damaged_model")
