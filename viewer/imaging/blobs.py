"""Round bright spots of any size from 3 to 40 mm: where a nodule may be.

The dot filter of Li, Sone and Doi (Medical Physics 30, 2003): second
derivatives of the picture blurred at many scales. A ball curves down in all
three directions, a vessel only in two, a fissure in one. What lies outside
the lungs is painted as lung first, so that the chest wall itself does not
count and a nodule at the pleura stands free.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Geometry, Position, position_of
from viewer.core.progress import Progress
from viewer.imaging.compiled import compiled
from viewer.imaging.isotropic import Isotropic, halved, isotropic, smoothed

STEPS_MM = (1.0, 2.0, 4.0)
SIGMAS_MM = ((1.0, 1.4, 2.0, 2.8), (4.0, 5.7), (8.0, 11.0))
LUNG_HU = -850.0
HIGHEST_HU = 150.0
"""Bone, calcium and contrast medium count no more than this."""
LEAST_WEIGHT = 18.0
MOST = 400
SIZE_COUNTS = 0.75
"""Weight grows with this power of the size: small round spots are common, large ones are not."""
SIGMA_TO_DIAMETER = 2 * 3**0.5
"""A ball answers most at the scale of its radius divided by the root of three."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A round bright spot: centre (LPS mm), how strong (HU), about how wide."""

    position: Position
    strength: float
    sigma_mm: float

    @property
    def weight(self) -> float:
        """How much it deserves a closer look."""
        return self.strength * float(self.sigma_mm**SIZE_COUNTS)

    @property
    def diameter_mm(self) -> float:
        """The diameter of the ball that answers most at this scale."""
        return self.sigma_mm * SIGMA_TO_DIAMETER


def find_blobs(
    values: NDArray[np.float32],
    inside: NDArray[np.bool_],
    geometry: Geometry,
    progress: Progress,
    most: int = MOST,
) -> tuple[Blob, ...]:
    """Return the round spots of HU values, where `inside` is true, best first."""
    progress.report(0.0, "preparing the lungs")
    painted = np.where(inside, values.clip(-1000, HIGHEST_HU), np.float32(LUNG_HU))
    level = isotropic(painted.astype(np.float32), geometry, STEPS_MM[0])
    allowed = isotropic(inside.astype(np.float32), geometry, STEPS_MM[0])
    blobs: list[Blob] = []
    for number, sigmas in enumerate(SIGMAS_MM):
        if number:
            level, allowed = halved(level), halved(allowed)
        for order, sigma in enumerate(sigmas):
            done = (number + order / len(sigmas)) / len(SIGMAS_MM)
            progress.report(
                0.1 + 0.85 * done, f"looking for spots of {sigma * SIGMA_TO_DIAMETER:.0f} mm"
            )
            blobs += _blobs_of_scale(level, allowed.values > 0.5, sigma)
    strongest = sorted(_distinct(blobs), key=lambda b: (-b.weight, b.position))
    return tuple(strongest[:most])


def _blobs_of_scale(level: Isotropic, inside: NDArray[np.bool_], sigma_mm: float) -> list[Blob]:
    smooth = smoothed(level.values, sigma_mm / level.step_mm)
    steps = np.asarray(level.geometry.spacing_mm, dtype=np.float32)
    strength = _dots(smooth, inside, np.float32(sigma_mm) / steps)
    peaks = _peaks(strength, LEAST_WEIGHT / sigma_mm**SIZE_COUNTS)
    places = level.geometry.to_patient(peaks + _offsets(strength, peaks))
    return [
        Blob(position_of(place), float(strength[tuple(peak)]), sigma_mm)
        for place, peak in zip(places, peaks, strict=True)
    ]


