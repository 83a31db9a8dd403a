"""What a SEG says of each of its frames, found without making an object of every element.

A hundred segments on five hundred slices are tens of thousands of frames, each of some twenty
nested elements (PS3.3 C.7.6.16). A compiled loop steps over them and notes where the few that
matter are; the sequence may be of any form that PS3.5 7.5 allows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.core.geometry import Array
from viewer.imaging.compiled import compiled

WANTED = (
    (0x0062000A, 0x0062000B),
    (0x00209113, 0x00200032),
    (0x00209116, 0x00200037),
    (0x00289110, 0x00280030),
    (0x00289110, 0x00180050),
    (0x00289110, 0x00180088),
)
"""Functional groups of a frame, and what is read of them: segment, place, turn, size, distance."""
_SEGMENT, POSITION, ORIENTATION, SPACING, THICKNESS, BETWEEN = range(6)
_DEEPEST = 32
_GOOD, _SHORT, _ODD, _TOO_MANY = range(4)
_UNDEFINED = 0xFFFFFFFF
_SQ, _UN = 0x5351, 0x554E
"""Value representations, their letters as numbers; what UN holds is written implicitly."""


@dataclass(frozen=True, slots=True, eq=False)
class FrameHeads:
    """Of each frame its segment (0 if it names none), and its numbers; NaN where it says none.

    `position` is (n, 3) in LPS mm, `orientation` (n, 6), `spacing` (n, 2) rows and columns,
    `thickness` and `between` are (n,) in mm.
    """

    segment: NDArray[np.int64]
    position: Array
    orientation: Array
    spacing: Array
    thickness: Array
    between: Array

    def __len__(self) -> int:
        return len(self.segment)


class Short(Exception):
    """The sequence goes on behind the bytes that were given."""


def frame_heads(
    block: NDArray[np.uint8], length: int | None, most: int, *, explicit: bool
) -> tuple[FrameHeads, int]:
    """Return what the items of a sequence say, and the bytes that it takes; it begins the block.

    `length` is None where the file leaves it open; there are at most `most` frames.

    Raises:
        Short: if it ends behind the block.
        Unreadable: if it is damaged.
    """
    found = np.full((most, len(WANTED), 2), -1, np.int64)
    wanted = np.array(WANTED, np.int64)
    status, frames, used = _walk(block, -1 if length is None else length, explicit, wanted, found)
    if status == _SHORT:
        raise Short
    if status == _TOO_MANY:
        raise Unreadable("it describes more or fewer frames than it has.", code="bad_frames")
    if status == _ODD:
        raise Unreadable("what it says of its frames is damaged.", code="bad_segmentation")
    found = found[:frames]
    return FrameHeads(
        _segments(block, found[:, _SEGMENT]),
        _numbers(block, found[:, POSITION], 3),
        _numbers(block, found[:, ORIENTATION], 6),
        _numbers(block, found[:, SPACING], 2),
        _numbers(block, found[:, THICKNESS], 1)[:, 0],
        _numbers(block, found[:, BETWEEN], 1)[:, 0],
    ), used


def _segments(block: NDArray[np.uint8], found: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the binary numbers of two bytes that were found."""
    there = (found[:, 0] >= 0) & (found[:, 1] >= 2)
    at = found[there, 0]
    numbers = np.zeros(len(found), np.int64)
    numbers[there] = block[at].astype(np.int64) | block[at + 1].astype(np.int64) << 8
    return numbers


def _numbers(block: NDArray[np.uint8], found: NDArray[np.int64], count: int) -> Array:
    """Return the decimal strings that were found, `count` of each frame."""
    values = np.full((len(found), count), np.nan)
    there = np.flatnonzero(found[:, 0] >= 0)
    if not there.size:
        return values
    data = memoryview(block.tobytes())
    texts = [bytes(data[at : at + length]) for at, length in found[there].tolist()]
    if len(set(texts)) == 1:
        values[there] = _parsed(texts[:1], count)
    else:
        values[there] = _parsed(texts, count)
    return values


def _parsed(texts: list[bytes], count: int) -> Array:
    parts = b"\\".join(text.strip(b" \0") for text in texts).split(b"\\")
    if len(parts) != count * len(texts):
        raise Unreadable("a number of its frames is missing.", code="bad_geometry")
    numbers = np.array([part.strip() for part in parts], np.bytes_).astype(np.float64)
    return np.asarray(numbers.reshape(len(texts), count))


