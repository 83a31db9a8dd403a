"""Sample a flat array at fractional rows and columns.

A pixel fills the space half-way to its neighbours, so the outer half of a
border pixel is still inside.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from viewer.core.geometry import Array
from viewer.imaging.compiled import compiled
from viewer.imaging.values import Values, solid
from viewer.imaging.walk import TOLERANCE


def sample_sheet(
    sheet: Values, rows: Array, columns: Array, fill: float, *, nearest: bool
) -> Values:
    """Sample an array at evenly spaced rows and columns; `fill` is what lies outside.

    The result is float32 for linear sampling and keeps its type for nearest; where
    every pixel is a pixel of the array it is a view of it.
    """
    down, right = within(rows, sheet.shape[0]), within(columns, sheet.shape[1])
    if not down.any() or not right.any():
        return _blank(sheet, (len(rows), len(columns)), fill, nearest=nearest)
    inner = _inner(sheet, rows[down], columns[right], nearest=nearest)
    if down.all() and right.all():
        return inner
    picture = _blank(sheet, (len(rows), len(columns)), fill, nearest=nearest)
    picture[_run(down), _run(right)] = inner
    return picture


def within(places: Array, length: int) -> NDArray[np.bool_]:
    """Tell which fractional indices lie on a line of so many pixels."""
    return np.asarray((places > -0.5 - TOLERANCE) & (places < length - 0.5 + TOLERANCE))


def _run(inside: NDArray[np.bool_]) -> slice:
    first = int(np.argmax(inside))
    return slice(first, first + int(np.count_nonzero(inside)))


def _blank(sheet: Values, shape: tuple[int, int], fill: float, *, nearest: bool) -> Values:
    return np.full(shape, fill, dtype=sheet.dtype if nearest else np.float32)


def _inner(sheet: Values, rows: Array, columns: Array, *, nearest: bool) -> Values:
    """Sample at places that are all inside."""
    down, right = _whole(rows), _whole(columns)
    if down is not None and right is not None:
        return sheet[down, right]
    rows, columns = (_clip(p, n) for p, n in zip((rows, columns), sheet.shape, strict=True))
    top, left = math.floor(rows.min()), math.floor(columns.min())
    part = sheet[top : math.ceil(rows.max()) + 1, left : math.ceil(columns.max()) + 1]
    out = np.empty((len(rows), len(columns)), dtype=sheet.dtype if nearest else np.float32)
    sample = _nearest if nearest else _bilinear
    sample(solid(part), rows - top, columns - left, out)
    return out


def _clip(places: Array, length: int) -> Array:
    return np.asarray(np.clip(places, 0.0, length - 1.0))


def _whole(places: Array) -> slice | None:
    """Return the slice that these places are, if they are whole and evenly apart."""
    first = round(float(places[0]))
    step = round(float(places[-1] - places[0]) / (len(places) - 1)) if len(places) > 1 else 1
    if step == 0 or np.abs(places - (first + step * np.arange(len(places)))).max() > TOLERANCE:
        return None
    stop = first + step * len(places)
    return slice(first, stop if stop >= 0 else None, step)


@compiled
def _nearest(sheet: Values, rows: Array, columns: Array, out: Values) -> None:
    taken = np.floor(columns + 0.5).astype(np.int32)
    for r in range(len(rows)):
        row = int(np.floor(rows[r] + 0.5))
        for c in range(len(columns)):
            out[r, c] = sheet[row, taken[c]]


@compiled
def _bilinear(sheet: Values, rows: Array, columns: Array, out: Values) -> None:
    height, width = sheet.shape
    left = np.empty(len(columns), np.int32)
    across = np.empty(len(columns), np.float32)
    for c in range(len(columns)):
        left[c] = max(min(int(columns[c]), width - 2), 0)
        across[c] = columns[c] - left[c]
    mixed = np.empty(width + 1, np.float32)
    mixed[width] = 0
    for r in range(len(rows)):
        top = min(int(rows[r]), height - 1)
        below = min(top + 1, height - 1)
        share = np.float32(rows[r] - top)
        for x in range(width):
            first = np.float32(sheet[top, x])
            mixed[x] = first + (np.float32(sheet[below, x]) - first) * share
        for c in range(len(columns)):
            first = mixed[left[c]]
            out[r, c] = first + (mixed[left[c] + 1] - first) * across[c]
