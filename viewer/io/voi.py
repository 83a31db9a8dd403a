"""Tables that say how values are shown (VOI LUT, PS3.3 C.11.2), as the windows nearest them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence


def table_span(dataset: Dataset) -> bytes:
    """Return the values between which the first VOI table rises, and its name, with backslashes.

    Empty where there is no such table, or it does not tell.
    """
    tables = dataset.get("VOILUTSequence")
    if not isinstance(tables, Sequence) or not len(tables):
        return b""
    table = tables[0]
    entries = _entries(table)
    if entries.size < 2:
        return b""
    first = _first_value(table, dataset)
    inside = np.flatnonzero((entries > entries.min()) & (entries < entries.max()))
    if not inside.size:
        inside = np.flatnonzero(np.diff(entries) != 0)
    if not inside.size:
        return b""
    low, high = first + int(inside[0]) - 1, first + int(inside[-1]) + 1
    name = str(table.get("LUTExplanation", "") or "").replace("\\", " ")
    return f"{low}\\{high}\\{name}".encode("ascii", errors="replace")


def _entries(table: Dataset) -> NDArray[np.int64]:
    """Return the entries of a table, however pydicom hands them over."""
    stored = table.get("LUTData")
    if isinstance(stored, bytes):
        bits = int(table.LUTDescriptor[2])
        narrow = bits <= 8 and len(stored) <= int(table.LUTDescriptor[0] or 65536) + 1
        return np.frombuffer(stored, np.uint8 if narrow else "<u2").astype(np.int64)
    return np.atleast_1d(np.asarray(stored if stored is not None else [], np.int64))


def _first_value(table: Dataset, dataset: Dataset) -> int:
    """Return the value of the first entry, negative where the values may be."""
    first = int(table.LUTDescriptor[1])
    signed = dataset.get("PixelRepresentation") == 1 or "RescaleIntercept" in dataset
    return first - 65536 if signed and first > 32767 else first
