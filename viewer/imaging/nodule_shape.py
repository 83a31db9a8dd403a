"""The shape of a nodule in numbers that its outline alone gives: size, form, roughness.

Everything is measured on the largest piece of a mask, turned upright, so that the same
nodule gives the same numbers however its voxels are stored. Surfaces are those of the
smoothed mesh of `surface`; the ball and ellipsoid of the definitions are solid.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from math import pi
from typing import TYPE_CHECKING

import cc3d
import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.geometry import Array, Geometry
from viewer.core.segmentation import Mask
from viewer.imaging.segment_shape import SegmentShape, shape_of
from viewer.imaging.upright import Turn

if TYPE_CHECKING:
    from viewer.imaging.surface import Surface

MOST_VOXELS = 4_000_000
FEWEST_VOXELS = 4


@dataclass(frozen=True, slots=True)
class NoduleShape:
    """Lengths in mm; all else is without unit unless its name says otherwise."""

    volume_diameter_mm: float
    """Of the ball of the same volume."""
    longest_mm: float
    """In one axial slice (RECIST)."""
    shortest_mm: float
    """At right angles to the longest, in the same slice."""
    height_mm: float
    """From the lowest to the highest slice, both included."""
    surface_to_volume: float
    """Area by volume, in 1/mm."""
    sphericity: float
    """Area of the ball of the same volume by the area: 1 for a ball."""
    compactness: float
    """Volume by that of the ball over the longest diameter in any direction."""
    elongation: float
    """Second by longest principal axis."""
    flatness: float
    """Shortest by longest principal axis."""
    solidity: float
    """Volume by that of the convex hull: 1 without bays and lobes."""
    roughness: float
    """Spread of the distances of the surface from the centre, by those of the ellipsoid with the
    same second moments: 0 for every ellipsoid."""
    asymmetry: float
    """Length of the third moments along the principal axes: 0 for what mirrors."""
    circularity: float
    """4 pi area by squared perimeter of the largest axial slice: 1 for a disc."""
    axial_solidity: float
    """Area by that of the convex hull, over all axial slices."""

    def numbers(self) -> NDArray[np.float64]:
        """Return the features in the order of SHAPE_NAMES."""
        return np.array(astuple(self), dtype=np.float64)


SHAPE_NAMES = tuple(f.name for f in fields(NoduleShape))


def nodule_shape(mask: Mask) -> NoduleShape:
    """Measure the largest piece of a mask.

    Raises:
        Declined: if it is too small or too large to be measured as a nodule.
    """
    from scipy.spatial import ConvexHull

    from viewer.imaging.surface import mask_surface

    inside, geometry = _upright_piece(mask)
    shape = shape_of(inside, geometry)
    made = mask_surface(inside, geometry)
    volume = shape.voxels * geometry.voxel_volume_mm3
    vertices = made.vertices.astype(np.float64)
    hull = ConvexHull(vertices)
    flat = _flat(inside, geometry)
    return NoduleShape(
        volume_diameter_mm=float(np.cbrt(6 * volume / pi)),
        longest_mm=shape.axes.long.length_mm,
        shortest_mm=shape.axes.short.length_mm,
        height_mm=inside.shape[0] * geometry.spacing_mm[0],
        surface_to_volume=shape.area_mm2 / volume,
        sphericity=min(shape.sphericity, 1.0),
        compactness=_compactness(shape, volume),
        elongation=shape.elongation,
        flatness=shape.flatness,
        solidity=min(abs(made.volume_mm3) / float(hull.volume), 1.0),
        roughness=_roughness(made, inside, geometry),
        asymmetry=_asymmetry(inside, geometry),
        circularity=flat[0],
        axial_solidity=flat[1],
    )


def _upright_piece(mask: Mask) -> tuple[NDArray[np.bool_], Geometry]:
    """Return the largest piece (26 neighbours), upright, cut to its box."""
    if mask.voxels.size > MOST_VOXELS:
        raise Declined("This outline is too large for a nodule.", code="not_a_nodule")
    turn = Turn.of(mask.geometry)
    labels = cc3d.connected_components(np.array(turn.upright(mask.voxels), order="C"))
    counts = np.bincount(labels.ravel())
    counts[0] = 0
    if counts.max(initial=0) < FEWEST_VOXELS:
        raise Declined("This outline is too small for its shape to be measured.", code="too_small")
    piece = np.asarray(labels == counts.argmax(), dtype=np.bool_)
    lines = [np.flatnonzero(piece.any(axis=axes)) for axes in ((1, 2), (0, 2), (0, 1))]
    low = (int(lines[0][0]), int(lines[1][0]), int(lines[2][0]))
    high = (int(lines[0][-1]) + 1, int(lines[1][-1]) + 1, int(lines[2][-1]) + 1)
    cut = piece[low[0] : high[0], low[1] : high[1], low[2] : high[2]]
    return np.ascontiguousarray(cut), turn.geometry.crop(low, high)


def _compactness(shape: SegmentShape, volume_mm3: float) -> float:
    return min(volume_mm3 / (pi / 6 * shape.feret.length_mm**3), 1.0)


def _moments(inside: NDArray[np.bool_], geometry: Geometry) -> tuple[Array, Array, Array]:
    """Return the places of all voxels (n, 3) round their centre, and their covariance's axes.

    A voxel is a block: that adds to the second moments. Lengths of the axes are in mm.
    """
    points = geometry.to_patient(np.argwhere(inside))
    away = points - points.mean(axis=0)
    steps = geometry.affine[:3, :3]
    spread = away.T @ away / len(away) + steps @ steps.T / 12
    squares, axes = np.linalg.eigh(spread)
    return away, np.sqrt(squares), axes


def _roughness(made: Surface, inside: NDArray[np.bool_], geometry: Geometry) -> float:
    _, lengths, axes = _moments(inside, geometry)
    points = geometry.to_patient(np.argwhere(inside))
    away = (made.vertices.astype(np.float64) - points.mean(axis=0)) @ axes
    reach = np.linalg.norm(away / (lengths * np.sqrt(5)), axis=1)
    return float(reach.std() / reach.mean())


def _asymmetry(inside: NDArray[np.bool_], geometry: Geometry) -> float:
    away, lengths, axes = _moments(inside, geometry)
    return float(np.linalg.norm(((away @ axes / lengths) ** 3).mean(axis=0)))


def _flat(inside: NDArray[np.bool_], geometry: Geometry) -> tuple[float, float]:
    """Return how round the largest axial slice is, and how full the hulls of all are.

    Outlines run half-way between pixels in and out, on pixels five times as fine.
    """
    steps = np.asarray(geometry.spacing_mm[1:])
    outlines = [_outlines(part, steps) for part in inside]
    areas = [sum(cv2.contourArea(line) for line in lines) for lines in outlines]
    hulls = [sum(cv2.contourArea(cv2.convexHull(line)) for line in lines) for lines in outlines]
    largest = max(outlines[int(np.argmax(areas))], key=cv2.contourArea)
    length = cv2.arcLength(largest, closed=True)
    roundness = 4 * pi * cv2.contourArea(largest) / length**2 if length > 0 else 0.0
    return min(float(roundness), 1.0), min(float(sum(areas) / max(sum(hulls), 1e-6)), 1.0)


def _outlines(flat: NDArray[np.bool_], steps: Array) -> list[NDArray[np.float32]]:
    """Return the outer lines of a slice, smoothed by less than a pixel, in mm."""
    padded = np.pad(flat, 1).astype(np.float32)
    fine = np.kron(padded, np.ones((5, 5), np.float32)).astype(np.float32)
    smooth = cv2.GaussianBlur(fine, (0, 0), 2.5)
    found, _ = cv2.findContours(
        (smooth > 0.5).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )
    scale = (steps[::-1] / 5).astype(np.float32)
    return [line[:, 0].astype(np.float32) * scale for line in found if len(line) > 2]
