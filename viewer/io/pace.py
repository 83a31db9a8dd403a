"""When the moments of a series were, or how strongly weighted; how fast a clip ran.

Attributes are those of PS3.3 C.7.6.5 (Cine), C.7.6.16.2.2 (Frame Content), C.8.3 (MR) and
C.8.9 (PET). Numbers are given only where every moment has one, and times only where they grow.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

from viewer.core.axis import Axis
from viewer.core.errors import Unreadable
from viewer.core.progress import Progress
from viewer.core.study import Instance, Series
from viewer.io import tags
from viewer.io.film_files import FORMAT, speed_of_video
from viewer.io.header import Header
from viewer.io.heads import header_of
from viewer.io.shot import shots_of

_NAMED = re.compile(r"(?:^|, )(b-value|echo time|inversion time) ([-+.e\d]+)(?:,|$)")
_TIMED = re.compile(r", ([-+.e\d]+) (s|ms)$")
_UNITS = {"b-value": "s/mm²", "echo time": "ms", "inversion time": "ms"}
_CLOCK = re.compile(r"(?:\d{8})?(\d{2})(\d{2})(\d{2}(?:\.\d+)?)")
_SLOWEST, _FASTEST = 1.0, 100.0


def axis_of(series: Series, progress: Progress) -> Axis:
    """Return what the files of a series say of its moments, or of its frames if it has none."""
    labels = [part.split for part in series.parts]
    labelled = _labelled(labels)
    if labelled is not None:
        return Axis(series.key, *labelled, _speed(*labelled))
    if series.format == FORMAT:
        return _of_video(series)
    if series.format != "DICOM" or not series.instances:
        return Axis(series.key)
    firsts = [part.instances[0] for part in series.parts] or list(series.instances)
    try:
        heads = _heads(firsts, progress)
    except (Unreadable, OSError):
        return Axis(series.key)
    at, unit = _times(heads)
    own = _own_speed(heads[0])
    if not at and own and not series.parts:
        at, unit = tuple(number * 1000 / own for number in range(len(heads))), "ms"
    return Axis(series.key, at, unit, own or _speed(at, unit))


def _of_video(series: Series) -> Axis:
    """Return the speed of a video in a file of its own."""
    try:
        speed = speed_of_video(series.instances[0].path)
    except (Unreadable, OSError):
        speed = None
    if speed is None:
        return Axis(series.key)
    at = tuple(number * 1000 / speed for number in range(len(series.instances)))
    return Axis(series.key, at, "ms", speed)


def _labelled(labels: Sequence[str]) -> tuple[tuple[float, ...], str] | None:
    """Return the numbers that all names of moments hold: "b-value 1000", "time 2 of 9, 0.5 s"."""
    named = [_NAMED.search(label) for label in labels]
    timed = [_TIMED.search(label) for label in labels]
    said = [(match[2], _UNITS[match[1]]) for match in named if match]
    said = said or [(match[1], match[2]) for match in timed if match]
    units = {unit for _, unit in said}
    if not labels or len(said) != len(labels) or len(units) != 1:
        return None
    try:
        numbers = tuple(float(number) for number, _ in said)
    except ValueError:
        return None
    return (numbers, units.pop()) if all(map(math.isfinite, numbers)) else None


def _heads(instances: Sequence[Instance], progress: Progress) -> list[Header]:
    """Return what is said of each picture, every file read once."""
    read: dict[Path, list[Header]] = {}
    heads = []
    for number, instance in enumerate(instances):
        progress.report(number / len(instances), instance.path.name)
        if instance.path not in read:
            read[instance.path] = [shot.head for shot in shots_of(header_of(instance.path))]
        frames = read[instance.path]
        heads.append(frames[min(instance.frame, len(frames) - 1)])
    return heads


def _times(heads: Sequence[Header]) -> tuple[tuple[float, ...], str]:
    """Return when each was, in ms or s, by the first attribute that tells it of all."""
    ways: tuple[tuple[Callable[[Header], float | None], str], ...] = (
        (_number(tags.TRIGGER_TIME), "ms"),
        (_number(tags.TIME_OFFSET), "s"),
        (_number(tags.FRAME_REFERENCE_TIME), "ms"),
        (_number(tags.HEART_PERCENT), "%"),
        (_number(tags.BREATH_PERCENT), "%"),
        (_clock(tags.FRAME_ACQUIRED_AT), "s"),
        (_clock(tags.ACQUIRED_AT), "s"),
        (_clock(tags.ACQUISITION_TIME), "s"),
    )
    for told, unit in ways:
        said = [told(head) for head in heads]
        times = [time for time in said if time is not None]
        if len(times) == len(heads) and all(a < b for a, b in pairwise(times)):
            start = 0.0 if unit == "%" else times[0]
            return tuple(round(time - start, 6) for time in times), unit
    step = heads[0].number(tags.TEMPORAL_RESOLUTION, 0.0)
    if step > 0 and len(heads) > 1:
        return tuple(number * step for number in range(len(heads))), "ms"
    return (), ""


def _number(tag: int) -> Callable[[Header], float | None]:
    def told(head: Header) -> float | None:
        numbers = head.numbers(tag)
        return numbers[0] if numbers else None

    return told


def _clock(tag: int) -> Callable[[Header], float | None]:
    """Return what reads a time of day (TM) or a date with time (DT), in seconds of the day."""

    def told(head: Header) -> float | None:
        match = _CLOCK.match(head.text(tag))
        if match is None:
            return None
        hours, minutes, seconds = (float(part) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds

    return told


def _own_speed(head: Header) -> float | None:
    """Return the pictures per second that a file asks for or was taken with."""
    for tag in (tags.RECOMMENDED_RATE, tags.CINE_RATE):
        rate = head.number(tag, 0.0)
        if _SLOWEST <= rate <= _FASTEST:
            return rate
    frame_ms = head.number(tags.FRAME_TIME, 0.0)
    return 1000 / frame_ms if _SLOWEST <= 1000 / max(frame_ms, 1e-3) <= _FASTEST else None


def _speed(at: Sequence[float], unit: str) -> float | None:
    """Return how many moments there were in a second, if that can be watched."""
    steps = [later - earlier for earlier, later in pairwise(at)]
    if unit not in ("ms", "s") or not steps or median(steps) <= 0:
        return None
    rate = (1000 if unit == "ms" else 1) / median(steps)
    return rate if _SLOWEST <= rate <= _FASTEST else None
