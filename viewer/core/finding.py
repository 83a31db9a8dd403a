"""What was seen, where, how sure, by whom, and what a person made of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import isfinite, nan

from viewer.core.author import Author
from viewer.core.code import Code
from viewer.core.geometry import Position
from viewer.core.segmentation import Mask


class Status(StrEnum):
    """What a person made of a finding."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One verdict: what, by whom, when (ISO 8601, UTC), and why if said."""

    status: Status
    by: Author
    at: str
    reason: str = ""


RATED = "Malignancy: "
"""How lines of an explanation begin that tell a rating: risk, its ends in per cent, pushes."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an explanation: a feature, its value with unit, its push on the score."""

    name: str
    value: float
    unit: str = ""
    contribution: float | None = None


@dataclass(frozen=True, slots=True)
class Original:
    """Where and how large a model had it, before a person changed that. All LPS mm."""

    position: Position
    low: Position
    high: Position
    diameter_mm: float
    volume_mm3: float
    mean_value: float | None = None
    mask: Mask | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """A lesion or the like, proposed by a model or a person, judged only by people.

    `id` is a UID and the tracking UID of saved objects. `position` is the
    centre; `low` and `high` are opposite corners of the enclosing box along
    the patient axes; all LPS mm. `diameter_mm` is the longest in any one axial
    slice, as RECIST measures it. `score` is 0 to 1, None for people. `original` is
    there once a person has changed what a model gave.
    """

    id: str
    kind: Code
    site: Code | None
    position: Position
    low: Position
    high: Position
    diameter_mm: float
    volume_mm3: float
    series_key: str
    author: Author
    score: float | None = None
    mean_value: float | None = None
    unit: str = "1"
    mask: Mask | None = field(default=None, repr=False, compare=False)
    explanation: tuple[Reason, ...] = ()
    status: Status = Status.PROPOSED
    history: tuple[Judgement, ...] = ()
    note: str = ""
    original: Original | None = None

    def __post_init__(self) -> None:
        if self.score is not None and not 0 <= self.score <= 1:
            raise ValueError("a score is between 0 and 1")
        if any(a > b for a, b in zip(self.low, self.high, strict=True)):
            raise ValueError("a box runs from low to high")

    def judged(self, status: Status, by: Author, at: str, reason: str = "") -> Finding:
        """Return this finding with a person's verdict on it.

        Raises:
            ValueError: if a model tries to judge.
        """
        if by.is_model:
            raise ValueError("only a person may judge a finding")
        verdict = Judgement(status, by, at, reason)
        return replace(self, status=status, history=(*self.history, verdict))

    def edited_from(self, old: Finding) -> Finding:
        """Return this finding, changed by a person, with what the model had given kept."""
        if self.original is not None or not old.author.is_model or self.has_extent_of(old):
            return self
        parts = (old.position, old.low, old.high, old.diameter_mm, old.volume_mm3)
        return replace(self, original=old.original or Original(*parts, old.mean_value, old.mask))

    def has_extent_of(self, other: Finding) -> bool:
        """Tell whether another finding is just where and as large as this one."""
        ours = (self.low, self.high, self.position, self.diameter_mm, self.volume_mm3)
        theirs = (other.low, other.high, other.position, other.diameter_mm, other.volume_mm3)
        return ours == theirs and self.mask is other.mask

    @property
    def as_model_had_it(self) -> Finding:
        """This finding where and as large as the model gave it."""
        was = self.original
        if was is None:
            return self
        return replace(
            self,
            position=was.position,
            low=was.low,
            high=was.high,
            diameter_mm=was.diameter_mm,
            volume_mm3=was.volume_mm3,
            mean_value=was.mean_value,
            mask=was.mask,
        )

    @property
    def risk(self) -> float | None:
        """The risk of malignancy that a model rated, 0 to 1; None if it was not asked."""
        told = (one.value for one in self.explanation if one.name.startswith(RATED))
        first = next(told, nan)
        return min(max(first / 100, 0.0), 1.0) if isfinite(first) else None

    @property
    def stands(self) -> bool:
        """Tell whether a person stands behind it: accepted, or edited."""
        return self.status in (Status.ACCEPTED, Status.EDITED)
