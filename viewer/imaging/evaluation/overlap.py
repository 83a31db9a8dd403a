"""How well masks agree: what they share, and how far apart their surfaces are in mm.

The surface of a mask are the centres of its voxels with a face neighbour that is not in it; beyond
the grid nothing is in it. Distances go from each such point to the nearest of the other mask, on
oblique and anisotropic grids too. Figures follow L. Maier-Hein, A. Reinke et al.: Metrics
Reloaded, 2024.

Where both masks are empty nothing is measured (None, and left out of averages). Where one is
empty, overlap and surface Dice are 0, and there is no distance (None).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_erosion, generate_binary_structure
from scipy.spatial import cKDTree

from viewer.core.geometry import Geometry

Mask = NDArray[np.bool_]
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a mask agrees with the true one; lengths in mm, volumes in ml."""

    truth_ml: float
    found_ml: float
    dice: float | None
    jaccard: float | None
    hausdorff_mm: float | None
    hausdorff95_mm: float | None
    surface_distance_mm: float | None
    surface_dice: float | None

    @property
    def volume_error_ml(self) -> float:
        """How much too large (positive) or small the found volume is."""
        return self.found_ml - self.truth_ml

    @property
    def volume_error(self) -> float | None:
        """The error as a part of the true volume; None without one."""
        return self.volume_error_ml / self.truth_ml if self.truth_ml > 0 else None


def compare(truth: Mask, found: Mask, geometry: Geometry, tolerance_mm: float) -> Agreement:
    """Compare two masks (slice, row, column) on one grid."""
    if truth.shape != found.shape or truth.shape != geometry.shape:
        raise ValueError(f"masks of {truth.shape} and {found.shape} on a grid of {geometry.shape}")
    ours, theirs = int(np.count_nonzero(truth)), int(np.count_nonzero(found))
    voxel_ml = geometry.voxel_volume_mm3 / 1000
    volumes = ours * voxel_ml, theirs * voxel_ml
    if not ours and not theirs:
        return Agreement(*volumes, None, None, None, None, None, None)
    if not ours or not theirs:
        return Agreement(*volumes, 0.0, 0.0, None, None, None, 0.0)
    both = int(np.count_nonzero(truth & found))
    there, back = surface_distances(truth, found, geometry)
    return Agreement(
        *volumes,
        dice=2 * both / (ours + theirs),
        jaccard=both / (ours + theirs - both),
        hausdorff_mm=float(max(there.max(), back.max())),
        hausdorff95_mm=hausdorff(there, back, 95),
        surface_distance_mm=float((there.sum() + back.sum()) / (len(there) + len(back))),
        surface_dice=surface_dice(there, back, tolerance_mm),
    )


def surface_distances(truth: Mask, found: Mask, geometry: Geometry) -> tuple[Array, Array]:
    """Return the distances (points) of each surface from the other: truth's, found's."""
    ours, theirs = surface(truth, geometry), surface(found, geometry)
    there, _ = cKDTree(theirs).query(ours)
    back, _ = cKDTree(ours).query(theirs)
    return np.asarray(there), np.asarray(back)


def surface(mask: Mask, geometry: Geometry) -> Array:
    """Return the points (n, 3) of the surface of a mask in LPS mm."""
    occupied = [np.flatnonzero(mask.any(axis=others)) for others in ((1, 2), (0, 2), (0, 1))]
    start = np.array([int(one[0]) for one in occupied])
    box = mask[tuple(slice(int(one[0]), int(one[-1]) + 1) for one in occupied)]
    inside = binary_erosion(box, generate_binary_structure(3, 1))
    return geometry.to_patient(np.argwhere(box & ~inside) + start)


def hausdorff(there: Array, back: Array, percent: float) -> float:
    """Return the larger of both sides' percentile of distances.

    D. P. Huttenlocher et al.: Comparing images using the Hausdorff distance, 1993; a percentile
    between two points lies on the line between them.
    """
    return float(max(np.percentile(there, percent), np.percentile(back, percent)))


def surface_dice(there: Array, back: Array, tolerance_mm: float) -> float:
    """Return the part of both surfaces that lies within a tolerance of the other.

    S. Nikolov et al.: Deep learning to achieve clinically applicable segmentation, 2018; counted
    in surface points, not weighted by their area.
    """
    near = int((there <= tolerance_mm).sum() + (back <= tolerance_mm).sum())
    return near / (len(there) + len(back))


def diameter_mm(volume_ml: float) -> float:
    """Return the diameter of the sphere of a volume."""
    return float((6000 * volume_ml / np.pi) ** (1 / 3))
