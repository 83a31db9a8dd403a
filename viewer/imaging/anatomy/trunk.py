"""Where things are in a trunk: its slices, the spine, the wall, and the base of the lungs."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry
from viewer.imaging.anatomy.masks import Mask, eroded, filled_slices, largest, opened

LEAN_HU = -25.0
LEAST_AREA_MM2 = 18_000.0
LEAST_SPINE_MM2 = 500.0
SPINE_HALF_MM = 35.0
WALL_MM = 8.0
GAP_MM = 22.0
"""Half the widest gap in the wall that is bridged, as where the straight muscles part."""


@dataclass(frozen=True, slots=True, eq=False)
class Trunk:
    """A trunk on the rough upright grid. All masks lie on it."""

    geometry: Geometry
    hu: NDArray[np.float32] = field(repr=False)
    smooth: NDArray[np.float32] = field(repr=False)
    """The values with noise taken away."""
    body: Mask = field(repr=False)
    bone: Mask = field(repr=False)
    right_lung: Mask = field(repr=False)
    left_lung: Mask = field(repr=False)
    hull: Mask = field(repr=False)
    """Within the muscles of the wall, they included; lungs too."""
    inner: Mask = field(repr=False)
    """Within the wall."""
    slices: NDArray[np.bool_] = field(repr=False)
    """Which slices are trunk."""
    spine_column: float
    """In the middle of the spine, in columns (these grow to the left)."""
    spine_row: float
    """In the middle of the vertebral bodies, in rows (these grow to the back)."""

    @property
    def lungs(self) -> Mask:
        """Both lungs."""
        return self.right_lung | self.left_lung

    @property
    def muscle_hu(self) -> float:
        """The usual value of muscle: of lean tissue behind the spine, fatty muscle left out."""
        behind = self.behind_spine_mm > 35
        zone = self.hull & ~self.bone & self.slices[:, None, None] & behind[None, :, None]
        values = self.smooth[zone & (self.smooth > 30) & (self.smooth < 100)]
        return float(np.clip(np.median(values), 45, 70)) if len(values) > 50 else 55.0

    @property
    def from_spine_mm(self) -> NDArray[np.float64]:
        """How far each column lies to the left of the middle of the spine, in mm."""
        columns = np.arange(self.geometry.shape[2]) - self.spine_column
        return np.asarray(columns * self.geometry.spacing_mm[2])

    @property
    def behind_spine_mm(self) -> NDArray[np.float64]:
        """How far each row lies behind the middle of the vertebral bodies, in mm."""
        rows = np.arange(self.geometry.shape[1]) - self.spine_row
        return np.asarray(rows * self.geometry.spacing_mm[1])

    @property
    def heights_mm(self) -> NDArray[np.float64]:
        """How high each slice lies over the lowest, in mm."""
        return np.asarray(np.arange(self.geometry.shape[0]) * self.geometry.spacing_mm[0])

    def base_mm(self, lung: Mask) -> float | None:
        """Return how high the dome under a lung lies; None where too little lung is there."""
        columns = lung.any(axis=0)
        step = self.geometry.spacing_mm
        if np.count_nonzero(columns) * step[1] * step[2] < 1500:
            return None
        lowest = lung.argmax(axis=0)[columns] * step[0]
        return float(np.percentile(lowest, 75))


def trunk_of(
    hu: NDArray[np.float32],
    geometry: Geometry,
    body: Mask,
    bone: Mask,
    right_lung: Mask,
    left_lung: Mask,
) -> Trunk | None:
    """Return the trunk on a rough grid; None if no slice is wide enough and has a spine."""
    main = np.stack([largest(plane[None])[0] for plane in body])
    face = geometry.spacing_mm[1] * geometry.spacing_mm[2]
    columns = _centres(main)
    spine = _spine(bone & main, columns, geometry)
    slices = (main.sum(axis=(1, 2)) * face >= LEAST_AREA_MM2) & (
        spine.sum(axis=(1, 2)) * face >= LEAST_SPINE_MM2
    )
    slices = ndimage.binary_closing(slices, iterations=3, border_value=False) | slices
    if np.count_nonzero(slices) * geometry.spacing_mm[0] < 15:
        return None
    seen = np.argwhere(spine[slices])
    smooth = ndimage.gaussian_filter(
        ndimage.median_filter(hu.clip(-300, 500), 3), [2.0 / step for step in geometry.spacing_mm]
    )
    lean = main & ((ndimage.median_filter(hu, 3) > LEAN_HU) | right_lung | left_lung)
    hull = _hull(lean, geometry) & main
    inner = eroded(hull, WALL_MM, geometry)
    return Trunk(
        geometry, hu, smooth, main, bone, right_lung, left_lung, hull, inner, slices,
        float(np.median(seen[:, 2])), float(np.percentile(seen[:, 1], 35)),
    )  # fmt: skip


def _centres(main: Mask) -> NDArray[np.float64]:
    """Return the middle column of the body in each slice."""
    weights = main.sum(axis=1)
    totals = weights.sum(axis=1)
    columns = np.arange(main.shape[2])
    return np.where(totals > 0, (weights * columns).sum(axis=1) / np.maximum(totals, 1), -1.0)


def _spine(bone: Mask, centres: NDArray[np.float64], geometry: Geometry) -> Mask:
    """Mark bone near the middle and in the back half of the body."""
    result = np.zeros_like(bone)
    half = SPINE_HALF_MM / geometry.spacing_mm[2]
    for number, centre in enumerate(centres):
        if centre < 0:
            continue
        low, high = max(0, int(centre - half)), int(centre + half) + 1
        rows = np.flatnonzero(bone[number].any(axis=1))
        if not len(rows):
            continue
        strip = bone[number, :, low:high].copy()
        strip[: len(strip) * 2 // 5] = False
        result[number, :, low:high] = strip
    return result


def _hull(lean: Mask, geometry: Geometry) -> Mask:
    """Close muscles and bone to a wall in each slice, and fill it."""
    _, row, column = geometry.spacing_mm
    size = (2 * ceil(GAP_MM / column) + 1, 2 * ceil(GAP_MM / row) + 1)
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, size))
    border = max(size)
    sheets = []
    for plane in lean:
        wide = cv2.copyMakeBorder(
            plane.astype(np.uint8), border, border, border, border, cv2.BORDER_CONSTANT, value=0
        )
        joined = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, kernel) > 0
        sheets.append(joined[border:-border, border:-border] | plane)
    return opened(filled_slices(np.stack(sheets)), 6.0, geometry)
