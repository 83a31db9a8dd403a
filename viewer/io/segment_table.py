"""The numbers of segments for spreadsheets (CSV, RFC 4180) and for programs (JSON).

One line a segment, or one a slice of a segment. Units stand in the headers; numbers of
images in columns of their own that begin with the name of the image. Positions are LPS mm,
slices are counted from 1 on the grid of the segments. No cell is taken for a formula.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from viewer.core.errors import Declined
from viewer.core.geometry import Position
from viewer.core.segmentation import Segment
from viewer.core.units import in_words
from viewer.imaging.segment_shape import SegmentShape
from viewer.imaging.segment_statistics import SegmentStatistics, Within
from viewer.imaging.segment_values import PERCENTILES, SegmentValues
from viewer.io.atomic import Staging
from viewer.io.table import plain

AREA_OF = "of the mesh smoothed without shrinking"
_SHAPE = (
    *("voxels", "volume [ml]", f"surface area [mm²] ({AREA_OF})"),
    *("long axis in slice [mm]", "short axis in slice [mm]", "slice of axes", "slices run"),
    *("longest 3D diameter [mm]", "extent x [mm]", "extent y [mm]", "extent z [mm]"),
    *("centre of mass x LPS [mm]", "centre of mass y LPS [mm]", "centre of mass z LPS [mm]"),
    *("sphericity", "elongation", "flatness"),
    *("long axis from LPS [mm]", "long axis to LPS [mm]"),
    *("short axis from LPS [mm]", "short axis to LPS [mm]"),
    *("3D diameter from LPS [mm]", "3D diameter to LPS [mm]"),
)
_QUANTITIES = ("mean", "sd", "minimum", "maximum")


@dataclass(frozen=True, slots=True)
class Line:
    """A segment, the name of its segmentation, and its numbers; None if it has no voxels."""

    segmentation: str
    segment: Segment
    statistics: SegmentStatistics | None
    status: str = ""


def segment_table(lines: Sequence[Line]) -> str:
    """Return the table of segments as CSV, header first."""
    images = _images(lines)
    rows = ([*_names(line), *_shape(line), *_all_values(line, images)] for line in lines)
    return _csv([*_NAMES, *_SHAPE, *(head for one in images for head in _value_heads(one))], rows)


def slice_table(lines: Sequence[Line]) -> str:
    """Return the table of the slices of segments as CSV, header first."""
    images = _images(lines)
    heads = [*_NAMES[:3], "slice", "x LPS [mm]", "y LPS [mm]", "z LPS [mm]", "voxels", "area [mm²]"]
    heads += [plain(f"{name}: mean [{_unit(unit)}]") for name, unit in images]
    return _csv(heads, (row for line in lines for row in _slices(line, images)))


def as_json(lines: Sequence[Line]) -> str:
    """Return segments with all their numbers as JSON text; units are in the names."""
    return json.dumps([_tree(line) for line in lines], indent=2, ensure_ascii=False)


def write_statistics(lines: Sequence[Line], path: Path, *, force: bool = True) -> tuple[Path, ...]:
    """Write the numbers as JSON, or as two tables: of the segments and of their slices.

    Raises:
        Declined: if a file is there that may not be replaced, or the disk refuses.
    """
    if path.suffix.lower() == ".json":
        files = {path.name: as_json(lines).encode()}
    else:
        slices = f"{path.stem}_slices{path.suffix}"
        tables = {path.name: segment_table(lines), slices: slice_table(lines)}
        files = {name: text.encode("utf-8-sig") for name, text in tables.items()}
    there = [name for name in files if (path.parent / name).exists()]
    if there and not force:
        raise Declined(f"{there[0]} is there already; ask to replace it.", code="exists")
    with Staging(path.parent) as staging:
        for name, content in files.items():
            staging.write(name, content)
        return staging.commit()


_NAMES = ("segmentation", "segment", "label", "type", "type code", "status", "remark")


def _csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return file.getvalue()


def _names(line: Line) -> list[str]:
    type_ = line.segment.type
    code = f"{type_.scheme} {type_.value}"
    texts = (line.segmentation, line.segment.name, str(line.segment.label), type_.meaning, code)
    return [plain(text) for text in (*texts, line.status, remark(line))]


def remark(line: Line) -> str:
    """Say what must be known of the numbers of a segment."""
    if line.statistics is None:
        return "It has no voxels."
    return " ".join(filter(None, (said_of(one) for one in line.statistics.within)))


def said_of(within: Within) -> str:
    """Say what must be known of the values of an image within a segment; empty for nothing."""
    found = within.values
    if found is None:
        return f"{within.image}: {within.why_not}"
    parts = []
    if found.resampled:
        parts.append("the segment was resampled onto its grid (nearest neighbour)")
    if found.outside > 0:
        parts.append(f"{found.outside:.1%} of the segment lies outside it")
    if found.missing:
        parts.append(f"{found.missing} voxels without a value were left out")
    return f"{within.image}: {'; '.join(parts)}." if parts else ""


def _shape(line: Line) -> list[str]:
    if line.statistics is None:
        return ["0", "0", *[""] * (len(_SHAPE) - 2)]
    shape = line.statistics.shape
    lines = (shape.axes.long, shape.axes.short, shape.feret)
    return [
        str(shape.voxels),
        *_numbers(shape.volume_ml, shape.area_mm2),
        *_numbers(shape.axes.long.length_mm, shape.axes.short.length_mm),
        *(str(shape.axes.slice_index + 1), shape.slicing.value),
        *_numbers(shape.feret.length_mm, *shape.extent_mm, *shape.centre),
        *_numbers(shape.sphericity, shape.elongation, shape.flatness),
        *(_place(end) for one in lines for end in (one.start, one.end)),
    ]


def _images(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Return the images that have values anywhere, with their units, in order."""
    found = {
        (one.image, one.values.unit): None
        for line in lines
        for one in (line.statistics.within if line.statistics else ())
        if one.values is not None
    }
    return list(found)


