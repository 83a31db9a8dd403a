"""Ultrasound regions (PS3.3 C.8.5.5): read from a data set, kept as text, understood.

What a file says of them is not to be trusted: boxes are clipped to the picture, empty or
turned ones are left out, and a step that is no finite number measures nothing.
"""

from __future__ import annotations

import json
import math

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from viewer.core.region import Axis, Region, RegionFormat

_MOST = 64
_LARGEST = 1e6
_SMALLEST = 1e-9
_KEYWORDS = (
    "RegionSpatialFormat", "RegionDataType", "RegionLocationMinX0", "RegionLocationMinY0",
    "RegionLocationMaxX1", "RegionLocationMaxY1", "PhysicalUnitsXDirection",
    "PhysicalUnitsYDirection", "PhysicalDeltaX", "PhysicalDeltaY", "ReferencePixelX0",
    "ReferencePixelY0", "ReferencePixelPhysicalValueX", "ReferencePixelPhysicalValueY",
)  # fmt: skip
_FORMATS = dict(enumerate(RegionFormat))
_CONTENTS = {
    1: "tissue", 2: "colour flow", 3: "pulsed Doppler", 4: "continuous Doppler",
    5: "Doppler mean trace", 6: "Doppler mode trace", 7: "Doppler maximum trace",
    8: "volume trace", 9: "flow trace", 10: "ECG", 11: "pulse", 12: "phonocardiogram",
    13: "grey bar", 14: "colour bar", 15: "integrated backscatter", 16: "area trace",
    17: "area change trace", 18: "physiological",
}  # fmt: skip
_UNITS = {
    1: "%", 2: "dB", 3: "cm", 4: "s", 5: "Hz", 6: "dB/s", 7: "cm/s", 8: "cm²", 9: "cm²/s",
    10: "cm³", 11: "cm³/s", 12: "°",
}  # fmt: skip


def told_regions(dataset: Dataset) -> bytes:
    """Return what a data set says of its regions as text that `regions_in` understands."""
    found = dataset.get("SequenceOfUltrasoundRegions")
    if not isinstance(found, Sequence):
        return b"[]"
    told = [[_number(item.get(word)) for word in _KEYWORDS] for item in found[:_MOST]]
    return json.dumps(told).encode("ascii")


def _number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]  # what is no number raises
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def regions_in(told: bytes, rows: int, columns: int) -> tuple[Region, ...]:
    """Return the regions of a picture of so many rows and columns."""
    found = (_region(said, rows, columns) for said in json.loads(told))
    return tuple(region for region in found if region is not None)


def _region(said: list[float | None], rows: int, columns: int) -> Region | None:
    kind, content, left, top, right, bottom = said[:6]
    if left is None or top is None or right is None or bottom is None:
        return None
    first = (max(int(top), 0), max(int(left), 0))
    last = (min(int(bottom), rows - 1), min(int(right), columns - 1))
    if last[0] < first[0] or last[1] < first[1]:
        return None
    across_unit, down_unit, across, down, x, y, x_value, y_value = said[6:]
    return Region(
        first=first,
        last=last,
        format=_FORMATS.get(int(kind or 0), RegionFormat.NONE),
        content=_CONTENTS.get(int(content or 0), "unnamed"),
        across=_axis(across_unit, across, x_value),
        down=_axis(down_unit, down, y_value),
        reference=None if x is None or y is None else (top + y, left + x),
    )


def _axis(unit: float | None, step: float | None, start: float | None) -> Axis:
    name = _UNITS.get(int(unit or 0), "")
    if not name or step is None or not _SMALLEST < abs(step) < _LARGEST:
        return Axis()
    return Axis(name, step, start or 0.0)
