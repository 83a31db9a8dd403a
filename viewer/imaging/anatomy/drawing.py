"""From masks on coarse grids to labels on the full grid, in stored order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.progress import Progress
from viewer.imaging.anatomy.ground import Ground
from viewer.imaging.anatomy.result import Found, Marked
from viewer.imaging.anatomy.structures import (
    AIRWAYS,
    AORTA,
    BONE,
    BRAIN,
    HEART,
    KIDNEY_LEFT,
    KIDNEY_RIGHT,
    LIVER,
    LUNG_LEFT,
    LUNG_RIGHT,
    SPLEEN,
    Layer,
    Structure,
)

_FIRST: tuple[Structure, ...] = (
    AIRWAYS, LUNG_RIGHT, LUNG_LEFT, AORTA, KIDNEY_RIGHT, KIDNEY_LEFT, SPLEEN, LIVER, BRAIN, BONE,
    HEART,
)  # fmt: skip
"""Where two lie in one voxel it belongs to the earlier of these, and to others last."""


def drawn(
    marked: Sequence[Marked], ground: Ground, progress: Progress
) -> tuple[tuple[tuple[Layer, NDArray[np.uint8]], ...], tuple[Found, ...]]:
    """Draw all masks; return the labels of each layer, and what is said of every structure."""
    layers: dict[Layer, NDArray[np.uint8]] = {}
    order = sorted(marked, key=_rank)
    for number, one in enumerate(order):
        progress.report(number / max(len(order), 1), "drawing the outlines")
        if one.mask is None:
            continue
        layer = one.structure.layer
        labels = layers.setdefault(layer, np.zeros(ground.fine.full, dtype=np.uint8))
        _draw(one, ground, labels)
    voxel_ml = ground.geometry.voxel_volume_mm3 / 1000
    counts = {layer: _counts(labels) for layer, labels in layers.items()}
    found = tuple(_said(one, counts, voxel_ml) for one in marked)
    progress.report(1.0, "drawing the outlines")
    stored = tuple(
        (layer, np.ascontiguousarray(ground.turn.stored(labels)))
        for layer, labels in layers.items()
        if labels.any()
    )
    return stored, found


def _rank(one: Marked) -> int:
    return _FIRST.index(one.structure) if one.structure in _FIRST else len(_FIRST)


def _draw(one: Marked, ground: Ground, labels: NDArray[np.uint8]) -> None:
    if one.mask is None or one.grid is None:
        return
    label = one.structure.label
    if one.range_hu is None:
        labels[one.grid.enlarged(one.mask) & (labels == 0)] = label
        return
    wide = one.grid.enlarged(ndimage.binary_dilation(one.mask))
    deep = one.grid.enlarged(ndimage.binary_erosion(one.mask, border_value=1))
    low, high = one.range_hu
    for plane, near, sure, target in zip(ground.values, wide, deep, labels, strict=True):
        fits = near & (plane >= low) & (plane <= high)
        target[(fits | sure) & (target == 0)] = label


def _counts(labels: NDArray[np.uint8]) -> NDArray[np.int64]:
    total = np.zeros(256, dtype=np.int64)
    for plane in labels:
        total += np.bincount(plane.ravel(), minlength=256)
    return total


def _said(one: Marked, counts: dict[Layer, NDArray[np.int64]], voxel_ml: float) -> Found:
    verdict, structure = one.verdict, one.structure
    if one.mask is None:
        return Found(structure, 0.0, verdict.reasons, verdict.failed, 0.0)
    volume = float(counts[structure.layer][structure.label]) * voxel_ml
    certainty = round(verdict.certainty, 2) if volume > 0 else 0.0
    return Found(structure, certainty, verdict.reasons, verdict.failed, volume)
