"""Fat under the skin, fat within the belly, and muscle, by their values and compartments.

Ranges are those used for body composition (fat -190 to -30 HU, muscle -29 to 150 HU; after
Aubrey, Acta Physiologica 2014). Compartments are rules of place and only about right.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from viewer.imaging.anatomy.masks import Mask, dilated, eroded, volume_ml
from viewer.imaging.anatomy.result import Marked, Verdict
from viewer.imaging.anatomy.structures import MUSCLE, SUBCUTANEOUS_FAT, VISCERAL_FAT
from viewer.imaging.anatomy.trunk import Trunk
from viewer.imaging.coarse import Coarse

FAT_HU, MUSCLE_HU = (-190.0, -30.0), (-29.0, 150.0)
WALL_MM = 16.0
"""Muscles of the belly's wall are about so thick."""
SKIN_MM, PLEURA_MM = 2.0, 6.0
HIP_MM2 = 500.0
"""A larger piece of bone at the side of an axial slice is a hip, not a rib."""


def find_tissues(trunk: Trunk, grid: Coarse, organs: Mask) -> tuple[Marked, Marked, Marked]:
    """Mark subcutaneous fat, visceral fat and muscle; `organs` are what is known to be neither."""
    here = trunk.slices[:, None, None]
    free = here & ~organs & ~trunk.lungs & ~trunk.bone
    fat = free & (trunk.hu > FAT_HU[0]) & (trunk.hu < FAT_HU[1])
    cavity = _cavity(trunk)
    under_skin = fat & trunk.body & ~trunk.hull & ~cavity
    inside = fat & cavity & _belly(trunk)[:, None, None]
    skin = trunk.body & ~eroded(trunk.body, SKIN_MM, trunk.geometry)
    lean = (trunk.smooth > MUSCLE_HU[0]) & (trunk.smooth < MUSCLE_HU[1])
    muscle = free & lean & ~skin & trunk.body & (~cavity | _beside_spine(trunk))
    muscle &= dilated(trunk.hull, 4.0, trunk.geometry)
    return (
        _fat_said(under_skin, trunk, grid),
        _visceral_said(inside, trunk, grid),
        _muscle_said(muscle, trunk, grid),
    )


def _belly(trunk: Trunk) -> NDArray[np.bool_]:
    """Mark the slices under the lower of the two domes; all where no lung is seen."""
    domes = [trunk.base_mm(lung) for lung in (trunk.right_lung, trunk.left_lung)]
    known = [dome for dome in domes if dome is not None]
    top = min(known) if known else np.inf
    return np.asarray(trunk.heights_mm <= top)


def _cavity(trunk: Trunk) -> Mask:
    """Mark what lies within the wall: not in its muscles, not behind, between hips and ribs."""
    cavity = eroded(trunk.hull, WALL_MM, trunk.geometry)
    chest, over = _chest(trunk), ~_belly(trunk)
    cavity[over] = False
    cavity |= chest
    behind, side = trunk.behind_spine_mm, np.abs(trunk.from_spine_mm)
    cavity &= ~((behind[:, None] > 10) & (side[None, :] < 70))[None] | chest
    hips = trunk.bone & (side > 60)[None, None, :] & _belly(trunk)[:, None, None]
    face = trunk.geometry.spacing_mm[1] * trunk.geometry.spacing_mm[2]
    for number in np.flatnonzero(hips.any(axis=(1, 2)) & ~trunk.lungs.any(axis=(1, 2))):
        _, _, stats, _ = cv2.connectedComponentsWithStats(hips[number].astype(np.uint8))
        if stats[1:, cv2.CC_STAT_AREA].max() * face < HIP_MM2:
            continue
        for sign in (-1, 1):
            bone = hips[number] & (sign * trunk.from_spine_mm > 0)[None, :]
            if not bone.any():
                continue
            edge = float(side[np.nonzero(bone)[1]].min())
            cavity[number] &= ~((sign * trunk.from_spine_mm > edge - 4)[None, :])
        cavity[number] &= (behind < 25)[:, None]
    return cavity


def _chest(trunk: Trunk) -> Mask:
    """Mark the chest in each slice: the hull of lungs and of their mirror image, a little wider.

    Mirrored, so that a side without air (fluid, a lung removed) counts as chest too.
    """
    result = np.zeros_like(trunk.body)
    _, row, column = trunk.geometry.spacing_mm
    reach = tuple(2 * round(PLEURA_MM / step) + 1 for step in (column, row))
    kernel = np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, reach))
    for number in np.flatnonzero(trunk.lungs.any(axis=(1, 2))):
        points = np.argwhere(trunk.lungs[number])[:, ::-1].astype(np.int32)
        other = points.copy()
        other[:, 0] = np.maximum(2 * trunk.spine_column - points[:, 0], 0)
        points = np.concatenate([points, other])
        sheet = np.zeros(trunk.body.shape[1:], dtype=np.uint8)
        cv2.fillConvexPoly(sheet, cv2.convexHull(points), 1)
        result[number] = cv2.dilate(sheet, kernel) > 0
    return result & trunk.hull


def _beside_spine(trunk: Trunk) -> Mask:
    """Mark where the psoas lies: right beside the vertebral bodies, under the diaphragm."""
    behind, side = trunk.behind_spine_mm, np.abs(trunk.from_spine_mm)
    zone = (behind[:, None] > -22) & (side[None, :] > 16) & (side[None, :] < 55)
    return _belly(trunk)[:, None, None] & zone[None]


def _told(trunk: Trunk, verdict: Verdict) -> Verdict:
    around = trunk.body[:, :, 0].any() or trunk.body[:, :, -1].any()
    return verdict.checked(
        not around, 0.85, "The field of view shows the whole width of the body.",
        "The field of view cuts the body off at the sides; what lies there is missing.",
    )  # fmt: skip


def _fat_said(mask: Mask, trunk: Trunk, grid: Coarse) -> Marked:
    if volume_ml(mask, trunk.geometry) < 20:
        return Marked.missing(SUBCUTANEOUS_FAT, "There is next to no fat under the skin.")
    verdict = _told(trunk, Verdict(0.8)).says(
        "It is what has -190 to -30 HU between skin and muscle, in the slices of the trunk."
    )
    return Marked(SUBCUTANEOUS_FAT, mask, grid, verdict, FAT_HU)


def _visceral_said(mask: Mask, trunk: Trunk, grid: Coarse) -> Marked:
    if volume_ml(mask, trunk.geometry) < 20:
        return Marked.missing(VISCERAL_FAT, "There is next to no fat within the belly.")
    verdict = Verdict(0.65).says(
        "It is what has -190 to -30 HU within the wall of the belly; the border to the fat between "
        "muscles is a rule of place."
    )
    return Marked(VISCERAL_FAT, mask, grid, verdict, FAT_HU)


def _muscle_said(mask: Mask, trunk: Trunk, grid: Coarse) -> Marked:
    mask = np.asarray(ndimage.binary_opening(mask) & mask)
    if volume_ml(mask, trunk.geometry) < 50:
        return Marked.missing(MUSCLE, "Next to nothing has the values of muscle in the wall.")
    verdict = _told(trunk, Verdict(0.6)).says(
        "It is what has -29 to 150 HU in the wall, round the pelvis and beside the spine; where "
        "bowel or organs touch the wall they may be partly in it."
    )
    return Marked(MUSCLE, mask, grid, verdict, MUSCLE_HU)
