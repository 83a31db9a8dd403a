"""Pages of PNG, JPEG, TIFF and BMP files, decoded in the decoder process and nowhere else."""

from __future__ import annotations

import mmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CODECS = ("picture-png", "picture-jpeg", "picture-tiff", "picture-bmp")


def decoded_page(codec: str, path: str, page: int, *, colour: bool) -> NDArray[np.generic]:
    """Return a page as (row, column) or (row, column, 3), as it is stored, without transparency."""
    with (
        Path(path).open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        pixels = _decoded(codec, data, page)
    if pixels.dtype == bool:
        pixels = pixels.astype(np.uint8)
    if not colour:
        return pixels[..., 0] if pixels.ndim == 3 else pixels
    return np.stack([pixels] * 3, axis=-1) if pixels.ndim == 2 else pixels[..., :3]


def _decoded(codec: str, data: mmap.mmap, page: int) -> NDArray[np.generic]:
    import imagecodecs

    match codec:
        case "picture-png":
            return np.asarray(imagecodecs.png_decode(data))
        case "picture-jpeg":
            return _jpeg(bytes(data))
        case "picture-bmp":
            return np.asarray(imagecodecs.bmp_decode(data))
        case _:
            pixels = np.asarray(imagecodecs.tiff_decode(data, index=page))
            planar = pixels.ndim == 3 and pixels.shape[0] in (3, 4) and pixels.shape[2] > 4
            return np.moveaxis(pixels, 0, -1) if planar else pixels


def _jpeg(data: bytes) -> NDArray[np.generic]:
    import imagecodecs

    pixels = np.asarray(imagecodecs.jpeg_decode(data))
    if pixels.ndim != 3 or pixels.shape[2] != 4:
        return pixels
    inks = pixels.astype(np.uint16)
    if b"Adobe\0" not in data[: 1 << 16]:
        inks = 255 - inks  # only Adobe writes them the other way round
    return np.asarray((inks[..., :3] * inks[..., 3:] + 127) // 255, np.uint8)
