"""What is to be evaluated against which truth, and by which rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path


class Task(StrEnum):
    """What kind of result is judged."""

    DETECTION = "detection"
    CLASSIFICATION = "classification"
    SEGMENTATION = "segmentation"


class Learner(StrEnum):
    """Which classical model is learned from features, if one is."""

    LOGISTIC = "logistic"
    SVM = "svm"
    FOREST = "forest"
    BOOSTING = "boosting"


class Rule(StrEnum):
    """When a finding hits a lesion."""

    CENTRE = "centre"
    """Its centre lies in the lesion: its mask, box, or the sphere of its diameter (as LUNA16)."""
    DISTANCE = "distance"
    """Its centre is at most so many mm from that of the lesion."""
    IOU = "iou"
    """Their boxes share at least such a part of what both cover."""


class Repeats(StrEnum):
    """What a second mark on a lesion that is found already counts as."""

    FALSE = "false"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Predictions, truth, and how they are compared; None is what is usual for the task.

    `limit` is in mm for `Rule.DISTANCE` and a part of 1 for `Rule.IOU`. `sizes_mm` are the bounds
    between sizes of lesions or structures (diameters). Pieces of masks below `smallest_mm` are no
    lesions. `samples` is how often patients are drawn. With a `learner` the predictions are
    features, which it learns from in `folds`, or with a part of the patients `held_out`.
    """

    predictions: Path
    truth: Path
    task: Task | None = None
    groups: Path | None = None
    other: Path | None = None
    rule: Rule = Rule.CENTRE
    limit: float | None = None
    repeats: Repeats = Repeats.FALSE
    threshold: float | None = None
    tolerance_mm: float = 2.0
    smallest_mm: float = 0.0
    sizes_mm: tuple[float, ...] = (6.0, 10.0, 20.0, 40.0)
    samples: int = 1000
    seed: int = 0
    learner: Learner | None = None
    folds: int = 5
    held_out: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.tolerance_mm < 1000 or not 2 <= self.samples <= 100_000:
            raise ValueError("a tolerance or a number of samples out of bounds")
        if not 2 <= self.folds <= 1000 or not (self.held_out is None or 0 < self.held_out < 1):
            raise ValueError("folds are 2 or more, and what is held out is a part of 1")
        if list(self.sizes_mm) != sorted(set(self.sizes_mm)) or any(s <= 0 for s in self.sizes_mm):
            raise ValueError("sizes rise and are above 0")

    @property
    def reach(self) -> float:
        """The limit of the rule: 5 mm, or a tenth shared, unless another is given."""
        usual = 0.1 if self.rule is Rule.IOU else 5.0
        return usual if self.limit is None else self.limit


def size_names(sizes_mm: tuple[float, ...]) -> tuple[str, ...]:
    """Return the names of the sizes between bounds: below the first, up to above the last."""
    if not sizes_mm:
        return ("all",)
    middle = [f"{a:g} to {b:g} mm" for a, b in pairwise(sizes_mm)]
    return (f"below {sizes_mm[0]:g} mm", *middle, f"{sizes_mm[-1]:g} mm and above")
