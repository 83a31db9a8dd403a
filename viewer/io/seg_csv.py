"""Segments as a table: one line each, what it is, its colour, its voxels and its box in LPS mm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from viewer.core.geometry import position_of
from viewer.core.segmentation import Segment, Segmentation
from viewer.io.table import plain

COLUMNS = (
    "group", "label", "name", "category", "category_code", "type", "type_code", "colour",
    "voxels", "volume_mm3", "low_x_mm", "low_y_mm", "low_z_mm", "high_x_mm", "high_y_mm",
    "high_z_mm", "status", "author",
)  # fmt: skip


def segments_table(groups: Sequence[Segmentation]) -> str:
    """Return the segments of label groups as CSV (RFC 4180), header first."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for group in groups:
        counts = group.label_map.counts()
        for segment in group.segments:
            writer.writerow(_row(group, segment, int(counts[segment.label])))
    return file.getvalue()


def _row(group: Segmentation, segment: Segment, voxels: int) -> list[str]:
    return [
        plain(group.title),
        str(segment.label),
        plain(segment.name),
        plain(segment.category.meaning),
        plain(f"{segment.category.scheme} {segment.category.value}"),
        plain(segment.type.meaning),
        plain(f"{segment.type.scheme} {segment.type.value}"),
        "#{:02x}{:02x}{:02x}".format(*segment.colour),
        str(voxels),
        f"{voxels * group.geometry.voxel_volume_mm3:.3f}",
        *_box(group, segment.label),
        plain(group.status),
        plain(str(group.author)),
    ]


def _box(group: Segmentation, label: int) -> Iterator[str]:
    """Go through the ends of the box round a segment, LPS mm; empty where it has no voxels."""
    box = group.label_map.extent(label)
    if box is None:
        yield from [""] * 6
        return
    low = (box[0].start, box[1].start, box[2].start)
    high = (box[0].stop, box[1].stop, box[2].stop)
    corners = group.geometry.crop(low, high).corners()
    for end in (corners.min(axis=0), corners.max(axis=0)):
        yield from (f"{part:.3f}" for part in position_of(end))
