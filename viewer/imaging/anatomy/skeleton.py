"""Bone on a CT, its marrow filled, without what contrast makes as bright.

Bone is rough and has a harder rim; blood with contrast is smooth and has none. Smooth bright
pools are taken away first, then what is hard is grown into what is dense, and marrow is filled.
"""

from __future__ import annotations

import cc3d
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.geometry import Geometry
from viewer.core.progress import Progress
from viewer.imaging.anatomy.ground import Ground
from viewer.imaging.anatomy.masks import Mask, closed, dilated, pieces_over, touching, volume_ml
from viewer.imaging.anatomy.result import Marked, Verdict
from viewer.imaging.anatomy.structures import BONE
from viewer.imaging.bones import with_marrow

Values = NDArray[np.float32]

HARD_HU, DENSE_HU, RIM_HU = 280.0, 150.0, 80.0
MARROW_MM, MARROW_HU = 5.0, 0.0
"""Within so narrow a gap between bone even soft marrow is bone."""
SMALLEST_MM3 = 300.0
POOL_HU, BRIGHTEST_HU, POOL_MM3 = 160.0, 750.0, 2500.0
SMOOTH_HU = 38.0
"""Local spread (5 mm) of contrast in blood on usual scans; trabecular bone spreads more."""
EVEN = 0.125
"""Spread of a whole pool as a share of its mean; spongy bone spreads more."""
HEART_ML, HEART_MM = 60.0, 12.0
"""With so much contrast the chambers are full, and what lies between them is heart."""
REACH_MM = 5.0
METAL_HU, METAL_ML = 2500.0, 1.0


def find_bone(ground: Ground, body: Mask, progress: Progress) -> Marked:
    """Mark bone on the fine grid; `body` lies on it too."""
    grid = ground.fine.geometry
    hu = np.where(body, ground.fine.values, np.float32(-1000))
    progress.report(0.0, "looking for contrast")
    pools = contrast_pools(hu, grid)
    progress.report(0.4, "looking for bone")
    dense = (hu > DENSE_HU) & ~pools
    hard = pieces_over((hu > HARD_HU) & ~pools, SMALLEST_MM3, grid)
    bone = pieces_over(touching(dense, hard), 2 * SMALLEST_MM3, grid)
    bone |= closed(bone, MARROW_MM, grid) & (hu > MARROW_HU) & ~pools
    progress.report(0.7, "filling the marrow")
    mask = with_marrow(bone, grid) & ~pools & body
    mask |= ndimage.binary_dilation(mask, mask=(hu > RIM_HU) & ~pools)
    progress.report(1.0, "filling the marrow")
    if volume_ml(mask, grid) < 3:
        return Marked.missing(BONE, "Nothing is as hard as bone.")
    return Marked(BONE, mask, ground.fine, _judged(mask, hu, pools, body, grid), (100.0, 1e9))


def contrast_pools(hu: Values, grid: Geometry) -> Mask:
    """Mark blood and urine that contrast makes as bright as bone: smooth, with no harder rim."""
    bright = hu > POOL_HU
    result = np.zeros(hu.shape, dtype=np.bool_)
    if not bright.any():
        return result
    size = [max(3, 2 * round(REACH_MM / 2 / step) + 1) for step in grid.spacing_mm]
    mean = ndimage.uniform_filter(hu, size)
    spread = np.sqrt(np.maximum(ndimage.uniform_filter(hu * hu, size) - mean * mean, 0))
    smooth = bright & (mean > POOL_HU) & (mean < BRIGHTEST_HU) & (spread < SMOOTH_HU + 0.06 * mean)
    labels = cc3d.connected_components(smooth, connectivity=6)
    for number, place in enumerate(ndimage.find_objects(labels), start=1):
        box = tuple(slice(max(s.start - 4, 0), s.stop + 4) for s in place)
        core = labels[box] == number
        if np.count_nonzero(core) * grid.voxel_volume_mm3 < POOL_MM3:
            continue
        values = hu[box][core]
        even = float(values.std()) < EVEN * float(values.mean())
        if even and not _has_hard_rim(core, hu[box], grid):
            result[box] |= dilated(core, REACH_MM, grid) & bright[box]
    if volume_ml(result, grid) > HEART_ML:
        result |= closed(result, HEART_MM, grid) & (hu > 0)
    return result


def _has_hard_rim(core: Mask, hu: Values, grid: Geometry) -> bool:
    """Tell whether what lies round a smooth piece is often harder than itself, as cortex is."""
    rim = dilated(core, REACH_MM, grid) & ~core
    top = float(np.percentile(hu[core], 90)) + 30
    return bool(rim.any() and float((hu[rim] > top).mean()) > 0.15)


def _judged(mask: Mask, hu: Values, pools: Mask, body: Mask, grid: Geometry) -> Verdict:
    volume, pooled = volume_ml(mask, grid), volume_ml(pools, grid)
    verdict = Verdict(0.85).says(f"{volume:.0f} ml are dense and hard, or lie within what is.")
    verdict = verdict.checked(
        pooled < 5, 0.85, "Nothing else is as bright as bone.",
        f"{pooled:.0f} ml of contrast were told from bone; where they touch, it may be wrong.",
    )  # fmt: skip
    verdict = verdict.checked(
        volume_ml(hu > METAL_HU, grid) < METAL_ML, 0.8, "There is no metal.",
        "There is metal; bone round it may be wrong, and the metal is counted as bone.",
    )  # fmt: skip
    share = volume / max(volume_ml(body, grid), 1.0)
    return verdict.checked(
        share < 0.2, 0.5, f"It is {share:.0%} of the body.",
        f"It is {share:.0%} of the body, which is too much: contrast or metal may be in it.",
    )  # fmt: skip
