"""Two FLAIR images of one head on one grid, half-way between both positions.

Neither is left untouched while the other is interpolated: both are, so that both are equally
blurred and their difference shows no edges that come from the arithmetic alone. The one with
thinner slices is blurred along them until both are equally thick.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.errors import Declined
from viewer.core.geometry import Array, Geometry
from viewer.core.progress import Part, Progress
from viewer.core.volume import Volume
from viewer.imaging.anatomy.brain import find_brain
from viewer.imaging.anatomy.ground import ground_of
from viewer.imaging.rigid import Motion, aligned, half_of, sampled
from viewer.imaging.upright import Turn

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]

LEAST_FIT = 0.6
"""Correlation within the brain below which two images are not of one head, or not both FLAIR."""
_MARGIN_MM = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class Upright:
    """One image: slices to the head, rows to the back, columns to the left."""

    values: Values = field(repr=False)
    turn: Turn = field(repr=False)

    @property
    def geometry(self) -> Geometry:
        """The upright grid."""
        return self.turn.geometry


@dataclass(frozen=True, slots=True, eq=False)
class Head(Upright):
    """One image with its brain."""

    brain: Mask = field(repr=False)
    certainty: float
    """Of the outline of the brain, 0 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two dates on one grid; `first` is the earlier one, as far as dates are known."""

    first: Values = field(repr=False)
    second: Values = field(repr=False)
    brain: Mask = field(repr=False)
    """Where there is brain, and both are known."""
    geometry: Geometry

    @property
    def spacing_mm(self) -> tuple[float, float, float]:
        """Slice, row and column."""
        return self.geometry.spacing_mm


def upright_of(volume: Volume) -> Upright:
    """Turn an image upright; what is no number becomes 0."""
    turn = Turn.of(volume.geometry)
    values = np.nan_to_num(turn.upright(volume.values()), nan=0.0, posinf=0.0, neginf=0.0)
    return Upright(np.ascontiguousarray(values, np.float32), turn)


def head_of(volume: Volume, progress: Progress) -> Head:
    """Turn an image upright and find the brain on it.

    Raises:
        Declined: if no brain is found.
    """
    upright = upright_of(volume)
    grid = upright.geometry
    ground = ground_of(upright.values, grid, Part(progress, 0.0, 0.1))
    marked = find_brain(ground, Part(progress, 0.1, 1.0))
    if marked.mask is None or not marked.mask.any():
        reasons = " ".join(marked.verdict.failed)
        raise Declined(f"No brain was found on this image. {reasons}".strip(), code="no_brain")
    brain = ground.fine.enlarged(marked.mask)
    return Head(upright.values, upright.turn, brain, marked.verdict.certainty)


def together(front: Head, other: Upright, progress: Progress) -> Motion:
    """Find the motion from the image in front to the other one, by the brain alone.

    Raises:
        Declined: if they do not fit onto each other.
    """
    motion = aligned(
        front.values, front.geometry, other.values, other.geometry, progress, front.brain
    )
    if motion.fit < LEAST_FIT:
        raise Declined(
            f"The two images could not be brought together (correlation {motion.fit:.2f} within "
            f"the brain, at least {LEAST_FIT} is needed): another patient, another kind of image, "
            "or too much movement.",
            code="not_aligned",
        )
    return motion


def half_way(front: Head, other: Upright, motion: Array, *, front_first: bool) -> Pair:
    """Put both images on a grid half-way between them, cut to the brain.

    `motion` takes positions in the front image to the other one.
    """
    half = half_of(motion)
    back = np.asarray(np.linalg.inv(half), np.float64)
    grid = _cropped(front, back)
    here = _slices_alike(front, other)
    there = _slices_alike(other, front)
    a = sampled(here, front.geometry, back, grid)
    b = sampled(there, other.geometry, half, grid)
    brain = sampled(front.brain, front.geometry, back, grid, order=0) > 0.5
    brain &= np.isfinite(a) & np.isfinite(b)
    a, b = np.nan_to_num(a, nan=0.0), np.nan_to_num(b, nan=0.0)
    first, second = (a, b) if front_first else (b, a)
    return Pair(first, second, brain & (a > 0) & (b > 0), grid)


def _cropped(front: Head, back: Array) -> Geometry:
    """Return the front grid, turned like the axes of the body half-way, cut to the brain."""
    found = np.argwhere(front.brain)
    margin = np.ceil(_MARGIN_MM / np.array(front.geometry.spacing_mm)).astype(int)
    low = np.maximum(found.min(axis=0) - margin, 0)
    high = np.minimum(found.max(axis=0) + 1 + margin, front.brain.shape)
    size = high - low
    middle = front.geometry.to_patient(low + (size - 1) / 2)
    moved = np.linalg.solve(back[:3, :3], middle - back[:3, 3])
    affine = front.geometry.affine.copy()
    affine[:3, 3] = moved - affine[:3, :3] @ ((size - 1) / 2)
    return Geometry((int(size[0]), int(size[1]), int(size[2])), affine)


def _slices_alike(one: Upright, other: Upright) -> Values:
    """Blur along the slices what is thinner; slices of t mm are boxes of variance t^2 / 12."""
    own, its = one.geometry.spacing_mm[0], other.geometry.spacing_mm[0]
    if own >= its:
        return one.values
    sigma = np.sqrt((its**2 - own**2) / 12) / own
    return np.asarray(ndimage.gaussian_filter1d(one.values, sigma, axis=0), np.float32)
