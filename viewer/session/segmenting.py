"""Which segment is worked on, with what brush, and what must not be touched."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viewer.core.recipe import Step
from viewer.core.segmentation import Segmentation
from viewer.core.volume import Volume

LEAST_MM: Final = 0.1
MOST_MM: Final = 100.0


class Overwrite(StrEnum):
    """What of the other segments of a group a stroke may take."""

    UNLOCKED = "unlocked"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Brush:
    """A brush: its radius, a ball or a disc in the plane of the view, and where it takes.

    It takes only values from `low` to `high` (in the unit of the image), and, `adaptive`, only
    what is alike to what lies below its middle and connected with it.
    """

    radius_mm: float = 5.0
    ball: bool = False
    adaptive: bool = False
    low: float | None = None
    high: float | None = None

    def sized(self, radius_mm: float) -> Brush:
        """Return a brush of another radius, within what can be used."""
        return replace(self, radius_mm=min(max(radius_mm, LEAST_MM), MOST_MM))

    def takes(self, values: NDArray[np.floating]) -> NDArray[np.bool_]:
        """Tell for each value whether it lies in the range; NaN never does where there is one."""
        low = -np.inf if self.low is None else self.low
        high = np.inf if self.high is None else self.high
        return np.asarray((values >= low) & (values <= high))

    @property
    def looks_at_values(self) -> bool:
        """Whether it must know what lies below it."""
        return self.adaptive or self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Segmenting:
    """The segment that strokes go to, by group and label, and how they are made.

    `locked` are keys of segments that nothing may change. `operation` is what is set up to be
    done to the segment, with `other` as the key of a second one; `tried` tells that what it
    would make is shown.
    """

    segmentation_id: str = ""
    label: int = 0
    brush: Brush = field(default_factory=Brush)
    overwrite: Overwrite = Overwrite.UNLOCKED
    locked: frozenset[str] = frozenset()
    operation: Step | None = None
    other: str = ""
    tried: bool = False

    def at(self, segmentation_id: str, label: int) -> Segmenting:
        """Return this for another segment."""
        return replace(self, segmentation_id=segmentation_id, label=label)


@dataclass(frozen=True, slots=True, eq=False)
class Stroke:
    """What a group of segments looks like while a stroke is under way."""

    segmentation: Segmentation


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """The group that is painted, which of its labels, and the image seen below it."""

    segmentation: Segmentation
    label: int
    volume: Volume | None = None


def painted(
    labels: NDArray[np.unsignedinteger],
    mask: NDArray[np.bool_],
    label: int,
    *,
    kept: frozenset[int],
    overwrite: Overwrite,
) -> NDArray[np.unsignedinteger]:
    """Return a block of labels with a label put where a mask is; `kept` labels stay."""
    free = labels == 0
    if overwrite is Overwrite.UNLOCKED:
        free = np.asarray(~np.isin(labels, list(kept | {label})))
    return np.where(mask & free & (label not in kept), labels.dtype.type(label), labels)


def erased(
    labels: NDArray[np.unsignedinteger],
    mask: NDArray[np.bool_],
    label: int,
    *,
    kept: frozenset[int],
) -> NDArray[np.unsignedinteger]:
    """Return a block of labels with one label taken out where a mask is."""
    if label in kept:
        return labels
    return np.where(mask & (labels == label), labels.dtype.type(0), labels)


def kept_labels(segmenting: Segmenting, segmentation: Segmentation) -> frozenset[int]:
    """Return the labels of the segments that are locked."""
    return frozenset(
        one.label
        for one in segmentation.segments
        if f"{segmentation.id}/{one.label}" in segmenting.locked
    )
