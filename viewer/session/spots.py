"""Many findings at once: where they are and how large, as arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.finding import Finding
from viewer.core.geometry import Array

Which = NDArray[np.bool_] | NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Findings with their numbers in the record, from 1; places (n, 3) and sizes (n,) in LPS mm.

    A finding's number stays the same whatever the threshold hides.
    """

    findings: tuple[Finding, ...]
    numbers: NDArray[np.int64] = field(repr=False)
    positions: Array = field(repr=False)
    lows: Array = field(repr=False)
    highs: Array = field(repr=False)
    diameters_mm: Array = field(repr=False)

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> Spots:
        """Take all findings of a record, in its order."""
        return cls(
            tuple(findings),
            np.arange(1, len(findings) + 1),
            _places([one.position for one in findings]),
            _places([one.low for one in findings]),
            _places([one.high for one in findings]),
            np.array([one.diameter_mm for one in findings], np.float64),
        )

    def only(self, which: Which) -> Spots:
        """Return some of them, by a mask (n,) or by their places."""
        chosen = np.flatnonzero(which) if which.dtype == np.bool_ else which
        if len(chosen) == len(self.findings) and which.dtype == np.bool_:
            return self
        return Spots(
            tuple([self.findings[n] for n in chosen.tolist()]),
            self.numbers[chosen],
            self.positions[chosen],
            self.lows[chosen],
            self.highs[chosen],
            self.diameters_mm[chosen],
        )

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.findings)

    def __iter__(self) -> Iterator[tuple[int, Finding]]:
        """Go through them with their numbers."""
        return zip(self.numbers.tolist(), self.findings, strict=True)


def _places(found: Sequence[Sequence[float]]) -> Array:
    return np.array(found, np.float64).reshape(-1, 3)
