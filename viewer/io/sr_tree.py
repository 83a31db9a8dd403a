"""Looking things up in the content tree of a structured report (PS3.3 C.17.3)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydicom.dataset import Dataset

from viewer.core.code import Code
from viewer.core.errors import Unreadable
from viewer.core.geometry import Array
from viewer.io.concepts import code_of, same_code


def children(item: Dataset) -> list[Dataset]:
    """Return the items directly below one."""
    return list(item.get("ContentSequence") or ())


def name_of(item: Dataset) -> Code | None:
    """Return what an item is called, if it is."""
    names = item.get("ConceptNameCodeSequence")
    return code_of(names[0]) if names else None


def find(item: Dataset, name: Code) -> Iterator[Dataset]:
    """Go through the items of a name directly below one."""
    for child in children(item):
        called = name_of(child)
        if called is not None and same_code(called, name):
            yield child


def walk(item: Dataset, depth: int = 0) -> Iterator[Dataset]:
    """Go through an item and everything below it."""
    if depth > 50:
        raise Unreadable("its content is nested absurdly deep.", code="nested")
    yield item
    for child in children(item):
        yield from walk(child, depth + 1)


def number_of(item: Dataset, name: Code) -> tuple[float, str] | None:
    """Return a measured value of this name below an item, with its unit."""
    for child in find(item, name):
        for value in child.get("MeasuredValueSequence") or ():
            units = value.get("MeasurementUnitsCodeSequence")
            number = value.get("FloatingPointValue")
            number = value.NumericValue if number is None else number
            return float(number), code_of(units[0]).value if units else "1"
    return None


def coded_value(item: Dataset) -> Code:
    """Return the value of a coded item."""
    return code_of(item.ConceptCodeSequence[0])


def text_of(item: Dataset) -> str:
    """Return the value of a text item."""
    return str(item.get("TextValue", "") or "").replace("\r\n", "\n").rstrip()


def points_of(item: Dataset) -> Array:
    """Return the points (n, 3) of spatial coordinates, LPS mm."""
    data = item.get("GraphicData")
    numbers = np.atleast_1d(np.array(data if data is not None else [], dtype=float))
    if numbers.size % 3 or not np.isfinite(numbers).all():
        raise Unreadable("its coordinates are not triples of numbers.", code="bad_coordinates")
    return numbers.reshape(-1, 3)


def pixels_of(item: Dataset) -> Array:
    """Return the points (n, 2) of coordinates on a picture: column, row."""
    data = item.get("GraphicData")
    numbers = np.atleast_1d(np.array(data if data is not None else [], dtype=float))
    if numbers.size % 2 or not np.isfinite(numbers).all():
        raise Unreadable("its coordinates are not pairs of numbers.", code="bad_coordinates")
    return numbers.reshape(-1, 2)
