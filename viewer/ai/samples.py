"""Candidates of many lessons, put together for learning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.ai.lessons import NODULE, OTHER, UNSURE, Lesson


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Candidates of many lessons, one after the other, without the unsure ones."""

    numbers: NDArray[np.float64] = field(repr=False)
    cubes: NDArray[np.uint8] = field(repr=False)
    truth: NDArray[np.float64] = field(repr=False)


def samples(lessons: Sequence[Lesson]) -> Samples:
    """Put lessons together."""
    sure = [one.truth != UNSURE for one in lessons]
    return Samples(
        np.concatenate([one.numbers[s] for one, s in zip(lessons, sure, strict=True)]),
        np.concatenate([one.cubes[s] for one, s in zip(lessons, sure, strict=True)]),
        np.concatenate([one.truth[s] for one, s in zip(lessons, sure, strict=True)]).astype(float),
    )


def balanced(
    truth: NDArray[np.float64], count: int, random: np.random.Generator
) -> NDArray[np.int64]:
    """Draw samples so that a third of them are nodules."""
    yes, no = np.nonzero(truth == NODULE)[0], np.nonzero(truth == OTHER)[0]
    third = count // 3
    drawn = np.concatenate([random.choice(yes, third), random.choice(no, count - third)])
    return np.asarray(random.permutation(drawn), dtype=np.int64)
