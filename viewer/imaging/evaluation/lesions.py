"""Lesions of a truth, from masks or from points with diameters, and which findings hit them."""

from __future__ import annotations

from dataclasses import dataclass, field

import cc3d
import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry
from viewer.imaging.evaluation.matching import (
    Array,
    shared,
    within_boxes,
    within_distance,
)
from viewer.imaging.evaluation.overlap import diameter_mm
from viewer.imaging.evaluation.wish import Rule


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Lesions as voxels: 0 is outside, n the n-th lesion of `Spots`."""

    labels: NDArray[np.unsignedinteger] = field(repr=False)
    geometry: Geometry

    def at(self, centres: Array) -> NDArray[np.intp]:
        """Return the lesion (n) in which each centre (n, 3) lies, -1 for none."""
        index = np.rint(self.geometry.to_index(centres)).astype(np.intp)
        inside = ((index >= 0) & (index < np.array(self.labels.shape))).all(axis=1)
        found = np.full(len(centres), -1, np.intp)
        found[inside] = self.labels[tuple(index[inside].T)].astype(np.intp) - 1
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Findings or lesions: centres (n, 3), diameters (n), boxes (n, 2, 3) in LPS mm, or NaN."""

    centres: Array
    diameters_mm: Array
    boxes: Array
    scores: Array
    pieces: tuple[Pieces, ...] = ()

    def __len__(self) -> int:
        return len(self.centres)

    @property
    def all_boxes(self) -> Array:
        """Boxes, and where there are none, cubes of the diameter."""
        half = np.stack([-self.diameters_mm, self.diameters_mm], axis=1)[:, :, None] / 2
        return np.where(np.isfinite(self.boxes), self.boxes, self.centres[:, None] + half)


def spots(
    centres: Array, diameters_mm: Array, boxes: Array | None = None, scores: Array | None = None
) -> Spots:
    """Return spots from arrays; what is not given is unknown."""
    count = len(centres)
    return Spots(
        centres.reshape(count, 3),
        diameters_mm,
        np.full((count, 2, 3), np.nan) if boxes is None else boxes,
        np.full(count, np.nan) if scores is None else scores,
    )


def spots_in(
    groups: list[tuple[NDArray[np.unsignedinteger], Geometry]], smallest_mm: float = 0.0
) -> Spots:
    """Return the lesions of label maps: each connected piece of a label (26 neighbours).

    What is smaller than a ball of the diameter `smallest_mm` is no lesion.
    """
    every: list[Spots] = []
    pieces: list[Pieces] = []
    start = 0
    for labels, geometry in groups:
        own = labels.copy()  # cc3d takes no read-only array
        found, count = cc3d.connected_components(own, connectivity=26, return_N=True)
        if smallest_mm > 0 and count:
            found, count = _large(found, count, geometry, smallest_mm)
        every.append(_measured(found, count, geometry))
        shifted = np.where(found, found.astype(np.uint32) + np.uint32(start), np.uint32(0))
        pieces.append(Pieces(shifted, geometry))
        start += count
    return Spots(
        np.concatenate([np.zeros((0, 3)), *(one.centres for one in every)]),
        np.concatenate([np.zeros(0), *(one.diameters_mm for one in every)]),
        np.concatenate([np.zeros((0, 2, 3)), *(one.boxes for one in every)]),
        np.concatenate([np.zeros(0), *(one.scores for one in every)]),
        tuple(pieces),
    )


def _large(
    found: NDArray[np.unsignedinteger], count: int, geometry: Geometry, smallest_mm: float
) -> tuple[NDArray[np.unsignedinteger], int]:
    """Return pieces without the small ones, numbered anew."""
    volumes = np.bincount(found.ravel(), minlength=count + 1) * geometry.voxel_volume_mm3
    kept = np.cbrt(6 * volumes / np.pi) >= smallest_mm
    kept[0] = False
    number = np.where(kept, np.cumsum(kept), 0).astype(np.uint32)
    return number[found], int(kept.sum())


def _measured(found: NDArray[np.unsignedinteger], count: int, geometry: Geometry) -> Spots:
    if not count:
        return spots(np.zeros((0, 3)), np.zeros(0))
    told = cc3d.statistics(found)
    centres = geometry.to_patient(told["centroids"][1:])
    volumes = told["voxel_counts"][1:].astype(np.float64) * geometry.voxel_volume_mm3 / 1000
    boxes = np.stack([_box(box, geometry) for box in told["bounding_boxes"][1:]])
    return spots(centres, np.array([diameter_mm(one) for one in volumes]), boxes)


def _box(box: tuple[slice, slice, slice], geometry: Geometry) -> Array:
    """Return the box in LPS mm round the outer faces of voxels."""
    ends = [(one.start - 0.5, one.stop - 0.5) for one in box]
    corners = geometry.to_patient([(a, b, c) for a in ends[0] for b in ends[1] for c in ends[2]])
    return np.stack([corners.min(axis=0), corners.max(axis=0)])


def closeness(findings: Spots, lesions: Spots, rule: Rule, limit: float) -> Array:
    """Return how close findings are to the lesions they hit (findings, lesions), -inf where not."""
    match rule:
        case Rule.DISTANCE:
            reach = np.full(len(lesions), limit)
            return within_distance(findings.centres, lesions.centres, reach)
        case Rule.IOU:
            return shared(findings.all_boxes, lesions.all_boxes, limit)
        case Rule.CENTRE:
            return _centred(findings, lesions)


def _centred(findings: Spots, lesions: Spots) -> Array:
    if lesions.pieces:
        near = np.full((len(findings), len(lesions)), -np.inf)
        apart = np.linalg.norm(findings.centres[:, None] - lesions.centres[None], axis=2)
        for one in lesions.pieces:
            hit = one.at(findings.centres)
            rows = np.flatnonzero(hit >= 0)
            near[rows, hit[rows]] = -apart[rows, hit[rows]]
        return near
    boxed = np.asarray(np.isfinite(lesions.boxes).all(axis=(1, 2)))
    spheres = within_distance(
        findings.centres, lesions.centres, np.nan_to_num(lesions.diameters_mm / 2)
    )
    return np.where(boxed[None], within_boxes(findings.centres, lesions.boxes), spheres)
