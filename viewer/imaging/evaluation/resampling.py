"""Drawing patients anew, and keeping them on one side.

What belongs to one patient is alike; a patient who is learned from and judged by, or half drawn,
makes figures look better and surer than they are. So nothing below knows anything but patients.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from viewer.core.errors import Declined

Array = NDArray[np.float64]
_AT_ONCE = 4_000_000
"""Numbers that are held at once while many draws are worked out."""
_TOLD = 5


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """How often each patient was drawn: `counts` (draws, patients); `of` (rows) patient of each."""

    counts: NDArray[np.int32]
    of: NDArray[np.intp]

    def parts(self, rows: int) -> Iterator[NDArray[np.int32]]:
        """Go through the draws in blocks that are small enough for so many numbers of each."""
        step = max(1, _AT_ONCE // max(rows, 1))
        for start in range(0, len(self.counts), step):
            yield self.counts[start : start + step]

    def each(self, rows: int, work: Callable[[NDArray[np.int32]], Array]) -> Array:
        """Return what the work makes of all draws, block by block."""
        return np.concatenate([work(part) for part in self.parts(rows)])


def draws(patients: Sequence[str], samples: int, seed: int) -> Draws:
    """Draw all patients with replacement, `samples` times; `patients` names that of each row.

    B. Efron: Bootstrap methods, 1979; by cluster: C. A. Field, A. H. Welsh, 2007.
    """
    names, of = np.unique(np.asarray(patients, dtype=np.str_), return_inverse=True)
    count = len(names)
    chance = np.random.default_rng(seed)
    counts = chance.multinomial(count, np.full(count, 1 / max(count, 1)), size=samples)
    return Draws(counts.astype(np.int32), of.reshape(-1))


def interval(values: Array, level: float = 0.95) -> tuple[float | None, float | None]:
    """Return the bounds between which the middle part of drawn values lies; NaN are left out.

    None where fewer than half of the draws gave a value.
    """
    there = values[np.isfinite(values)]
    if len(there) < max(len(values) / 2, 2):
        return None, None
    rest = (1 - level) / 2
    low, high = np.quantile(there, (rest, 1 - rest))
    return float(low), float(high)


def mean_interval(values: Array, drawn: Draws) -> tuple[float | None, float | None]:
    """Return the interval of the mean of values (rows); NaN have no part in it."""
    there = np.isfinite(values)
    filled = np.where(there, values, 0.0)

    def means(counts: NDArray[np.int32]) -> Array:
        weights = counts[:, drawn.of] * there
        total = weights.sum(axis=1)
        with np.errstate(invalid="ignore"):
            return np.asarray(weights @ filled / np.where(total, total, np.nan))

    return interval(drawn.each(len(values), means))


def chance_of_no_difference(differences: Array) -> float | None:
    """Return the two-sided p of drawn differences: twice the smaller part on one side of 0.

    B. Efron, R. Tibshirani: An introduction to the bootstrap, 1993; never below 1 / draws.
    """
    there = differences[np.isfinite(differences)]
    if not len(there):
        return None
    below, above = np.mean(there <= 0), np.mean(there >= 0)
    return float(np.clip(2 * np.minimum(below, above), 1 / len(there), 1.0))


@dataclass(frozen=True, slots=True)
class McNemar:
    """How often only the first, or only the second, of two was right, and the exact p."""

    only_first: int
    only_second: int
    p: float


def mcnemar(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> McNemar:
    """Compare whether two were right (cases) on the same cases.

    Q. McNemar, 1947, in its exact form: discordant pairs fall to either side by even chance.
    """
    ours, theirs = int((first & ~second).sum()), int((second & ~first).sum())
    p = 1.0 if ours + theirs == 0 else float(binomtest(ours, ours + theirs, 0.5).pvalue)
    return McNemar(ours, theirs, p)


def refuse_shared(patients: Sequence[str], sides: Sequence[str], what: str = "fold") -> None:
    """Let nobody be on two sides.

    Raises:
        Declined: naming the patients who are.
    """
    where: dict[str, set[str]] = defaultdict(set)
    for patient, side in zip(patients, sides, strict=True):
        where[patient].add(side)
    shared = sorted(patient for patient, found in where.items() if len(found) > 1)
    if shared:
        more = f" and {len(shared) - _TOLD} more" if len(shared) > _TOLD else ""
        raise Declined(
            f"A patient may be in one {what} only, but {', '.join(shared[:_TOLD])}{more} "
            f"{'is' if len(shared) == 1 else 'are'} in several.",
            code="shared_patients",
        )


def folds(patients: Sequence[str], count: int, seed: int) -> NDArray[np.intp]:
    """Return the fold (0 to count - 1) of each row, patient by patient, as even as can be.

    Raises:
        Declined: if there are fewer patients than folds.
    """
    names, of, rows = np.unique(
        np.asarray(patients, dtype=np.str_), return_inverse=True, return_counts=True
    )
    if not 2 <= count <= len(names):
        raise Declined(
            f"{len(names)} patients cannot be parted into {count} folds.", code="too_few_patients"
        )
    order = np.random.default_rng(seed).permutation(len(names))
    order = order[np.argsort(-rows[order], kind="stable")]
    load = np.zeros((count, 2), np.int64)
    fold_of = np.zeros(len(names), np.intp)
    for patient in order:
        fold = int(np.lexsort((load[:, 0], load[:, 1]))[0])
        fold_of[patient] = fold
        load[fold] += (1, rows[patient])
    return np.asarray(fold_of[of.reshape(-1)])


def hold_out(patients: Sequence[str], part: float, seed: int) -> NDArray[np.bool_]:
    """Mark the rows of patients who are put aside: `part` (0 to 1) of them, at least one.

    Raises:
        Declined: if nobody would be left on a side.
    """
    names, of = np.unique(np.asarray(patients, dtype=np.str_), return_inverse=True)
    aside = max(1, round(part * len(names)))
    if aside >= len(names):
        raise Declined(
            f"Of {len(names)} patients {aside} cannot be put aside.", code="too_few_patients"
        )
    chosen = np.zeros(len(names), np.bool_)
    chosen[np.random.default_rng(seed).permutation(len(names))[:aside]] = True
    return np.asarray(chosen[of.reshape(-1)])
