"""A number with a unit and the points it was taken from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.geometry import Position


class MeasurementKind(StrEnum):
    """What was measured."""

    LENGTH = "length"
    VOLUME = "volume"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Measurement:
    """A value with its UCUM unit, where it was taken (LPS mm) and by whom.

    No pixels and no screens in it. `tracking_uid` is the same for the same
    lesion at every date.
    """

    id: str
    kind: MeasurementKind
    points: tuple[Position, ...]
    value: float
    unit: Code
    author: Author
    series_key: str
    label: str = ""
    tracking_uid: str = ""
