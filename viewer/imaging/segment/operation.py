"""What a segmenting operation is: what it needs, what it can be told, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Declined
from viewer.core.progress import Progress
from viewer.core.recipe import Setting, Step
from viewer.imaging.enhance.catalogue import Parameter
from viewer.imaging.enhance.field import Field, Values
from viewer.imaging.segment.distance import Mask, Spacing
from viewer.imaging.segment.parts import Labels


class Need(StrEnum):
    """What must be there before an operation can be asked for."""

    VALUES = "values"
    SEGMENT = "segment"
    """Something in the current segment."""
    SEEDS = "seeds"
    """Marks in two segments at least."""
    OTHER = "other"
    """A second segment."""


class Gives(StrEnum):
    """What comes of an operation: one segment anew, or all of them."""

    MASK = "mask"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Choice:
    """A parameter that is one of a few words; each word with its title."""

    name: str
    title: str
    usual: str
    words: tuple[tuple[str, str], ...]

    def checked(self, value: Setting) -> str:
        """Return a setting as one of the words.

        Raises:
            Declined: if it is none of them.
        """
        known = [word for word, _ in self.words]
        if value not in known:
            raise Declined(
                f"{self.title} is one of {', '.join(known)}, not {value}.", code="bad_setting"
            )
        return str(value)


Settings: TypeAlias = Mapping[str, float | str]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What an operation works on: an image and the segments drawn on it.

    `values` are (slice, row, column) float32 in real-world units, NaN where there is no value;
    `labels` the same shape, 0 outside. `segment` is the current one, `other` a second one, or
    else `beside` is the mask of one of another group, which may overlap.
    """

    values: Values = field(repr=False)
    labels: Labels = field(repr=False)
    spacing_mm: Spacing = (1.0, 1.0, 1.0)
    segment: int = 1
    other: int = 0
    beside: Mask | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.values.shape != self.labels.shape or self.values.ndim != 3:
            raise ValueError("segments lie on the voxels of their image")

    @property
    def mask(self) -> Mask:
        """The current segment."""
        return np.asarray(self.labels == self.segment)

    @property
    def second(self) -> Mask:
        """The second segment."""
        if self.beside is not None:
            return self.beside
        return np.asarray(self.labels == self.other)

    def field(self) -> Field:
        """Return the values with what is no number told apart."""
        return Field.of(self.values, self.spacing_mm)


Result: TypeAlias = Mask | Labels
Run: TypeAlias = Callable[[Ground, Settings, Progress], Result]


@dataclass(frozen=True, slots=True)
class Operation:
    """One way to make or change segments.

    `run` gives a mask for the current segment, or with `Gives.LABELS` a whole label map.
    `bytes_per_voxel` is what it takes at most for each voxel it works on.
    """

    id: str
    title: str
    group: str
    help: str
    run: Run
    parameters: tuple[Parameter | Choice, ...] = ()
    needs: frozenset[Need] = frozenset({Need.VALUES})
    gives: Gives = Gives.MASK
    bytes_per_voxel: int = 16

    def settings(self, step: Step) -> dict[str, float | str]:
        """Return all parameters as a step sets them; those common to all steps left out.

        Raises:
            Declined: if it sets what there is not, or beyond the bounds.
        """
        known = {one.name: one for one in self.parameters}
        found: dict[str, float | str] = {one.name: one.usual for one in self.parameters}
        for name, value in step.settings:
            if name in _COMMON:
                _COMMON[name].checked(value)
                continue
            if name not in known:
                raise Declined(f"{self.title} has no parameter {name}.", code="bad_setting")
            found[name] = known[name].checked(value)
        return found


class How(StrEnum):
    """What becomes of what an operation found for the current segment."""

    REPLACE = "replace"
    ADD = "add"
    REMOVE = "remove"
    INSIDE = "inside"
    """Only what was in it before stays: the operation within the segment."""


COMMON: tuple[Parameter | Choice, ...] = (
    Parameter("segment", "Segment", 1, 1, 65535, whole=True),
    Parameter("other", "Second segment", 2, 1, 65535, whole=True),
    Choice(
        "how", "Result", "replace",
        (
            ("replace", "Replaces the segment"), ("add", "Is added to the segment"),
            ("remove", "Is taken from the segment"), ("inside", "Within the segment only"),
        ),
    ),
    Parameter("spare", "Leave other segments alone", 0, 0, 1, switch=True),
)  # fmt: skip
"""What every step can be told: which segments it works on, and what becomes of its result."""
_COMMON = {one.name: one for one in COMMON}


def number_of(settings: Settings, name: str) -> float:
    """Return a parameter that is a number."""
    return float(settings[name])


def put(ground: Ground, mask: Mask, how: How = How.REPLACE, *, spare: bool = False) -> Labels:
    """Return the label map with what was found for the current segment put into it.

    With `spare` voxels of other segments stay theirs.
    """
    before = ground.mask
    match how:
        case How.REPLACE:
            after = mask
        case How.ADD:
            after = before | mask
        case How.REMOVE:
            after = before & ~mask
        case How.INSIDE:
            after = before & mask
    labels = ground.labels.copy()
    labels[before] = 0
    if spare:
        after = after & (labels == 0)
    labels[after] = ground.segment
    return labels


def numbered(ground: Ground, pieces: NDArray[np.unsignedinteger]) -> Labels:
    """Return the label map with the current segment in pieces.

    The first keeps its number, the others get the next ones that are free.
    """
    labels = ground.labels.copy()
    labels[ground.mask] = 0
    count = int(pieces.max())
    used = set(np.flatnonzero(np.bincount(labels.ravel())).tolist())
    free = (number for number in range(1, 65536) if number not in used | {ground.segment})
    table = np.zeros(count + 1, np.uint16)
    for piece in range(1, count + 1):
        table[piece] = ground.segment if piece == 1 else next(free)
    inside = pieces > 0
    labels[inside] = table[pieces[inside]]
    return labels
