"""A small picture of a series for the list."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.known_file import FileMark
from viewer.core.study import Series, SeriesKind
from viewer.core.volume import Volume, blanked
from viewer.core.window import Window
from viewer.io.decode import Decoder
from viewer.io.known import reader
from viewer.io.other_loading import middle_of, read_one
from viewer.io.relisted import pictures_in
from viewer.io.syntaxes import VIDEO


def thumbnail(series: Series, size: int = 96) -> NDArray[np.uint8]:
    """Return the middle picture of a series as grey (rows, columns), no side longer than `size`.

    Only that picture is decoded, where the format allows it.

    Raises:
        Declined: if the series has no pictures.
        Unreadable: if that picture is damaged.
    """
    if series.kind is SeriesKind.OBJECT:
        raise Declined(f"{series.title} has no pictures of its own.", code="object")
    if series.kind is SeriesKind.FOUR_D:
        return thumbnail(series.parts[0], size)
    if series.format != "DICOM":
        return _of_other(series, size)
    pictures = pictures_in(series)
    clip = pictures[0].transfer_syntax_uid in VIDEO  # only its start is quickly there
    middle = pictures[0 if clip else len(pictures) // 2]
    stored = np.empty(middle.shape, middle.stored_type)
    Decoder().read(middle, stored)
    known = blanked(stored, middle.padding)
    values = _smaller(known, size) * np.float32(middle.slope) + np.float32(middle.intercept)
    window = middle.windows[0][1] if middle.windows else None
    return _grey(values, window, inverted=middle.inverted)


def mark_of(series: Series) -> str:
    """Return what changes when the file of the middle picture does; empty if that is gone."""
    instance = series.instances[len(series.instances) // 2]
    try:
        status = instance.path.stat()
    except OSError:
        return ""
    told = (str(instance.path), FileMark.of(status), instance.frame, reader())
    return hashlib.sha256(repr(told).encode("utf-8", "surrogateescape")).hexdigest()


def of_image(image: Volume, size: int = 96) -> NDArray[np.uint8]:
    """Return the middle slice of a volume that is in memory already, as `thumbnail` does."""
    values = _smaller(blanked(image.voxels[len(image.voxels) // 2], image.padding), size)
    shown = values * np.float32(image.slope) + np.float32(image.intercept)
    return _grey(shown, image.windows[0][1] if image.windows else None, inverted=image.inverted)


def _of_other(series: Series, size: int) -> NDArray[np.uint8]:
    found = read_one(series, middle_of(series))
    values = _smaller(blanked(found.pixels, None), size)
    shown = values * np.float32(found.slope) + np.float32(found.intercept)
    return _grey(shown, None, inverted=found.inverted)


def _smaller(values: NDArray[np.float32], size: int) -> NDArray[np.float32]:
    """Return the means of blocks of pixels, so that no side is longer than `size`.

    What is no number counts only where there is nothing else.
    """
    if values.ndim == 3:
        values = values.mean(axis=2)
    block = max(1, -(-max(values.shape) // size))
    rows, columns = (max(1, side // block) for side in values.shape)
    if block == 1:
        return values
    cut = values[: rows * block, : columns * block]
    block_rows, block_columns = cut.shape[0] // rows, cut.shape[1] // columns
    blocks = cut.reshape(rows, block_rows, columns, block_columns)
    known = np.isfinite(blocks)
    if known.all():
        return np.asarray(blocks.mean(axis=(1, 3)), np.float32)
    count = known.sum(axis=(1, 3))
    total = np.where(known, blocks, 0).sum(axis=(1, 3))
    return np.where(count, total / np.maximum(count, 1), np.nan).astype(np.float32)


def _grey(
    values: NDArray[np.float32], window: Window | None, *, inverted: bool = False
) -> NDArray[np.uint8]:
    if window is None:
        body = values[np.isfinite(values)]
        low, high = np.percentile(body, (1, 99)) if body.size else (0.0, 1.0)
        window = Window.between(float(low), float(high))
    return window.grey(values, inverted=inverted)
