"""Measurements as a table: one line for each number, with the unit and what limits it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from viewer.core.measurement import Measurement
from viewer.io.table import plain

COLUMNS = (
    *("number", "kind", "label", "finding", "site", "quantity", "value", "unit", "remark"),
    *("frame_of_reference", "picture", "frame", "points", "author", "made_at", "id"),
)


def measurement_table(measurements: Sequence[Measurement]) -> str:
    """Return the table as CSV (RFC 4180); points are LPS mm, or column and row of a picture."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, measurement in enumerate(measurements, start=1):
        writer.writerows(_rows(number, measurement))
    return file.getvalue()


def _rows(number: int, one: Measurement) -> Iterator[list[str]]:
    head = [str(number), one.kind.value, plain(one.label)]
    head += [plain(code.meaning) if code else "" for code in (one.finding, one.site)]
    anchor = one.anchor
    points = "; ".join(" ".join(f"{part:.3f}" for part in point) for point in one.points)
    tail = [anchor.frame_of_reference_uid, anchor.sop_instance_uid, str(anchor.frame + 1)]
    tail += [points, plain(str(one.author)), plain(one.made_at), one.id]
    for quantity in one.quantities:
        told = [plain(quantity.name.meaning), f"{quantity.value:.6g}", plain(quantity.unit.value)]
        yield [*head, *told, plain(quantity.remark), *tail]
    if not one.quantities:
        yield [*head, "", "", "", "", *tail]