def _value_heads(image: tuple[str, str]) -> list[str]:
    name, unit = image[0], _unit(image[1])
    quantities = [*_QUANTITIES, "median", *(f"percentile {p:g}" for p in PERCENTILES if p != 50)]
    heads = [f"{name}: voxels", *(f"{name}: {quantity} [{unit}]" for quantity in quantities)]
    return [plain(head) for head in heads]


def _all_values(line: Line, images: Sequence[tuple[str, str]]) -> list[str]:
    return [text for image in images for text in _values(_of(line, image))]


def _of(line: Line, image: tuple[str, str]) -> SegmentValues | None:
    there = line.statistics.within if line.statistics else ()
    return next(
        (one.values for one in there if one.values and (one.image, one.values.unit) == image), None
    )


def _values(found: SegmentValues | None) -> list[str]:
    if found is None:
        return [""] * (len(_QUANTITIES) + len(PERCENTILES) + 1)
    others = [one for one, p in zip(found.percentiles, PERCENTILES, strict=True) if p != 50]
    main = (found.mean, found.sd, found.minimum, found.maximum, found.median)
    return [str(found.voxels), *_numbers(*main, *others)]


def _slices(line: Line, images: Sequence[tuple[str, str]]) -> Iterable[list[str]]:
    if line.statistics is None:
        return
    means = [dict(found.slices) if (found := _of(line, one)) else {} for one in images]
    for one in line.statistics.shape.slices:
        yield [
            *_names(line)[:3],
            str(one.index + 1),
            *_numbers(*one.position),
            str(one.voxels),
            *_numbers(one.area_mm2),
            *(_numbers(each[one.index])[0] if one.index in each else "" for each in means),
        ]


def _tree(line: Line) -> dict[str, object]:
    type_ = line.segment.type
    tree: dict[str, object] = {
        "segmentation": line.segmentation,
        "segment": line.segment.name,
        "label": line.segment.label,
        "type": {"scheme": type_.scheme, "value": type_.value, "meaning": type_.meaning},
        "voxels": line.statistics.shape.voxels if line.statistics else 0,
        "status": line.status,
        "remark": remark(line),
    }
    if line.statistics is None:
        return tree
    images = {one.image: _value_tree(one) for one in line.statistics.within}
    return tree | _shape_tree(line.statistics.shape) | {"images": images}


def _shape_tree(shape: SegmentShape) -> dict[str, object]:
    lines = {"long_axis": shape.axes.long, "short_axis": shape.axes.short, "feret": shape.feret}
    return {
        "volume_ml": shape.volume_ml,
        "surface_area_mm2": shape.area_mm2,
        "surface_area_is": AREA_OF,
        "axes_slice": shape.axes.slice_index + 1,
        "slices_run": shape.slicing.value,
        **{
            name: {"length_mm": one.length_mm, "from_lps_mm": one.start, "to_lps_mm": one.end}
            for name, one in lines.items()
        },
        "extent_mm": shape.extent_mm,
        "low_lps_mm": shape.low,
        "high_lps_mm": shape.high,
        "centre_of_mass_lps_mm": shape.centre,
        "sphericity": shape.sphericity,
        "elongation": shape.elongation,
        "flatness": shape.flatness,
        "slices": [
            {
                "slice": one.index + 1,
                "voxels": one.voxels,
                "area_mm2": one.area_mm2,
                "centre_lps_mm": one.position,
            }
            for one in shape.slices
        ],
    }


def _value_tree(within: Within) -> dict[str, object]:
    found = within.values
    if found is None:
        return {"why_not": within.why_not}
    return {
        "unit": found.unit,
        "voxels": found.voxels,
        "missing": found.missing,
        "outside": found.outside,
        "resampled": found.resampled,
        **{name: getattr(found, name) for name in _QUANTITIES},
        "percentiles": {
            f"{p:g}": one for p, one in zip(PERCENTILES, found.percentiles, strict=True)
        },
        "slice_means": {str(index + 1): mean for index, mean in found.slices},
        "histogram": {"counts": found.counts.tolist(), "edges": found.edges.tolist()},
    }


def _unit(unit: str) -> str:
    return in_words(unit) or "no unit"


def _numbers(*values: float) -> list[str]:
    return [f"{value:.6g}" for value in values]


def _place(position: Position) -> str:
    """Return a position in one cell; the apostrophe keeps it from being a formula."""
    return plain(" ".join(f"{part:.3f}" for part in position))
