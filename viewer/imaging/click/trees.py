"""A forest of boosted regression trees as plain arrays, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viewer.core.errors import Unreadable
from viewer.imaging.compiled import compiled

ARRAYS = ("feature", "threshold", "left", "right", "value", "roots")


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Nodes of all trees in one row; at a node one goes left where the feature is not greater.

    A leaf has no left child (-1). What all trees say is added to `base`.
    """

    feature: NDArray[np.int64] = field(repr=False)
    threshold: NDArray[np.float32] = field(repr=False)
    left: NDArray[np.int64] = field(repr=False)
    right: NDArray[np.int64] = field(repr=False)
    value: NDArray[np.float32] = field(repr=False)
    roots: NDArray[np.int64] = field(repr=False)
    base: float

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.float32]], features: int) -> Forest:
        """Build a forest from arrays that came from a file.

        Raises:
            Unreadable: if an array is missing, or a node points elsewhere than further on.
        """
        try:
            found = {name: np.asarray(arrays[name]).ravel() for name in (*ARRAYS, "base")}
        except KeyError as missing:
            raise Unreadable(f"The forest lacks its {missing}.", code="damaged_model") from missing
        whole = {name: found[name].astype(np.int64) for name in ("feature", "left", "right")}
        made = cls(
            whole["feature"],
            found["threshold"].astype(np.float32),
            whole["left"],
            whole["right"],
            found["value"].astype(np.float32),
            found["roots"].astype(np.int64),
            float(found["base"][0]) if len(found["base"]) else 0.0,
        )
        if not made._sound(features):
            raise Unreadable("The forest does not hang together.", code="damaged_model")
        return made

    def _sound(self, features: int) -> bool:
        """Tell whether every way down ends: children come after their parents."""
        count = len(self.feature)
        rows = (self.threshold, self.left, self.right, self.value)
        if not count or any(len(row) != count for row in rows) or not np.isfinite(self.value).all():
            return False
        inner = self.left >= 0
        own = np.arange(count)[inner]
        children = np.stack([self.left[inner], self.right[inner]])
        forward = bool((children > own).all() and (children < count).all())
        inside = bool((self.feature[inner] >= 0).all() and (self.feature[inner] < features).all())
        return forward and inside and bool((self.roots >= 0).all() and (self.roots < count).all())

    def __call__(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what the forest says of each row (n, features)."""
        rows = np.ascontiguousarray(features, np.float32)
        return _walked(
            rows, self.feature, self.threshold, self.left, self.right, self.value, self.roots
        ) + np.float32(self.base)


@compiled
def _walked(
    rows: NDArray[np.float32],
    feature: NDArray[np.int64],
    threshold: NDArray[np.float32],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    value: NDArray[np.float32],
    roots: NDArray[np.int64],
) -> NDArray[np.float32]:
    total = np.zeros(rows.shape[0], np.float32)
    for row in range(rows.shape[0]):
        summed = np.float32(0.0)
        for tree in range(len(roots)):
            node = roots[tree]
            while left[node] >= 0:
                below = rows[row, feature[node]] <= threshold[node]
                node = left[node] if below else right[node]
            summed += value[node]
        total[row] = summed
    return total
