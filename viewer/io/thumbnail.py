"""A small picture of a series for the list."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.study import Series, SeriesKind
from viewer.core.volume import Volume
from viewer.core.window import Window
from viewer.io.decode import Decoder
from viewer.io.filling import Filling
from viewer.io.other_formats import load_other
from viewer.io.relisted import pictures_in


def thumbnail(series: Series, size: int = 96) -> NDArray[np.uint8]:
    """Return the middle picture of a series as grey (rows, columns), no side longer than `size`.

    Only that picture is decoded, where the format allows it.

    Raises:
        Declined: if the series has no pictures.
        Unreadable: if that picture is damaged.
    """
    if series.kind is SeriesKind.OBJECT:
        raise Declined(f"{series.title} has no pictures of its own.", code="object")
    if series.format != "DICOM":
        return _of_volume(load_other(series), size)
    pictures = pictures_in(series)
    middle = pictures[len(pictures) // 2]
    stored = np.empty(middle.shape, middle.stored_type)
    Decoder().read(middle, stored)
    values = _smaller(stored, size) * np.float32(middle.slope) + np.float32(middle.intercept)
    inverted = middle.layout.photometric == "MONOCHROME1"
    return _grey(values, middle.windows[0][1] if middle.windows else None, inverted=inverted)


def _of_volume(filling: Filling, size: int) -> NDArray[np.uint8]:
    volume = filling.whole
    if not isinstance(volume, Volume):
        raise TypeError("a file that is not DICOM holds a volume")
    values = _smaller(volume.voxels[len(volume.voxels) // 2], size)
    return _grey(values * np.float32(volume.slope) + np.float32(volume.intercept), None)


def _smaller(pixels: NDArray[np.generic], size: int) -> NDArray[np.float32]:
    """Return the means of blocks of pixels, so that no side is longer than `size`."""
    values = pixels.astype(np.float32)
    if values.ndim == 3:
        values = values.mean(axis=2)
    block = max(1, -(-max(values.shape) // size))
    rows, columns = (max(1, side // block) for side in values.shape)
    if block == 1:
        return values
    cut = values[: rows * block, : columns * block]
    block_rows, block_columns = cut.shape[0] // rows, cut.shape[1] // columns
    blocks = cut.reshape(rows, block_rows, columns, block_columns)
    return np.asarray(blocks.mean(axis=(1, 3)), np.float32)


def _grey(
    values: NDArray[np.float32], window: Window | None, *, inverted: bool = False
) -> NDArray[np.uint8]:
    if window is None:
        low, high = np.percentile(values, (1, 99))
        window = Window.between(float(low), float(high))
    shown = window.grey(values)
    return np.asarray(255 - shown if inverted else shown)