@compiled
def _number(block: NDArray[np.uint8], at: int, count: int) -> int:
    """Return so many bytes as a number, the lowest first."""
    number = 0
    for place in range(count):
        number |= int(block[at + place]) << (8 * place)
    return number


@compiled
def _asked(wanted: NDArray[np.int64], outer: int, inner: int) -> int:
    """Return which of the wanted a tag is; an inner tag of -1 asks for its sequence alone."""
    for number in range(wanted.shape[0]):
        if wanted[number, 0] == outer and inner in (-1, wanted[number, 1]):
            return number
    return -1


@compiled
def _value(block: NDArray[np.uint8], at: int, explicit: bool) -> tuple[int, int, int, bool]:  # noqa: FBT001
    """Return kind, length and beginning of an element's value, and whether it is told nested.

    A length of -2 says that the block is too short to tell.
    """
    if not explicit:
        return 0, _number(block, at + 4, 4), at + 8, False
    kind = int(block[at + 4]) << 8 | int(block[at + 5])
    wide = False
    for long in (0x4F42, 0x4F44, 0x4F46, 0x4F4C, 0x4F56, 0x4F57, 0x5351, 0x5356, 0x5543, 0x554E,
                 0x5552, 0x5554, 0x5556):  # fmt: skip
        wide = wide or kind == long
    if not wide:
        return kind, _number(block, at + 6, 2), at + 8, False
    if at + 12 > block.shape[0]:
        return kind, -2, at, False
    return kind, _number(block, at + 8, 4), at + 12, kind == _SQ


@compiled
def _walk(
    block: NDArray[np.uint8],
    length: int,
    explicit: bool,  # noqa: FBT001 - compiled loops take no keywords
    wanted: NDArray[np.int64],
    found: NDArray[np.int64],
) -> tuple[int, int, int]:
    """Step through a sequence of frames; return how it went, the frames, and where it ends.

    Depth 0 is the sequence itself, 1 the item of a frame, 2 a group, 3 its item.
    """
    size = block.shape[0]
    ends, sequence = np.empty(_DEEPEST, np.int64), np.zeros(_DEEPEST, np.int64)
    in_item, spoken = np.zeros(_DEEPEST, np.bool_), np.zeros(_DEEPEST, np.bool_)
    ends[0], spoken[0] = length, explicit
    depth, frame, at = 0, -1, 0
    while depth >= 0:
        if 0 <= ends[depth] <= at:
            if at > ends[depth]:
                return _ODD, 0, 0
            depth -= 1
            continue
        if at + 8 > size or ends[depth] > size:
            return _SHORT, 0, 0
        if depth + 1 >= _DEEPEST:
            return _ODD, 0, 0
        tag = _number(block, at, 2) << 16 | _number(block, at + 2, 2)
        if tag >> 16 == 0xFFFE:
            long = _number(block, at + 4, 4)
            at += 8
            if tag == 0xFFFEE000 and not in_item[depth]:
                frame += depth == 0
                if frame >= found.shape[0]:
                    return _TOO_MANY, 0, 0
                depth += 1
                ends[depth] = -1 if long == _UNDEFINED else at + long
                in_item[depth], spoken[depth] = True, spoken[depth - 1]
                sequence[depth] = sequence[depth - 1]
            elif ends[depth] < 0 and tag == (0xFFFEE00D if in_item[depth] else 0xFFFEE0DD):
                depth -= 1
            else:
                return _ODD, 0, 0
            continue
        kind, long, start, nested = _value(block, at, spoken[depth])
        if long == -2:
            return _SHORT, 0, 0
        if not in_item[depth] or (long == _UNDEFINED and kind not in (0, _SQ, _UN)):
            return _ODD, 0, 0
        asked = depth == 1 and _asked(wanted, tag, -1) >= 0 and (nested or kind == 0)
        if asked or long == _UNDEFINED:
            depth += 1
            ends[depth] = -1 if long == _UNDEFINED else start + long
            in_item[depth], spoken[depth] = False, kind == _SQ
            sequence[depth] = tag if depth == 2 else -1
            at = start
            continue
        if start + long > size:
            return _SHORT, 0, 0
        number = _asked(wanted, sequence[depth], tag) if depth == 3 else -1
        if number >= 0 and found[frame, number, 0] < 0:
            found[frame, number, 0], found[frame, number, 1] = start, long
        at = start + long
    return _GOOD, frame + 1, at


def ready() -> None:
    """Run the loop on an empty sequence."""
    _walk(np.zeros(8, np.uint8), 0, True, np.array(WANTED, np.int64), np.zeros((1, 6, 2), np.int64))
