"""Room for labels, refused in numbers before it is taken."""

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.geometry import Shape
from viewer.core.memory import available_bytes

_SHARE = 0.8


def label_room(shape: Shape, kind: type[np.unsignedinteger]) -> NDArray[np.unsignedinteger]:
    """Return labels (slice, row, column) that are all 0 and take memory where they are written.

    Raises:
        Declined: if there is not enough memory for all of them.
    """
    wanted, free = prod(shape) * np.dtype(kind).itemsize, available_bytes()
    if wanted > _SHARE * free:
        raise Declined(
            f"The segments need {wanted / 1e9:.1f} GB of memory, and only {free / 1e9:.1f} GB is "
            "free: close other studies first.",
            code="too_large",
        )
    return np.zeros(shape, kind)
