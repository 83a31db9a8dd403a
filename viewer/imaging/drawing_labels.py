"""Pictures of segments drawn into labels, without looking twice at what is empty.

A picture is drawn only where nothing was drawn before; where it would meet something the
caller is told, and may take it back. `at` is the slice, row and column of its first pixel.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled

Labels: TypeAlias = NDArray[np.unsignedinteger]
At: TypeAlias = tuple[int, int, int]


@compiled
def draw_bits(
    packed: NDArray[np.uint8], first: int, size: tuple[int, int], into: Labels, at: At, label: int
) -> bool:
    """Draw a picture of packed bits, the lowest first, which begins at bit `first`.

    `size` is rows and columns. Return False, with a part drawn, where it meets another label.
    """
    count, columns = size[0] * size[1], size[1]
    for byte in range(first // 8, (first + count + 7) // 8):
        bits = packed[byte]
        if bits == 0:
            continue
        pixel = byte * 8 - first
        for place in range(8):
            if (bits >> place) & 1 and 0 <= pixel + place < count:
                row = at[1] + (pixel + place) // columns
                column = at[2] + (pixel + place) % columns
                if into[at[0], row, column] != 0 and into[at[0], row, column] != label:
                    return False
                into[at[0], row, column] = label
    return True


@compiled
def draw_values(values: Labels, least: int, into: Labels, at: At, label: int) -> bool:
    """Draw what has at least a value; return False as `draw_bits` does."""
    for row in range(values.shape[0]):
        for column in range(values.shape[1]):
            if values[row, column] >= least:
                before = into[at[0], at[1] + row, at[2] + column]
                if before != 0 and before != label:
                    return False
                into[at[0], at[1] + row, at[2] + column] = label
    return True


@compiled
def draw_labels(values: Labels, table: NDArray[np.int64], into: Labels, at: At) -> int:
    """Draw labels, each as the table says.

    Return how many pixels the table gives -1, which are not drawn; or -1, with a part drawn,
    where another label is met.
    """
    unknown = 0
    for row in range(values.shape[0]):
        for column in range(values.shape[1]):
            label = table[values[row, column]]
            if label > 0:
                before = into[at[0], at[1] + row, at[2] + column]
                if before != 0 and before != label:
                    return -1
                into[at[0], at[1] + row, at[2] + column] = label
            elif label < 0:
                unknown += 1
    return unknown


@compiled
def erase(label: int, size: tuple[int, int], of: Labels, at: At) -> None:
    """Take a label out of as much of a slice as a picture of this size covers."""
    for row in range(at[1], at[1] + size[0]):
        for column in range(at[2], at[2] + size[1]):
            if of[at[0], row, column] == label:
                of[at[0], row, column] = 0


def ready() -> None:
    """Run every loop on a tiny picture."""
    packed, table = np.frombuffer(bytes(2), np.uint8), np.zeros(4, np.int64)
    pictures = [np.frombuffer(bytes(18), kind)[:9].reshape(3, 3) for kind in ("u1", "u2")]
    for kind in (np.uint8, np.uint16):
        into = np.zeros((1, 3, 3), kind)
        draw_bits(packed, 0, (3, 3), into, (0, 0, 0), 1)
        erase(1, (3, 3), into, (0, 0, 0))
        for picture in pictures:
            draw_values(picture, 1, into, (0, 0, 0), 1)
            draw_labels(picture, table, into, (0, 0, 0))
