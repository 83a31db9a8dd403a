"""The body as its skin encloses it, without table, blankets and the air in between."""

from __future__ import annotations

import cc3d
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.core.progress import Progress
from viewer.imaging.anatomy.ground import Ground
from viewer.imaging.anatomy.masks import Mask, cut_sides, filled_slices, opened, volume_ml
from viewer.imaging.anatomy.result import Marked, Verdict
from viewer.imaging.anatomy.structures import BODY

SOLID_HU = -300.0
THINNEST_MM = 5.0
"""Sheets thinner than twice this are a table, a blanket or a tube."""
SMALLEST_SHARE = 0.01
SMALLEST_ML = 60.0
OPENING_MM2 = 900.0
"""Air that meets the air outside over more than this lies between arm and trunk, not within."""


def find_body(ground: Ground, lungs: Mask, outside: Mask, progress: Progress) -> Marked:
    """Mark the body on the rough grid. `lungs` and `outside` lie on it too."""
    progress.report(0.0, "looking for the body")
    grid, hu = ground.rough.geometry, ground.rough.values
    solid = (hu > SOLID_HU) | lungs
    core = _kept(opened(solid, THINNEST_MM, grid), hu, lungs, grid.voxel_volume_mm3)
    progress.report(0.6, "looking for the body")
    body = filled_slices(core) & ~outside
    body &= ~_between(body, hu, lungs, outside, grid.spacing_mm[1] * grid.spacing_mm[2])
    progress.report(1.0, "looking for the body")
    if not body.any():
        return Marked.missing(BODY, "No body was found: nothing solid is thick enough.")
    return Marked(BODY, body, ground.rough, _judged(body, ground), (SOLID_HU, 1e9))


def _kept(mask: Mask, hu: NDArray[np.float32], lungs: Mask, voxel_mm3: float) -> Mask:
    """Keep the pieces large and solid enough to be a body or a limb."""
    labels = cc3d.connected_components(mask, connectivity=6)
    counts = np.bincount(labels.ravel())
    counts[0] = 0
    tissue = ((hu > -200) & (hu < 400)) | lungs
    soft = np.bincount(labels.ravel(), weights=tissue.ravel())
    keep = (counts >= SMALLEST_SHARE * counts.max()) & (counts * voxel_mm3 >= 1000 * SMALLEST_ML)
    keep &= soft > 0.7 * counts
    keep[0] = False
    return np.asarray(keep[labels])


def _between(
    body: Mask, hu: NDArray[np.float32], lungs: Mask, outside: Mask, face_mm2: float
) -> Mask:
    """Mark air that slices enclose but that is widely open to the outside above or below."""
    gas = body & (hu < -700) & ~lungs
    labels = cc3d.connected_components(gas, connectivity=6)
    meets = ndimage.binary_dilation(outside) & gas
    contact = np.bincount(labels[meets], minlength=int(labels.max()) + 1) * face_mm2
    open_ = contact > OPENING_MM2
    open_[0] = False
    return np.asarray(open_[labels])


def _judged(body: Mask, ground: Ground) -> Verdict:
    grid, hu = ground.rough.geometry, ground.rough.values
    verdict = Verdict().says(f"The body holds {volume_ml(body, grid) / 1000:.1f} litres.")
    beside = [side for side in cut_sides(body) if side not in ("top", "bottom")]
    verdict = verdict.checked(
        not beside, 0.85, "All of its outline is in the images.",
        f"The field of view cuts the body off at the {_listed(beside)}.",
    )  # fmt: skip
    strange = float((hu[body] > -200).mean())
    return verdict.checked(
        strange > 0.35, 0.7, "It is of soft tissue, bone and lung.",
        "Most of it is darker than fat, so it may hold air that is not inside the body.",
    )  # fmt: skip


def _listed(words: list[str]) -> str:
    return " and ".join(words)
