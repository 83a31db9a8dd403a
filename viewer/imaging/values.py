"""Arrays as the loops know them: read-only, native, of a handful of number types."""

from __future__ import annotations

from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

Values: TypeAlias = NDArray[np.integer] | NDArray[np.floating]

COMMON: tuple[type[np.generic], ...] = (np.int16, np.uint8, np.uint16, np.float32)
RARE: tuple[type[np.generic], ...] = (np.int8, np.int32, np.uint32, np.float64)


def numeric(array: NDArray[np.generic]) -> Values:
    """Return a read-only view in a type the loops know; only rare types are copied."""
    view: NDArray[np.generic]
    if array.dtype == np.bool_:
        view = array.view(np.uint8)
    elif array.dtype in (*COMMON, *RARE):
        view = array.view()
    else:
        view = array.astype(np.float32 if array.dtype == np.float16 else np.float64)
    view.setflags(write=False)
    return cast("Values", view)


def solid(array: NDArray[np.generic]) -> Values:
    """Return the same, with rows lying one behind the other in memory."""
    return numeric(np.ascontiguousarray(array))
