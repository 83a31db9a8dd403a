"""What a straightened volume is called, and all that the reader must know of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from viewer.core.errors import Declined
from viewer.core.stack import Stack
from viewer.core.study import Notice, Series, SeriesKind
from viewer.core.volume import Volume
from viewer.imaging.straighten import Straightening

DERIVED = "derived"
"""The format of a series that lies in no file; also the code of the notice that says so."""
_FROM = {
    "tilted": "tilted slices",
    "uneven": "unevenly spaced slices",
    "mixed_spacing": "slices of changing distance",
    "missing_slice": "slices with gaps",
    "duplicate_position": "slices that lie at the same place",
}
"""What can be put right, by the code of the notice that names it."""
_ENDING = "#straightened"
DERIVED_MARK = "Derived:"
_WRONG = ("foreign_slice",)


def can_be_straightened(notices: Iterable[Notice]) -> bool:
    """Tell by what was found out about a stack whether it can become a straight volume."""
    codes = {notice.code for notice in notices}
    return bool(codes & _FROM.keys()) and not codes & set(_WRONG)


def check_straightening(series: Series) -> None:
    """Let a series in that can become a straight volume.

    Raises:
        Declined: with the reason, for any other.
    """
    if can_be_straightened(series.notices):
        return
    foreign = any(notice.code in _WRONG for notice in series.notices)
    if foreign:
        why = "a slice in it does not belong to the others"
    elif series.kind is SeriesKind.VOLUME:
        why = "its slices form a regular grid already"
    else:
        why = "it is no stack of tilted, uneven, missing or repeated slices"
    raise Declined(f"{series.title} cannot be straightened: {why}.", code="not_straightened")


def straightened(series: Series, stack: Stack, plan: Straightening, volume: Volume) -> Volume:
    """Return a volume with the key of its derived series and the lines that say how it was made."""
    lines = [
        f"made from {len(stack.frames)} slices of the series {series.uid or series.key}",
        *(notice.sentence for notice in derived_notices(series, plan)),
        f"step between slices {plan.step_mm:.4g} mm, linear interpolation",
    ]
    return replace(volume, series_key=derived_key(series), provenance=tuple(lines))


def derived_key(series: Series) -> str:
    """Return the key of what is made from a series by straightening it."""
    return f"{series.key}{_ENDING}"


def derived_marks(volume: Volume) -> tuple[str, ...]:
    """Return what must be said wherever a derived volume is shown or kept; nothing of others."""
    return tuple(line for line in volume.provenance if line.startswith(DERIVED_MARK))


def derived_series(series: Series, plan: Straightening) -> Series:
    """Return the series under which a straightened volume is listed; it lies in no file."""
    _, rows, columns = plan.geometry.shape
    return replace(
        series,
        key=derived_key(series),
        uid="",
        kind=SeriesKind.VOLUME,
        instances=(),
        split=f"{series.split}, straightened" if series.split else "straightened",
        rows=rows,
        columns=columns,
        format=DERIVED,
        notices=derived_notices(series, plan),
    )


def derived_notices(series: Series, plan: Straightening) -> tuple[Notice, ...]:
    """Return what the reader must know: that it is derived, from what, and what is not original."""
    faults = [_FROM[notice.code] for notice in series.notices if notice.code in _FROM]
    told = f"{DERIVED_MARK} resampled from {' and '.join(dict.fromkeys(faults))}."
    found = [Notice(DERIVED, told)]
    if plan.invented:
        many = len(plan.invented)
        what = "1 slice lies" if many == 1 else f"{many} slices lie"
        where = _numbers([number + 1 for number in plan.invented])
        sentence = f"{what} in gaps and could only be interpolated: {where}."
        found.append(Notice("interpolated_slices", sentence))
    if plan.repeated:
        which = _numbers([number + 1 for number in plan.repeated])
        sentence = f"Left out, because another lies at the same place: frames {which}."
        found.append(Notice("left_out", sentence))
    if plan.damaged:
        which = _numbers([number + 1 for number in plan.damaged])
        found.append(Notice("left_out", f"Left out, because they are damaged: frames {which}."))
    return (*found, *(notice for notice in series.notices if notice.code == "lossy"))


def sources_of(key: str) -> tuple[str, ...]:
    """Return the keys that a derived series may have been made from, the nearest first."""
    found = []
    while "#" in key:
        key = key.rpartition("#")[0]
        found.append(key)
    return tuple(found)


def _numbers(numbers: Sequence[int]) -> str:
    """Return numbers as a person lists them: 3 to 5, 9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return ", ".join(words[:6]) + (" and more" if len(words) > 6 else "")
