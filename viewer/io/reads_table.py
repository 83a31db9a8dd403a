"""How a study was read before and after models were seen: as a table for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from viewer.core.assessment import Assessment
from viewer.core.finding import Finding
from viewer.core.outline import Outline
from viewer.core.read import Change, Read, ReadKind, changes
from viewer.io.table import plain

COLUMNS = (
    "study_uid",
    "read",
    "by",
    "begun_at",
    "stored_at",
    "why",
    "models",
    "line",
    "finding_id",
    "kind",
    "site",
    "x_mm",
    "y_mm",
    "z_mm",
    "diameter_mm",
    "volume_mm3",
    "score",
    "status",
    "source",
    "reason",
    "name",
    "voxels",
    "low_x_mm",
    "low_y_mm",
    "low_z_mm",
    "high_x_mm",
    "high_y_mm",
    "high_z_mm",
    "mask_sha256",
    "volume_mm3_before",
    "dice",
)
_OF_OUTLINES = 9
"""How many columns only outlines fill: from `name` to `mask_sha256`."""


def reads_table(reads: Sequence[Read]) -> str:
    """Return reads as CSV (RFC 4180).

    Each with its findings and outlines, then what changed since the first of that reader.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for read in reads:
        head = _head(read)
        writer.writerow([*head, "read", *[""] * (len(COLUMNS) - len(head) - 1)])
        for item in read.items:
            writer.writerow([*head, "finding", *_cells(item, why(item)), "", ""])
        for outline in read.outlines:
            writer.writerow([*head, "outline", *_cells(outline, ""), "", ""])
        for change in since_first(reads, read):
            writer.writerow([*head, change.kind.value, *_changed(change)])
    return file.getvalue()


def first_of(reads: Sequence[Read], reader: str) -> Read | None:
    """Return the first read of a reader, if one is stored."""
    own = (read for read in reads if read.by.name == reader)
    return next((read for read in own if read.kind is ReadKind.FIRST), None)


def since_first(reads: Sequence[Read], read: Read) -> tuple[Change, ...]:
    """Return what changed from the first read of a reader to a later one of the same reader."""
    first = first_of(reads, read.by.name)
    later = first is not None and read.is_a_read and read is not first
    return changes(first, read) if first is not None and later else ()


def why(item: Finding | Assessment | Outline) -> str:
    """Return what the last who judged it said of it."""
    return item.history[-1].reason if not isinstance(item, Outline) and item.history else ""


def volume_mm3(item: Finding | Assessment | Outline | None) -> float | None:
    """Return the volume of what has one."""
    if isinstance(item, Outline):
        return item.volume_ml * 1000
    return item.volume_mm3 if isinstance(item, Finding) else None


def _head(read: Read) -> list[str]:
    models = "; ".join(read.models)
    told = (read.study_uid, read.kind.value, read.by.name, read.begun_at, read.at)
    return [*map(plain, told), plain(read.reason), plain(models)]


def _changed(change: Change) -> list[str]:
    before = volume_mm3(change.before)
    return [
        *_cells(change.item, change.reason),
        "" if before is None else f"{before:.3f}",
        "" if change.dice is None else f"{change.dice:.4f}",
    ]


def _cells(item: Finding | Assessment | Outline, reason: str) -> list[str]:
    if isinstance(item, Outline):
        return _cells_of_outline(item, reason)
    numbers = [""] * 5
    if isinstance(item, Finding):
        numbers = [f"{part:.3f}" for part in item.position]
        numbers += [f"{item.diameter_mm:.3f}", f"{item.volume_mm3:.3f}"]
    return [
        item.id,
        plain(item.kind.meaning),
        plain(item.site.meaning if isinstance(item, Finding) and item.site else ""),
        *numbers,
        "" if item.score is None else f"{item.score:.4f}",
        item.status.value,
        plain(str(item.author)),
        plain(reason),
        *[""] * _OF_OUTLINES,
    ]


def _cells_of_outline(item: Outline, reason: str) -> list[str]:
    return [
        item.id,
        plain(item.kind.meaning),
        "",
        *(f"{part:.3f}" for part in item.centre),
        "",
        f"{item.volume_ml * 1000:.3f}",
        "",
        plain(item.status),
        plain(str(item.author)),
        plain(reason),
        plain(item.name),
        str(item.voxels),
        *(f"{part:.3f}" for part in (*item.low, *item.high)),
        item.sha256,
    ]
