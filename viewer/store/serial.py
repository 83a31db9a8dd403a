"""Findings, measurements and segmentations as JSON and chunks of array bytes.

Arrays are little-endian C order, booleans packed to bits. They are cut into
chunks named by the SHA-256 of their bytes, so that an array that did not
change, or changed in one place, is mostly there already. Small arrays stand
in the JSON itself. What is read is checked: types are those listed here,
sizes must agree, and anything else is `Unreadable`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import weakref
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.assessment import Assessment
from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.errors import Unreadable
from viewer.core.finding import Finding, Judgement, Original, Reason, Status
from viewer.core.geometry import Geometry
from viewer.core.key_image import KeyImage
from viewer.core.label_map import LabelMap
from viewer.core.measurement import Anchor, Measurement, MeasurementKind, Quantity
from viewer.core.outline import Outline
from viewer.core.segmentation import Mask, Segment, Segmentation

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Fetch: TypeAlias = Callable[[str], bytes]
"""Returns the bytes of a chunk by its name; raises `Unreadable` if there is none."""

CHUNK_BYTES = 1 << 22
_INLINE_BYTES = 512
_DTYPES = frozenset({"|b1", "|u1", "<u2", "<u4", "|i1", "<i2", "<i4", "<f4", "<f8", "<u8", "<i8"})
_KINDS = (
    *(Anchor, Author, Code, Finding, Geometry, Judgement, Mask, Measurement, Quantity, Reason),
    *(Assessment, KeyImage, Original, Outline, Segment, Segmentation),
)
_VALUES: dict[str, Callable[..., object]] = {kind.__name__: kind for kind in _KINDS}
_PARTS = {kind.__name__: frozenset(field.name for field in fields(kind)) for kind in _KINDS}
_LONGEST_SIDE = 1 << 16
_WORDS: dict[str, type[StrEnum]] = {kind.__name__: kind for kind in (Status, MeasurementKind)}


@dataclass(frozen=True, slots=True)
class Packed:
    """A value as JSON text, and the chunks it refers to by name, not compressed."""

    text: str
    chunks: dict[str, memoryview]


def pack(value: object) -> Packed:
    """Return a value of core, or a tuple of such, in a form that can be kept.

    Raises:
        TypeError: if a part of it is of no kind that is listed here.
    """
    chunks: dict[str, memoryview] = {}
    tree = _encoded(value, chunks)
    return Packed(json.dumps(tree, separators=(",", ":"), ensure_ascii=False), chunks)


def unpack(text: str, fetch: Fetch) -> object:
    """Return the value that was packed; lists come back as tuples.

    Raises:
        Unreadable: if this was not written by `pack`, or a chunk is missing or wrong.
    """
    try:
        return _decoded(json.loads(text), fetch)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable(f"What was kept cannot be read any more: {error}.") from error


def _encoded(value: object, chunks: dict[str, memoryview]) -> Json:
    match value:
        case StrEnum() if type(value) in _WORDS.values():
            return {"is": type(value).__name__, "word": value.value}
        case None | bool() | int() | float() | str() if not isinstance(value, StrEnum):
            return value
        case np.generic():
            return _encoded(value.item(), chunks)
        case tuple() | list():
            return [_encoded(item, chunks) for item in value]
        case np.ndarray():
            return _encoded_array(value, chunks)
        case LabelMap():
            return _encoded_labels(value, chunks)
    name = type(value).__name__
    if type(value) not in _KINDS:
        raise TypeError(f"a {name} cannot be kept")
    parts = {part: _encoded(getattr(value, part), chunks) for part in sorted(_PARTS[name])}
    return {"is": name, **parts}


def _encoded_labels(labels: LabelMap, chunks: dict[str, memoryview]) -> Json:
    """Write the array that its versions share, or its one number, and every changed block."""
    base = labels.base
    even = not any(base.strides)
    shared = base[:1, :1, :1] if even else base
    places: list[Json] = [list(at) for at in labels.bricks]
    return {
        "is": "LabelMap",
        "shape": list(labels.shape),
        "base": _encoded_array(np.ascontiguousarray(shared), chunks),
        "places": places,
        "bricks": [_encoded_array(brick, chunks) for brick in labels.bricks.values()],
    }


def _encoded_array(array: NDArray[np.generic], chunks: dict[str, memoryview]) -> Json:
    dtype = array.dtype.newbyteorder("<")
    if dtype.str not in _DTYPES:
        raise TypeError(f"an array of {array.dtype} cannot be kept")
    flat = np.ascontiguousarray(array, dtype=dtype).reshape(-1)
    raw = np.packbits(flat) if dtype.kind == "b" else flat.view(np.uint8)
    described: dict[str, Json] = {"is": "array", "dtype": dtype.str, "shape": list(array.shape)}
    if raw.nbytes <= _INLINE_BYTES:
        return {**described, "base64": base64.b64encode(raw.data).decode("ascii")}
    names = _names(array, raw)
    for number, name in enumerate(names):
        chunks[name] = raw.data[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES]
    return {**described, "chunks": list(names)}


_NAMED: dict[int, tuple[weakref.ref[NDArray[np.generic]], tuple[str, ...]]] = {}
"""The names of the chunks of arrays that never change, by identity, while they live."""


def _names(array: NDArray[np.generic], raw: NDArray[np.uint8]) -> tuple[str, ...]:
    key = id(array)
    known = _NAMED.get(key)
    if known is not None and known[0]() is array:
        return known[1]
    starts = range(0, raw.nbytes, CHUNK_BYTES)
    names = tuple(hashlib.sha256(raw.data[at : at + CHUNK_BYTES]).hexdigest() for at in starts)
    if not array.flags.writeable:
        _NAMED[key] = weakref.ref(array, lambda _: _NAMED.pop(key, None)), names
    return names


def _decoded(tree: Json, fetch: Fetch) -> object:
    match tree:
        case list():
            return tuple(_decoded(item, fetch) for item in tree)
        case dict():
            return _decoded_value(tree, fetch)
    return tree


def _decoded_value(tree: dict[str, Json], fetch: Fetch) -> object:
    match tree:
        case {"is": "array"}:
            return _decoded_array(tree, fetch)
        case {"is": "LabelMap"}:
            return _decoded_labels(tree, fetch)
        case {"is": str(name), "word": str(word)} if name in _WORDS:
            return _WORDS[name](word)
        case {"is": str(name)} if name in _VALUES:
            if name == "Segmentation" and "labels" in tree:
                tree = {**tree, "label_map": tree["labels"]}  # as it was written once
            known = ((part, tree[part]) for part in _PARTS[name] & tree.keys())
            return _VALUES[name](**{part: _decoded(inner, fetch) for part, inner in known})
    raise ValueError("a value of unknown kind")


def _decoded_labels(tree: dict[str, Json], fetch: Fetch) -> LabelMap:
    match tree:
        case {"shape": [int(depth), int(height), int(width)], "base": dict(base), **rest}:
            shape = depth, height, width
        case _:
            raise ValueError("labels of an unknown kind")
    shared = _decoded_array(base, fetch)
    if not all(0 < side <= _LONGEST_SIDE for side in shape):
        raise ValueError("labels on a grid of an impossible size")
    if shared.shape == (1, 1, 1):
        shared = np.broadcast_to(shared, shape)
    if shared.shape != shape:
        raise ValueError("labels that do not fill their grid")
    match rest:
        case {"places": list(places), "bricks": list(bricks)} if len(places) == len(bricks):
            blocks = [_decoded_array(_tree(brick), fetch) for brick in bricks]
            return LabelMap.of(shared).with_bricks(
                dict(zip(map(_place, places), blocks, strict=True))
            )
    raise ValueError("labels without their changed blocks")


def _tree(value: Json) -> dict[str, Json]:
    match value:
        case dict():
            return value
    raise ValueError("a changed block that is none")


def _place(value: Json) -> tuple[int, int, int]:
    match value:
        case [int(layer), int(row), int(column)]:
            return layer, row, column
    raise ValueError("a changed block without a place")


def _decoded_array(tree: dict[str, Json], fetch: Fetch) -> NDArray[np.generic]:
    match tree:
        case {"dtype": str(code), "shape": list(numbers), **rest} if code in _DTYPES:
            shape = tuple(_count(number) for number in numbers)
        case _:
            raise ValueError("an array of unknown kind")
    dtype, count = np.dtype(code), math.prod(shape)
    size = -(-count // 8) if dtype.kind == "b" else count * dtype.itemsize
    raw = np.frombuffer(_bytes(rest, size, fetch), np.uint8)
    if dtype.kind == "b":
        return np.unpackbits(raw, count=count).astype(np.bool_).reshape(shape)
    return raw.view(dtype).reshape(shape)


def _count(number: Json) -> int:
    if not isinstance(number, int) or number < 0:
        raise ValueError("a shape of something else than counts")
    return number


def _bytes(tree: dict[str, Json], size: int, fetch: Fetch) -> bytes:
    """Return the bytes of an array, exactly as many as announced."""
    match tree:
        case {"base64": str(text)}:
            try:
                content = base64.b64decode(text, validate=True)
            except binascii.Error as error:
                raise ValueError(str(error)) from error
        case {"chunks": list(names)}:
            content = b"".join(_checked(str(name), fetch) for name in names)
        case _:
            raise ValueError("an array without bytes")
    if len(content) != size:
        raise ValueError(f"an array of {len(content)} bytes instead of {size}")
    return content


def _checked(name: str, fetch: Fetch) -> bytes:
    content = fetch(name)
    if hashlib.sha256(content).hexdigest() != name:
        raise ValueError("bytes that changed while they were kept")
    return content
