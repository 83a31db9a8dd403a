"""The measurements that were meant against those that a saved report gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from viewer.core.code import Code
from viewer.core.measurement import Measurement, Quantity
from viewer.io import judgements
from viewer.io.authorship import canonical
from viewer.io.concepts import coded, long_text, same_code
from viewer.io.sr_foreign import Ground
from viewer.io.sr_read import read_report

_CLOSE = 1e-3
"""mm in the patient, or pixels of a picture: coordinates are stored in single precision."""


def figure_difference(path: Path, meant: Sequence[Measurement], ground: Ground) -> str:
    """Read a report back; return what differs of a measurement in one word, or nothing."""
    read = read_report(path, ground).measurements
    if [one.id for one in read] != [one.id for one in meant]:
        return "the number"
    pairs = zip(read, meant, strict=True)
    return next((word for back, one in pairs if (word := _difference(back, one))), "")


def _difference(back: Measurement, meant: Measurement) -> str:
    if np.shape(back.points) != np.shape(meant.points) or not _near(back.points, meant.points):
        return "the points"
    one, other = back.caption_at, meant.caption_at
    if (one is None) is not (other is None):
        return "the caption"
    if one is not None and other is not None and not _near(one, other):
        return "the caption"
    wanted = [one for one in meant.quantities if isfinite(one.value)]
    if len(back.quantities) != len(wanted):
        return "a number"
    if not all(_same_quantity(*pair) for pair in zip(back.quantities, wanted, strict=True)):
        return "a number"
    facts = (
        ("the kind", back.kind is meant.kind),
        (
            "the picture",
            replace(back.anchor, series_key="") == replace(meant.anchor, series_key=""),
        ),
        ("the author", back.author == canonical(meant.author)),
        ("the label", back.label == long_text(meant.label).strip()),
        ("the colour", back.colour == meant.colour),
        ("the finding", _same_code(back.finding, meant.finding)),
        ("the site", _same_code(back.site, meant.site)),
        ("the tracking", back.tracking_uid == meant.tracking_uid),
        ("the moment", back.made_at == judgements.canonical_moment(meant.made_at)),
        ("the lock", back.locked is meant.locked),
    )
    return next((word for word, same in facts if not same), "")


def _near(one: ArrayLike, other: ArrayLike) -> bool:
    return bool(np.abs(np.asarray(one) - np.asarray(other)).max() <= _CLOSE)


def _same_quantity(back: Quantity, meant: Quantity) -> bool:
    return (
        _same_code(back.name, meant.name)
        and _same_code(back.unit, meant.unit)
        and abs(back.value - meant.value) <= 1e-9 * max(1.0, abs(meant.value))
        and back.remark == long_text(meant.remark)
    )


def _same_code(back: Code | None, meant: Code | None) -> bool:
    if back is None or meant is None:
        return back is meant
    stored = coded(meant)
    return same_code(back, Code(stored.value, stored.scheme_designator, stored.meaning))
