"""Tables that say how values are shown (VOI LUT, PS3.3 C.11.2.1.1), read and kept as bytes.

A table is kept with the value of its first entry, its name, and the grey 0 to 255
of each entry: more than that no screen shows.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from viewer.core.window import Window

_MOST_TABLES = 16
_MOST_ENTRIES = 65536
_LONGEST_NAME = 64
_HEAD = struct.Struct("<iHI")
_MENDED = 1
_LOST = 2


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a file by name.

    `mended` says that one has other bits than it names, `lost` that one could not be used.
    """

    windows: tuple[tuple[str, Window], ...] = ()
    mended: bool = False
    lost: bool = False


def told_tables(dataset: Dataset) -> bytes:
    """Return the tables of a data set as bytes that `tables_in` understands; empty for none."""
    sequence = dataset.get("VOILUTSequence")
    if not isinstance(sequence, Sequence) or not len(sequence):
        return b""
    flags, told = _LOST if len(sequence) > _MOST_TABLES else 0, b""
    little = dataset.original_encoding[1] is not False
    for table in list(sequence)[:_MOST_TABLES]:
        try:
            entries = _entries(table, little=little)
            greys, mended = _greys(entries, int(table.LUTDescriptor[2]))
            first = _first_value(table, dataset)
        except (AttributeError, TypeError, ValueError, IndexError, OverflowError):
            flags |= _LOST
            continue
        flags |= _MENDED if mended else 0
        name = str(table.get("LUTExplanation", "") or "").strip()[:_LONGEST_NAME].encode()
        told += _HEAD.pack(first, len(name), len(greys)) + name + greys.tobytes()
    return bytes([flags]) + told


def tables_in(told: bytes) -> Tables:
    """Return the tables from their bytes."""
    windows: list[tuple[str, Window]] = []
    at = 1
    while at < len(told):
        first, named, count = _HEAD.unpack_from(told, at)
        at += _HEAD.size
        name = told[at : at + named].decode()
        greys = np.frombuffer(told, np.uint8, count, at + named)
        windows.append((name or f"Table {len(windows) + 1}", Window.of_table(first, greys)))
        at += named + count
    flags = told[0] if told else 0
    return Tables(tuple(windows), bool(flags & _MENDED), bool(flags & _LOST))


def _entries(table: Dataset, *, little: bool) -> NDArray[np.int64]:
    """Return the entries of a table, however they are packed.

    Raises:
        ValueError: if there are not two of them.
    """
    count = int(table.LUTDescriptor[0]) % _MOST_ENTRIES or _MOST_ENTRIES
    narrow = int(table.LUTDescriptor[2]) <= 8
    stored = table.get("LUTData")
    words: NDArray[np.generic]
    if isinstance(stored, bytes):
        words = np.frombuffer(stored[: len(stored) // 2 * 2], "<u2" if little else ">u2")
    else:
        words = np.atleast_1d(np.asarray([] if stored is None else stored, np.int64))
        words = (words & 0xFFFF).astype("<u2")  # type: ignore[operator]
    if narrow and len(words) == (count + 1) // 2:
        words = words.astype("<u2").view(np.uint8)
    if len(words) < 2:
        raise ValueError("a table of less than two entries")
    return words[:count].astype(np.int64)


def _greys(entries: NDArray[np.int64], bits: int) -> tuple[NDArray[np.uint8], bool]:
    """Return entries as greys, and whether they needed other bits than are named.

    Some makers name 16 bits and mean fewer, which would leave the picture black.
    """
    most, needed = int(entries.max()), max(int(entries.max()).bit_length(), 8)
    if not 8 <= bits <= 16 or most >= 1 << bits or (most and needed < bits - 1):
        greys, mended = entries / ((1 << needed) - 1), needed != bits
    else:
        greys, mended = entries / ((1 << bits) - 1), False
    return np.rint(greys * 255).astype(np.uint8), mended


def _first_value(table: Dataset, dataset: Dataset) -> int:
    """Return the value of the first entry, negative where the values may be."""
    first = int(table.LUTDescriptor[1])
    return first - 65536 if first > 32767 and _may_be_negative(dataset) else first


def _may_be_negative(dataset: Dataset) -> bool:
    """Tell whether the values that a table is for can lie below zero (PS3.3 C.11.2.1.1)."""
    if "ModalityLUTSequence" in dataset:
        return False
    bits = int(dataset.get("BitsStored") or 16)
    signed = dataset.get("PixelRepresentation") == 1
    ends = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    slope = float(dataset.get("RescaleSlope") or 1)
    return min(end * slope for end in ends) + float(dataset.get("RescaleIntercept") or 0) < 0
