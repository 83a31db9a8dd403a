"""Along what the moments of a series lie: time, b-value, echo time ..., and how fast it ran."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """What the files of a series say of its moments or frames, one number for each.

    `at` is empty where they say nothing, or not of each. `unit` is that of `at`, in words.
    `per_second` is the speed at which the series is to be played, None if unknown.
    """

    series_key: str
    at: tuple[float, ...] = ()
    unit: str = ""
    per_second: float | None = None
