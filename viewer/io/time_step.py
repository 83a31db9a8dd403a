"""How long it takes from one volume of a 4D series to the next, where their files say so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from viewer.core.errors import Unreadable
from viewer.core.study import Series
from viewer.io import tags
from viewer.io.header import Header
from viewer.io.heads import header_of
from viewer.io.shot import shots_of

_TIMELY = ("time", "heart phase", "acquisition")
_EVEN = 0.05
_LABELLED = re.compile(r", (\d+(?:\.\d+)?(?:e[-+]?\d+)?) s$")


def time_step_s(series: Series) -> float | None:
    """Return the even step in seconds; nothing where it is not told or not even."""
    if series.split_by not in _TIMELY:
        return None
    if series.format != "DICOM":
        labels = [_LABELLED.search(part.split) for part in series.parts]
        return _even_step([float(label[1]) if label else None for label in labels])
    try:
        heads = _first_heads(series)
    except (Unreadable, OSError):
        return None
    for second_of in _CLOCKS:
        step = _even_step([second_of(head) for head in heads])
        if step is not None:
            return step
    told = {head.number(tags.TEMPORAL_RESOLUTION, 0.0) for head in heads}
    step_ms = told.pop() if len(told) == 1 else 0.0
    return step_ms / 1000 if step_ms > 0 else None


def _first_heads(series: Series) -> list[Header]:
    """Return what is said of the first slice of each part, which all lie at one place."""
    read: dict[Path, dict[int, Header]] = {}
    heads = []
    for part in series.parts:
        first = part.instances[0]
        if first.path not in read:
            read = {first.path: {s.picture.frame: s.head for s in shots_of(header_of(first.path))}}
        found = read[first.path].get(first.frame)
        if found is None:
            raise Unreadable(f"{first.path.name} is not the file that was listed", code="changed")
        heads.append(found)
    return heads


def _even_step(seconds: list[float | None]) -> float | None:
    known = [second for second in seconds if second is not None]
    if len(known) != len(seconds) or len(known) < 2:
        return None
    step = (known[-1] - known[0]) / (len(known) - 1)
    even = all(abs(after - before - step) <= _EVEN * step for before, after in pairwise(known))
    return step if step > 0 and even else None


def _number(tag: int, per_second: float) -> Callable[[Header], float | None]:
    def second(head: Header) -> float | None:
        numbers = head.numbers(tag)
        return numbers[0] / per_second if numbers else None

    return second


def _moment(*attributes: int) -> Callable[[Header], float | None]:
    def second(head: Header) -> float | None:
        words = [head.text(tag) for tag in attributes]
        return _second_of("".join(words)) if all(words) else None

    return second


def _second_of(stamp: str) -> float | None:
    """Return YYYYMMDDHHMMSS with a fraction, in seconds from some day on."""
    whole, _, fraction = stamp.partition(".")
    try:
        day = datetime.strptime(whole[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        return day.timestamp() + float(f"0.{fraction[:6] or 0}")
    except (ValueError, OverflowError):
        return None


_CLOCKS = (
    _number(tags.TIME_OFFSET, 1.0),
    _number(tags.FRAME_REFERENCE_TIME, 1000.0),
    _number(tags.TRIGGER_TIME, 1000.0),
    _moment(tags.FRAME_ACQUIRED_AT),
    _moment(tags.ACQUIRED_AT),
    _moment(tags.ACQUISITION_DATE, tags.ACQUISITION_TIME),
    _moment(tags.STUDY_DATE, tags.ACQUISITION_TIME),
)
"""In which attributes the second is looked for, the surest first."""
