"""What is to be saved as segments: voxels, and who said what they are.

DICOM numbers segments from 1 without gaps; our labels need not be so. The
tracking ID of a segment therefore is `<segmentation id>/<label>`, from which
both come back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.author import Author
from viewer.core.code import MORPHOLOGICALLY_ABNORMAL, Code
from viewer.core.errors import Declined
from viewer.core.finding import Finding, Status
from viewer.core.geometry import Geometry, Shape
from viewer.core.memory import available_bytes
from viewer.core.segmentation import Colour, Mask, Segmentation
from viewer.io.identifiers import required_uid, uid_from

_FINDING_COLOURS: tuple[Colour, ...] = (
    (255, 140, 60),
    (90, 200, 250),
    (250, 210, 80),
    (190, 140, 250),
    (120, 220, 130),
    (250, 130, 170),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One segment to be: what it is, whose, and under which name it is followed."""

    number: int
    name: str
    type: Code
    category: Code
    colour: Colour
    author: Author
    status: str
    tracking_uid: str
    tracking_id: str
    site: Code | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Some slices of a grid and the parts drawn on them.

    `voxels` is (slice, row, column) holding part numbers, or (slice, row,
    column, part) of 0 and 1 where parts overlap, or of fractions; `first` is the slice of
    `geometry` that voxels[0] belongs to.
    """

    voxels: NDArray[np.unsignedinteger] | NDArray[np.float32] = field(repr=False)
    first: int
    geometry: Geometry
    parts: tuple[Part, ...]


def segmentation_layer(segmentation: Segmentation) -> Layer:
    """Return a segmentation as a layer whose parts are numbered from 1.

    Raises:
        ValueError: if there are no segments, or voxels that belong to none.
    """
    if not segmentation.segments:
        raise ValueError("a segmentation without segments cannot be saved")
    first, last = _span(segmentation.labels)
    return Layer(
        _numbered(segmentation, segmentation.labels[first:last]),
        first,
        segmentation.geometry,
        tuple(_parts(segmentation, 1)),
    )


def groups_layer(groups: Sequence[Segmentation]) -> Layer:
    """Return several label groups as one layer, whose parts are numbered one after the other.

    Raises:
        ValueError: if there are none, on different grids, or with voxels that belong to none.
        Declined: if they overlap and take more memory than there is.
    """
    if not groups or any(not one.segments for one in groups):
        raise ValueError("a segmentation without segments cannot be saved")
    if any(not same_grid(one.geometry, groups[0].geometry) for one in groups):
        raise ValueError("label groups on different grids are no one segmentation")
    spans = [_span(one.labels) for one in groups]
    first, last = min(a for a, _ in spans), max(b for _, b in spans)
    parts: list[Part] = []
    for one in groups:
        parts += _parts(one, len(parts) + 1)
    grid = groups[0].geometry
    kind = np.uint16 if len(parts) > 255 else np.uint8
    voxels = np.zeros((last - first, *grid.shape[1:]), kind)
    before = 0
    for one in groups:
        numbers = _numbered(one, one.labels[first:last])
        there = numbers > 0
        if voxels[there].any():
            return Layer(_stacked_groups(groups, len(parts), first, last), first, grid,
                         tuple(parts))  # fmt: skip
        voxels[there] = (numbers[there].astype(np.int64) + before).astype(kind)
        before += len(one.segments)
    return Layer(voxels, first, grid, tuple(parts))


def fractions_layer(
    segmentation: Segmentation, fractions: Mapping[int, NDArray[np.floating]]
) -> Layer:
    """Return a segmentation as a layer of fractions (slice, row, column, part), 0 to 1.

    Raises:
        ValueError: if there is a segment without fractions, or of another shape.
    """
    shape = segmentation.geometry.shape
    if any(fractions[one.label].shape != shape for one in segmentation.segments):
        raise ValueError("fractions have the shape of their grid")
    held = np.zeros(shape[0], np.bool_)
    for one in segmentation.segments:
        held |= fractions[one.label].reshape(shape[0], -1).any(axis=1)
    where = np.flatnonzero(held)
    first, last = (int(where[0]), int(where[-1]) + 1) if where.size else (0, 1)
    _check_room((last - first) * shape[1] * shape[2] * len(segmentation.segments) * 4)
    voxels = np.empty((last - first, *shape[1:], len(segmentation.segments)), np.float32)
    for number, one in enumerate(segmentation.segments):
        voxels[..., number] = fractions[one.label][first:last]
    if not (np.isfinite(voxels).all() and voxels.min() >= 0 and voxels.max() <= 1):
        raise ValueError("a fraction is a number from 0 to 1")
    return Layer(voxels, first, segmentation.geometry, tuple(_parts(segmentation, 1)))


def same_grid(one: Geometry, other: Geometry) -> bool:
    """Tell whether two grids are the same but for rounding."""
    if one.shape != other.shape:
        return False
    apart = np.abs(one.corners() - other.corners()).max()
    return bool(apart <= 1e-3 * min(one.spacing_mm) + 1e-4)


def _parts(segmentation: Segmentation, start: int) -> Iterator[Part]:
    """Go through the segments of a label group as parts, numbered from `start`."""
    id_ = required_uid(segmentation.id, "the segmentation")
    for number, segment in enumerate(segmentation.segments, start=start):
        yield Part(
            number,
            segment.name,
            segment.type,
            segment.category,
            segment.colour,
            segmentation.author,
            segmentation.status,
            uid_from(id_, str(segment.label)),
            f"{id_}/{segment.label}",
        )


def _stacked_groups(
    groups: Sequence[Segmentation], count: int, first: int, last: int
) -> NDArray[np.uint8]:
    """Return label groups that overlap as (slice, row, column, part) of 0 and 1."""
    rows, columns = groups[0].geometry.shape[1:]
    _check_room((last - first) * rows * columns * count)
    stack = np.zeros((last - first, rows, columns, count), np.uint8)
    parts = ((one, segment.label) for one in groups for segment in one.segments)
    for number, (one, label) in enumerate(parts):
        np.equal(one.labels[first:last], label, out=stack[..., number], casting="unsafe")
    return stack


def _check_room(wanted: int) -> None:
    free = available_bytes()
    if 3 * wanted > free:
        raise Declined(
            f"Segments that overlap, or have fractions, need {3 * wanted / 1e9:.1f} GB of memory "
            f"to be saved, and only {free / 1e9:.1f} GB is free: save them in several files.",
            code="too_large",
        )


def findings_layer(findings: Sequence[Finding], grid: Geometry) -> Layer | None:
    """Return the masks of findings, each its own part; None if no mask lies on the grid."""
    placed = list(placed_masks(findings, grid))
    if not placed:
        return None
    starts = [start[0] for _, _, start in placed]
    ends = [start[0] + mask.geometry.shape[0] for _, mask, start in placed]
    first, count = min(starts), max(ends) - min(starts)
    parts = tuple(
        _finding_part(number, finding) for number, (finding, _, _) in enumerate(placed, start=1)
    )
    voxels = np.zeros((count, *grid.shape[1:]), np.uint16 if len(parts) > 255 else np.uint8)
    for number, (_, mask, start) in enumerate(placed, start=1):
        block = voxels[_box(mask, start, first)]
        if block[mask.voxels].any():
            return Layer(_stacked(placed, grid, first, count), first, grid, parts)
        block[mask.voxels] = number
    return Layer(voxels, first, grid, parts)


def placed_masks(
    findings: Sequence[Finding], grid: Geometry
) -> Iterator[tuple[Finding, Mask, Shape]]:
    """Go through the masks that lie on the voxels of a grid, with the index of their first."""
    for finding in findings:
        if finding.mask is None or not finding.mask.voxels.any():
            continue
        start = offset_on(finding.mask.geometry, grid)
        if start is not None:
            yield finding, finding.mask, start


def offset_on(block: Geometry, grid: Geometry, tolerance: float = 1e-2) -> Shape | None:
    """Return the index on a grid of a block's first voxel; None if it is no part of the grid."""
    ends = np.array([(0, 0, 0), np.asarray(block.shape) - 1])
    places = grid.to_index(block.to_patient(ends))
    whole = np.rint(places)
    if np.abs(places - whole).max() > tolerance:
        return None
    if not np.array_equal(whole[1] - whole[0], ends[1]):
        return None
    if (whole[0] < 0).any() or (whole[1] >= grid.shape).any():
        return None
    if not np.allclose(block.affine[:3, :3], grid.affine[:3, :3], atol=tolerance / 10):
        return None
    s, r, c = whole[0].astype(int)
    return int(s), int(r), int(c)


