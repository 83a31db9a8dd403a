"""Bone on a CT, to be taken away from a 3D picture so that vessels are seen.

Found by rule: pieces that are dense and hold hard bone or go round marrow, grown into
the spongy bone round them, their marrow filled. Contrast in vessels is seldom so hard
and goes round nothing; where it touches bone some millimetres of it may go, and small
calcium stays. What is hard goes by the hardest there is, since there are soft skeletons.
It is a way of looking, not a segmentation to measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

import cc3d
import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.segmentation import Segment, Segmentation

STRONG_HU, DENSE_HU, RIM_HU = 350.0, 170.0, 60.0
HARD_HU = (380.0, 550.0)
HARD_PART, HARDEST = 0.75, 99.5
"""Hard is from so much of this percentile of all that is strong, within `HARD_HU`."""
HARD_SHARE = 0.08
MARROW_SHARE = 0.12
"""Of a piece of bone at least so much is hard, or encloses marrow, as a share of the piece."""
SMALLEST_MM3 = 400.0
GROWN_MM = 4.0
CLOSED_MM = 5.0
LARGEST_HOLE_MM2 = 1500.0
"""A larger hole in an axial slice is no marrow and no vertebral canal."""

_BONY = re.compile(
    r"\b(bones?|ribs?|vertebra\w*|skull|cranium|sternum|clavic\w+|scapula\w*|humer\w+|femur\w*"
    r"|hip|pelvis|sacrum|patella|tibia|fibula|mandible|skeleton|costal cartilages?)\b",
    re.IGNORECASE,
)
_NOT_BONY = re.compile(r"\b(marrow|muscle|cord|canal|joint|metast\w+|lesion)\b", re.IGNORECASE)


def is_bone(segment: Segment) -> bool:
    """Tell by its name or code whether a segment is a bone."""
    words = f"{segment.name} {segment.type.meaning}".replace("_", " ")
    return bool(_BONY.search(words)) and not _NOT_BONY.search(words)


def bones_of(segmentations: Sequence[Segmentation], geometry: Geometry) -> NDArray[np.bool_] | None:
    """Return where somebody has outlined bone, on another grid; None if nobody has."""
    found: NDArray[np.bool_] | None = None
    for item in segmentations:
        labels = [segment.label for segment in item.segments if is_bone(segment)]
        if labels:
            mask = _on_grid(np.isin(item.labels, labels), item.geometry, geometry)
            found = mask if found is None else found | mask
    return None if found is None else ndimage.binary_dilation(found)


def _on_grid(mask: NDArray[np.bool_], at: Geometry, grid: Geometry) -> NDArray[np.bool_]:
    """Look up each voxel of a grid in a mask on another, slice by slice."""
    result = np.zeros(grid.shape, dtype=np.bool_)
    rows, columns = np.indices(grid.shape[1:])
    for number in range(grid.shape[0]):
        index = np.stack([np.full(rows.shape, number), rows, columns], axis=-1)
        near = np.rint(at.to_index(grid.to_patient(index))).astype(np.int64)
        inside = ((near >= 0) & (near < at.shape)).all(axis=-1)
        place = near[inside]
        result[number][inside] = mask[place[:, 0], place[:, 1], place[:, 2]]
    return result


def bones(hu: NDArray[np.float32], geometry: Geometry, progress: Progress) -> NDArray[np.bool_]:
    """Mark bone with its marrow on a CT in HU, of about 1 to 3 mm.

    Raises:
        Cancelled: if nobody wants it any more.
    """
    whole = np.zeros(hu.shape, dtype=np.bool_)
    box = _box(hu > STRONG_HU)
    if box is None:
        return whole
    values = hu[box]
    progress.report(0.1, "Looking for bone")
    bone = _pieces(values, geometry)
    progress.report(0.4, "Looking for bone")
    rounds = max(1, round(GROWN_MM / min(geometry.spacing_mm)))
    bone = ndimage.binary_dilation(bone, iterations=rounds, mask=values > DENSE_HU)
    progress.report(0.6, "Filling the marrow")
    bone = with_marrow(bone, geometry)
    progress.report(0.85, "Filling the marrow")
    bone = ndimage.binary_dilation(bone, mask=bone | (values > RIM_HU))
    whole[box] = bone
    progress.report(1.0, "Looking for bone")
    return whole


def _box(mask: NDArray[np.bool_]) -> tuple[slice, ...] | None:
    """Return the block that holds all of a mask, with some room round it."""
    lines = [np.flatnonzero(mask.any(axis=axes)) for axes in ((1, 2), (0, 2), (0, 1))]
    if not len(lines[0]):
        return None
    return tuple(slice(max(int(line[0]) - 4, 0), int(line[-1]) + 5) for line in lines)


def _pieces(values: NDArray[np.float32], geometry: Geometry) -> NDArray[np.bool_]:
    """Keep pieces that are large enough and hold hard bone or enclose marrow."""
    labels = cc3d.connected_components(values > STRONG_HU, connectivity=18)
    counts = np.bincount(labels.ravel())
    hardest = float(np.percentile(values[labels > 0], HARDEST))
    limit = min(max(HARD_PART * hardest, HARD_HU[0]), HARD_HU[1])
    hard = np.bincount(labels.ravel(), weights=(values > limit).ravel())
    marrow = _enclosed(labels, len(counts), geometry)
    keep = (hard >= HARD_SHARE * counts) | (marrow >= MARROW_SHARE * counts)
    keep &= counts * geometry.voxel_volume_mm3 >= SMALLEST_MM3
    keep[0] = False
    return np.asarray(keep[labels], dtype=np.bool_)


def _enclosed(
    labels: NDArray[np.unsignedinteger], count: int, geometry: Geometry
) -> NDArray[np.int64]:
    """Count what each piece encloses in axial slices."""
    axis, largest = _upright(geometry), _largest_hole(geometry)
    enclosed = np.zeros(count, dtype=np.int64)
    for sheet in np.moveaxis(labels, axis, 0):
        _, holes, stats, _ = cv2.connectedComponentsWithStats((sheet == 0).astype(np.uint8))
        for number in np.flatnonzero(stats[:, cv2.CC_STAT_AREA] <= largest):
            left, top = stats[number, cv2.CC_STAT_LEFT], stats[number, cv2.CC_STAT_TOP]
            if number == 0 or left == 0 or top == 0:
                continue
            row = int(np.argmax(holes[:, left] == number))
            enclosed[sheet[row, left - 1]] += int(stats[number, cv2.CC_STAT_AREA])
    return enclosed


def _upright(geometry: Geometry) -> int:
    """Return the axis that goes most to the head."""
    return int(np.argmax(np.abs(geometry.directions[:, 2])))


def _largest_hole(geometry: Geometry) -> float:
    """Return how many pixels of an axial slice may still be marrow."""
    flat = [geometry.spacing_mm[n] for n in range(3) if n != _upright(geometry)]
    return LARGEST_HOLE_MM2 / (flat[0] * flat[1])


def with_marrow(bone: NDArray[np.bool_], geometry: Geometry) -> NDArray[np.bool_]:
    """Close the outline in each axial slice and fill what it encloses."""
    axis = _upright(geometry)
    flat = [geometry.spacing_mm[n] for n in range(3) if n != axis]
    sizes = [2 * ceil(CLOSED_MM / 2 / step) + 1 for step in flat]
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (sizes[1], sizes[0])))
    largest = _largest_hole(geometry)
    sheets = [_sheet(sheet, kernel, largest) for sheet in np.moveaxis(bone, axis, 0)]
    return np.moveaxis(np.stack(sheets), 0, axis)


def _sheet(
    sheet: NDArray[np.bool_], kernel: NDArray[np.integer | np.floating], largest: float
) -> NDArray[np.bool_]:
    closed = cv2.morphologyEx(sheet.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    _, labels, stats, _ = cv2.connectedComponentsWithStats((closed == 0).astype(np.uint8))
    small = stats[:, cv2.CC_STAT_AREA] <= largest
    small[0] = False
    return np.asarray(sheet | (closed > 0) | small[labels])
