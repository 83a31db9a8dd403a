"""Whether an image is one that the second reader was made for.

It is asked step by step: by what the file says, by its values, by its grid, and
by the lungs that were found.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.ai.accepting import Asked, admit_kind, admit_spacing
from viewer.ai.card import Accepts
from viewer.core.code import LUNG
from viewer.core.errors import Declined
from viewer.core.study import Notice
from viewer.core.volume import Volume
from viewer.imaging.lungs import SMALLEST_LUNG_MM3, Lungs

CHEST = Accepts(
    modalities=("CT",),
    unit="HU",
    regions=(LUNG,),
    thickest_mm=5.05,
    coarsest_mm=3.05,
    fewest_slices=20,
    shortest_mm=100.0,
)
"""What the second reader's card accepts; asked before the card is read."""
THICK_MM = 3.0
LEAST_LUNG_MM3 = 350_000.0
LEAST_WITHOUT_AIRWAYS_MM3 = 1_500_000.0
CUT_SHARE = 0.12
"""Lung in the outermost slice above this share of the widest one is cut off."""
BASES_ONLY_SHARE = 0.3
ASKED = "The second reader looks for nodules on chest CT"
_ASKED = Asked(ASKED)


def admit(volume: Volume) -> None:
    """Let a volume in by what its file says it is.

    Raises:
        Declined: if it is no CT in HU.
    """
    admit_kind(volume, CHEST, _ASKED)


def admit_grid(volume: Volume) -> None:
    """Let a volume in by the size of its voxels and the stretch it covers.

    Raises:
        Declined: if it is too coarse for nodules or too short for the lungs.
    """
    admit_spacing(volume.geometry, CHEST, _ASKED)


def admit_values(volume: Volume, values: NDArray[np.float32]) -> None:
    """Let a volume in whose file does not say that it is a CT, if its values do.

    Raises:
        Declined: if there is not both air and soft tissue at their places on the scale of HU.
    """
    if volume.modality == "CT":
        return
    some = values[:: max(1, len(values) // 24), ::4, ::4]
    air = float(((some > -1100) & (some < -700)).mean())
    tissue = float(((some > -150) & (some < 150)).mean())
    if air < 0.02 or tissue < 0.05 or float((some < -4100).mean()) > 0:
        raise Declined(
            f"{ASKED}; this file does not say what it is, and its values are not those of a CT.",
            code="not_ct",
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
    if lungs.airways_mm3 == 0 and total < LEAST_WITHOUT_AIRWAYS_MM3:
        raise Declined(
            f"{ASKED}; no windpipe and bronchi were found in this one.", code="no_airways"
        )
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
    if volume.modality != "CT":
        sentence = (
            "The file does not say that it is a CT; its values were taken as Hounsfield units."
        )
        notices.append(Notice("taken_as_ct", sentence))
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
