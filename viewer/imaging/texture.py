"""What each pixel's surroundings look like, as numbers: scales, edges, patterns, co-occurrence.

Pictures are (row, column) float32 with mm between neighbours; features are (feature, row,
column) float32. Values are first brought to about -1 to 1 by a `Scale` of the whole image, so
that what was learned on one slice holds on the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from viewer.imaging.compiled import compiled

Picture = NDArray[np.float32]
Features = NDArray[np.float32]
PixelMm = tuple[float, float]
_BORDER = cv2.BORDER_REFLECT_101


class Kind(StrEnum):
    """A family of features."""

    VALUE = "value"
    EDGE = "edge"
    PATTERN = "pattern"
    GABOR = "gabor"
    HARALICK = "haralick"


@dataclass(frozen=True, slots=True)
class Scale:
    """Which values become 0 and 1 before features are taken."""

    middle: float
    width: float

    @classmethod
    def of(cls, values: NDArray[np.floating]) -> Scale:
        """Return the median of finite values, and half the way from the 2nd to 98th percentile."""
        known = values[np.isfinite(values)]
        if known.size == 0:
            return cls(0.0, 1.0)
        low, middle, high = (float(x) for x in np.percentile(known, (2, 50, 98)))
        return cls(middle, max((high - low) / 2, 1e-6))

    def scaled(self, picture: NDArray[np.floating]) -> Picture:
        """Return a picture on this scale; what is no number becomes 0."""
        level = (picture.astype(np.float32) - np.float32(self.middle)) / np.float32(self.width)
        return np.asarray(np.nan_to_num(level, posinf=0, neginf=0), np.float32)


@dataclass(frozen=True, slots=True)
class Bank:
    """Which features are taken, and at which scales in mm."""

    kinds: tuple[Kind, ...] = (Kind.VALUE, Kind.EDGE, Kind.PATTERN, Kind.GABOR)
    sigmas_mm: tuple[float, ...] = (0.8, 1.6, 3.2, 6.4)
    haralick_mm: float = 7.0

    def names(self) -> tuple[str, ...]:
        """Return what each feature is."""
        found: list[str] = []
        for sigma in self.sigmas_mm:
            if Kind.VALUE in self.kinds:
                found += [f"value at {sigma:g} mm", f"deviation at {sigma:g} mm"]
            if Kind.EDGE in self.kinds:
                found += [f"{name} at {sigma:g} mm" for name in _EDGES]
        if Kind.PATTERN in self.kinds:
            found += [f"share of pattern {number}" for number in range(_PATTERNS)]
        if Kind.GABOR in self.kinds:
            found += [f"Gabor {name} at {width:g} mm" for width in _WAVES_MM for name in _TURNS]
        if Kind.HARALICK in self.kinds:
            found += [f"co-occurrence {name}" for name in HARALICK]
        if Kind.VALUE in self.kinds:
            found.append("value")
        return tuple(found)

    def of(self, picture: Picture, pixel_mm: PixelMm) -> Features:
        """Return the features of a picture on its scale, in the order of the names."""
        found: list[Picture] = []
        for sigma in self.sigmas_mm:
            found += _at_scale(picture, sigma, pixel_mm, self.kinds)
        if Kind.PATTERN in self.kinds:
            found += list(pattern_shares(picture, 4.0, pixel_mm))
        if Kind.GABOR in self.kinds:
            found += [part for width in _WAVES_MM for part in gabor(picture, width, pixel_mm)]
        if Kind.HARALICK in self.kinds:
            found += list(haralick(picture, self.haralick_mm, pixel_mm))
        if Kind.VALUE in self.kinds:
            found.append(picture)
        return np.stack(found)

    def reach_mm(self) -> float:
        """Return how far from a pixel its features look."""
        return max(4.5 * max(self.sigmas_mm), self.haralick_mm, 2 * max(_WAVES_MM), 16.0)


_EDGES = ("slope", "Laplacian", "greater curvature", "lesser curvature")
_WAVES_MM = (4.0, 8.0)
_TURNS = ("0°", "45°", "90°", "135°", "greatest")
_PATTERNS = 10


def _at_scale(
    picture: Picture, sigma_mm: float, pixel_mm: PixelMm, kinds: tuple[Kind, ...]
) -> list[Picture]:
    sigmas = (sigma_mm / pixel_mm[0], sigma_mm / pixel_mm[1])
    soft = _blurred(picture, sigmas)
    found: list[Picture] = []
    if Kind.VALUE in kinds:
        squares = _blurred(picture * picture, sigmas) - soft * soft
        found += [soft, np.sqrt(np.maximum(squares, 0))]
    if Kind.EDGE in kinds:
        slopes = np.empty((4, *soft.shape), np.float32)
        _bends(soft, sigma_mm / pixel_mm[0], sigma_mm / pixel_mm[1], slopes)
        found += list(slopes)
    return found


def _blurred(picture: Picture, sigmas: tuple[float, float]) -> Picture:
    done = cv2.GaussianBlur(
        picture, (_side(sigmas[1]), _side(sigmas[0])), sigmas[1], sigmaY=sigmas[0],
        borderType=_BORDER,
    )  # fmt: skip
    return np.asarray(done, np.float32)


def _side(sigma: float) -> int:
    return 2 * int(3 * sigma + 0.5) + 1


@compiled
def _bends(soft: Picture, down: float, across: float, result: Features) -> None:
    """Write slope, Laplacian and both curvatures (eigenvalues of the Hessian), scale-free."""
    rows, columns = soft.shape
    for y in range(rows):
        above, below = max(y - 1, 0), min(y + 1, rows - 1)
        for x in range(columns):
            left, right = max(x - 1, 0), min(x + 1, columns - 1)
            here = soft[y, x]
            dy = (soft[below, x] - soft[above, x]) * down / 2
            dx = (soft[y, right] - soft[y, left]) * across / 2
            yy = (soft[below, x] + soft[above, x] - 2 * here) * down * down
            xx = (soft[y, right] + soft[y, left] - 2 * here) * across * across
            xy = soft[below, right] - soft[below, left] - soft[above, right] + soft[above, left]
            xy *= down * across / 4
            half, root = (yy + xx) / 2, np.sqrt((yy - xx) ** 2 / 4 + xy * xy)
            result[0, y, x] = np.sqrt(dy * dy + dx * dx)
            result[1, y, x] = yy + xx
            result[2, y, x] = half + root
            result[3, y, x] = half - root


def patterns(picture: Picture, radius: int = 1) -> NDArray[np.uint8]:
    """Return the uniform local binary pattern of each pixel: 0 to 8 ones in one run, 9 for others.

    Eight neighbours on a circle of so many pixels, between pixels bilinearly; ties count as one
    (Ojala, Pietikäinen, Mäenpää 2002).
    """
    result = np.empty(picture.shape, np.uint8)
    angles = 2 * np.pi * np.arange(8) / 8
    offsets = np.stack([-radius * np.sin(angles), radius * np.cos(angles)], axis=1)
    _patterns_of(np.ascontiguousarray(picture), np.round(offsets, 5), result)
    return result


@compiled
def _patterns_of(picture: Picture, offsets: NDArray[np.float64], result: NDArray[np.uint8]) -> None:
    rows, columns = picture.shape
    bits = np.empty(8, np.uint8)
    for y in range(rows):
        for x in range(columns):
            for number in range(8):
                b, a = y + offsets[number, 0], x + offsets[number, 1]
                b, a = min(max(b, 0.0), rows - 1.0), min(max(a, 0.0), columns - 1.0)
                top, left = int(np.floor(b)), int(np.floor(a))
                down, right = min(top + 1, rows - 1), min(left + 1, columns - 1)
                v, u = b - top, a - left
                value = (1 - v) * ((1 - u) * picture[top, left] + u * picture[top, right]) + v * (
                    (1 - u) * picture[down, left] + u * picture[down, right]
                )
                bits[number] = 1 if value >= picture[y, x] else 0
            changes, ones = 0, 0
            for number in range(8):
                ones += bits[number]
                changes += bits[number] != bits[(number + 1) % 8]
            result[y, x] = ones if changes <= 2 else 9


def pattern_shares(picture: Picture, sigma_mm: float, pixel_mm: PixelMm) -> Features:
    """Return how frequent each of the ten uniform patterns is round a pixel."""
    found = patterns(picture)
    sigmas = (sigma_mm / pixel_mm[0], sigma_mm / pixel_mm[1])
    return np.stack(
        [_blurred((found == number).astype(np.float32), sigmas) for number in range(_PATTERNS)]
    )


def gabor(picture: Picture, wave_mm: float, pixel_mm: PixelMm) -> Features:
    """Return the strength of waves of a length along four directions, and the greatest of them.

    The magnitude of an even and an odd filter, an octave wide, whose even part sums to zero.
    """
    found = []
    for turn in range(4):
        even, odd = _waves(wave_mm, np.pi * turn / 4, pixel_mm)
        parts = [cv2.filter2D(picture, cv2.CV_32F, one, borderType=_BORDER) for one in (even, odd)]
        found.append(cv2.magnitude(parts[0], parts[1]))
    strength = np.stack(found).astype(np.float32)
    return np.concatenate([strength, strength.max(axis=0, keepdims=True)])


def _waves(wave_mm: float, angle: float, pixel_mm: PixelMm) -> tuple[Picture, Picture]:
    """Return the two kernels; an angle of 0 is a wave that runs along the rows."""
    sigma = 0.56 * wave_mm
    reach = [max(1, min(int(2.5 * sigma / step + 0.5), 31)) for step in pixel_mm]
    y = np.arange(-reach[0], reach[0] + 1)[:, None] * pixel_mm[0]
    x = np.arange(-reach[1], reach[1] + 1)[None] * pixel_mm[1]
    bell = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    bell /= bell.sum()
    phase = 2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / wave_mm
    even = bell * np.cos(phase)
    even -= bell * even.sum()
    return even.astype(np.float32), (bell * np.sin(phase)).astype(np.float32)


HARALICK = ("contrast", "dissimilarity", "homogeneity", "energy", "entropy", "correlation")
_GREYS = 8


def haralick(picture: Picture, window_mm: float, pixel_mm: PixelMm) -> Features:
    """Return maps of six co-occurrence features (Haralick 1973), (6, row, column).

    Of neighbours one pixel apart in four directions, both ways round, in a window so wide, with
    values from -1 to 1 in eight equal steps. Pairs reaching beyond the picture are left out.
    """
    levels = ((picture + 1) * (_GREYS / 2)).clip(0, _GREYS - 1).astype(np.uint8)
    half = [max(1, round(window_mm / step / 2)) for step in pixel_mm]
    result = np.empty((len(HARALICK), *picture.shape), np.float32)
    _co_occurrence(levels, half[0], half[1], result)
    return result


@compiled
def _co_occurrence(levels: NDArray[np.uint8], high: int, wide: int, result: Features) -> None:
    """Slide a window along each row, adding the column of pixels it enters, taking the one left.

    A pair belongs to the window of its first pixel; its second may lie just outside.
    """
    rows, columns = levels.shape
    downs = np.array([0, 1, 1, 1])
    rights = np.array([1, 1, 0, -1])
    table = np.zeros((8, 8), np.int64)
    for y in range(rows):
        table[:] = 0
        top, bottom = max(y - high, 0), min(y + high, rows - 1)
        for step in range(-wide, columns + wide):
            for sign in (1, -1):
                x = step + wide if sign == 1 else step - wide - 1
                if x < 0 or x >= columns:
                    continue
                for b in range(top, bottom + 1):
                    for way in range(4):
                        d, c = b + downs[way], x + rights[way]
                        if d >= rows or c < 0 or c >= columns:
                            continue
                        one, other = levels[b, x], levels[d, c]
                        table[one, other] += sign
                        table[other, one] += sign
            if 0 <= step < columns:
                _summed(table, result[:, y, step])


@compiled
def _summed(table: NDArray[np.int64], found: Picture) -> None:
    """Write the six features of one co-occurrence table."""
    total = 0
    for one in range(8):
        for other in range(8):
            total += table[one, other]
    found[:] = 0
    if total == 0:
        return
    mean, square, product, entropy = 0.0, 0.0, 0.0, 0.0
    for one in range(8):
        for other in range(8):
            if table[one, other] == 0:
                continue
            share = table[one, other] / total
            gap = one - other
            found[0] += share * gap * gap
            found[1] += share * abs(gap)
            found[2] += share / (1 + gap * gap)
            found[3] += share * share
            entropy -= share * np.log2(share)
            mean += share * one
            square += share * one * one
            product += share * one * other
    found[3] = np.sqrt(found[3])
    found[4] = entropy
    variance = square - mean * mean
    found[5] = (product - mean * mean) / variance if variance > 1e-12 else 1.0
