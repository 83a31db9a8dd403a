"""Left lung, right lung and airways on a chest CT.

Air inside the body that is joined to its neighbours is lung when it is large
and looks like lung: lung holds blood, so it is lighter than the gas of bowel,
stomach and windpipe. The outline is then closed, so that nodules and vessels
at the pleura lie inside. Found at about 2 mm, drawn on the full grid.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cc3d
import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry
from viewer.core.progress import Part, Progress
from viewer.imaging.airways import segment_airways
from viewer.imaging.coarse import Coarse, coarsened
from viewer.imaging.upright import Turn

LEFT_LUNG = 1
RIGHT_LUNG = 2
AIRWAYS = 3

TARGET_MM = 2.0
AIR_HU = -400
OUTSIDE_HU = (-980, -960, -920)
"""Of air round the body a tenth, a quarter and a half are darker than these; of lung, less."""
GAS_HU = -950
"""Darker than this is gas alone; a lung holds less than half of it unless badly emphysematous."""
SMALLEST_PIECE_MM3 = 20_000.0
SMALLEST_LUNG_MM3 = 80_000.0
CLOSING_MM = 9.0
LARGEST_HOLE_MM2 = 900.0
"""A larger hole in a slice is the dome of the diaphragm, not a nodule or a vessel."""


@dataclass(frozen=True, slots=True, eq=False)
class Lungs:
    """What was found. All arrays are upright (slices to the head) and on `geometry`."""

    labels: NDArray[np.uint8] = field(repr=False)
    """LEFT_LUNG, RIGHT_LUNG, AIRWAYS, on the full upright grid."""
    geometry: Geometry
    turn: Turn
    aerated: NDArray[np.bool_] = field(repr=False)
    """Lung that holds air, before the outline was closed, on the coarse grid."""
    coarse: Coarse = field(repr=False)
    left_mm3: float
    right_mm3: float
    airways_mm3: float
    top_share: float
    """Lung in the topmost slice as a share of its widest slice: more than a little is cut off."""
    bottom_share: float


def segment_lungs(
    values: NDArray[np.float32], geometry: Geometry, progress: Progress
) -> NDArray[np.uint8]:
    """Return labels (LEFT_LUNG, RIGHT_LUNG, AIRWAYS) of HU values stored in any order."""
    found = find_lungs(values, geometry, progress)
    return np.ascontiguousarray(found.turn.stored(found.labels))


def find_lungs(values: NDArray[np.float32], geometry: Geometry, progress: Progress) -> Lungs:
    """Find lungs and airways in HU values stored in any order."""
    turn = Turn.of(geometry)
    upright = np.ascontiguousarray(turn.upright(values))
    progress.report(0.0, "looking for the lungs")
    coarse = coarsened(upright, turn.geometry, TARGET_MM)
    seen = lungs_on(coarse, Part(progress, 0.15, 0.85))
    labels = np.zeros(coarse.full, dtype=np.uint8)
    volumes = []
    for label in (LEFT_LUNG, RIGHT_LUNG):
        side = seen.sides == label
        volumes.append(float(np.count_nonzero(side)) * coarse.geometry.voxel_volume_mm3)
        labels[coarse.enlarged(side) & (labels == 0)] = label
    progress.report(0.95, "drawing the airways")
    airways, aerated = seen.airways, seen.aerated
    labels[coarse.enlarged(airways) & (upright < -500)] = AIRWAYS
    areas = aerated.sum(axis=(1, 2))
    widest = max(int(areas.max()), 1)
    return Lungs(
        labels, turn.geometry, turn, aerated, coarse, volumes[0], volumes[1],
        float(np.count_nonzero(airways)) * coarse.geometry.voxel_volume_mm3,
        float(areas[-1]) / widest, float(areas[0]) / widest,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class LungField:
    """Lungs and air on an upright grid of about 2 mm."""

    sides: NDArray[np.uint8] = field(repr=False)
    """LEFT_LUNG and RIGHT_LUNG with closed outlines; where they overlap, the left one."""
    airways: NDArray[np.bool_] = field(repr=False)
    aerated: NDArray[np.bool_] = field(repr=False)
    """Lung that holds air, before the outline was closed."""
    outside: NDArray[np.bool_] = field(repr=False)
    """The air round the body."""


def lungs_on(coarse: Coarse, progress: Progress) -> LungField:
    """Find lungs and airways on a coarse upright grid of HU."""
    hu = coarse.values.clip(-1024, 3000)
    outside = _outside(hu, Part(progress, 0.0, 0.15))
    airways = segment_airways(hu, outside, coarse.geometry, Part(progress, 0.15, 0.5))
    thick = ndimage.binary_dilation(airways, iterations=1)
    aerated = _lung_like((hu < AIR_HU) & ~outside & ~thick, hu, coarse.geometry)
    progress.report(0.65, "telling left from right")
    sides = _sides(aerated, airways, coarse.geometry)
    closed = np.zeros(aerated.shape, dtype=np.uint8)
    for number, label in enumerate((LEFT_LUNG, RIGHT_LUNG)):
        progress.report(0.7 + 0.15 * number, "closing the outline of the lungs")
        side = _closed(sides == label, coarse.geometry) & ~thick & (sides != 3 - label)
        closed[side & (closed == 0)] = label
    return LungField(closed, airways, aerated, outside)


def _outside(hu: NDArray[np.float32], progress: Progress) -> NDArray[np.bool_]:
    """Mark the air that reaches the edge of an axial slice and is too dark for lung.

    Slice by slice, so that a windpipe open to the mouth does not let it in.
    """
    outside = np.zeros(hu.shape, dtype=np.bool_)
    for number, plane in enumerate(hu):
        if number % 32 == 0:
            progress.report(number / len(hu), "looking for the body")
        air = (plane < AIR_HU).astype(np.uint8)
        _, labels = cv2.connectedComponents(air, connectivity=4)
        edge = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
        for label in np.unique(edge[edge > 0]):
            part = labels == label
            if (np.percentile(plane[part], (10, 25, 50)) < OUTSIDE_HU).any():
                outside[number] |= part
    return outside


def _lung_like(
    air: NDArray[np.bool_], hu: NDArray[np.float32], geometry: Geometry
) -> NDArray[np.bool_]:
    """Keep the pieces of air that are large and hold some blood."""
    labels = cc3d.connected_components(air, connectivity=6)
    counts = np.bincount(labels.ravel())
    gas = np.bincount(labels.ravel(), weights=(hu < GAS_HU).ravel())
    blood = np.bincount(labels.ravel(), weights=((hu > -920) & (hu < -500)).ravel())
    large = counts * geometry.voxel_volume_mm3 >= SMALLEST_PIECE_MM3
    keep = large & (gas < 0.5 * counts) & (blood > 0.3 * counts)
    keep[0] = False
    return np.asarray(keep[labels], dtype=np.bool_)


def _sides(
    aerated: NDArray[np.bool_], airways: NDArray[np.bool_], geometry: Geometry
) -> NDArray[np.uint8]:
    """Label each voxel of lung as left or right."""
    labels = cc3d.connected_components(aerated, connectivity=6).astype(np.int32)
    middle = _middle_column(aerated, airways)
    if _crosses(labels, middle, geometry):
        labels = _cut_apart(aerated, geometry)
    sides = np.zeros(aerated.shape, dtype=np.uint8)
    for label in range(1, int(labels.max()) + 1):
        part = labels == label
        if part.any():
            centre = np.nonzero(part)[2].mean()
            sides[part] = LEFT_LUNG if centre > middle else RIGHT_LUNG
    return sides


def _middle_column(aerated: NDArray[np.bool_], airways: NDArray[np.bool_]) -> float:
    if airways.any():
        return float(np.median(np.nonzero(airways)[2]))
    columns = np.nonzero(aerated.any(axis=(0, 1)))[0]
    return float(columns.mean()) if len(columns) else aerated.shape[2] / 2


def _crosses(labels: NDArray[np.int32], middle: float, geometry: Geometry) -> bool:
    """Tell whether one piece lies on both sides of the middle."""
    if not labels.any():
        return False
    largest = labels == np.bincount(labels.ravel())[1:].argmax() + 1
    column = int(middle)
    left = np.count_nonzero(largest[:, :, column:]) * geometry.voxel_volume_mm3
    right = np.count_nonzero(largest[:, :, :column]) * geometry.voxel_volume_mm3
    return bool(min(left, right) > 0.15 * max(left, right))


def _cut_apart(aerated: NDArray[np.bool_], geometry: Geometry) -> NDArray[np.int32]:
    """Wear the lungs down until they fall into two, and grow the two back."""
    depth = ndimage.distance_transform_edt(aerated, sampling=geometry.spacing_mm)
    smallest = SMALLEST_LUNG_MM3 / geometry.voxel_volume_mm3 / 4
    for wear in np.arange(1.0, 16.0, 1.5):
        labels = cc3d.connected_components(depth > wear, connectivity=6)
        counts = np.bincount(labels.ravel())
        counts[0] = 0
        order = np.argsort(counts)[::-1]
        if len(order) > 1 and counts[order[1]] > max(smallest, 0.1 * counts[order[0]]):
            core = np.where(labels == order[0], 1, np.where(labels == order[1], 2, 0))
            nearest = ndimage.distance_transform_edt(
                core == 0, sampling=geometry.spacing_mm, return_distances=False, return_indices=True
            )
            return np.asarray(core[tuple(nearest)] * aerated, dtype=np.int32)
    return np.asarray(cc3d.connected_components(aerated, connectivity=6), dtype=np.int32)


def _closed(side: NDArray[np.bool_], geometry: Geometry) -> NDArray[np.bool_]:
    """Close one lung over what indents it: nodules and vessels at the pleura."""
    if not side.any():
        return side
    box = ndimage.find_objects(side.astype(np.uint8))[0]
    margin = [int(CLOSING_MM / step) + 2 for step in geometry.spacing_mm]
    inner = np.pad(side[box], [(m, m) for m in margin], mode="constant")
    near = ndimage.distance_transform_edt(~inner, sampling=geometry.spacing_mm) <= CLOSING_MM
    closed = ndimage.distance_transform_edt(near, sampling=geometry.spacing_mm) > CLOSING_MM
    filled = _filled(closed | inner, geometry)
    core = tuple(slice(m, n - m) for m, n in zip(margin, filled.shape, strict=True))
    result = np.zeros_like(side)
    result[box] = filled[core]
    return result


def _filled(side: NDArray[np.bool_], geometry: Geometry) -> NDArray[np.bool_]:
    """Fill what is enclosed on all sides, and small holes of axial slices."""
    enclosed = np.asarray(ndimage.binary_fill_holes(side), dtype=np.bool_)
    result = enclosed.copy()
    largest = LARGEST_HOLE_MM2 / (geometry.spacing_mm[1] * geometry.spacing_mm[2])
    for number, plane in enumerate(enclosed):
        holes = cv2.connectedComponentsWithStats((~plane).astype(np.uint8), connectivity=4)
        _, labels, stats, _ = holes
        small = stats[:, cv2.CC_STAT_AREA] <= largest
        small[0] = False
        small[np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))] = (
            False
        )
        result[number] |= small[labels]
    return result
