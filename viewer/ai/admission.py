"""Whether an image is one that the second reader was made for.

It is asked twice: before anything is computed, and after the lungs are known.
"""

from __future__ import annotations

import numpy as np

from viewer.core.errors import Declined
from viewer.core.study import Notice
from viewer.core.volume import Volume
from viewer.imaging.lungs import SMALLEST_LUNG_MM3, Lungs
from viewer.imaging.upright import Turn

HOUNSFIELD_UNITS = ("[hnsf'U]", "HU")
THICKEST_MM = 5.05
COARSEST_MM = 2.55
FEWEST_SLICES = 20
SHORTEST_MM = 100.0
THICK_MM = 3.0
LEAST_LUNG_MM3 = 350_000.0
CUT_SHARE = 0.12
"""Lung in the outermost slice above this share of the widest one is cut off."""
BASES_ONLY_SHARE = 0.3
ASKED = "The second reader looks for nodules on chest CT"


def admit(volume: Volume) -> None:
    """Let a volume in by what is known of it before looking.

    Raises:
        Declined: if it is no CT in HU, or too coarse or too short for the lungs.
    """
    if volume.modality != "CT":
        kind = volume.modality or "an image of unknown kind"
        raise Declined(f"{ASKED}; this is {kind}.", code="not_ct")
    if volume.unit not in HOUNSFIELD_UNITS:
        raise Declined(f"{ASKED} in Hounsfield units; this one has none.", code="not_hu")
    grid = Turn.of(volume.geometry).geometry
    height, *pixel = grid.spacing_mm
    if height > THICKEST_MM or max(pixel) > COARSEST_MM:
        raise Declined(
            f"{ASKED} up to 5 mm thick; here voxels are {height:.1f} x {max(pixel):.1f} mm.",
            code="too_thick",
        )
    if grid.shape[0] < FEWEST_SLICES or grid.shape[0] * height < SHORTEST_MM:
        raise Declined(
            f"{ASKED}; {grid.shape[0]} slices over {grid.shape[0] * height:.0f} mm are too few for the lungs.",
            code="too_few_slices",
        )


def admit_lungs(lungs: Lungs) -> None:
    """Let a volume in by the lungs that were found.

    Raises:
        Declined: if there are none, or only a part of them.
    """
    total = lungs.left_mm3 + lungs.right_mm3
    if total < LEAST_LUNG_MM3:
        found = "no lungs" if total == 0 else f"only {total / 1000:.0f} ml of lung"
        raise Declined(f"{ASKED}; there are {found} in this one.", code="no_lungs")
    if lungs.airways_mm3 == 0 and lungs.top_share > BASES_ONLY_SHARE:
        raise Declined(
            f"{ASKED}; this one covers only the lower part of the lungs.", code="partly_covered"
        )
    if min(lungs.top_share, lungs.bottom_share) > BASES_ONLY_SHARE:
        raise Declined(
            f"{ASKED}; this one covers only the middle of the lungs.", code="partly_covered"
        )


def notices_of(volume: Volume, lungs: Lungs) -> tuple[Notice, ...]:
    """Say what the reader of the result must know about the image."""
    notices = []
    if lungs.top_share > CUT_SHARE:
        notices.append(Notice("apex_cut", "The tops of the lungs lie outside the image."))
    if lungs.bottom_share > CUT_SHARE:
        notices.append(Notice("base_cut", "The bases of the lungs lie outside the image."))
    for name, size in (("left", lungs.left_mm3), ("right", lungs.right_mm3)):
        if size < SMALLEST_LUNG_MM3:
            notices.append(Notice("one_lung", f"No air-filled {name} lung was found."))
    thickness = float(np.max(volume.geometry.spacing_mm))
    if thickness > THICK_MM:
        sentence = (
            f"Slices {thickness:.1f} mm apart: nodules under {2 * thickness:.0f} mm may be missed."
        )
        notices.append(Notice("thick_slices", sentence))
    return tuple(notices)