def _offsets(strength: NDArray[np.float32], peaks: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how far the true top lies from the strongest voxel, by a parabola along each axis."""
    offsets = np.zeros(peaks.shape)
    for axis in range(3):
        step = np.zeros(3, dtype=int)
        step[axis] = 1
        before, after = strength[tuple((peaks - step).T)], strength[tuple((peaks + step).T)]
        bend = before - 2 * strength[tuple(peaks.T)] + after
        with np.errstate(divide="ignore", invalid="ignore"):
            offsets[:, axis] = np.where(bend < 0, (before - after) / (2 * bend), 0).clip(-0.5, 0.5)
    return offsets


def _distinct(blobs: list[Blob]) -> tuple[Blob, ...]:
    """Keep the strongest of the spots that lie inside each other, strongest first."""
    order = sorted(blobs, key=lambda b: (-b.strength, b.position))
    places = np.array([b.position for b in order]).reshape(-1, 3)
    radii = np.array([b.diameter_mm / 2 for b in order])
    free = np.ones(len(order), dtype=bool)
    kept = []
    for number, blob in enumerate(order):
        if free[number]:
            kept.append(blob)
            near = np.linalg.norm(places - places[number], axis=1)
            free &= near > 0.7 * np.maximum(radii, radii[number])
    return tuple(kept)


@compiled
def _dots(
    smooth: NDArray[np.float32], inside: NDArray[np.bool_], scale: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return how much each voxel is the top of a ball, in units of the picture."""
    depth, height, width = smooth.shape
    result = np.zeros(smooth.shape, dtype=np.float32)
    a, b, c = scale
    for z in range(1, depth - 1):
        for y in range(1, height - 1):
            for x in range(1, width - 1):
                if not inside[z, y, x]:
                    continue
                twice = 2 * smooth[z, y, x]
                zz = (smooth[z + 1, y, x] + smooth[z - 1, y, x] - twice) * a * a
                yy = (smooth[z, y + 1, x] + smooth[z, y - 1, x] - twice) * b * b
                xx = (smooth[z, y, x + 1] + smooth[z, y, x - 1] - twice) * c * c
                if zz >= 0 or yy >= 0 or xx >= 0:
                    continue
                zy = smooth[z + 1, y + 1, x] - smooth[z + 1, y - 1, x]
                zy = (zy - smooth[z - 1, y + 1, x] + smooth[z - 1, y - 1, x]) * a * b / 4
                zx = smooth[z + 1, y, x + 1] - smooth[z + 1, y, x - 1]
                zx = (zx - smooth[z - 1, y, x + 1] + smooth[z - 1, y, x - 1]) * a * c / 4
                yx = smooth[z, y + 1, x + 1] - smooth[z, y + 1, x - 1]
                yx = (yx - smooth[z, y - 1, x + 1] + smooth[z, y - 1, x - 1]) * b * c / 4
                mean = (zz + yy + xx) / 3
                off = zy * zy + zx * zx + yx * yx
                spread = (zz - mean) ** 2 + (yy - mean) ** 2 + (xx - mean) ** 2 + 2 * off
                if spread <= 0:
                    result[z, y, x] = -mean
                    continue
                p = np.sqrt(spread / 6)
                u, v, w = (zz - mean) / p, (yy - mean) / p, (xx - mean) / p
                d, e, f = zy / p, zx / p, yx / p
                half = (u * (v * w - f * f) - d * (d * w - f * e) + e * (d * f - v * e)) / 2
                angle = np.arccos(min(1.0, max(-1.0, half))) / 3
                largest = mean + 2 * p * np.cos(angle)
                smallest = mean + 2 * p * np.cos(angle + 2.0943951023931953)
                if largest < 0:
                    result[z, y, x] = -largest * largest / smallest
    return result


@compiled
def _count_and_mark(
    strength: NDArray[np.float32], faintest: float, marks: NDArray[np.int64]
) -> int:
    """Write the voxels that exceed all 26 neighbours into `marks`; return how many there are."""
    depth, height, width = strength.shape
    found = 0
    for z in range(1, depth - 1):
        for y in range(1, height - 1):
            for x in range(1, width - 1):
                here = strength[z, y, x]
                if here < faintest:
                    continue
                top = True
                for k in range(27):
                    there = strength[z + k // 9 - 1, y + k // 3 % 3 - 1, x + k % 3 - 1]
                    if there > here or (there == here and k < 13):
                        top = False
                        break
                if top:
                    if found < len(marks):
                        marks[found, 0], marks[found, 1], marks[found, 2] = z, y, x
                    found += 1
    return found


def _peaks(strength: NDArray[np.float32], faintest: float) -> NDArray[np.int64]:
    """Return the indices (n, 3) of local maxima, in array order."""
    marks = np.zeros((20_000, 3), dtype=np.int64)
    found = _count_and_mark(strength, faintest, marks)
    if found > len(marks):
        marks = np.zeros((found, 3), dtype=np.int64)
        _count_and_mark(strength, faintest, marks)
    return marks[:found]
