"""What classical models go by: numbers of the equalised chest, and numbers nobody should go by.

`chest_features` describes the equalised picture: oriented edges (Dalal and Triggs 2005), patterns
of neighbours (Ojala 2002), co-occurrence (Haralick 1973), brightness region by region.
`shortcut_features` describes only how a file came about: format, borders, sharpness, noise,
exposure.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.feature import graycomatrix, graycoprops, hog, local_binary_pattern

from viewer.ai.chest_xray.cases import Case
from viewer.ai.chest_xray.picture import Grey, body_box, scaled

Floats = NDArray[np.float64]
SHORTCUTS = (
    "rows per column",
    "rows of the body's box",
    "columns of the body's box",
    "bytes of the file per pixel",
    "darkness of the border",
    "dark share of the border",
    "mean grey",
    "deviation of grey",
    "share of black",
    "share of white",
    "sharpness",
    "noise",
    "power of the finest octave",
    "power of the second octave",
)
_CELL = 8
_neighbours: Callable[..., NDArray[np.float64]] = local_binary_pattern
_cooccurrence: Callable[..., NDArray[np.float64]] = graycomatrix
_property: Callable[..., NDArray[np.float64]] = graycoprops
_LEVELS = 16
_FRAME = 0.04
_HARALICK = ("contrast", "dissimilarity", "homogeneity", "energy", "correlation")


def chest_features(picture: Grey) -> Floats:
    """Return edges, patterns, co-occurrence and brightness of an equalised picture."""
    bytes_ = ((picture + 1.75) / 3.5 * 255).clip(0, 255).astype(np.uint8)
    edges = hog(picture, 8, (_CELL, _CELL), (1, 1), feature_vector=True)
    return np.concatenate(
        [np.asarray(edges, np.float64), _patterns(bytes_), _haralick(bytes_), _brightness(picture)]
    )


def _patterns(picture: NDArray[np.uint8]) -> Floats:
    codes = _neighbours(picture, 8, 1.5, "uniform").astype(np.intp)
    cells = _cells(codes, 16)
    return np.concatenate([np.bincount(cell, minlength=10) / len(cell) for cell in cells])


def _haralick(picture: NDArray[np.uint8]) -> Floats:
    matrix = _cooccurrence(
        picture // (256 // _LEVELS), (1, 2, 4), (0, np.pi / 2), _LEVELS, symmetric=True, normed=True
    )
    return np.concatenate([_property(matrix, name).mean(axis=1) for name in _HARALICK])


def _brightness(picture: Grey) -> Floats:
    cells = _cells(picture.astype(np.float64), _CELL)
    return np.concatenate([cells.mean(axis=1), cells.std(axis=1)])


def _cells(picture: NDArray[np.generic], side: int) -> NDArray[np.generic]:
    """Return the pixels of each square (squares, side * side)."""
    count = picture.shape[0] // side
    parts = picture.reshape(count, side, count, side).swapaxes(1, 2)
    return np.asarray(parts.reshape(count * count, side * side))


def shortcut_features(case: Case) -> Floats:
    """Return what a file gives away without anybody looking at lungs (see SHORTCUTS)."""
    pixels = case.pixels.astype(np.float32)
    rows, columns = pixels.shape
    box = body_box(scaled(pixels))
    border = _border(pixels)
    smooth = cv2.GaussianBlur(pixels, (0, 0), 1.5)
    finest, second = _octaves(pixels)
    return np.array(
        [
            rows / columns,
            box.height / rows,
            box.width / columns,
            case.file_bytes / pixels.size,
            border.mean(),
            (border < 25).mean(),
            pixels.mean(),
            pixels.std(),
            (pixels < 3).mean(),
            (pixels > 252).mean(),
            np.log(cv2.Laplacian(pixels, cv2.CV_32F).var() + 1e-3),
            np.log(np.median(np.abs(pixels - smooth)) + 1e-3),
            finest,
            second,
        ],
        np.float64,
    )


def _border(pixels: Grey) -> Grey:
    rows, columns = pixels.shape
    wide = max(1, round(_FRAME * columns))
    inside = np.ones((rows, columns), np.bool_)
    inside[wide:-wide, wide:-wide] = False
    return np.asarray(pixels[inside])


def _octaves(pixels: Grey) -> tuple[float, float]:
    """Return the logarithm of the power in the two finest octaves, of the middle of a picture."""
    rows, columns = pixels.shape
    side = min(rows, columns) // 2
    middle = pixels[rows // 2 - side // 2 :, columns // 2 - side // 2 :][:side, :side]
    window = np.outer(np.hanning(side), np.hanning(side))
    power = np.abs(np.fft.fft2((middle - middle.mean()) * window)) ** 2
    far = np.hypot(*np.meshgrid(np.fft.fftfreq(side), np.fft.fftfreq(side)))
    total = power[far < 0.125].sum()
    finest = power[(far >= 0.25) & (far < 0.5)].sum()
    second = power[(far >= 0.125) & (far < 0.25)].sum()
    return float(np.log(finest / total + 1e-12)), float(np.log(second / total + 1e-12))
