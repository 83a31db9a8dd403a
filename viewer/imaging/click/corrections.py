"""Clicks that no outline agrees with change the outline near them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import label

from viewer.imaging.click.family import Ground, Seeds, by_edges

NEVER = 100
ALWAYS = -100
_FURTHER = 1.25
"""An error reaches a little further to the other side of a click than to the nearer one."""


def corrected(
    sizes: NDArray[np.int8], ground: Ground, adds: Seeds, cuts: Seeds
) -> NDArray[np.int8]:
    """Return nested regions that hold all added clicks and none of the cut ones, at every size.

    A click lies in the middle of an error: it changes as much round it as lies between it and
    the nearest voxel that is right, by ways that edges make longer.
    """
    made = sizes.copy()
    for cut in cuts:
        if made[tuple(cut)] <= 0:
            made[_near(ground, cut[None], made > 0, adds)] = NEVER
        made[tuple(cut)] = NEVER
    for add in adds[1:] if len(adds) > 1 else adds[:0]:
        if made[tuple(add)] > 0:
            near = _near(ground, add[None], made <= 0, cuts)
            made[near] = np.minimum(made[near], 0)
    for add in adds:
        made[tuple(add)] = ALWAYS
    return _in_one_piece(made, adds) if len(cuts) else made


def _near(
    ground: Ground, click: Seeds, right: NDArray[np.bool_], others: Seeds
) -> NDArray[np.bool_]:
    """Return the voxels about as near to a click as the nearest that is right."""
    away = by_edges(ground, click)
    reach = float(away[right].min()) * _FURTHER if right.any() else 0.0
    near = away <= reach
    if len(others):
        near &= away < by_edges(ground, others)
    return np.asarray(near)


def _in_one_piece(sizes: NDArray[np.int8], adds: Seeds) -> NDArray[np.int8]:
    """Drop pieces of the proposed size that a cut has left without a click."""
    pieces, count = label(sizes <= 0)
    if count < 2:
        return sizes
    kept = np.isin(pieces, [int(pieces[tuple(add)]) for add in adds])
    return np.where((sizes <= 0) & ~kept, np.int8(NEVER), sizes)
