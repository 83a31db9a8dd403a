"""What tells a good outline from a bad one, for all members of a family at once.

Every measure is a sum over voxels or over faces between neighbours, gathered by the number
with which a voxel comes in; members are then running totals (see `gathering`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.imaging.click.family import MEMBERS, Family, Ground
from viewer.imaging.click.gathering import gathered

NAMES = (
    "log_volume", "log_diameter", "share_of_reach", "at_border", "roundness", "elongation",
    "off_click", "inside_spread", "click_unlike", "step", "step_sizes", "step_noise", "far_step",
    "weak_edges", "shell_mean", "inside_mean", "relative_step", "loose", "growth", "stability",
    "step_peak", "rule", "opened", "reach", "modality", "pitch", "loose_before",
    "contrast", "level_rank", "span_noise",
)  # fmt: skip
MODALITIES = ("CT", "MR", "PT")
Features = NDArray[np.float32]
Sums = NDArray[np.float64]


def features_of(family: Family, ground: Ground, modality: str) -> Features:
    """Return the features (members, names) of all members of a family."""
    block, values = ground.block, ground.smooth
    sums, faces = gathered(
        family.numbers,
        values,
        np.array(block.click, np.int64),
        np.array(block.spacing_mm, np.float64),
        ground.noise,
        MEMBERS,
    )
    volume_voxels, total = sums[:, 0].clip(1), sums[:, 1]
    volume = volume_voxels * block.voxel_mm3
    diameter = (6 * volume / np.pi) ** (1 / 3)
    mean = total / volume_voxels
    spread = np.sqrt(np.maximum(sums[:, 2] / volume_voxels - mean**2, 0))
    many = np.maximum(faces[:, 0], 1e-3)
    area, step, far = faces[:, 0] / 1.5, faces[:, 1] / many, faces[:, 6] / faces[:, 5].clip(1e-3)
    centre, longest = _moments(sums)
    all_total = float(values.sum())
    outside_mean = (all_total - total) / np.maximum(values.size - volume_voxels, 1)
    border = _border_share(family)
    scale = np.maximum(spread, ground.noise / 2)
    absolute = _absolute(modality, ground)
    columns = {
        "log_volume": np.log(volume),
        "log_diameter": np.log(diameter),
        "share_of_reach": diameter / (2 * block.reach_mm),
        "at_border": border,
        "roundness": np.pi ** (1 / 3) * (6 * volume) ** (2 / 3) / np.maximum(area, 1e-3),
        "elongation": longest / np.maximum(diameter, 1e-3),
        "off_click": centre / np.maximum(diameter, 1e-3),
        "inside_spread": spread / ground.span,
        "click_unlike": np.abs(ground.at_click - mean) / scale,
        "step": step / ground.span,
        "step_sizes": faces[:, 2] / many / ground.span,
        "step_noise": np.abs(step) / ground.noise,
        "far_step": far / ground.span,
        "weak_edges": faces[:, 3] / many,
        "shell_mean": (faces[:, 4] / many - absolute[0]) / absolute[1],
        "inside_mean": (mean - absolute[0]) / absolute[1],
        "relative_step": far / scale,
        "loose": family.loose,
        "growth": np.diff(np.log(volume), append=np.log(volume[-1])),
        "stability": np.diff(family.loose, append=family.loose[-1]),
        "step_peak": np.abs(step) / max(float(np.abs(step).max()), 1e-6),
        "rule": np.full(MEMBERS, float(family.rule)),
        "opened": np.full(MEMBERS, float(family.opened)),
        "reach": np.full(MEMBERS, block.reach_mm),
        "modality": np.full(MEMBERS, float(MODALITIES.index(modality))),
        "pitch": np.full(MEMBERS, max(block.spacing_mm)),
        "loose_before": np.diff(family.loose, prepend=family.loose[0]),
        "contrast": (mean - outside_mean) / ground.span,
        "level_rank": np.arange(MEMBERS) / MEMBERS,
        "span_noise": np.full(MEMBERS, ground.span / ground.noise),
    }
    return np.stack([columns[name] for name in NAMES], axis=1).astype(np.float32)


def _absolute(modality: str, ground: Ground) -> tuple[float, float]:
    """Return zero and unit of the scale on which values are given."""
    if modality == "CT":
        return 0.0, 100.0
    if modality == "PT":
        return 0.0, max(float(ground.smooth[ground.block.click]), 1e-3)
    return float(np.median(ground.smooth)), ground.span


def _moments(sums: Sums) -> tuple[Sums, Sums]:
    """Return how far the centre is from the click, and the longest axis (of moments), in mm."""
    count = sums[:, 0].clip(1)
    first = sums[:, 3:6] / count[:, None]
    covariance = np.zeros((MEMBERS, 3, 3))
    pairs = [(a, b) for a in range(3) for b in range(a, 3)]
    for column, (a, b) in enumerate(pairs, start=6):
        second = sums[:, column] / count - first[:, a] * first[:, b]
        covariance[:, a, b] = covariance[:, b, a] = second
    longest = np.sqrt(np.maximum(np.linalg.eigvalsh(covariance)[:, -1], 0)) * 2 * np.sqrt(5)
    return np.linalg.norm(first, axis=1), longest


def _border_share(family: Family) -> NDArray[np.float64]:
    """Return the share of the faces of the block that a member touches."""
    total, size = np.zeros(MEMBERS + 1), 0
    for axis in range(3):
        if family.numbers.shape[axis] < 3:
            continue
        for index in (0, -1):
            face = family.numbers.take(index, axis=axis)
            total += np.bincount(face.ravel(), minlength=MEMBERS + 1)
            size += face.size
    return np.asarray(np.cumsum(total)[:MEMBERS] / max(size, 1))
