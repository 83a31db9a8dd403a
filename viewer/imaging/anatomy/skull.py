"""Braincase and brain on a CT of the head: what is soft inside a closed shell of bone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.progress import Progress
from viewer.imaging.anatomy.ground import Ground
from viewer.imaging.anatomy.masks import (
    Mask,
    closed,
    dilated,
    eroded,
    filled_slices,
    largest,
    volume_ml,
)
from viewer.imaging.anatomy.result import Marked, Verdict
from viewer.imaging.anatomy.structures import BRAIN, SKULL
from viewer.imaging.coarse import Coarse

SHELL_HU = 200.0
SOFT_HU = (-15.0, 110.0)
"""Fluid to fresh blood."""
BRAIN_ML = (600.0, 2000.0)
GAP_MM, NECK_MM = 10.0, 5.0
"""Half the widest gap in the shell that is bridged; half of what may join brain and face."""
CASE_MM = 22.0


def find_head(ground: Ground, body: Mask, progress: Progress) -> tuple[Marked, Marked]:
    """Mark braincase and brain (in this order); `body` lies on the rough grid."""
    progress.report(0.0, "looking for the skull")
    grid, hu = ground.rough.geometry, ground.rough.values
    shell = (hu > SHELL_HU) & body
    none = "No closed skull is seen, or it is not whole in the images."
    if volume_ml(shell, grid) < 60:
        return Marked.missing(SKULL, none), Marked.missing(BRAIN, none)
    inside = filled_slices(closed(shell, GAP_MM, grid)) & ~shell & body
    smooth = ndimage.median_filter(hu, 3)
    soft = inside & (smooth > SOFT_HU[0]) & (smooth < SOFT_HU[1])
    core = largest(eroded(soft, NECK_MM, grid))
    brain = closed(dilated(core, NECK_MM + 1.5, grid) & soft, 4.0, grid) & ~shell
    progress.report(0.7, "looking for the skull")
    brain = filled_slices(brain) & ~shell
    volume, round_ = volume_ml(brain, grid), _enclosed(brain, shell, ground.rough)
    if volume < 250 or round_ < 0.55:
        return Marked.missing(SKULL, none), Marked.missing(BRAIN, none)
    verdict = _judged(brain, volume, round_, hu)
    case = shell & dilated(brain, CASE_MM, grid)
    case = closed(largest(case, 26), 5.0, grid) & ~brain & (hu > 0)
    skull = (
        Verdict(0.85)
        .says("It is the bone round the brain; face and jaw are left out.")
        .says(f"Bone lies round {round_:.0%} of the brain.")
    )
    progress.report(1.0, "looking for the skull")
    return (
        Marked(SKULL, case, ground.rough, skull, (SHELL_HU, 1e9)),
        Marked(BRAIN, brain, ground.rough, verdict, (-30.0, 150.0)),
    )


def _enclosed(brain: Mask, shell: Mask, grid: Coarse) -> float:
    """Return over how much of the brain's outline, top and base of the images left out, is bone."""
    near = dilated(shell, 12.0, grid.geometry)
    rim = ndimage.binary_dilation(brain, border_value=0) & ~brain
    rim[0] = rim[-1] = False
    return float(near[rim].mean()) if rim.any() else 0.0


def _judged(brain: Mask, volume: float, round_: float, hu: NDArray[np.float32]) -> Verdict:
    mean = float(np.median(hu[brain]))
    cut = brain[-1].any() or brain[0].any()
    verdict = Verdict(0.85).checked(
        round_ > 0.8, 0.7, f"Bone lies round {round_:.0%} of it.",
        f"Bone lies round {round_:.0%} of it alone: the rest of its outline is not sure.",
    )  # fmt: skip
    verdict = verdict.checked(
        15 <= mean <= 55, 0.6, f"Its values are about {mean:.0f} HU, as of brain.",
        f"Its values are about {mean:.0f} HU, which is unusual for brain.",
    )  # fmt: skip
    verdict = verdict.checked(
        not cut, 0.85, "Its top and base are in the images.",
        "It is cut off at the top or bottom of the images.",
    )  # fmt: skip
    fits = volume <= BRAIN_ML[1] if cut else BRAIN_ML[0] <= volume <= BRAIN_ML[1]
    return verdict.checked(
        fits, 0.6, f"{volume:.0f} ml is usual for a brain with its fluid.",
        f"{volume:.0f} ml is unusual for a brain with its fluid.",
    ).says("Fluid and blood inside the skull are counted as brain.")  # fmt: skip
