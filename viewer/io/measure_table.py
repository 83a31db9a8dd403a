"""Measurements as a table for spreadsheets (CSV, RFC 4180), one line each.

Every quantity has a column of its own for each unit it was measured in, and the unit stands in
the header. Points are LPS millimetres, or the column and row of the picture where it has no
place in a patient. No cell is taken for a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from viewer.core.code import Code
from viewer.core.geometry import Position
from viewer.core.measurement import Measurement
from viewer.core.units import in_words
from viewer.io.table import plain

_HEAD = (
    *("number", "kind", "label", "finding", "finding code", "site", "site code"),
    *("patient ID", "patient name", "study date", "study UID"),
    *("series", "series UID", "slice", "image UID"),
)
_TAIL = ("remark", "points LPS [mm]", "points column row [px]", "by", "at", "tracking UID")
_MOST_POINTS = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """A measurement, its number in the list and whose picture it lies on."""

    number: int
    measurement: Measurement
    patient_id: str = ""
    patient_name: str = ""
    study_date: str = ""
    study_uid: str = ""
    series: str = ""
    series_uid: str = ""
    slice_number: int | None = None


def measurements_table(lines: Sequence[Line]) -> str:
    """Return the table as CSV, header first."""
    kinds = _quantities(lines)
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([*_HEAD, *(_titled(*kind) for kind in kinds), *_TAIL])
    for line in lines:
        writer.writerow([*_head(line), *_numbers(line.measurement, kinds), *_tail(line)])
    return file.getvalue()


def _quantities(lines: Sequence[Line]) -> list[tuple[Code, Code]]:
    """Return every quantity with its unit that occurs, in the order of first occurrence."""
    found = {
        (quantity.name, quantity.unit): None
        for line in lines
        for quantity in line.measurement.quantities
    }
    return list(found)


def _titled(name: Code, unit: Code) -> str:
    words = {"{pixels}": "px", "{pixels}2": "px²", "mm2": "mm²", "mm3": "mm³"}.get(unit.value)
    words = words or in_words(unit.value) or "no unit"
    return plain(f"{name.meaning} [{words}]")


def _head(line: Line) -> list[str]:
    one = line.measurement
    return [
        str(line.number),
        one.kind.value,
        *map(plain, (one.label, *_coded(one.finding), *_coded(one.site))),
        *map(plain, (line.patient_id, line.patient_name, line.study_date, line.study_uid)),
        *map(plain, (line.series, line.series_uid)),
        "" if line.slice_number is None else str(line.slice_number),
        plain(one.anchor.sop_instance_uid),
    ]


def _coded(code: Code | None) -> tuple[str, str]:
    return ("", "") if code is None else (code.meaning, f"{code.scheme} {code.value}")


def _numbers(measurement: Measurement, kinds: Sequence[tuple[Code, Code]]) -> list[str]:
    values = {(one.name, one.unit): one.value for one in measurement.quantities}
    return [f"{values[kind]:.6g}" if kind in values else "" for kind in kinds]


def _tail(line: Line) -> list[str]:
    one = line.measurement
    remarks = dict.fromkeys(quantity.remark for quantity in one.quantities if quantity.remark)
    placed = one.anchor.in_patient
    return [
        plain("; ".join(remarks)),
        _points(one.points, 3) if placed else "",
        "" if placed else _points(one.points, 2),
        plain(str(one.author)),
        plain(one.made_at),
        plain(one.tracking_uid),
    ]


def _points(points: Sequence[Position], parts: int) -> str:
    """Return points in one cell: "x y z; x y z"; the apostrophe keeps it from being a formula."""
    shown = points[:_MOST_POINTS]
    text = "; ".join(" ".join(f"{part:.3f}" for part in point[:parts]) for point in shown)
    return plain(text if len(shown) == len(points) else f"{text}; …")