def _finding_part(number: int, finding: Finding) -> Part:
    id_ = required_uid(finding.id, "the finding")
    return Part(
        number,
        f"{finding.kind.meaning} {number}",
        finding.kind,
        MORPHOLOGICALLY_ABNORMAL,
        _FINDING_COLOURS[(number - 1) % len(_FINDING_COLOURS)],
        finding.author,
        "edited" if finding.status is Status.EDITED else finding.status.value,
        id_,
        f"Finding {number}",
        finding.site,
    )


def _numbered(
    segmentation: Segmentation, labels: NDArray[np.unsignedinteger]
) -> NDArray[np.unsignedinteger]:
    """Return labels as part numbers, counted from 1 in the order of the segments."""
    known = [segment.label for segment in segmentation.segments]
    table = np.full(65536, -1, np.int64)
    table[0] = 0
    table[known] = np.arange(1, len(known) + 1)
    kind = np.uint8 if len(known) < 256 else np.uint16
    numbers = np.empty(labels.shape, kind)
    for place, plane in enumerate(labels):
        if int(plane.max()) > 65535 or (row := table[plane]).min() < 0:
            raise ValueError("a segmentation holds a label that belongs to no segment")
        numbers[place] = row
    return numbers


def _stacked(
    placed: Sequence[tuple[Finding, Mask, Shape]], grid: Geometry, first: int, count: int
) -> NDArray[np.uint8]:
    stack = np.zeros((count, *grid.shape[1:], len(placed)), np.uint8)
    for number, (_, mask, start) in enumerate(placed):
        stack[(*_box(mask, start, first), number)] = mask.voxels
    return stack


def _box(mask: Mask, start: Shape, first: int) -> tuple[slice, slice, slice]:
    s, r, c = start
    slices, rows, columns = mask.geometry.shape
    return slice(s - first, s - first + slices), slice(r, r + rows), slice(c, c + columns)


def _span(labels: NDArray[np.unsignedinteger]) -> tuple[int, int]:
    """Return the first and one past the last slice that hold anything; (0, 1) if none does."""
    where = np.flatnonzero([plane.any() for plane in labels])
    return (int(where[0]), int(where[-1]) + 1) if where.size else (0, 1)
