"""Noise as filtered back-projection leaves it: correlated, coarser than the pixels."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def add_noise(
    values: NDArray[np.float32], spacing_mm: float, sd_hu: float, random: np.random.Generator
) -> None:
    """Add noise of a deviation (HU, at the centre) to slices, each a little like the last."""
    rows, columns = values.shape[1:]
    scale = _profile(rows, columns) * np.float32(sd_hu)
    last = _grain(rows, columns, spacing_mm, random)
    for picture in values:
        last = np.float32(0.35) * last + np.float32(0.937) * _grain(
            rows, columns, spacing_mm, random
        )
        np.add(picture, last * scale, out=picture)


def _grain(
    rows: int, columns: int, spacing_mm: float, random: np.random.Generator
) -> NDArray[np.float32]:
    """Return one slice of noise: band-limited, mean 0 and deviation 1."""
    white = random.standard_normal((rows, columns), dtype=np.float32)
    fine = cv2.GaussianBlur(white, (0, 0), max(0.55 / spacing_mm, 0.3))
    coarse = cv2.GaussianBlur(fine, (0, 0), max(2.0 / spacing_mm, 0.8))
    grain = fine - np.float32(0.75) * coarse
    return np.asarray(grain / grain.std(), dtype=np.float32)


def _profile(rows: int, columns: int) -> NDArray[np.float32]:
    """Return how noise falls off from the centre of the body to its edge."""
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    return np.asarray(0.55 + 0.5 * np.exp(-((x / 0.75) ** 2 + (y / 0.6) ** 2)), dtype=np.float32)
