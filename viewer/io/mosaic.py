"""Siemens mosaics: all slices of a volume side by side in one picture.

The tiles lie from left to right and down, as many to a side as hold them. The
stored position is that of a picture as large as the mosaic about the middle of
the first tile, so it is moved by half of what the mosaic is larger. The order
of the slices is that of the slice normal in the private header; without that
one, nothing is guessed and the picture stays as it is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, isfinite, sqrt

import numpy as np

from viewer.core.geometry import Array
from viewer.io import tags
from viewer.io.csa import csa_values
from viewer.io.header import Header, Raw
from viewer.io.picture import Picture

_MAKER = b"SIEMENS CSA HEADER"
_COUNT, _NORMAL = "NumberOfImagesInMosaic", "SliceNormalVector"
_MOST_TILES = 4096
_PARALLEL = 1e-3


def is_mosaic(header: Header) -> bool:
    """Tell whether a picture says that it is many in one."""
    return "MOSAIC" in header.texts(tags.IMAGE_TYPE) and not header.frames


def in_tiles(header: Header, csa: bytes) -> Header:
    """Return the header of a mosaic with what is to be said of each tile.

    Where the private header does not tell how the tiles lie, nothing is said of
    the place and size of the whole, either, for they are those of no slice.
    """
    own = header.raw.get(tags.SIEMENS_CSA, b"").strip(b" \0") == _MAKER
    told = csa_values(csa, {_COUNT, _NORMAL}) if own else {}
    tiles = _tiles(header, told.get(_COUNT, ()), told.get(_NORMAL, ()))
    if tiles:
        return replace(header, frames=tiles)
    nowhere = (tags.POSITION, tags.ORIENTATION, tags.PIXEL_SPACING)
    raw = {tag: stored for tag, stored in header.raw.items() if tag not in nowhere}
    return replace(header, raw={**raw, tags.TILE: b""})


def is_untold(header: Header) -> bool:
    """Tell whether a picture is a mosaic of which it is not known how its tiles lie."""
    return header.raw.get(tags.TILE) == b""


def uncut(pictures: Sequence[Picture]) -> list[Picture]:
    """Return the pictures of a file as they are stored: a mosaic as one."""
    first = pictures[0] if pictures else None
    if first is None or first.tile is None:
        return list(pictures)
    return [replace(first, layout=first.tile.whole, tile=None, plane=None)]


def _tiles(header: Header, count: tuple[str, ...], normal: tuple[str, ...]) -> tuple[Raw, ...]:
    rows, columns = header.integer(tags.ROWS), header.integer(tags.COLUMNS)
    number = _whole(count)
    across = ceil(sqrt(number))
    axes = _axes(header, normal)
    if not number or rows % across or columns % across or min(rows, columns) < across:
        return ()
    if axes is None or header.integer(tags.NUMBER_OF_FRAMES, 1) > 1:
        return ()
    tall, wide = rows // across, columns // across
    (row, column), step = header.numbers(tags.PIXEL_SPACING), _step(header)
    right, down, away = axes
    first = np.asarray(header.numbers(tags.POSITION))
    first = first + right * column * (columns - wide) / 2 + down * row * (rows - tall) / 2
    return tuple(
        {
            tags.POSITION: _numbers(first + away * (step * tile)),
            tags.TILE: f"{tile // across * tall}\\{tile % across * wide}\\{tall}\\{wide}".encode(),
        }
        for tile in range(number)
    )


def _axes(header: Header, normal: tuple[str, ...]) -> tuple[Array, Array, Array] | None:
    """Return right, down and from slice to slice, if all is told and goes together."""
    turn, spacing = header.numbers(tags.ORIENTATION), header.numbers(tags.PIXEL_SPACING)
    if len(turn) != 6 or len(spacing) != 2 or min(spacing) <= 0 or _step(header) <= 0:
        return None
    if len(header.numbers(tags.POSITION)) != 3 or len(normal) != 3:
        return None
    right, down = np.asarray(turn[:3]), np.asarray(turn[3:])
    away = np.cross(right, down)
    try:
        along = float(away @ np.asarray([float(part) for part in normal]))
    except ValueError:
        return None
    if not isfinite(along) or abs(abs(along) - 1) > _PARALLEL:
        return None
    return right, down, np.asarray(away * np.sign(along))


def _step(header: Header) -> float:
    return header.number(tags.SPACING_BETWEEN_SLICES, 0.0)


def _whole(count: tuple[str, ...]) -> int:
    number = int(count[0]) if len(count) == 1 and count[0].isdecimal() else 0
    return number if number <= _MOST_TILES else 0


def _numbers(position: Array) -> bytes:
    return "\\".join(repr(float(part)) for part in position).encode()
