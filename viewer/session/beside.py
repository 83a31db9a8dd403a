"""The same series with other pictures, listed beside the one that is known."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from viewer.core.study import Series


def beside(series: Series) -> Series:
    """Return a series with a key of its own that is always the same for the same pictures."""
    words = repr(sorted(pictures_of(series)))
    mark = hashlib.sha256(words.encode()).hexdigest()[:8]
    parts = tuple(replace(part, key=f"{part.key}-{mark}") for part in series.parts)
    return replace(series, key=f"{series.key}-{mark}", parts=parts)


def pictures_of(series: Series) -> frozenset[tuple[str, int]]:
    """Return what tells the pictures of a series from those of another."""
    return frozenset((one.sop_instance_uid, one.frame) for one in series.instances)
