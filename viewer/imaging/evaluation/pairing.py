"""Which findings of two readers are the same."""

from __future__ import annotations

import numpy as np

from viewer.imaging.evaluation.matching import Array, distances

_FAR = 1e6


def pairs(
    ours: Array, ours_mm: Array, theirs: Array, theirs_mm: Array
) -> tuple[tuple[int, int], ...]:
    """Return the numbers of findings that are one, each at most once, as many as there can be.

    Centres (n, 3) and (m, 3) in mm, diameters (n) and (m). Two are one where their centres are no
    farther apart than the radius of the larger; of several ways to pair the closest is taken.
    """
    if not len(ours) or not len(theirs):
        return ()
    apart = distances(ours, theirs)
    hit = apart <= np.maximum(ours_mm[:, None], theirs_mm[None]) / 2 + 1e-9
    from scipy.optimize import linear_sum_assignment  # loaded only where pairs are made

    rows, columns = linear_sum_assignment(np.where(hit, apart, _FAR))
    found = zip(rows.tolist(), columns.tolist(), strict=True)
    return tuple((row, column) for row, column in found if hit[row, column])
