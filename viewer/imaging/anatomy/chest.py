"""Lungs, airways and the region of the heart on a CT."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from viewer.imaging.anatomy.ground import Ground
from viewer.imaging.anatomy.masks import (
    Mask,
    bounds,
    closed,
    cut_sides,
    dilated,
    largest,
    opened,
    volume_ml,
)
from viewer.imaging.anatomy.result import Marked, Verdict
from viewer.imaging.anatomy.structures import AIRWAYS, HEART, LUNG_LEFT, LUNG_RIGHT, Structure
from viewer.imaging.anatomy.trunk import Trunk
from viewer.imaging.coarse import Coarse
from viewer.imaging.lungs import LEFT_LUNG, RIGHT_LUNG, LungField

LUNG_ML = (600.0, 4500.0)
"""One whole lung of an adult, expired to full."""
TREE_ML = (15.0, 110.0)
DIAPHRAGM_MM, SPINE_MM = 25.0, 16.0
"""The heart reaches so far under the higher dome; the vertebrae so far before their middle."""


def find_lungs(ground: Ground, field: LungField) -> tuple[Marked, Marked]:
    """Say how sure the two lungs are (right, left)."""
    sides = [field.sides == RIGHT_LUNG, field.sides == LEFT_LUNG]
    right = _lung(LUNG_RIGHT, sides[0], sides[1], ground, field)
    left = _lung(LUNG_LEFT, sides[1], sides[0], ground, field)
    return right, left


def _lung(
    structure: Structure, mask: Mask, other: Mask, ground: Ground, field: LungField
) -> Marked:
    grid = ground.fine.geometry
    volume, beyond = volume_ml(mask, grid), volume_ml(other, grid)
    if volume < 1:
        return Marked.missing(structure, "No air that is joined and looks like lung lies there.")
    aerated = mask & field.aerated
    mean = float(ground.fine.values[aerated].mean()) if aerated.any() else 0.0
    cut = _cut(mask)
    verdict = Verdict().checked(
        -920 <= mean <= -600, 0.7, f"Its air has a mean of {mean:.0f} HU, as in lung.",
        f"Its air has a mean of {mean:.0f} HU, which is unusual for lung.",
    )  # fmt: skip
    verdict = verdict.checked(
        not cut, 0.9, "Top and base are in the images.",
        f"It is cut off at the {cut} of the images.",
    )  # fmt: skip
    if not cut:
        verdict = verdict.checked(
            LUNG_ML[0] <= volume <= LUNG_ML[1], 0.7, f"{volume:.0f} ml is usual for a whole lung.",
            f"{volume:.0f} ml is unusual for a whole lung.",
        )  # fmt: skip
    verdict = verdict.checked(
        0.4 <= volume / max(beyond, 1.0) <= 2.5, 0.6, "Both lungs are about as large.",
        "The lungs differ much in size: fluid, a mass or a lung removed, or a side wrongly told.",
    )  # fmt: skip
    share = float(np.count_nonzero(aerated)) / max(int(np.count_nonzero(mask)), 1)
    verdict = verdict.checked(
        share > 0.7, 0.75, f"{share:.0%} of it holds air.",
        f"Only {share:.0%} of it holds air; dense lung at the outline may be missing.",
    )  # fmt: skip
    return Marked(structure, mask, ground.fine, verdict)


def _cut(mask: Mask) -> str:
    areas = mask.sum(axis=(1, 2))
    widest = max(int(areas.max()), 1)
    ends = [
        name for name, area in (("top", areas[-1]), ("bottom", areas[0])) if area > 0.02 * widest
    ]
    return " and ".join(ends)


def find_airways(ground: Ground, field: LungField) -> Marked:
    """Say how sure the airways are; they were grown until just before they leaked."""
    mask, grid = field.airways, ground.fine.geometry
    volume = volume_ml(mask, grid)
    if volume <= 0:
        return Marked.missing(AIRWAYS, "No windpipe is seen: no round chain of pure air.")
    lengths = bounds(mask, 0)
    tall = (lengths[1] - lengths[0] + 1) * grid.spacing_mm[0]
    verdict = Verdict(0.9).checked(
        TREE_ML[0] <= volume <= TREE_ML[1], 0.6,
        f"{volume:.0f} ml is usual for the windpipe with bronchi.",
        f"{volume:.0f} ml is unusual for windpipe and bronchi.",
    )  # fmt: skip
    verdict = verdict.checked(
        tall > 60, 0.7, f"The windpipe and its branches are followed over {tall:.0f} mm.",
        f"They are followed over {tall:.0f} mm alone.",
    )  # fmt: skip
    low = mask[: lengths[0] + max(1, (lengths[1] - lengths[0]) // 2)]
    pieces = max((int(ndimage.label(plane)[1]) for plane in low), default=0)
    verdict = verdict.checked(
        pieces >= 2, 0.8, "The windpipe divides into bronchi.", "No division into bronchi is seen."
    )
    verdict = verdict.says("Fine bronchi are left out: growing stops before it leaks into lung.")
    return Marked(AIRWAYS, mask, ground.fine, verdict, (-1100.0, -500.0))


def find_heart(trunk: Trunk, grid: Coarse, airways: Mask, aorta: Mask) -> Marked:
    """Mark the heart region: what lies between the lungs, before the spine, under the carina.

    All masks lie on the rough grid of the trunk.
    """
    geometry = trunk.geometry
    volumes = [volume_ml(lung, geometry) for lung in (trunk.right_lung, trunk.left_lung)]
    domes = [trunk.base_mm(lung) for lung in (trunk.right_lung, trunk.left_lung)]
    known = [dome for dome in domes if dome is not None]
    if min(volumes) < 250 or not known:
        return Marked.missing(
            HEART, "The heart is found between two lungs, and these are not there."
        )
    bottom = max(known) - DIAPHRAGM_MM
    top = _carina_mm(trunk, airways)
    if top - bottom < 40:
        return Marked.missing(
            HEART, "Too little lies between the carina and the bases of the lungs."
        )
    here = (trunk.heights_mm >= bottom) & (trunk.heights_mm <= top)
    region = _between_lungs(trunk) & here[:, None, None]
    region &= (trunk.smooth > -20) & ~trunk.bone & ~dilated(aorta, 3.0, geometry)
    mask = largest(closed(opened(region, 8.0, geometry), 10.0, geometry)) & ~trunk.lungs
    volume = volume_ml(mask, geometry)
    if volume < 100:
        return Marked.missing(HEART, "Nothing large enough lies between the lungs.")
    verdict = Verdict(0.6).says(
        "It is a region by position alone: heart, its sac and the great vessels at its base."
    )
    verdict = verdict.checked(
        350 <= volume <= 1300,
        0.7,
        f"{volume:.0f} ml is usual for a heart with its vessels.",
        f"{volume:.0f} ml is unusual for a heart.",
    )
    verdict = verdict.checked(
        not any(side not in ("top", "bottom") for side in cut_sides(mask)),
        0.8,
        "Its sides are in the images.",
        "The field of view cuts it off.",
    )
    return Marked(HEART, mask, grid, verdict)


def _carina_mm(trunk: Trunk, airways: Mask) -> float:
    """Return the height where the windpipe divides, or two thirds up the lungs."""
    low, high = bounds(trunk.lungs, 0)
    step = trunk.geometry.spacing_mm[0]
    thirds = (high - (high - low) / 3) * step
    double = [n for n, plane in enumerate(airways) if int(ndimage.label(plane)[1]) >= 2]
    return min(thirds, max(double) * step) if double else thirds


def _between_lungs(trunk: Trunk) -> Mask:
    """Mark, row by row, what lies between the right and the left lung before the spine."""
    right, left = trunk.right_lung, trunk.left_lung
    width = right.shape[2]
    columns = np.arange(width)
    start = np.where(right.any(axis=2), width - 1 - right[:, :, ::-1].argmax(axis=2), width)
    end = np.where(left.any(axis=2), left.argmax(axis=2), -1)
    between = (columns > start[..., None]) & (columns < end[..., None])
    between &= (trunk.behind_spine_mm < -SPINE_MM)[None, :, None]
    return np.asarray(between & ~trunk.lungs)
